"""The forms under which names of projects, indicators and accounts are compared over reports and years."""

import re

from flows.values.text import squash

_PROJECT_CODE = re.compile(r"^[0-9A-Z]{12,}[-—_]*")
_YEAR = re.compile(r"[(（](?<!\d)20\d\d年?度?[)）]|(?<!\d)20\d\d(?:年度?|(?![亩元人个米户万千家件\d.]))")
_LISTED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}(?:、|\.(?!\d))|\(\d{1,2}\)|其中[:：]?)+"
)
_PUNCTUATION = re.compile(r"""[\s:：、，,。.;；"'“”‘’·\-—_/\\|\[\]【】<>《》]""")
_UNIT_IN_BRACKETS = re.compile(r"\((?:%|‰|人|人次|元|万元|个|次|件|户|家|份|天|月|万人|项|元/人|人数)\)$")


def project_match(name: str) -> str:
    """``51092322T000000431595-城乡居民监管工作经费`` and ``2023年城乡居民监管工作经费项目`` meet."""
    text = _PROJECT_CODE.sub("", squash(name))
    text = _PUNCTUATION.sub("", _YEAR.sub("", text))
    return text.removesuffix("项目") or text


def indicator_match(name: str) -> str:
    """An indicator's name without unit in brackets, list mark and punctuation."""
    text = _UNIT_IN_BRACKETS.sub("", squash(name))
    return _PUNCTUATION.sub("", _LISTED.sub("", text)) or squash(name)


def account_name(line: str) -> str:
    """A line's name without list mark: 一、一般公共预算财政拨款收入 → 一般公共预算财政拨款收入."""
    text = squash(line)
    return _LISTED.sub("", text) or text


_TITLE_WORDS = re.compile(r"\([^()]*\)|20\d\d年度?|^(?:部门|预算单位|单位|本级|区级|市级|省级)+")


def table_match(title: str, bureau: str | None) -> str:
    """A money table's title without year, bureau, brackets: 2017年度某某厅部门收支预算总表 → 收支预算总表."""
    text = squash(title)
    if bureau:
        text = text.replace(squash(bureau), "")
    while (shorter := _TITLE_WORDS.sub("", text)) != text:
        text = shorter
    return _PUNCTUATION.sub("", text)
