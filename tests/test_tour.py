"""The whole story in a real browser, told in docs/tour.md: an appeal from filing to answer, and one nobody answers.

Every page that anybody comes to is held to what tour_pages.py asks of a page: axe finds nothing, each text says in
which language it is, the page is small and no wider than the screen.
"""

import re
from datetime import datetime
from io import BytesIO
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from qyzmet.cases.rules import rules
from qyzmet.look import words as refusals
from qyzmet.look.checker import PAGE
from qyzmet.text.dates import ALMATY
from tests.cases.desk import Desk
from tests.tour_city import City, one_time
from tests.tour_pages import NUMBER, Keyboard, Visitor, stranger, without_tokens, words

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

CODE = r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}"

WHAT = "Бастығым лайк басуды талап етеді"
ACCUSATION = """Мен жастар орталығында жұмыс істеймін. Орталық басшысы Д. Ж. Ысқақов қызметкерлерден орталықтың \
парақшасындағы әр жазбаға лайк басып, пікір қалдыруды талап етеді. Лайк баспаған қызметкердің аты-жөнін таңғы \
жиналыста оқып, ескерту беремін деп қорқытады. Жеке телефонымды тексергісі келді.

Басшының мұндай талап қоюы заңды ма?
Қызметкерлерді лайк үшін қорқыту қашан тоқтатылады?"""
ASKED_TO_EXPLAIN = """Қызметкерлерден орталықтың әлеуметтік желідегі жазбаларына лайк басуды талап еткеніңіз рас па? \
Егер рас болса, қандай негізде? 2026 жылғы 24 сәуірге дейін жазыңыз."""
EXPLAINED = "Орталықтың жұмысын көпшілік білсін деп сұрадым. Ешкімге жаза қолданған жоқпын."
FACTS = "Басшының түсініктемесі алынды, таңғы жиналыстардың хаттамалары қаралды. Талап ауызша қойылғаны анықталды."
GROUND = "ӘРПК 89-бабының бірінші бөлігі; Еңбек кодексінің 22-бабы."
ANSWERS = [
    "Жоқ. Лайк басу еңбек міндетіне кірмейді, оны талап етуге болмайды.",
    "Басшыға 2026 жылғы 28 сәуірде ескерту жасалды, талап сол күні тоқтатылды.",
]
FURTHER = "Ескерту жеткіліксіз: жиналыста аты-жөні оқылған қызметкерлерден кешірім сұралмады."

RUSSIAN_APPEAL = """Во дворе дома 5 по улице Сарыарка неделю течёт вода из люка.
Когда течь устранят?"""


def step(code: str, procedure: str = "message") -> str:
    """What a step is called in Kazakh."""
    return rules().procedure(procedure).steps[code].name["kk"]


def state(code: str, procedure: str = "message") -> str:
    """What a state is called in Kazakh."""
    return rules().procedure(procedure).states[code].name["kk"]


def found(pattern: str, text: str) -> str:
    """The first match."""
    match = re.search(pattern, text)
    assert match, f"{pattern} is not in\n{text}"
    return match[0]


def test_an_employee_complains_of_her_head_and_is_heard(city: City) -> None:
    """She files; he and everybody below see nothing; the department decides in time; she complains further."""
    Desk(city.cast, city.now).file("request", "centre", text="Домбыра үйірмесіне қалай жазыламын?")
    number, code = she_files(city.person(scripts=False))
    for name in ("centre_head", "centre_registrar", "administrator"):
        they_see_nothing(city, name, number)
    the_department_assigns(city, number)
    the_accused_is_heard(city, number)
    the_department_answers(city, number)
    second = she_reads_rates_and_complains(city, number, code)
    the_department_passes_it_up(city, second)
    her_complaint_is_above(city, second, code)


