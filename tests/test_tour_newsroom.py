"""The newsroom's place in a real browser, on the narrowest phone: registered once, several bodies asked, one answers,
one extends, one is silent, one refuses; the next step the law gives; and what becomes public.

Every page is held to what tour_pages.py asks of a page.
"""

from datetime import datetime

import pytest
from django.core import mail

from qyzmet.cases.newsrooms import CAPACITIES
from qyzmet.cases.rules import rules
from qyzmet.text.dates import ALMATY
from tests.test_tour import CODE, found, state, step
from tests.tour_city import City
from tests.tour_pages import NUMBER, Visitor, words

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

NARROW = 320
PLACE = "/newsroom/"
MAIL = "redaksia@tan.example"
EDITOR = "Мұқанова Әйгерім Бақытқызы"
ASKED = """Былтыр қысқа дейін қанша құбыр ауыстырылды?
Бұған қанша қаражат жұмсалды?"""
FACTS = "Жылу желісінің он екі шақырымы ескірген деп танылған, жөндеу актілері қаралды."
ANSWERS = [
    "Қысқа дейін жеті шақырым құбыр ауыстырылды, қалған бес шақырымы келесі жаздың жоспарына енгізілді.",
    "Жөндеуге төрт жүз он миллион теңге жұмсалды, шарттар сатып алу порталында тұр.",
]
REFUSED = "Ұсталған адамдар туралы мәлімет орталықта жоқ: тергеуді полиция жүргізеді, сұрауды соған жіберіңіз."


def test_a_newsroom_asks_and_reads_and_goes_on(city: City) -> None:
    """The editor registers once; everything else is opened by the one code."""
    editor = city.person(width=NARROW)
    code = she_registers(city, editor)
    the_city_checks_it(city)
    numbers = she_asks_three(editor, "су", "water", "жастар", "dep", "city")
    head = the_water_answers(city, numbers["water"])
    the_department_extends(city, numbers["dep"])
    enters(editor, code)
    she_reads_in_the_form_she_asked_for(city, editor, numbers["water"])
    what_the_body_publishes(city, head, numbers["water"])
    silence_is_a_refusal(city, code, numbers)


def test_a_refusal_names_its_ground_and_the_way_on(city: City) -> None:
    """What is not for this body is not passed on: it is refused with that ground, which the drafter finds at hand."""
    editor = city.person(width=NARROW)
    code = she_registers(city, editor)
    (number,) = she_asks_three(editor, "жастар", "centre").values()
    assign(city, "centre", number)
    city.wait(hours=2)
    executor = city.official("centre_executor")
    executor.open_named(number)
    executor.open_named(step("draft"))
    executor.page.get_by_text(words("When the law lets it be refused")).click()
    ground = rules().procedure("newsroom").refusal_grounds["not_competent"]
    executor.reads(ground.name["kk"], ground.source.said("kk"))
    executor.choose("outcome", "refused")
    executor.write("facts", "Сұрау салу тергеуге қатысты, орталық тергеу жүргізбейді.")
    executor.write("ground", f"{ground.source.said('kk')}: {ground.name['kk']}.")
    executor.write("answer_1", REFUSED)
    if executor.page.locator("[name='joined_2']").count():
        executor.page.locator("[name='joined_2']").select_option("1")
    executor.press("Save and submit for approval")
    executor.reads(state("on_approval", "newsroom"))
    close(city, "centre", number)
    enters(editor, code)
    editor.open_named(number)
    editor.reads(state("answered", "newsroom"))
    editor.go(PLACE)
    editor.reads(words("Where to complain: %(body)s; within %(term)s.").split("%")[0])
    editor.page.get_by_role("link", name=words("Complain with a prepared text")).click()
    editor.see()
    assert number in editor.page.locator("[name='text']").input_value()


def she_registers(city: City, editor: Visitor) -> str:
    """The form once, the code on paper, the address confirmed. The code."""
    editor.go(PLACE)
    editor.open("Register a newsroom")
    editor.press("Register", 200)
    editor.write("name", "«Таң нұры» газеті")
    editor.write("registration_number", "KZ00VPY00000001")
    editor.write("address", "Тәуелсіздік даңғылы, 10")
    editor.write("email", MAIL)
    editor.choose("languages", "kk")
    editor.write("signer", EDITOR)
    editor.choose("capacity", "editor")
    editor.press("Register")
    code = found(CODE, editor.text())
    editor.press("I have written the code down")
    editor.reads(words("Nothing was asked yet."), CAPACITIES["editor"]["kk"])
    editor.open("Confirm the address")
    editor.press("Send a code")
    editor.write("code", found(r"\b\d{6}\b", city.mail_to(MAIL)))
    editor.press("Confirm")
    assert words("The newsroom's address is not confirmed yet.") not in editor.text()
    return code


def enters(editor: Visitor, code: str) -> None:
    """The place, which was closed after an hour."""
    editor.go(PLACE)
    editor.write("code", code)
    editor.press("Open")


def the_city_checks_it(city: City) -> None:
    """The registrar of the city's top body looks the registration up."""
    here = city.official("city_registrar")
    here.go("/desk/help/")
    here.open("Newsrooms")
    here.open_named("«Таң нұры» газеті")
    here.choose("known", "yes")
    here.write("note", "Тізілімде бар.")
    here.press("Note it")
    here.reads(words("registration checked"))


