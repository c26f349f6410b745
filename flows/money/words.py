"""The wording data of money tables."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from flows.values.numbers import fold_digits, parse_chinese_numeral
from flows.values.text import label_key, squash


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.money").joinpath("wording.toml").read_text(encoding="utf8"))


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(label_key(word) for word in _data()[name])


def is_a(name: str, text: str) -> bool:
    """Is the label one of the words listed under ``name`` (stub, code, line_number, total …)?"""
    return label_key(text) in _keys(name)


def mentions(name: str, text: str) -> bool:
    key = label_key(text)
    return any(word in key for word in _keys(name))


def is_stub(text: str) -> bool:
    """Does this header stand over names, codes or line numbers?"""
    return any(is_a(name, text) for name in ("stub", "code", "code_level", "line_number", "sequence", "unit_code")) or (
        label_key(text).endswith(("科目编码", "科目代码", "科目名称", "分类科目"))
    )


def side_of(text: str) -> str | None:
    """income or expenditure, if the header says which."""
    key = label_key(text)
    for side, labels in _data()["side"].items():
        if key in {label_key(label) for label in labels}:
            return side
    return None


_YEAR_HEAD = re.compile(r"^(?:20\d\d年度?)?")
_NUMBERED = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|表?[一二三四五六七八九十]{1,3}[:：]|\d{1,2}[.、．])"
)


def is_title(text: str) -> bool:
    """A line that reads like the title of a money table."""
    folded = re.sub(r"\((?:金额)?单位[:：][^()]*\)$", "", squash(text))
    title = _data()["title"]
    bare = re.sub(r"\([^()]*\)$", "", folded)
    if not bare.endswith("表") and any(word in bare for word in title["not_in_prose"]):
        return False
    return (
        4 <= len(folded) <= 70
        and any(bare.endswith(end) for end in title["ends"])
        and any(word in bare for word in title["has"])
        and not any(word in bare for word in title["not"])
        and not re.search(r"[。；，,?？:：]", folded)
    )


def is_title_end(title: str) -> bool:
    """Only the last words of a title (决算总表): what the table is of stands on the line above."""
    return re.sub(r"\([^()]*\)$", "", squash(title)) in _data()["title"]["second_line"]


def begins_title(text: str) -> bool:
    """A line whose title goes on in the next one: it says what money the table is of, and is neither a sentence nor a title."""
    folded = squash(text)
    return (
        2 <= len(folded) <= 60
        and any(word in folded for word in _data()["title"]["has"])
        and not re.search(r"[。；;，,:：?？]|^第.{1,3}部分|^附件|表$", folded)
    )


def without_number(title: str) -> tuple[str, str | None]:
    """A title without the list number before it (一、… 1. …), and that number as two digits."""
    stripped = title.strip()
    match = _NUMBERED.match(stripped)
    if not match:
        return stripped, None
    digits = re.sub(r"[^\d一二三四五六七八九十]", "", match.group())
    number = int(digits) if digits.isdigit() else parse_chinese_numeral(digits)
    return stripped[match.end() :].strip(), f"{number:02d}" if number else None


_TABLE_NUMBER = re.compile(
    r"(?:附件)?(?:公开|附|预算|决算|部门|单位|财决公开|财决)*(?:表|Z)?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[-—]\d)?(?:表)?[:：]?"
)


def table_number(text: str) -> str | None:
    """公开01表, 公开表一, 表十一, 附表3 → two digits; None for other text."""
    folded = fold_digits(squash(text))
    if "表" not in folded or len(folded) > 12:
        return None
    match = _TABLE_NUMBER.fullmatch(folded)
    if not match:
        return None
    number = int(match.group(1)) if match.group(1).isdigit() else parse_chinese_numeral(match.group(1))
    return f"{number:02d}" if number else None


def standard_number(title: str) -> str | None:
    """The number of a final-accounts table by its title (the year and bureau before it do not matter)."""
    key = _YEAR_HEAD.sub("", label_key(title))
    standard = {label_key(name): number for name, number in _data()["standard"].items()}
    for name in sorted(standard, key=len, reverse=True):
        if key == name or (key.endswith(name) and "部门" in key[: -len(name)][-6:]):
            return standard[name]
    return None
