"""Text reports: tab-led and tab-separated tables, encodings, places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.document import Paragraph, Table
from flows.readers import format_of, read
from flows.readers.encoding import decode
from flows.readers.errors import Unreadable

LAW = settings(deadline=None, max_examples=60)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """Reads a text, or bytes, as a report file."""
    path = tmp_path_factory.mktemp("texts") / "report.txt"

    def read_it(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path)

    return read_it


def rows(block):
    return [[cell.text for cell in row] for row in block.rows]


def shape(found):
    """Paragraphs as their text, tables as their rows; marks of the file's own (bookmarks) left out."""
    printed = [block for block in found.blocks if not (isinstance(block, Paragraph) and block.kind == "markup")]
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in printed]


def refs(block):
    return [[cell.place.ref for cell in row] for row in block.rows]


def test_paragraphs_are_lines_with_text(document):
    found = document("示例市样本局\n\n  \n第一段。 \n\u3000第二段。\n")
    assert shape(found) == ["示例市样本局", "第一段。", "第二段。"]
    assert [block.place.ref for block in found.blocks] == ["L1", "L4", "L5"]
    assert (found.format, found.pages) == ("text", None)


# Tab-led: a Word file as its text


def test_a_line_that_begins_with_a_tab_is_a_cell_and_an_empty_line_ends_the_row(document):
    found = document("说明\n\t项目\n\t金额\n\n\t示例支出\n\t5.00\n\n结束")
    assert shape(found) == ["说明", [["项目", "金额"], ["示例支出", "5.00"]], "结束"]
    assert refs(found.blocks[1]) == [["L2/t1/r1/c1", "L3/t1/r1/c2"], ["L5/t1/r2/c1", "L6/t1/r2/c2"]]
    assert found.blocks[1].place.ref == "L2/t1"


def test_a_line_without_a_tab_goes_on_with_the_cell_above(document):
    (table,) = document("\t示例项\n目名称\n\t5.00\n").blocks
    assert rows(table) == [["示例项目名称", "5.00"]]
    assert table.rows[0][0].raw == "示例项\n目名称"
    assert refs(table) == [["L1/t1/r1/c1", "L3/t1/r1/c2"]]


def test_empty_cells_keep_their_place(document):
    (table,) = document("\t\n\t项目\n\t\n\t5.00\n").blocks
    assert rows(table) == [["", "项目", "", "5.00"]]
    assert [cell.col for cell in table.rows[0]] == [0, 1, 2, 3]


def test_ragged_rows_stay_ragged_and_the_widest_tells_the_width(document):
    (table,) = document("\t合计\n\t5.00\n\n\t208\n\t示例支出\n\t5.00\n").blocks
    assert [len(row) for row in table.rows] == [2, 3]
    assert (table.width, table.exact) == (3, False)


def test_text_between_parts_two_tables(document):
    assert shape(document("\t甲\n\t1\n\n说明\n\t乙\n\t2\n")) == [[["甲", "1"]], "说明", [["乙", "2"]]]


def test_many_empty_lines_part_two_tables(document):
    found = document("\t甲\n\t1\n\n\t乙\n\t2\n\n\n\n\n\t丙\n\t3\n")
    assert shape(found) == [[["甲", "1"], ["乙", "2"]], [["丙", "3"]]]
    assert [block.place.table for block in found.blocks] == [1, 2]


def test_a_cell_with_an_empty_line_at_its_end_does_not_end_the_table(document):
    assert shape(document("\t甲\n\t1\n\n\n\t乙\n\t2\n")) == [[["甲", "1"], ["乙", "2"]]]


FULL = "\t\n\t示例目标\n\t计划完成全部示例培训工作\n\t已经完成全部示例培训工作\n\n"


def test_an_empty_line_behind_a_long_cell_does_not_break_its_row(document):
    (table,) = document(FULL * 2 + FULL.replace("\n\t已经", "\n\n\t已经") + FULL).blocks
    assert rows(table) == [["", "示例目标", "计划完成全部示例培训工作", "已经完成全部示例培训工作"]] * 4
    assert refs(table)[2] == ["L11/t1/r3/c1", "L12/t1/r3/c2", "L13/t1/r3/c3", "L15/t1/r3/c4"]


