"""Printed text: what is kept of a cell, and the forms under which two wordings count as the same."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029]+")
_BLANKS = re.compile(r"[\s\u3000\u200b\ufeff]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PUNCTUATION = re.compile(r"""[:：、，,。.;；"'“”‘’·•\-—–_/\\|()（）\[\]【】<>《》*＊#%‰]""")


def clean(text: str) -> str:
    """The report's own characters: line breaks inside and blanks around removed, nothing else changed."""
    return _BREAKS.sub("", text).strip(" \t\u2002\u2003\u2009\u3000\u200b\ufeff\xa0")


def join_lines(lines: Iterable[str]) -> str:
    """The lines of a cell as one text. Two figures that stand on lines of their own stay two, parted by a bar."""
    text = ""
    for line in map(clean, lines):
        text += f" | {line}" if text[-1:].isdecimal() and line[:1].isdecimal() else line
    return clean(text)


@lru_cache(maxsize=1 << 16)
def squash(text: str) -> str:
    """For comparison only: full-width folded to half-width (NFKC), every blank removed."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=1 << 16)
def label_key(text: str) -> str:
    """The form under which two printings of a label are one: no blanks, brackets with content, punctuation.

    ``主管部门（盖章）`` and ``主管部门`` meet, as do ``全年预算数（A）`` and ``全年预算数``.
    """
    folded = squash(text)
    while True:
        shorter = _BRACKETS.sub("", folded)
        if shorter == folded:
            break
        folded = shorter
    return _PUNCTUATION.sub("", folded)


_CHINESE_YEAR = re.compile(r"二[〇○零0Ｏ][一二三四五六七八九〇○零]{2}(?=年)")
_YEAR_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")


def fold_chinese_year(text: str) -> str:
    """二〇二二年 → 2022年; other text as it is, same length."""
    return _CHINESE_YEAR.sub(lambda match: match.group().translate(_YEAR_DIGITS), text)


def is_blank(text: str) -> bool:
    """True where a cell prints nothing, or only a dash that stands for nothing."""
    return squash(text) in {"", "-", "--", "---", "----", "—", "——", "–", "―", "/", "\\", "无数据"}


def digits_of(text: str) -> int:
    """Digits of every width and style (5, ５, 𝟓), not marks such as ⑤."""
    return sum(char.isdecimal() for char in text)


def character(code: int) -> str:
    """The character of a code point; half of a surrogate pair alone, which no text can hold, is shown as �."""
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
