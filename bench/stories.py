"""Cases told by the real actions, of which a city's many are copies: every table as the software itself fills it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from qyzmet.bodies import queries as bodies
from qyzmet.cases import actions
from qyzmet.cases.actions import About, Actor, Answer, Author
from qyzmet.cases.models import Case

MONDAY = datetime(2026, 2, 2, 4, 0, tzinfo=UTC)
"""09:00 in Almaty; no holiday in the weeks after it."""
AUTHOR = Author(
    name="Серікбаева Мадина Асқарқызы",
    iin="900101400015",
    address="Сарыарқа көшесі, 5-үй, 12-пәтер",
    residence="Сарыарқа көшесі, 5-үй, 12-пәтер",
    email="madina@mail.example",
    phone="+7 700 000 00 00",
)
TEXTS = {
    "kk": """Біздің ауладағы балалар алаңы бұзылып жатыр.
Сарыарқа көшесі, 5-үйдің ауласында балалар алаңы үш айдан бері жөнделмей тұр. Әткеншектің темірі шығып тұр,
өткен аптада көршінің баласы қолын жаралады. Басқарма өткен жылы күзге дейін жөндейміз деп жауап берген еді, бірақ
ештеңе істелген жоқ.
Алаң қай күнге дейін жөнделеді?
Жөндеуге кім жауапты?""",
    "ru": """В подъезде третью неделю нет горячей воды.
