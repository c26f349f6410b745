"""Where a fact of a workbook stands, in words and with the rows around it."""

from pathlib import Path

import openpyxl
import pytest

from flows.document import parse_ref
from flows.explain.sheet import SheetRow, cell_name, sheet_rows
from flows.explain.words import place_in_words


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("p2/t3/r7/c3", "第2张工作表 C7"),
        ("p1/r11/c28+35", "第1张工作表 AB11，第36个字符起"),
        ("p1/L2/r7/c3", "第1张工作表 C7（批注、文本框、页眉等）"),
        ("p2/t3", "第2张工作表"),
    ],
)
def test_a_place_in_a_workbook_in_words(ref: str, words: str) -> None:
    assert place_in_words(parse_ref(ref), "xlsx") == words


def test_columns_are_named_as_the_program_names_them() -> None:
    names = {1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16_384: "XFD"}
    assert {col: cell_name(parse_ref(f"c{col}")) for col in names} == names


def test_the_rows_around_a_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet("决算02")
    for row in range(1, 9):
        page.append([f"名{row}", None, row / 2])
    book.save(tmp_path / "book.xlsx")
    name, rows = sheet_rows(tmp_path / "book.xlsx", parse_ref("p2/t1/r5/c3"))
    assert name == "决算02"
    assert [row.number for row in rows] == [3, 4, 5, 6, 7]
    assert rows[2] == SheetRow(5, (("A", "名5"), ("C", "2.5")), is_place=True)
