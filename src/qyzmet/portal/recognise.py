"""What a first text seems to be: a report of corruption, a kind. To suggest, never to decide."""

import re
from collections.abc import Mapping

# "пара" alone is a pair in Russian and "парақша" a page in Kazakh: only forms that mean a bribe stand here.
_CORRUPTION = re.compile(
    r"жемқор|сыбайлас|парақор|парағор|\bпара(?:ны|сын|ға|мен)?\s+(?:ал|бер|сұра|талап|дәмет)"
    r"|взятк|взяточ|коррупц|мздоим|подкуп|\bоткат(?:ы|а|ом|ов)?\b"
    r"|\b(?:брал|берут|требу\w+|вымога\w+|просил\w*)\s+(?:у\s+\w+\s+)?(?:деньги|денег)"
    r"|ақша\s+(?:сұра|талап|дәмет)|\bbrib(?:e|es|ed|ery|ing)\b|\bcorrupt|\bkickback",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"жемқорл|коррупц|anti-?corruption", re.IGNORECASE)
_KINDS = (
    ("complaint", r"шағым|бас\s+тарт|заңсыз|әділетсіз|жалоб|жалу[ею]|отказал|незаконн|несправедлив|бездейств|complain"),
    ("request", r"ақпарат|мәлімет\s+бер|қашан|қанша|информаци|сведени|когда|сколько|почему|information|\bwhen\b"),
    ("suggestion", r"ұсын|предлаг|предложени|suggest|propos"),
    ("application", r"беруіңізді|көмек|тағайында|рұқсат|прошу\s+(?:выдать|предост|назнач|помо)|помощ|help|permit"),
    ("message", r"бұзыл|сынған|жұмыс\s+істемей|қоқыс|сломан|не\s+работа|мусор|яма|нарушени|не\s+вывоз|broken|violat"),
    ("response", r"алғыс|рахмет|рақмет|благодар|спасибо|thank"),
)


def corruption(text: str) -> bool:
    """Whether a text seems to report corruption."""
    return _CORRUPTION.search(text) is not None


def fights_corruption(names: Mapping[str, str]) -> bool:
    """Whether a body of these names is the one that takes reports of corruption."""
    return any(_AGAINST.search(name) for name in names.values())


def kind(text: str) -> str:
    """The kind of appeal a first text seems to be, or '' where nothing speaks for one."""
    return next((code for code, words in _KINDS if re.search(words, text, re.IGNORECASE)), "")
