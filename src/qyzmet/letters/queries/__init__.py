"""The only readers of the post room. What the asker may see comes from above, as a body or as case numbers."""

from qyzmet.letters.queries.letters import letter, letters_of, paragraphs
from qyzmet.letters.queries.register import Page, dispatch, dispatch_register, stuck, waiting

__all__ = ["Page", "dispatch", "dispatch_register", "letter", "letters_of", "paragraphs", "stuck", "waiting"]
