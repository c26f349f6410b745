"""Text that a spreadsheet would run as a formula, made harmless: one apostrophe in front, which ``undone`` takes away again."""

import re

# Of these first characters (half or full width) a spreadsheet makes a formula, or swallows the character; a lone one is shown as it is.
_FIRST = "=+\\-@\\t\\r\\n＝＋－＠"
# Text that already begins with apostrophes before such a character gets one more: so one less is always what was there.
DANGEROUS = f"^'*[{_FIRST}](?s:.)"
_DEFUSED = re.compile(f"^'(?='*[{_FIRST}](?s:.))")
_DANGEROUS = re.compile(DANGEROUS)


def defused(text: str) -> str:
    """``text`` as it may stand in a CSV that people open in a spreadsheet: ``=1+1`` → ``'=1+1``."""
    return "'" + text if _DANGEROUS.match(text) else text


def undone(text: str) -> str:
    """The text that ``defused`` was given: ``'=1+1`` → ``=1+1``."""
    return _DEFUSED.sub("", text, count=1)
