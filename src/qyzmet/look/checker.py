"""Where the built page stands that checks receipts without a server or a network."""

from pathlib import Path

PAGE = Path(__file__).parent / "static/look/verify.html"
"""Built by `tools/front.py` from `look/verify/`. It carries its own Content-Security-Policy, with hashes of its script
and style: whoever serves it sends none that is narrower, or the page stands still."""
