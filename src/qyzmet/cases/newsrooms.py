"""What a newsroom is here: which kind of case it asks by, who may sign, and how much it may ask at once."""

from qyzmet.cases.rules import rules
from qyzmet.text.languages import Words

CAPACITIES: dict[str, Words] = {
    "editor": {"kk": "бас редактор (редактор)", "ru": "главный редактор (редактор)", "en": "chief editor (editor)"},
    "authorised": {"kk": "уәкілетті адам", "ru": "уполномоченное лицо", "en": "authorised person"},
    "accredited": {"kk": "аккредиттелген журналист", "ru": "аккредитованный журналист", "en": "accredited journalist"},
}
"""Who may sign an inquiry (MM 35(4), 36(1))."""
MOST_BODIES = 20
"""Bodies asked at once: a brake of this house, no rule of law."""
MOST_SIGNERS = 50


def kind() -> str:
    """The procedure of a newsroom's inquiry: its own, or a request's where the law's data has none."""
    return "newsroom" if "newsroom" in rules().procedures else "request"