@pytest.mark.parametrize("short", ["\t\n\t样本\n\n\t已经完成全部示例培训工作\n\n", "\t\n\t样本\n\t计划完成全部示例培训工作\n\n\t合计\n\n"])
def test_short_rows_that_are_no_broken_prose_stay_apart(document, short):
    (table,) = document(FULL * 2 + short + FULL).blocks
    assert [len(row) for row in table.rows] == [4, 4, short.count("\t") - 1, 1, 4]


def test_a_heading_behind_a_lone_cell_is_no_part_of_it(document):
    assert shape(document("\t甲\n\t1\n\n\t\n二、样本情况\n第一段。")) == [[["甲", "1"], [""]], "二、样本情况", "第一段。"]


def test_whole_rows_are_never_joined(document):
    (table,) = document(FULL * 4).blocks
    assert [len(row) for row in table.rows] == [4] * 4


# Tab-separated


def test_a_line_with_tabs_inside_is_a_row(document):
    found = document("说明\n项目\t金额\n示例支出\t5.00\n结束")
    assert shape(found) == ["说明", [["项目", "金额"], ["示例支出", "5.00"]], "结束"]
    assert refs(found.blocks[1]) == [["L2/t1/r1/c1", "L2/t1/r1/c2"], ["L3/t1/r2/c1", "L3/t1/r2/c2"]]


def test_empty_cells_of_a_row_line(document):
    (table,) = document("\t项目\t\t金额\n合计\t\t5.00\t\n").blocks
    assert rows(table) == [["", "项目", "", "金额"], ["合计", "", "5.00", ""]]


def test_a_row_line_ends_the_tab_led_row_before_it(document):
    (table,) = document("\t甲\n\t1\n乙\t2\n").blocks
    assert rows(table) == [["甲", "1"], ["乙", "2"]]


CELL = st.text(alphabet="示例甲乙5.,%（）", min_size=1, max_size=6)
GRID = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5))


@LAW
@given(GRID)
def test_both_dialects_give_the_same_table(document, grid):
    led = "\n".join("".join(f"\t{cell}\n" for cell in row) for row in grid)
    separated = "\n".join("\t".join(row) for row in grid)
    assert shape(document(led)) == shape(document(separated)) == [grid]


@LAW
@given(GRID, st.lists(CELL, max_size=3), st.sampled_from(["led", "separated"]))
def test_every_cell_stands_on_the_line_it_names(document, grid, before, dialect):
    table = (
        "\n".join("".join(f"\t{cell}\n" for cell in row) for row in grid) if dialect == "led" else "\n".join("\t".join(row) for row in grid)
    )
    text = "".join(f"{line}\n" for line in before) + table
    lines = text.split("\n")
    for block in document(text).blocks:
        if isinstance(block, Table):
            for r, row in enumerate(block.rows, start=1):
                for c, cell in enumerate(row, start=1):
                    assert cell.raw in lines[cell.place.line - 1]
                    assert (cell.place.row, cell.place.col, cell.col) == (r, c, c - 1)
        else:
            assert lines[block.place.line - 1] == block.text


@LAW
@given(st.text(alphabet="示例5 \t\n\u3000", max_size=60).filter(lambda text: text.strip()))
def test_no_character_is_lost(document, text):
    found = document(text)
    printed = "".join(b.text if isinstance(b, Paragraph) else "".join(cell.text for row in b.rows for cell in row) for b in found.blocks)
    assert "".join(printed.split()) == "".join(text.split())


# Bookmarks and line ends


def test_bookmarks_are_noise(document):
    found = document("[bookmark: _Toc123] 第一部分\n\t[bookmark:_GoBack]项目\n\t5[bookmark: x]\n")
    assert shape(found) == ["第一部分", [["项目", "5"]]]
    assert [(b.text, b.place.line) for b in found.blocks if isinstance(b, Paragraph) and b.kind == "markup"] == [
        ("[bookmark: _Toc123]", 1),
        ("[bookmark:_GoBack]", 2),
        ("[bookmark: x]", 3),
    ]


