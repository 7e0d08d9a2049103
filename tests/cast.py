"""The people whom every test file knows.

A test asks for the fixture `cast` of conftest.py (or `cast_no_outside`, the same city without a body beyond it)
and gets a `Cast`:

    city                           the akimat                                           head: city_head
    ├ dep                          the youth department: superior of the centre         head: dep_head (= head)
    │ └ centre                     the youth centre                                     head: centre_head
    └ water                        the water authority: knows nothing of the others     head: water_head
    outside                        beyond the city; decides where the chain ends        head: outside_head

`outside` stands above nobody in the tree (`city.superior` is None): it is found by its mark alone.
Each of city, dep, centre and water has a registrar, an executor and an approver: `dep_registrar`, `centre_executor`.
For the department also in short: `registrar`, `executor`, `approver`, `head`; `colleague` is its second executor.
`employee` holds a post in the centre and no role. `administrator` holds a post in the centre, below its head, and is
administrator of every body: he must not see what the head must not see. Heads also have the role `head`.
Everybody is in place since 1 January 2026, without end; nobody is absent. `NOW` is 10:00 on a working Wednesday.
Everything is made by `bodies.actions`, as in earnest. Nobody has a password: use `client.force_login(person)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from qyzmet.bodies import actions
from qyzmet.bodies.models import Body, Person, Post

NOW = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)
"""10:00 in Almaty."""
TODAY = date(2026, 4, 15)
SINCE = date(2026, 1, 1)

BODIES = {
    "city": ("Қала әкімдігі", "Акимат города", "City akimat"),
    "dep": ("Жастар саясаты басқармасы", "Управление молодёжной политики", "Youth policy department"),
    "centre": ("Жастар орталығы", "Молодёжный центр", "Youth centre"),
    "water": ("Су шаруашылығы басқармасы", "Управление водного хозяйства", "Water authority"),
    "outside": ("Мемлекеттік қызмет істері департаменті", "Департамент по делам госслужбы", "Civil service department"),
}
DUTIES = {
    "city": ("қала бюджеті, көшелер", "бюджет города, улицы", "city budget, streets"),
    "dep": ("жастар саясаты, еріктілер", "молодёжная политика, волонтёры", "youth policy, volunteers"),
    "centre": ("жастар үйірмелері, концерттер", "кружки, концерты для молодёжи", "youth clubs, concerts"),
    "water": ("ауызсу, су құбыры, кәріз", "питьевая вода, водопровод", "drinking water, pipes"),
    "outside": ("қызметшілердің әдебі", "этика служащих", "ethics of officials"),
}
SUPERIORS = {"city": None, "dep": "city", "centre": "dep", "water": "city", "outside": None}
PEOPLE = {
    "outside_head": "Жұмабеков Ерлан Сәкенұлы",
    "city_head": "Нұрпейісов Дәулет Қайратұлы",
    "city_registrar": "Оразбаева Жанар Маратқызы",
    "city_executor": "Ким Сергей Петрович",
    "city_approver": "Сәрсенова Гүлмира Болатқызы",
    "dep_head": "Қасымова Айгүл Ермекқызы",
    "dep_registrar": "Әбдірахманова Сәуле Талғатқызы",
    "dep_executor": "Тұрсынов Бауыржан Асқарұлы",
    "dep_approver": "Петрова Наталья Ивановна",
    "colleague": "Ғабитов Нұрлан Серікұлы",
    "centre_head": "Ысқақов Дәурен Жолдасұлы",
    "centre_registrar": "Өтепова Динара Қанатқызы",
    "centre_executor": "Юсупов Рустам Каримович",
    "centre_approver": "Ахметова Ләззат Оралқызы",
    "employee": "Есенова Аружан Бекетқызы",
    "administrator": "Шәріпов Тимур Әлібекұлы",
    "water_head": "Бекмұратов Арман Төлегенұлы",
    "water_registrar": "Мұхамеджанова Перизат Әділқызы",
    "water_executor": "Ли Виктор Андреевич",
    "water_approver": "Сейітқали Ақмарал",
}
PLACES = {"colleague": "dep", "employee": "centre", "administrator": "centre"}
WORK = ("registrar", "executor", "approver")


@dataclass
class Cast:
    """The small city: bodies, people by name, head posts by body code (`heads`), other posts by person (`posts`)."""

    city: Body
    dep: Body
    centre: Body
    water: Body
    outside: Body | None
    people: dict[str, Person]
    posts: dict[str, Post] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def role(self, person: Person, body: Body, role: str) -> None:
        actions.grant_role(person=person, body=body, role=role, since=SINCE, at=NOW)

    def away(self, name: str, *, substitute: str | None = None, since: date = TODAY, until: date | None = None) -> None:
        """The person called `name` is on leave; `substitute` stands in on the person's post."""
        actions.note_absence(person=self.people[name], kind="leave", since=since, until=until, at=NOW)
        if substitute:
            actions.name_substitute(
                post=self.posts[name], substitute=self.people[substitute], since=since, until=until, at=NOW
            )


def build(*, outside: bool = True) -> Cast:
    """The small city, fresh. Needs a database."""
    bodies = _bodies(outside=outside)
    people = {name: _person(name) for name in PEOPLE if outside or name != "outside_head"}
    made = Cast(**bodies, people=people)
    for name in sorted(people, key=lambda name: not name.endswith("_head")):
        _seat(made, name)
    for short in (*WORK, "head"):
        people[short] = people[f"dep_{short}"]
    for body in filter(None, bodies.values()):
        made.role(people["administrator"], body, "administrator")
    return made


def _bodies(*, outside: bool) -> dict[str, Body | None]:
    made: dict[str, Body | None] = {"outside": None}
    for code, names in BODIES.items():
        if code == "outside" and not outside:
            continue
        superior = SUPERIORS[code]
        made[code] = actions.found_body(
            code=code,
            kind="state" if code == "outside" else "local",
            names=dict(zip(("kk", "ru", "en"), names, strict=True)),
            duties=dict(zip(("kk", "ru", "en"), DUTIES[code], strict=True)),
            address={"kk": "Сарыарқа көшесі, 1", "ru": "улица Сарыарка, 1", "en": "1 Saryarqa street"},
            email=f"{code}@qala.example",
            superior=made[superior] if superior else None,
            outside=code == "outside",
            at=NOW,
        )
    return made


def _person(name: str) -> Person:
    surname, given, patronymic = [*PEOPLE[name].split(), ""][:3]
    login = name.replace("_", ".")
    return actions.add_person(
        login=login, surname=surname, given=given, patronymic=patronymic, email=f"{login}@qala.example", at=NOW
    )


def _seat(made: Cast, name: str) -> None:
    """A post and, by the end of the name, a role."""
    code, _, work = name.rpartition("_")
    body = getattr(made, PLACES.get(name, code))
    title = {"head": "Басшы", "registrar": "Кеңсе маманы", "approver": "Бөлім басшысы"}.get(work, "Бас маман")
    made.posts[name] = actions.found_post(
        body=body,
        code=name.replace("_", "-"),
        names={"kk": title, "ru": title, "en": title},
        is_head=work == "head",
        at=NOW,
    )
    actions.appoint(post=made.posts[name], person=made.people[name], since=SINCE, at=NOW)
    role = "executor" if name == "colleague" else work
    if role in (*WORK, "head"):
        made.role(made.people[name], body, role)
