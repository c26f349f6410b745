"""Printed text: what is kept, and when two wordings are one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.values.text import character, clean, is_blank, label_key, squash

LAW = settings(deadline=None, max_examples=100)
PRINTED = st.text(alphabet="示例Aａ1１（）()[]、：:. \t\u3000\n\r\u200b\xa0“”-—", max_size=30)


@LAW
@given(PRINTED)
def test_cleaning_removes_only_breaks_and_outer_blanks(text):
    kept = clean(text)
    assert "\n" not in kept and "\r" not in kept
    assert kept in text.replace("\n", "").replace("\r", "")
    assert clean(kept) == kept


@LAW
@given(PRINTED)
def test_cleaning_loses_no_character_that_can_be_seen(text):
    assert squash(clean(text)) == squash(text)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("示例\n项目", "示例项目"),
        ("示例\r\n项目", "示例项目"),
        ("\u3000示例 项目\u3000", "示例 项目"),
        ("\xa0示例\t", "示例"),
        ("\ufeff示例", "示例"),
        ("１２％", "１２％"),
    ],
)
def test_the_reports_own_characters_are_kept(printed, kept):
    assert clean(printed) == kept


@pytest.mark.parametrize("blank", ["\u2002", "\u2003", "\u2009"])
def test_wide_blanks_around_are_blanks(blank):
    assert clean(f"{blank}示例{blank}") == "示例"


@LAW
@given(PRINTED)
def test_squashing_twice_changes_nothing_more(text):
    assert squash(squash(text)) == squash(text)
    assert not any(char.isspace() for char in squash(text))


@LAW
@given(PRINTED)
def test_a_label_key_is_its_own_key(text):
    assert label_key(label_key(text)) == label_key(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("主管部门（盖章）", "主管部门"),
        ("全年预算数（A）", "全年预算数(Ａ)"),
        ("项 目\n名称：", "项目名称"),
        ("得分（满分（10）分）", "得分"),
        ("“三公”经费", "三公经费"),
        ("一、收入", "一收入"),
    ],
)
def test_printings_of_one_label_meet(left, right):
    assert label_key(left) == label_key(right)


@pytest.mark.parametrize(("left", "right"), [("年初预算数", "全年预算数"), ("得分", "分值"), ("收入", "支出")])
def test_different_labels_do_not_meet(left, right):
    assert label_key(left) != label_key(right)


@pytest.mark.parametrize("cell", ["", " ", "\u3000", "\n", "-", "－", "—", "——", "--", "/", "\\", "无数据"])
def test_a_dash_stands_for_nothing(cell):
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["–", "―"])
def test_every_dash_stands_for_nothing(cell):
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["0", "0.00", "无", "-5", "示例", "√"])
def test_zero_and_words_are_not_nothing(cell):
    assert not is_blank(cell)


def test_half_a_pair_is_no_character():
    assert character(0x4E00) == "一"
    assert character(0x20000) == "𠀀"
    for half in (0xD800, 0xDBFF, 0xDC00, 0xDFFF):
        assert character(half).encode("utf8").decode("utf8") == "\ufffd"
