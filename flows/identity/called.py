"""How a report calls its publisher without naming its region: 我局, 本部门, 县医保局; counted in its text."""

import re
from collections import Counter
from collections.abc import Iterable

from flows.identity.names import BureauName, self_references, short_names
from flows.identity.regions import is_known
from flows.identity.wording import names_data

_LONGEST_REGION = 12


def called(bureau: BureauName, texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Names and how often each stands in the texts (without blanks), most frequent first."""
    if not bureau.core:
        return ()
    own = self_references(bureau.core)
    short = short_names(bureau)
    words = names_data()["self_reference"]
    patterns = [_pattern(own, words["not_after"], words["not_before"])]
    if short:
        patterns.append(_pattern(short, names_data()["region_words"]["not_after"], ()))
    counted: Counter[str] = Counter()
    for text in texts:
        for pattern in patterns:
            for match in pattern.finditer(text):
                if not (match.group() in short and _goes_on_before(text, match.start(), bureau.place)):
                    counted[match.group()] += 1
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _pattern(words: Iterable[str], not_after: Iterable[str], not_before: Iterable[str]) -> re.Pattern[str]:
    before, after = "".join(not_after), "".join(not_before)
    ahead = f"(?![{after}])" if after else ""
    return re.compile(f"(?<![{before}])(?:{'|'.join(map(re.escape, words))}){ahead}")


def _goes_on_before(text: str, start: int, place: str) -> bool:
    """Is the word for the region the end of a region's whole name? 洞口县医保局 is not 县医保局."""
    if place and text[: start + 1].endswith(place):
        return True
    return any(is_known(text[begin : start + 1]) for begin in range(max(0, start - _LONGEST_REGION), start))
