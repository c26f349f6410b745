"""Fitting a ragged row to columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.grids.fit import fit_row
from flows.values.numbers import parse_number
from flows.values.text import is_blank

LAW = settings(deadline=None, max_examples=100)
KINDS = ("code", "name", "money", "money", "money")


def suits(kinds):
    """How well a text suits a column, for tables of codes, names and money."""

    def score(text, column):
        kind, numeric = kinds[column], parse_number(text) is not None
        if is_blank(text):
            return 1.0 if kind == "money" else 0.5
        if kind == "money":
            return 3.0 if numeric else -4.0
        if kind == "code":
            return 4.0 if text.isdigit() and len(text) in (3, 5, 7) else -1.0
        return -3.0 if numeric else 3.0

    return score


def fit(texts, kinds=KINDS):
    return fit_row(texts, len(kinds), suits(kinds), lambda text: text in ("合计", "总计"))


TEXT = {
    "code": st.sampled_from(["208", "20805", "2080501"]),
    "name": st.sampled_from(["示例支出", "样本事务", "行政运行"]),
    "money": st.sampled_from(["1.00", "2,651.11", "0.00", "-3.50"]),
}


@st.composite
def tables(draw, blanks):
    kinds = tuple(draw(st.lists(st.sampled_from(sorted(TEXT)), min_size=1, max_size=9)))
    texts = [draw(st.one_of(TEXT[kind], st.just("")) if blanks else TEXT[kind]) for kind in kinds]
    return kinds, texts


@LAW
@given(tables(blanks=False))
def test_a_full_row_fits_to_itself(table):
    kinds, texts = table
    assert fit(texts, kinds).column == tuple(range(len(kinds)))


@LAW
@given(st.lists(st.sampled_from(["1.00", "2,651.11", ""]), min_size=3, max_size=3))
def test_empty_money_cells_keep_their_place_in_a_full_row(money):
    assert fit(["20805", "示例支出", *money]).column == (0, 1, 2, 3, 4)


def test_a_merged_total_lies_over_code_and_name():
    assert fit(["合计", "1.00", "2.00", "3.00"]).column[1:] == (2, 3, 4)
    assert fit(["合计", "1.00", "2.00", "3.00"]).left_over == 0


def test_a_merged_total_keeps_an_empty_figure_in_its_column():
    assert fit(["合计", "1.00", "", "3.00"]).column[1:] == (2, 3, 4)


def test_a_lost_code_does_not_shift_the_row():
    assert fit(["示例支出", "1.00", "2.00", "3.00"]).column == (1, 2, 3, 4)


def test_a_lost_name_does_not_shift_the_row():
    assert fit(["20805", "1.00", "2.00", "3.00"]).column == (0, 2, 3, 4)


def test_a_row_cut_after_its_name_keeps_what_is_there():
    assert fit(["20805", "示例支出"]).column == (0, 1)


def test_on_two_sides_the_right_side_stays_right():
    kinds = ("name", "money", "name", "money")
    assert fit(["", "", "示例支出", "5.00"], kinds).column == (0, 1, 2, 3)
    assert fit(["本年合计", "5.00", "本年合计", "5.00"], kinds).column == (0, 1, 2, 3)


def test_a_cell_beyond_the_columns_is_left_over():
    result = fit(["20805", "示例支出", "1.00", "2.00", "3.00", ""])
    assert result.column == (0, 1, 2, 3, 4, None)
    assert result.left_over == 1


def test_of_too_many_cells_the_unsuitable_one_is_left_over():
    assert fit(["20805", "示例支出", "1.00", "见说明", "2.00", "3.00"]).column == (0, 1, 2, None, 3, 4)


def test_no_cells_and_no_columns():
    assert fit([]).column == ()
    assert fit(["示例"], ()).column == (None,)
    assert fit([], ()).score == 0


def test_a_blank_costs_less_to_leave_over_than_a_figure():
    row = ["20805", "示例支出", "1.00", "2.00", "3.00"]
    assert fit(row).score > fit([*row, ""]).score > fit([*row, "4.00"]).score


@pytest.mark.parametrize("lost", range(5))
def test_a_lost_cell_costs_and_no_other_cell_is_thrown_away(lost):
    row = ["20805", "示例支出", "1.00", "2.00", "3.00"]
    short = row[:lost] + row[lost + 1 :]
    assert fit(short).left_over == 0
    assert fit(short).score < fit(row).score


CELLS = st.lists(st.sampled_from(["", "208", "示例支出", "合计", "1.00", "2,651.11"]), max_size=9)


@LAW
@given(CELLS, st.lists(st.sampled_from(sorted(TEXT)), max_size=7))
def test_cells_keep_their_order_and_share_no_column(texts, kinds):
    result = fit(texts, tuple(kinds))
    taken = [column for column in result.column if column is not None]
    assert len(result.column) == len(texts)
    assert taken == sorted(set(taken))
    assert all(0 <= column < len(kinds) for column in taken)
    assert result.left_over == len(texts) - len(taken)


@LAW
@given(CELLS)
def test_the_best_reading_is_never_worse_than_cell_by_cell(texts):
    kinds = tuple("name" for _ in texts)
    score = suits(kinds)
    assert fit(texts, kinds).score >= sum(score(text, column) for column, text in enumerate(texts)) - 1e-9
