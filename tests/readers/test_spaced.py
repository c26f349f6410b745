"""Tables whose cells are parted by blanks, and lines broken inside of numbers, in plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.document import LOOSE_CELLS, Paragraph, Table
from flows.readers import read, spaced

_HEADER = ["科目编码 科目名称 合计 基本支出 项目支出"]


def table(lines):
    (found,) = spaced.runs(lines)
    return [[text for _, text in row] for row in found.rows], found.loose


def test_rows_parted_by_one_blank_stand_below_a_header_that_names_each_column():
    rows, loose = table([*_HEADER, "合 计 5.50 3.00 2.50", "205 示例支出 5.50 3.00 2.50", "20501 示例事务 5.50 3.00 2.50"])
    assert rows[0] == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    assert rows[1:3] == [["", "合计", "5.50", "3.00", "2.50"], ["205", "示例支出", "5.50", "3.00", "2.50"]]
    assert not loose


def test_a_row_whose_empty_cell_left_no_trace_is_loose():
    rows, loose = table([*_HEADER, "205 示例支出 5.50 3.00 2.50", "20501 示例事务 3.00 3.00", "20502 样本事务 2.50 0.00 2.50"])
    assert [row[0] for row in rows[1:]] == ["205", "20502"] and loose == [2]


@pytest.mark.parametrize(
    "header",
    [
        [],
        ["科目编码 科目名称 合计 基本支出"],
        ["科目编码 科目名称 合计 基本支出 项目支出 经营支出"],
        ["项目 合计 基本支出 项目支出 经营支出", "科目编码 科目名称"],  # one of the columns is empty in every row: which?
        ["本表单位：万元 合计 基本支出 项目支出 其他"],
    ],
)
def test_without_a_header_that_fits_there_is_no_table(header):
    assert not list(spaced.runs([*header, *["205 示例支出 5.50 3.00 2.50"] * 4]))


def test_both_sides_of_a_table_under_the_same_labels():
    lines = ["收入 支出", "项目 决算数 项目 决算数", "一、甲收入 5.50 一、甲支出 3.00", "二、乙收入 1.50", "合计 7.00 合计 7.00"]
    rows, loose = table(lines)
    assert rows[2] == ["一、甲收入", "5.50", "一、甲支出", "3.00"] and len(rows) == 4
    assert loose == [3]  # whose side it is, nothing tells


def test_sentences_are_no_rows():
    assert not list(spaced.runs(["项目 金额", *["示例支出，共 5.50", "其中：示例 5.50", "示例支出增加 5.50 万元"] * 2]))


_COLUMNS = (10, 30, 14, 14, 14)


def aligned(row, blank):
    out = ""
    for text, width in zip(row, _COLUMNS, strict=True):
        used = sum(2 if ord(char) > 0x2E7F else 1 for char in text)
        full, half = divmod(width - used, 2) if blank == "\u3000" else (0, width - used)
        out += text + blank * full + " " * half
    return out.rstrip(" \u3000")


@settings(deadline=None, max_examples=40)
@given(
    body=st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.decimals(1, 99999, places=2)), min_size=3, max_size=9),
    blank=st.sampled_from([" ", "\u3000"]),
)
def test_cells_set_under_one_another_stay_in_their_columns(body, blank):
    """Whatever cells are empty: where the header stands over them, each amount keeps its column."""
    rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    for number, (coded, basic, project, amount) in enumerate(body):
        figures = [f"{amount}", f"{amount}" if basic else "", f"{amount}" if project else ""]
        rows.append([f"20{number}" if coded else "", f"示例支出{'甲乙丙丁戊己庚辛壬'[number]}", *figures])
    assert table([aligned(row, blank) for row in rows]) == (rows, [])


def test_places_and_what_is_set_aside(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "支出决算表\n" + "\n".join([*_HEADER, "205 示例支出 5.50 3.00 2.50", "20501 示例 5.50 5.50", "20502 样本 1 0 1"]), encoding="utf8"
    )
    _, found, loose = read(path).blocks
    assert isinstance(found, Table) and found.rows[1][0].place.ref == "L3/t1/r2/c1"
    assert isinstance(loose, Paragraph) and (loose.kind, loose.place.ref) == (LOOSE_CELLS, "L4")


@pytest.mark.parametrize(
    ("first", "second"),
    [("17.", "36万元，完成预算。"), ("17.3", "6万元，完成预算。"), ("17.36", "万元，完成预算。"), ("17.36万", "元，完成预算。")],
)
def test_a_number_broken_over_two_lines_is_one(tmp_path, first, second):
    path = tmp_path / "report.txt"
    path.write_text(f"2023年度示例经费预算为21万元，支出决算为{first}\n{second}\n", encoding="utf8")
    (line,) = read(path).blocks
    assert line.text.endswith("支出决算为17.36万元，完成预算。")
    assert line.place_at(line.text.index("完成")).ref.startswith("L2+")


@pytest.mark.parametrize(
    "lines", ["示例数量\n12\n34\n", "一、示例支出 12\n3.5\n", "2023年度示例经费预算为21万元，支出决算为17.36万元。\n3个科室。\n"]
)
def test_lines_that_end_are_not_joined(tmp_path, lines):
    path = tmp_path / "report.txt"
    path.write_text(lines, encoding="utf8")
    assert len(read(path).blocks) == lines.count("\n")
