"""Words that stand in anybody's story and therefore point to no body, in folded letters and without endings."""

PHRASES = (
    "алеуметтик жели",
    "социальнои сет",
    "социальных сет",
    "социальные сет",
    "соцсет",
    "social network",
    "social media",
)
"""Beginnings of expressions whose words mean something else apart: a social network is neither an aid nor a cable."""

WORDS = frozenset(
    word
    for line in """
    отдел отделе отдела отделение управление департамент болим болимде ошируге ошириледи оширди оширтеди
    ала алу алып ара арада бар барып бас баска бере береди берин берип беруинизди болып бос да де ету етеди еди
    ек еки жагдай жане жаны жок жолы кал калды калдыру кабылдау кара караиды караган карсы коп кош мен пен бен
    боиынша таза тек тур тургызу уи уид уиде уиим шеш шешу шешилген ыгында бил билу алан жыл тап па ма ак сот
    кыс кир озе ис а без бы в во вы где для до его если есть еще за и из или их как ко когда ли мне мой моя мы
    на над нам нас наша наше нашей нашем нет них но о об от отвечает по под при проверяет с со собирает так там
    то том у что я a an and are at be by for if in is it its my no not of on or our that the there to up we адам
    азамат айтады акша алды арасы арыз аты баскару басшы басшылык бастык барлык беру болды бугин барады бурын
    деген дейди дурыс елди ескерту есеп жазды жаксы жалоба жанында жасады жатыр жауап жиберу жогары жонинде
    жумыс журеди жылы касында кезек кейин келеди керек кешке кимге коныр корсету котеру курды кызмет кызметкер
    мамандар мерзим мекеме мемлекет мумкин маселе менин мезгил неге нести откен олар орган орын отинеми отиниш
    орталык осында рет сагат себеп солай соны сонгы сурау талап тапсыру тексеру телефон тиркеу тиис толык туралы
    турады турмын тургын тускен уакыт халык хабар шагым шешим шыгып ынгайсыз апта бутин ертен кунде казир
    катысты калай кандай канша кала кызыл мезет ауыр барды болмайды болады биздин болим жеке жеткизу ретинде
    кагаз кужат мектептин больше будет вопрос время всегда говорят город граждан давно дать делать день действие
    деньги директор должен дома другой жилец житель живу заставляет заявление звонить знать иметь имя контроль
    который месяц много может можно надо написать начальник неделя нельзя никто новый нужно обращение ответ
    отказ очередь очень первый письмо получить помощь после последний почему правило предупреждение приказ
    принимать причина прийти проверка прошлый прошу просить работа работник решение руководитель руководство
    самый сегодня сейчас сказать следующий слова случай служба сообщить сотрудник срок стать считать тоже только
    требует требование уже утро хочу центр человек через чтобы этот after again already answer application asked
    because been before body boss could complain complaint demand employee every first from give great have head
    help here just know last letter like long made make manager many month more must need never nobody office
    official only open order other over people person please public really refuse reply request right said same
    should since some staff state still take tell than their them then these they this time told until very wait
    want warn week were what when where which while will with without work would write year your center centre
    """.splitlines()
    for word in line.split()
)
"""Forms as in a dictionary; a word of a story is one of them if it shares the stem."""