def she_files(her: Visitor) -> tuple[str, str]:
    """From the first page to the talon, on a phone without JavaScript. Number and code."""
    her.go("/")
    says_what_and_to_whom(her, WHAT, "message", body="centre", found_by="жастар орталығы")
    her.press("Continue")  # nothing chosen: the page says so
    her.reads(words("Choose whom it is about"))
    her.choose("about", "conduct")
    her.press("Continue")
    her.choose("post", "centre-head")
    her.press("Continue")
    her.write("text", ACCUSATION)
    her.press("Continue")
    her.press("Continue")  # no attachments
    her.choose("who", "person")
    her.press("Continue")
    her.write("name", "Есенова Аружан Бекетқызы")
    her.press("Continue")
    her.write("address", "Сарыарқа көшесі, 12-үй, 7-пәтер")
    her.tick("consent")
    her.press("Continue")
    her.choose("how", "page")
    her.press("Continue")
    her.choose("signature", "unsigned")
    her.press("Continue")
    her.reads("Есенова Аружан Бекетқызы", "Жастар орталығы", "лайк үшін қорқыту")
    her.press("Send the appeal")
    her.reads("Жастар саясаты басқармасы", "2026 жылғы 8 мамыр", words("Why this day"), "ӘРПК 87(2), 76(1)-(2)")
    text = her.text()
    return found(NUMBER, text), found(CODE, text)


def says_what_and_to_whom(them: Visitor, what: str, kind: str, *, body: str, found_by: str) -> None:
    """The first pages of every appeal: what happened, which kind it is, and the body, looked for by its duty."""
    them.press("Write an appeal")
    them.write("what", what)
    them.press("Continue")
    them.choose("kind", kind)
    them.press("Continue")
    them.write("q", found_by)
    them.press("Search")
    them.choose("body", body)
    them.press("Continue")


def they_see_nothing(city: City, name: str, number: str) -> None:
    """Whoever is barred meets the case nowhere, and its address like one that never was. Other cases are there."""
    here = city.official(name, factor=name.endswith("head"))
    other = unlike(number)
    here.go("/desk/queue/")
    here.reads("Серікбаева Мадина Асқарқызы")
    for address in ("/desk/", "/desk/overdue/", "/desk/queue/?closed=1", "/desk/dispatch/"):
        shows_nothing(here.text(), number)
        here.go(address)
    shows_nothing(here.text(), number)
    for typed, nothing in ((number, other), ("Есенова", "Есеноваң")):
        assert found_nothing(here, typed).replace(typed, nothing) == found_nothing(here, nothing)
        assert b'"cases": []' in here.fetch(f"/desk/find/first/?q={typed}")
    here.go(f"/desk/cases/{number}/", 404)
    for way in ("", "do/assign/", "do/note_state_register/", "letters/1/", "letters/1/pdf/", "papers/1/"):
        barred, unknown = (here.page.request.get(f"/desk/cases/{one}/{way}") for one in (number, other))
        assert barred.status == unknown.status == 404
        assert without_tokens(barred.text()).replace(number, other) == without_tokens(unknown.text())
    assert number not in here.fetch(export(2026)).decode()
    for book in ("stuck", "register"):
        here.go(f"/desk/dispatch/{book}/")
        shows_nothing(here.text(), number)
    here.leave()
    city.visitors.remove(here)


def found_nothing(here: Visitor, typed: str) -> str:
    """The page of a look-up, read after what was typed."""
    here.write("q", typed)
    here.press("Find")
    return unquote(unquote(without_tokens(here.html)))


def shows_nothing(text: str, number: str) -> None:
    """Neither the number, nor who wrote, nor a word of it."""
    for trace in (number, "Есенова", "лайк"):
        assert trace not in text, f"{trace!r} is in\n{text}"


def unlike(number: str) -> str:
    """A number of the same form that no case has."""
    return number[:-1] + ("Z" if number[-1] != "Z" else "Y")


def export(year: int) -> str:
    """The address of the state register's file for a year."""
    since, until = "since_0=1&since_1=1&since_2", "until_0=31&until_1=12&until_2"
    return f"/desk/export/?{since}={year}&{until}={year}"


