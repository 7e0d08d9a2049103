"""What is wrong with a letter's text or with the values given for it: a mistake of a text or of a caller."""


class LetterError(Exception):
    """Names the letter's code, its language and, where one is to blame, the placeholder."""

    def __init__(self, letter: str, language: str, problem: str, placeholder: str = "") -> None:
        named = f" {{{placeholder}}}" if placeholder else ""
        super().__init__(f"letter '{letter}' ({language}):{named} {problem}")
        self.letter = letter
        self.language = language
        self.placeholder = placeholder
