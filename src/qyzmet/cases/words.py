"""Words the hall puts into letters where neither the law's data nor an official gives them."""

from qyzmet.text.languages import Words

SIGNATURE: dict[str, Words] = {
    "signed": {"kk": "қол қойылған", "ru": "подписано", "en": "signed"},
    "confirmed": {
        "kk": "электрондық поштаға жіберілген кодпен расталған",
        "ru": "подтверждено кодом, отправленным на электронную почту",
        "en": "confirmed by a code sent to the e-mail address",
    },
    "unsigned": {
        "kk": "қол қойылмаған; бұл кемшілікті кейін түзетуге болады",
        "ru": "не подписано; этот недостаток можно устранить позже",
        "en": "not signed; this can be cured later",
    },
}
COURT: Words = {
    "kk": "мамандандырылған ауданаралық әкімшілік сот",
    "ru": "специализированный межрайонный административный суд",
    "en": "the specialised inter-district administrative court",
}
COMPLAINT_ORDER: Words = {
    "kk": "шағым осы жауапты берген органға беріледі; ол шағымды іс материалдарымен бірге жоғарыда аталған органға"
    " жібереді (ӘРПК 91-бабының төртінші бөлігі)",
    "ru": "жалоба подаётся в орган, давший этот ответ; он направляет её вместе с делом в орган, названный выше"
    " (часть четвёртая статьи 91 АППК)",
    "en": "the complaint is filed with the body that gave this answer; it passes it with the case file to"
    " the body named above (APPC 91(4))",
}
COURT_ORDER: Words = {
    "kk": "талап қою сотқа тікелей немесе электрондық түрде беріледі (ӘРПК 136-бабының алтыншы бөлігі)",
    "ru": "иск подаётся в суд непосредственно или в электронной форме (часть шестая статьи 136 АППК)",
    "en": "the suit is filed with the court directly or electronically (APPC 136(6))",
}
NOBODY_ABOVE: Words = {
    "kk": "қала ішінде бұл мәселені шешуге құқылы, арыз айтылған адамға бағынбайтын орган жоқ",
    "ru": "в городе нет органа, который вправе решить этот вопрос и не подчинён лицу, на которое жалуются",
    "en": "there is no body in the city that may decide this and does not answer to the person complained of",
}
NOT_GIVEN: Words = {"kk": "көрсетілмеген", "ru": "не указано", "en": "not given"}
REMINDER_SUBJECT: Words = {
    "kk": "{number}: соңғы күн – {due_on}",
    "ru": "{number}: последний день – {due_on}",
    "en": "{number}: the last day is {due_on}",
}
REMINDER_BODY: Words = {
    "kk": "Сіздің органыңыздағы іс бойынша шешім қабылдауға қалған уақыт аз.\n\nІс нөмірі: {number}\n"
    "Орган: {body_name}\nСоңғы күн: {due_on}\n\nОсы күн біткенше шешім қабылданбаса, бас тартылды деп есептеледі және"
    " бұл туралы адамға хат жіберіледі.",
    "ru": "До решения по делу в Вашем органе остаётся мало времени.\n\nНомер дела: {number}\n"
    "Орган: {body_name}\nПоследний день: {due_on}\n\nЕсли до конца этого дня решения нет, это считается отказом,"
    " и человеку уходит письмо об этом.",
    "en": "Little time is left to decide a case of your body.\n\nCase number: {number}\n"
    "Body: {body_name}\nLast day: {due_on}\n\nIf there is no decision by the end of that day, it counts as a refusal,"
    " and the person is told so by letter.",
}
DUTY_BODY: Words = {
    "kk": "Жабылған іс бойынша Сіздің органыңыздың орындалмаған міндеті бар.\n\nІс нөмірі: {number}\n"
    "Орган: {body_name}\nНе істеу керек: {subject}\nСоңғы күн: {due_on}",
    "ru": "По закрытому делу у Вашего органа осталась неисполненная обязанность.\n\nНомер дела: {number}\n"
    "Орган: {body_name}\nЧто нужно сделать: {subject}\nПоследний день: {due_on}",
    "en": "Your body still has something to do on a closed case.\n\nCase number: {number}\n"
    "Body: {body_name}\nWhat is to be done: {subject}\nLast day: {due_on}",
}
STANDING_SUBJECT: Words = {
    "kk": "{number}: мерзім тоқтап тұр, басталған күні – {stands_since}",
    "ru": "{number}: срок стоит, первый день — {stands_since}",
    "en": "{number}: the clock stands since {stands_since}",
}
STANDING_BODY: Words = {
    "kk": "Сіздің органыңыздағы істің мерзімі әлі тоқтап тұр.\n\nІс нөмірі: {number}\n"
    "Орган: {body_name}\nТоқтап тұрған бірінші күн: {stands_since}\n\nТоқтата тұру себебі жойылса,"
    " мерзімді қайта бастаңыз. Осы хатпен мерзім қайта басталмайды, ал адам шешім күтіп отыр.",
    "ru": "Срок по делу в Вашем органе всё ещё стоит.\n\nНомер дела: {number}\n"
    "Орган: {body_name}\nПервый день остановки: {stands_since}\n\nЕсли причина отпала, возобновите срок."
    " Само письмо ничего не возобновляет, а человек ждёт решения.",
    "en": "The clock of a case of your body still stands.\n\nCase number: {number}\n"
    "Body: {body_name}\nFirst day on which it stood: {stands_since}\n\nIf its cause is over, let the clock run again."
    " This mail starts nothing by itself, and the person waits for a decision.",
}
RECUSAL: dict[bool, Words] = {
    True: {
        "kk": "Қарсылық білдіру туралы арыз қанағаттандырылды.",
        "ru": "Отвод удовлетворён.",
        "en": "The recusal is granted.",
    },
    False: {
        "kk": "Қарсылық білдіру туралы арыз қанағаттандырылмады.",
        "ru": "В удовлетворении отвода отказано.",
        "en": "The recusal is not granted.",
    },
}
"""Whether a motion for recusal was granted -> the sentence that opens the decision's reason."""