def the_department_assigns(city: City, number: str) -> None:
    """The registrar finds it in the queue and gives it to an executor."""
    here = city.official("dep_registrar")
    here.open("Queue of the body")
    here.reads("Есенова Аружан Бекетқызы")
    here.open_named(number)
    here.reads(state("registered"), "лайк үшін қорқыту", "Ысқақов Дәурен Жолдасұлы")
    here.open_named(step("assign"))
    here.choose("executor_id", str(city.cast.dep_executor.pk))
    here.press_named(step("assign"))
    here.reads(state("in_work"), "Тұрсынов")
    assert number in here.fetch(export(2026)).decode()


def the_accused_is_heard(city: City, number: str) -> None:
    """By letter, without her name; he answers on a page of his own and learns no number."""
    city.wait(days=1)
    here = city.official("dep_executor")
    here.open_named(number)
    here.open_named(step("hear_accused"))
    here.write("question", f"{ASKED_TO_EXPLAIN} Аружан Есенова не дейді?")
    here.tick("sure")
    here.press_named(step("hear_accused"), 422)
    here.write("question", ASKED_TO_EXPLAIN)
    here.tick("sure")
    here.press_named(step("hear_accused"))
    city.wait(hours=1)
    letter = city.mail_to("centre.head@qala.example")
    shows_nothing(letter.replace("лайк басуды талап", ""), number)

    him = city.person()
    him.go("/accused/")
    him.write("code", found(CODE, letter))
    him.press("Continue")
    him.reads("лайк басуды талап еткеніңіз рас па")
    assert "Есенова" not in him.html
    assert number not in him.html
    him.write("text", EXPLAINED)
    him.press("Send the explanation")
    him.reads(words("Your explanation was received."), EXPLAINED)


def the_department_answers(city: City, number: str) -> None:
    """Questions, a draft, the gate, approval, signature, dispatch: five people, each with the own step."""
    city.until(datetime(2026, 4, 28, 9, 30, tzinfo=ALMATY))
    executor = city.official("dep_executor")
    executor.open_named(number)
    executor.reads(EXPLAINED)
    executor.open_named(step("list_questions"))
    executor.write("question_1", "Басшының мұндай талап қоюы заңды ма?")
    executor.press_named(step("list_questions"))
    executor.open_named(step("draft"))
    executor.choose("outcome", "answered")
    executor.write("facts", FACTS)
    executor.write("answer_1", ANSWERS[0])
    executor.press("Save and submit for approval")
    executor.reads(words("The draft is saved, but not submitted."))
    for lack in ("gate_no_ground", "gate_question_open"):
        executor.reads(refusals.say(lack, "kk", value="2. Қызметкерлерді лайк үшін қорқыту қашан тоқтатылады?"))
    executor.write("ground", GROUND)
    executor.write("answer_2", ANSWERS[1])
    executor.press("Save and submit for approval")
    executor.reads(state("on_approval"))

    approver = city.official("dep_approver")  # has no second factor yet, and gets no further without one
    secret = found(r"[A-Z2-7]{32}", approver.text())
    approver.write("code", one_time(secret))
    approver.press("Continue")
    approver.open("To be approved")
    approver.open_named(number)
    approver.open_named(step("approve"))
    approver.reads(ANSWERS[1])
    approver.press_named(step("approve"))

    head = city.official("dep_head", factor=True)
    head.open("To be signed")
    head.open_named(number)
    head.open_named(step("sign"))
    head.choose("provider", "demo")
    head.tick("sure")
    head.press_named(step("sign"))
    head.reads(state("signed"))

    registrar = city.official("dep_registrar")
    registrar.open("To be sent")
    registrar.open_named(number)
    registrar.open_named(step("dispatch"))
    registrar.tick("sure")
    registrar.press_named(step("dispatch"))
    registrar.reads(state("answered"))

    city.wait(hours=1)
    letter = city.mail_to("centre.head@qala.example")  # he learns that it has ended, and no more
    shows_nothing(letter, number)
    assert "Мәселені қараудың аяқталғаны туралы" in letter


