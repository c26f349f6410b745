"""Lines that say that a table or form goes on from the page before: 续表, 续上表, 接上页."""

import re

from flows.values.text import squash

_CONTINUED = re.compile(r"[(（]?(?:续|接)(?:上|前)?(?:表|页)?\d*[)）]?")


def is_continuation(text: str) -> bool:
    """Does the line say only that what is below goes on from above (续表)?"""
    folded = squash(text)
    return len(folded) > 1 and _CONTINUED.fullmatch(folded) is not None