def she_asks_three(editor: Visitor, *searched: str) -> dict[str, str]:
    """Look for bodies, one after another, and ask all of them at once. Body -> number."""
    editor.go(PLACE)
    editor.press("Ask bodies")
    chosen = [code for code in searched if code.isascii()]
    sought = [word for word in searched if not word.isascii()]
    editor.press("Search")  # nothing sought
    for word, code in zip([*sought, "қала"], chosen, strict=False):
        editor.write("q", word)
        editor.press("Search")
        editor.choose("body", code)
    editor.press("Continue")
    editor.press("Send the inquiry", 200)  # nothing written: the page says so
    editor.write("text", ASKED)
    editor.choose("how", "email")
    editor.choose("answer_language", "kk")
    editor.tick("publish")
    editor.press("Send the inquiry")
    said = editor.page.locator("table").inner_text()
    rows = dict(zip(chosen, reversed(editor.page.locator("tbody tr").all()), strict=True))
    editor.reads(state("registered", "newsroom"), words("What comes next"))
    assert "2026 жылғы 22 сәуір" in said, "five working days from the receipt on 15 April"
    return {code: found(NUMBER, row.inner_text()) for code, row in rows.items()}


def assign(city: City, body: str, number: str) -> None:
    """The registrar sees that a newsroom asks, and whom else."""
    here = city.official(f"{body}_registrar")
    here.open("Queue of the body")
    here.open_named(number)
    here.reads("«Таң нұры» газеті", EDITOR)
    here.open_named(step("assign"))
    here.choose("executor_id", str(getattr(city.cast, f"{body}_executor").pk))
    here.press_named(step("assign"))


def the_water_answers(city: City, number: str) -> Visitor:
    """Each question, in two days. The head, who signed."""
    assign(city, "water", number)
    city.until(datetime(2026, 4, 16, 11, 0, tzinfo=ALMATY))
    executor = city.official("water_executor")
    executor.open_named(number)
    executor.open_named(step("draft"))
    executor.choose("outcome", "answered")
    executor.write("facts", FACTS)
    executor.write("ground", "«Масс-медиа туралы» Заңның 36-бабы.")
    for n, answer in enumerate(ANSWERS, 1):
        executor.write(f"answer_{n}", answer)
    executor.press("Save and submit for approval")
    executor.reads(state("on_approval", "newsroom"))
    return close(city, "water", number)


def close(city: City, body: str, number: str) -> Visitor:
    """Approved, signed, sent. The head, who signed."""
    came = {}
    for name, code in (("approver", "approve"), ("head", "sign"), ("registrar", "dispatch")):
        here = came[name] = city.official(f"{body}_{name}", factor=name != "registrar")
        here.go(f"/desk/cases/{number}/do/{code}/")
        if code == "sign":
            here.choose("provider", "demo")
        if code != "approve":
            here.tick("sure")
        here.press_named(step(code))
    city.wait(hours=1)
    return came["head"]


def the_department_extends(city: City, number: str) -> None:
    """Once, with a reason; no longer than the law allows."""
    assign(city, "dep", number)
    head = city.official("dep_head", factor=True)
    head.go(f"/desk/cases/{number}/do/extend/")
    extend = step("extend", "newsroom")
    head.write("days", "16")
    head.write("reason", "Есептің бір бөлігі басқа органда, сұратылды.")
    head.press_named(extend, 422)
    head.write("days", "15")
    head.press_named(extend)
    city.wait(hours=1)


def she_reads_in_the_form_she_asked_for(city: City, editor: Visitor, number: str) -> None:
    """By e-mail, in Kazakh, and on the page of the case."""
    letter = city.mail_to(MAIL)
    assert "ұзарт" in letter, "the newest letter tells of the extension"
    editor.reads(state("answered", "newsroom"), words("The term was extended on %(day)s.").split("%")[0].strip())
    editor.open_named(number)
    editor.reads(state("answered", "newsroom"))
    assert any(ANSWERS[0] in str(one.body) for one in mail.outbox if MAIL in one.to)


def silence_is_a_refusal(city: City, code: str, numbers: dict[str, str]) -> None:
    """At midnight after the last day; another browser, the same code; a complaint that is written already."""
    city.until(datetime(2026, 4, 23, 9, 0, tzinfo=ALMATY))
    other = city.person(width=NARROW)
    other.go(PLACE)
    other.write("code", "AAAAA-AAAAA-AAAAA-AAAAA")
    other.press("Open", 404)
    other.write("code", code.lower().replace("-", " "))
    other.press("Open")
    other.reads(state("deemed_refused", "newsroom"), words("No answer came in time: by law this counts as a refusal."))
    link = other.page.get_by_role("link", name=words("Complain with a prepared text"))
    assert link.count() == 2, "about the silence, and about the answer"
    other.go(f"/{numbers['city']}/complain_further/")
    assert numbers["city"] in other.page.locator("[name='text']").input_value()
    other.press("File the complaint")
    other.go(PLACE)
    other.open("Open the complaint")
    other.reads(numbers["city"])


def what_the_body_publishes(city: City, head: Visitor, number: str) -> None:
    """The head reads the masked answer and publishes it; states something; both are on the public page."""
    head.go(f"/desk/cases/{number}/do/publish/")
    head.tick("read")
    head.press_named(step("publish", "newsroom"))
    head.go("/desk/")
    head.open("Statements")
    head.write("title_kk", "Су беру туралы")
    head.write("text_kk", "Бейсенбіде Самал ауданында су болмайды.")
    head.write("title_ru", "О подаче воды")
    head.write("text_ru", "В четверг в районе Самал воды не будет.")
    head.press("Publish the statement")
    head.reads("Су беру туралы")
    anybody = city.person(width=NARROW)
    anybody.go("/bodies/water/")
    anybody.open_named("Су беру туралы")
    anybody.reads("Бейсенбіде Самал ауданында", "В четверг в районе Самал")
    anybody.go("/bodies/water/")
    anybody.page.get_by_role("link", name="қысқа дейін").first.click()
    anybody.see()
    anybody.reads(ANSWERS[0], "«Таң нұры» газеті")
    assert EDITOR not in anybody.html