def she_reads_rates_and_complains(city: City, number: str, code: str) -> str:
    """With number and code. The number of her further complaint."""
    city.until(datetime(2026, 4, 29, 20, 0, tzinfo=ALMATY))
    her = city.person(scripts=False)
    follows(her, number, code)
    her.reads(state("answered"), "Келіспесеңіз, шағым бере аласыз.")
    subject = answer_of(her)
    her.open_named(subject)
    her.reads(*ANSWERS, GROUND, "Қала әкімдігі")
    read = pdf_text(her.download("The letter as PDF"))
    assert number in read
    assert "Лайк басу еңбек міндетіне кірмейді" in read
    her.open("Back to the case")
    she_takes_her_receipt(city, her, number)
    her.open("Rate the answer")
    her.choose("stars", "3")
    her.press("Rate")
    her.reads(words("Thank you for your rating."))
    her.open("Complain further")
    her.write("text", FURTHER)
    her.press("File the complaint")
    her.reads(state("at_challenged", "complaint"), FURTHER, f"{step('register')} {words('You')}")
    second = found(NUMBER, her.path)
    assert second != number
    return second


def she_takes_her_receipt(city: City, her: Visitor, number: str) -> None:
    """The proof of every step; a page opened from a disk, without a network, says that it holds."""
    her.reads(words("Receipt"), "Тек қала қол қойды")
    receipt = her.download("Download the receipt")
    policy = her.fetch("/log/policy")
    her.open("How to check a receipt")
    her.reads("Ашық журнал")
    her.go(f"/{number}")
    offline = city.browser.new_context(offline=True, viewport={"width": 360, "height": 640})
    page = offline.new_page()
    page.goto(PAGE.as_uri())
    page.wait_for_selector("[data-ready]")
    for field, content in (("#policy", policy), ("#receipts", receipt)):
        page.set_input_files(field, {"name": field, "mimeType": "application/octet-stream", "buffer": content})
    page.wait_for_selector("#result:not([hidden])")
    assert page.locator("#result").get_attribute("data-verdict") == "holds"
    assert number in page.locator("#result").inner_text()
    offline.close()


def follows(person: Visitor, number: str, code: str) -> None:
    """Open a case with what stands on the talon, typed carelessly."""
    person.go("/")
    person.open("Follow an appeal")
    person.write("number", number.lower())
    person.write("code", code.lower().replace("-", " "))
    person.press("Open")


def answer_of(person: Visitor) -> str:
    """The subject of the newest letter on the page of a case."""
    return person.page.locator("a[href*='/letters/'][hreflang][lang]").last.inner_text()


def pdf_text(file: bytes) -> str:
    """The words of a letter, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())


def the_department_passes_it_up(city: City, number: str) -> None:
    """The act complained of is the department's own: it may not decide, only satisfy or pass up."""
    city.wait(days=1)
    head = city.official("dep_head")
    head.write("code", one_time(city.secrets["dep_head"], later=1))  # no code is taken twice
    head.press("Continue")
    head.open("Complaints about our acts")
    head.open_named(number)
    head.open_named(step("pass_up", "complaint"))
    head.write("position", "Ескерту жеткілікті деп санаймыз.")
    head.tick("sure")
    head.press_named(step("pass_up", "complaint"))
    head.go(f"/desk/cases/{number}/", 404)


def her_complaint_is_above(city: City, number: str, code: str) -> None:
    """Both sides see where it went."""
    registrar = city.official("city_registrar")
    registrar.open("Queue of the body")
    registrar.open_named(number)
    registrar.reads(FURTHER, state("registered", "complaint"))
    her = city.person(scripts=False)
    follows(her, number, code)
    her.reads("Қала әкімдігі", state("registered", "complaint"))
    they_see_nothing(city, "centre_registrar", number)


