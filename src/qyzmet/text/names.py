"""Names of people: surname first, as documents here write them."""


def full(surname: str, given: str = "", patronymic: str = "") -> str:
    """'Surname Given Patronymic' without gaps for parts a person does not have."""
    return " ".join(part for part in (surname.strip(), given.strip(), patronymic.strip()) if part)


def short(surname: str, given: str = "", patronymic: str = "") -> str:
    """'Surname G. P.'; a double given name keeps both letters: 'Surname A.-M.'."""
    return " ".join(part for part in (surname.strip(), _initials(given), _initials(patronymic)) if part)


def _initials(name: str) -> str:
    word = name.strip().split(" ", 1)[0]
    return "-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece)