По адресу улица Сарыарка, 5 горячей воды нет с начала месяца. Диспетчер каждый раз отвечает, что заявка принята, но
никто не приходит. В доме живут пожилые люди и семьи с маленькими детьми, перерасчёта в квитанции тоже нет.
Когда будет восстановлена подача горячей воды?
Кто и когда сделает перерасчёт за эти дни?""",
}
FACTS = """Өтініште көрсетілген мекенжайға қызметкер шығып, тексеру жүргізді. Кемшіліктер расталды, мердігермен жұмыс
кестесі келісілді, қаражат осы жылдың бюджетінде қарастырылған. Тексеру актісі іс материалдарына қоса тіркелді."""
ANSWER = """Жұмыс ағымдағы айдың соңына дейін аяқталады. Орындалуын басқарма бақылайды, жауапты тұлға - бас маман."""
ALIKE = "Бұл қалада барлық жауаптың мәтіні бірдей: ол өлшеу үшін жазылған."
"""Why the gate lets texts through that stand in thousands of answers."""


@dataclass(frozen=True)
class Team:
    """The people of a body who take steps."""

    body: Any
    registrar: Any
    executors: list[Any]
    approver: Any
    head: Any

    def people(self) -> Iterator[tuple[str, Any]]:
        """Each with the name of their part."""
        yield from (("registrar", self.registrar), ("approver", self.approver), ("head", self.head))
        yield from ((f"executor{n}", person) for n, person in enumerate(self.executors[:2]))


def team(body: Any, on: Any) -> Team | None:
    """None for a body that cannot work a case alone."""
    first = {role: bodies.persons_with_role(body, role, on) for role in ("registrar", "executor", "approver")}
    head = bodies.head_of(body, on)
    apart = [person for person in first["executor"] if person not in first["registrar"]] or first["executor"]
    if not (head and all(first.values())):
        return None
    return Team(body, first["registrar"][0], [*apart, *apart][:2], first["approver"][0], head)


@dataclass
class Scene:
    """Where a story is told: the body, the one above it and another one, and a clock."""

    home: Team
    above: Team
    other: Team
    now: datetime
    lang: str
    made: list[Case] = field(default_factory=list)

    def after(self, days: int = 0) -> datetime:
        """The same hour so many days later, some minutes on."""
        self.now += timedelta(days=days, minutes=7)
        return self.now

    def file(self, kind: str, team: Team | None = None, **more: Any) -> Case:
        """Somebody files."""
        chosen = (team or self.home).body.code
        given = {"text": TEXTS[self.lang], "language": self.lang, "authors": [AUTHOR], "signature": "signed"}
        filed = actions.register(
            procedure=kind, body=chosen, by=actions.APPLICANT, at=self.after(), channel="api", **{**given, **more}
        )
        self.made.append(filed.case)
        return filed.case

    def do(self, step: str, case: Case, person: Any, wait: int = 0, **values: Any) -> Any:
        """Somebody takes a step."""
        by = person if isinstance(person, Actor) else Actor.official(person)
        return getattr(actions, step)(case, by=by, at=self.after(wait), **values)

    def assign(self, case: Case, team: Team | None = None, days: int = 1) -> None:
        """The registrar gives the case to the first executor."""
        where = team or self.home
        self.do("assign", case, where.registrar, days, executor_id=where.executors[0].pk)

    def draft(self, case: Case, outcome: str, team: Team | None = None, days: int = 3, **more: Any) -> None:
        """The executor writes and submits."""
        writer = (team or self.home).executors[0]
        answers = {question.n: Answer(ANSWER) for question in case.questions.all()}
        self.do(
            "draft", case, writer, days, outcome=outcome, facts=FACTS, ground="ӘРПК 77-бабы.", answers=answers, **more
        )
        self.do("submit", case, writer, overrule=ALIKE)

    def sign(self, case: Case, team: Team | None = None, days: int = 1) -> None:
        """The approver approves, the head signs."""
        where = team or self.home
        self.do("approve", case, where.approver, days)
        self.do("sign", case, where.head, provider="demo", overrule=ALIKE)

    def answer(self, case: Case, outcome: str, team: Team | None = None, **more: Any) -> None:
        """From the assignment to the dispatch."""
        where = team or self.home
        self.assign(case, where)
        self.draft(case, outcome, where, **more)
        self.sign(case, where)
        self.do("dispatch", case, where.registrar)


def _filed(kind: str, **more: Any) -> "Telling":
    return lambda scene: scene.file(kind, **more)


def _given(kind: str) -> "Telling":
    def tell(scene: Scene) -> None:
        scene.assign(scene.file(kind))

    return tell


def _helped(scene: Scene) -> None:
    case = scene.file("application")
    scene.assign(case)
    if scene.home.executors[1] != scene.home.executors[0]:
        scene.do("add_co_executor", case, scene.home.registrar, person_id=scene.home.executors[1].pk)


def _curing(scene: Scene) -> None:
    case = scene.file("application", signature="unsigned")
    scene.do("ask_to_cure", case, scene.home.registrar, 1, defects=["no_signature"], days=10)


def _preliminary(scene: Scene) -> None:
    case = scene.file("application")
    scene.assign(case)
    scene.do(
        "preliminary", case, scene.home.executors[0], 3, outcome="act_adopted", facts=FACTS, ground="ӘРПК 73-бабы."
    )


def _submitted(scene: Scene) -> None:
    case = scene.file("request")
    scene.assign(case)
    scene.draft(case, "answered")


def _for_signature(scene: Scene) -> None:
    case = scene.file("request")
    scene.assign(case)
    scene.draft(case, "answered")
    scene.do("approve", case, scene.home.approver)


def _passed_up(scene: Scene) -> Case:
    case = scene.file("complaint")
    scene.do("pass_up", case, scene.home.registrar, 1, position=FACTS)
    return case


def _with_superior(scene: Scene) -> None:
    scene.assign(_passed_up(scene), scene.above)


def _accused(scene: Scene) -> Case:
    post = next(post for post in bodies.posts_held(scene.home.head, scene.now.date()) if post.is_head)
    return scene.file("message", about=About("conduct", post_code=post.code))


def _accused_in_work(scene: Scene) -> None:
    scene.assign(_accused(scene), scene.above)


def _answered(kind: str, outcome: str) -> "Telling":
    return lambda scene: scene.answer(scene.file(kind), outcome)


def _redirected(scene: Scene) -> None:
    case = scene.file("request", scene.other)
    scene.do("redirect", case, scene.other.registrar, 1, body=scene.home.body.code, reason=ANSWER)
    scene.answer(case, "answered")


def _complaint_answered(scene: Scene) -> None:
    scene.answer(_passed_up(scene), "action_done", scene.above)


def _accusation_answered(scene: Scene) -> None:
    scene.answer(_accused(scene), "answered", scene.above)


def _withdrawn(scene: Scene) -> None:
    scene.do("withdraw", scene.file("application"), actions.APPLICANT, 2, reason="Мәселе шешілді.")


def _rated(scene: Scene) -> None:
    case = scene.file("request")
    scene.answer(case, "answered")
    scene.do("rate", case, actions.APPLICANT, 1, stars=4, text="Рахмет.")


Telling = Callable[[Scene], Any]


@dataclass(frozen=True)
class Story:
    """A way a case can go, whether it is still open, and its share of the open or of the closed ones."""

    tell: Telling
    open: bool
    share: float


STORIES = (
    Story(_filed("application"), True, 8),
    Story(_filed("message"), True, 5),
    Story(_given("application"), True, 22),
    Story(_given("request"), True, 14),
    Story(_given("suggestion"), True, 5),
    Story(_helped, True, 5),
    Story(_curing, True, 4),
    Story(_preliminary, True, 5),
    Story(_submitted, True, 10),
    Story(_for_signature, True, 8),
    Story(_filed("complaint"), True, 3),
    Story(_with_superior, True, 7),
    Story(_accused, True, 2),
    Story(_accused_in_work, True, 2),
    Story(_answered("application", "act_adopted"), False, 22),
    Story(_answered("message", "answered"), False, 8),
    Story(_answered("request", "answered"), False, 20),
    Story(_rated, False, 15),
    Story(_answered("suggestion", "answered"), False, 5),
    Story(_redirected, False, 12),
    Story(_complaint_answered, False, 8),
    Story(_accusation_answered, False, 3),
    Story(_withdrawn, False, 7),
)