def test_nobody_answers(city: City) -> None:
    """By keyboard alone, in Russian on Kazakh pages: filed, not answered, deemed refused on the day after the last."""
    them = city.person(Keyboard)
    number, code = they_file_by_keyboard(city, them)
    city.until(datetime(2026, 5, 8, 23, 59, 59, tzinfo=ALMATY))
    follows(them, number, code)
    them.reads(state("registered", "application"))
    city.until(datetime(2026, 5, 9, 0, 0, tzinfo=ALMATY))
    them.go(f"/{number}")
    them.reads(state("deemed_refused", "application"))
    letter = city.mail_to("viktor@mail.example")
    for said in ("Акимат города", "3 месяца"):
        assert said in letter
    subject = answer_of(them)
    them.open_named(subject)
    them.reads("Акимат города")
    them.open("Back to the case")
    them.open("Complain further")
    them.write("text", "Ответа нет. Прошу обязать устранить течь.")
    them.press("File the complaint")
    them.reads(state("at_challenged", "complaint"))
    registrar = city.official("water_registrar")
    registrar.go("/desk/queue/?closed=1")
    registrar.open_named(number)
    registrar.reads(state("deemed_refused", "application"))


def they_file_by_keyboard(city: City, them: Keyboard) -> tuple[str, str]:
    """From the first page to the talon without a mouse. Number and code."""
    them.go("/")
    them.skip()
    says_what_and_to_whom(them, "Течёт вода из люка", "application", body="water", found_by="су құбыры")
    them.choose("about", "nobody")
    them.press("Continue")
    them.write("text", RUSSIAN_APPEAL)
    them.choose("language", "ru")
    them.press("Continue")
    them.press("Continue")  # no attachments
    them.choose("who", "person")
    them.press("Continue")
    them.write("name", "Цой Виктор Робертович")
    them.write("iin", "900101300563")  # a slip: asked about once
    them.press("Continue")
    them.write("iin", "900101300562")
    them.press("Continue")
    them.write("address", "ул. Сарыарка, 5, кв. 1")
    them.write("email", "viktor@mail.example")
    them.tick("consent")
    them.press("Continue")
    them.choose("how", "email")
    them.choose("answer_language", "ru")
    them.press("Continue")
    them.choose("signature", "code")
    them.press("Continue")
    them.write("code", found(r"\b\d{6}\b", city.mail_to("viktor@mail.example")))
    them.press("Continue")
    them.reads("Цой Виктор Робертович", "Когда течь устранят?")
    them.press("Send the appeal")
    them.reads("Су шаруашылығы басқармасы", "2026 жылғы 8 мамыр")
    return found(NUMBER, them.text()), found(CODE, them.text())


def test_the_rooms_beside_the_story(city: City) -> None:
    """Pages on which the story does not come by."""
    somebody = city.person()
    for page in ("bodies/", "bodies/?q=жастар", "bodies/centre/", "privacy/", "accessibility/", "about/", "accused/"):
        somebody.go(f"/{page}")
    somebody.go("/appeal/text/", 404)
    somebody.go("/appeal/what/")
    somebody.write("what", "Мектеп директоры пара сұрайды")
    somebody.press("Continue")
    somebody.reads(words("A report of corruption goes elsewhere"))
    somebody.press("Delete what I wrote")
    somebody.go("/appeal/what/")
    somebody.write("what", "Жарық жоқ")
    somebody.press("Continue")
    somebody.open("Help me choose: four plain questions")
    registrar = city.official("dep_registrar")
    for page in ("register/", "dispatch/", "dispatch/stuck/", "dispatch/register/", "export/", "help/", "find/"):
        registrar.go(f"/desk/{page}")
    registrar.go("/desk/register/")
    registrar.press("Register the appeal", 422)
    registrar.choose("channel", "visit")
    registrar.choose("procedure", "request")
    registrar.write("text", "Жазғы лагерь қашан ашылады?")
    registrar.write("name", "Әлиев Қанат")
    registrar.press("Register the appeal")
    registrar.reads(words("Follow-up code"), words("Talon"))


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("kk", "Жалғастыру", None),
        ("kk", "Answer due by", "Answer"),
        ("kk", "Когда течь устранят и почему", "и"),
        ("kk", "PDF – viktor@mail.example, 2026-4K7M-9XQ2", None),
        ("ru", "Нажмите «Жалғастыру»", None),
        ("ru", "Нажмите жалғастыру", "жалғастыру"),
        ("en", "Жалғастыру", None),
    ],
)
def test_a_stranger_among_the_words_is_seen(lang: str, text: str, word: str | None) -> None:
    assert stranger(lang, text) == word