RESTORATION: dict[bool, Words] = {
    True: {
        "kk": "Өткізіп алған мерзім қалпына келтірілді.",
        "ru": "Пропущенный срок восстановлен.",
        "en": "The missed term is restored.",
    },
    False: {
        "kk": "Өткізіп алған мерзімді қалпына келтіруден бас тартылды.",
        "ru": "В восстановлении пропущенного срока отказано.",
        "en": "The missed term is not restored.",
    },
}
"""Whether a missed term was restored -> the sentence that opens the decision's reason."""
CLOCK_STANDS: Words = {
    "kk": "мерзім қайта басталғанда айтылады: {since} бастап тоқтап тұр",
    "ru": "будет сообщён, когда срок возобновится: он стоит с {since}",
    "en": "will be told when the clock runs again: it has stood since {since}",
}
"""In place of a last day of a term whose clock stands."""

DAY_NOT_KNOWN: Words = {
    "kk": "{year} жылғы күнтізбе белгілі болғанда айтылады",
    "ru": "будет сообщён, когда станет известен календарь на {year} год",
    "en": "will be told when the calendar of {year} is known",
}
"""In place of a last day that lies after the last row of the calendar."""

MOVED_OFF: Words = {
    "kk": "Ауыстырылған демалыс күні",
    "ru": "Перенесённый выходной день",
    "en": "Moved day off",
}
WORKED_INSTEAD: Words = {
    "kk": "Демалыс күні басқа күнге ауыстырылған жұмыс күні",
    "ru": "Рабочий день вместо перенесённого выходного",
    "en": "Working day in place of a moved day off",
}
BY_ORDER: Words = {
    "kk": "{order} бұйрығы бойынша",
    "ru": "по приказу {order}",
    "en": "by order {order}",
}
"""The name of a day of which nothing is moved in its place."""

REDATED: Words = {
    "kk": "жұмыс күндерінің күнтізбесі өзгерді",
    "ru": "изменился календарь рабочих дней",
    "en": "the calendar of working days changed",
}
"""Why the last day of a case moved; after it, where an order did it, which one, or which one stands no longer."""
NEW_ORDER: Words = {
    "kk": "{order} бұйрығы, {url}",
    "ru": "приказ {order}, {url}",
    "en": "order {order}, {url}",
}
ORDER_GONE: Words = {
    "kk": "{order} бұйрығының күші жойылды, {url}",
    "ru": "приказ {order} больше не действует, {url}",
    "en": "order {order} no longer stands, {url}",
}
