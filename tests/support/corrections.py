"""Files of corrections for tests."""

from functools import partial

from flows.corrections.file import HEADER
from tests.support import handwritten

_SAID = {
    "report": "a.txt",
    "table": "accounts",
    "place": "L1",
    "field": "amount_yuan",
    "printed": "1",
    "right": "2",
    "reason": "两数颠倒",
    "who": "王一",
    "when": "2024-03-01",
}
assert tuple(_SAID) == HEADER

line = partial(handwritten.line, _SAID)
write = partial(handwritten.write, HEADER)
