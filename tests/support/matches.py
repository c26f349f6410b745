"""Files of decisions about names for tests."""

from functools import partial

from flows.resolve.overrides import HEADER
from tests.support import handwritten

_SAID = {
    "kind": "project",
    "bureau": "",
    "one": "示例补助",
    "other": "样本补助",
    "verdict": "same",
    "reason": "同一项目",
    "by": "王一",
    "on": "2024-03-01",
}
assert tuple(_SAID) == HEADER

line = partial(handwritten.line, _SAID)
write = partial(handwritten.write, HEADER)