def test_a_line_of_bookmarks_only_is_an_empty_line(document):
    assert shape(document("\t甲\n\t1\n[bookmark: a]\n\t乙\n\t2\n")) == [[["甲", "1"], ["乙", "2"]]]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(document, end):
    text = "说明\n\t项目\n目\n\t5\n\n\t甲\n\t1\n\n结束\n"
    other = document(text.replace("\n", end))
    assert other.blocks == document(text).blocks


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_give_the_same_report(document, encoding):
    text = "示例市样本局2022年度部门决算\n项目\t金额（万元）\n“示例”支出\t5.00\n"
    assert document(text.encode(encoding)).blocks == document(text).blocks


def test_big_endian_utf_16(document):
    assert shape(document(b"\xfe\xff" + "示例".encode("utf-16-be"))) == ["示例"]


@LAW
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_chinese_text_comes_back_from_utf_8_and_utf_16(text):
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-16")) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t\n", "empty_file"),
        (b"\xff\xfe", "empty_file"),
        ("示例\x01样本".encode(), "unknown_encoding"),
        (b"\x80\x81\xff\xff\xfe", "unknown_encoding"),
        (b"\x00\x01\x02", "not_a_document"),
        (b"PK\x03\x04....", "unsupported_format"),
        (b"\xd0\xcf\x11\xe0....", "unsupported_format"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(document, content, code):
    with pytest.raises(Unreadable) as refused:
        document(content)
    assert refused.value.code == code
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.reason)


@pytest.mark.parametrize("content", ["示例".encode(), "示例".encode("gb18030"), "示例".encode("utf-16")])
def test_text_is_told_by_its_content(tmp_path, content):
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    assert format_of(path) == "text"


@pytest.mark.parametrize("content", ["示例市样本局".encode("utf-16")[:-1], b"\xff\xfe\x00\xd8"])
def test_a_cut_utf_16_file_is_refused_with_a_reason(document, content):
    with pytest.raises(Unreadable):
        document(content)


def test_a_cut_utf_8_file_never_turns_into_other_characters():
    text = "收入支出"
    try:
        found = decode(text.encode()[:-2])
    except Unreadable:
        return
    assert text.startswith(found)


# Markdown


def test_pipe_tables_with_and_without_outer_bars(document):
    found = document("# 报告\n\n**收入表**\n\n| 项目 | 金额 |\n|---|:--:|\n| 甲\\|乙 | 1<br>2 |\n\n丙 | 3\n丁 | 4\n")
    assert shape(found) == ["报告", "收入表", [["项目", "金额"], ["甲|乙", "1 | 2"]], [["丙", "3"], ["丁", "4"]]]
    assert refs(found.blocks[2])[1] == ["L7/t1/r2/c1", "L7/t1/r2/c2"]


def test_a_table_written_cell_by_cell_is_put_together_where_one_width_fits(document):
    found = document("项目 |\n支出 |\n减少率 |\n甲费 |\n1 |\n- |\n乙费 |\n2 |\n0% |\n")
    assert shape(found) == [[["项目", "支出", "减少率"], ["甲费", "1", "-"], ["乙费", "2", "0%"]]]


def test_repeated_text_of_a_merged_cell_is_folded_and_its_digits_kept(document):
    found = document("| 目标 | 目标 | 目标 |\n|---|---|---|\n| 年度 | 培训5人 | 培训5人 |\n")
    assert rows(found.blocks[0]) == [["目标", "", ""], ["年度", "培训5人", ""]]
    assert [(block.kind, block.text) for block in found.blocks[1:]] == [("repeated", "培训5人")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])
def test_marks_breaks_and_encodings(document, encoding):
    found = document("第一段2023年\r\n\f第二段\r第三\ufeff段\n".encode(encoding, errors="ignore"))
    assert shape(found) == ["第一段2023年", "第二段", "第三段"]


def test_marks_of_a_file_whose_columns_are_centred_by_one_dash_are_off(document):
    found = document("**示例市样本局2022年度绩效自评报告**\n\n|指标|目标|\n|:--|:-:|\n|示例数量|5个|\n")
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["示例市样本局2022年度绩效自评报告"]
    assert rows(found.blocks[-1]) == [["指标", "目标"], ["示例数量", "5个"]]
