"""xlsx workbooks: cells as displayed, paragraphs and tables by structure, what no page shows, hostile files, and the round trip."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from flows.document import Document, Paragraph, Place, Table
from flows.ledger.printed import printed_numbers
from flows.ledger.raw_count import digits_in_file
from flows.readers import Unreadable, read
from flows.typeset import Sample, read_samples, typeset
from flows.understand import understand

THIN = Side(style="thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SAMPLES = read_samples()


# -- making and reading ----------------------------------------------------------------------------------------------------


def book_of(rows: dict[str, Any], page: Worksheet, ruled: str = "") -> None:
    """Fills cells by name, and rules an area."""
    for name, value in rows.items():
        page[name] = value
    for row in page[ruled] if ruled else ():
        for cell in row:
            cell.border = RULED


def workbook(tmp_path: Path, fill: Callable[[openpyxl.Workbook, Worksheet], None]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "表"
    fill(book, page)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def edited(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part's XML changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode("utf8")).encode() if name == part else data)
    path.write_bytes(out.getvalue())
    return path


STRINGS = '<Relationship Id="strings" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>'


def naming_strings(path: Path) -> Path:
    """The workbook with a part of shared strings named in it, which is still to be added."""
    return edited(path, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("</Relationships>", f"{STRINGS}</Relationships>"))


def printed(document: Document) -> list[str | list[list[str]]]:
    """Paragraphs as text, tables as rows of the texts that begin there; the sheet's name and its like left out."""
    out: list[str | list[list[str]]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            out.append([[cell.text for cell in row if not cell.covered] for row in block.rows])
        elif block.kind == "text":
            out.append(block.text)
    return out


def asides(document: Document, kind: str) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.kind == kind]


def digits_read(document: Document) -> int:
    return sum(sum(map(str.isdecimal, number.printed)) for number in printed_numbers(document) if number.is_digits)


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.reason
    return caught.value.code


# -- the round trip --------------------------------------------------------------------------------------------------------

_PLACES = {"source_ref", "source_text", "table_ref"}
_PROSE = ("statements", "account_tables")  # paragraphs and notes are sure in text, the columns of tables in ruled pages


def rows_read(sample: Sample, dialect: Any, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of all files of a report by staged table, without their places, and the report's identity."""
    rows: dict[str, list[dict[str, Any]]] = {"identity": [], "set_aside": []}
    for name, content in typeset(sample.report, replace(sample.layout, dialect=dialect)).items():
        path = folder / name
        path.write_bytes(content)
        understood = understand(read(path), name)
        who = understood.identity
        rows["identity"].append({"is": (who.kind, who.fiscal_year, who.published_on, who.title, who.bureau.name)})
        rows["set_aside"] += understood.findings.set_aside
        for table, found in understood.findings.rows.items():
            rows.setdefault(table, []).extend({k: v for k, v in row.items() if k not in _PLACES} for row in found)
    return rows


def assert_round_trip(sample: Sample, dialect: str, folder: Path) -> None:
    """All that is read from the workbook is what the proved typesettings of the same facts give."""
    found = rows_read(sample, dialect, folder)
    ruled, text = rows_read(sample, "pdf", folder), rows_read(sample, "tab_led", folder)
    assert found == ruled | {table: text[table] for table in _PROSE}
    assert len(found["accounts"]) > 150 and len(found["statements"]) > 20 and len(found["indicators"]) > 15
    assert not found["set_aside"]


def assert_digits(sample: Sample, dialect: Any, folder: Path) -> None:
    for name, content in typeset(sample.report, replace(sample.layout, dialect=dialect)).items():
        path = folder / name
        path.write_bytes(content)
        document = read(path)
        assert document.format == dialect
        assert digits_read(document) == digits_in_file(path, dialect) > 1000


every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.report.fiscal_year}-{s.report.kind}-{s.report.bureau.name}")


@every_sample
def test_the_facts_of_every_sample_are_read_back(sample: Sample, tmp_path: Path) -> None:
    assert_round_trip(sample, "xlsx", tmp_path)


@every_sample
def test_no_digit_is_lost_or_doubled(sample: Sample, tmp_path: Path) -> None:
    assert_digits(sample, "xlsx", tmp_path)


def test_the_same_facts_give_the_same_bytes() -> None:
    sample = SAMPLES[0]
    layout = replace(sample.layout, dialect="xlsx")
    assert typeset(sample.report, layout) == typeset(sample.report, layout)
    with zipfile.ZipFile(io.BytesIO(next(iter(typeset(sample.report, layout).values())))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {2000}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_writer_stores_numbers_as_numbers_and_codes_as_text() -> None:
    stored: set[tuple[type, str]] = set()
    codes: list[str] = []
    for sample in SAMPLES:
        for content in typeset(sample.report, replace(sample.layout, dialect="xlsx", grouped_thousands=True)).values():
            cells = [cell for page in openpyxl.load_workbook(io.BytesIO(content)) for row in page for cell in row if cell.value is not None]
            stored |= {(type(cell.value), cell.number_format) for cell in cells}
            codes += [cell.value for cell in cells if isinstance(cell.value, str) and re.fullmatch(r"\d{5,7}", cell.value)]
    assert {(float, "0.00"), (float, "#,##0.00"), (int, "General"), (str, "@"), (float, "0.00%")} <= stored
    assert "2050101" in codes


# -- cells as displayed ----------------------------------------------------------------------------------------------------


def test_a_cell_in_a_hidden_column_is_no_part_of_the_title_beside_it(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        book_of({"A1": "项目支出绩效自评表", "C1": "内部编码", "A2": "项目名称", "B2": "示例项目"}, page, ruled="A2:B2")
        page.column_dimensions["C"].hidden = True

    assert printed(read(workbook(tmp_path, fill)))[:2] == ["项目支出绩效自评表", "内部编码"]


def test_cells_are_read_as_displayed(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        for row, (value, code) in enumerate(
            [
                (0.985, "0.00%"),
                (2010301, "General"),
                (0.1 + 0.2, "General"),
                ("007", "@"),
                (7, "000"),
                (0, '0.00;-0.00;"-"'),
                (True, "General"),
            ],
            start=1,
        ):
            page.cell(row, 1, "名").border = RULED
            page.cell(row, 2, value).number_format = code

    assert printed(read(workbook(tmp_path, fill)))[0] == [
        ["名", shown] for shown in ("98.50%", "2010301", "0.3", "007", "007", "-", "TRUE")
    ]


def test_rich_inline_and_pronounced_text_and_errors(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda book, page: book_of({"A1": "x", "B1": "y"}, page))
    cells = (
        '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>基本</t></r><r><t>支出</t></r><rPh sb="0" eb="1"><t>JIBEN</t></rPh></is></c>'
        '<c t="e"><v>#REF!</v></c><c t="str"><f>A1</f><v>一_x000A_二</v></c><c><f>1+1</f><v>2</v></c><c t="d"><v>2022-12-31</v></c>'
    )
    edited(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(r'<c r="A1".*</c>', cells, xml, flags=re.DOTALL))
    document = read(path)
    assert printed(document)[0] == [["基本支出", "#REF!", "一二", "2", "44926"]]
    assert digits_read(document) == digits_in_file(path, "xlsx") == 6


def test_shared_strings_plain_rich_and_pronounced(tmp_path: Path) -> None:
    path = naming_strings(raw_sheet(tmp_path, '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'))
    with zipfile.ZipFile(path, "a") as archive:
        sound = '<rPh sb="0" eb="1"><t>9</t></rPh>'
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>甲&amp;1</t></si><si><r><t>乙</t></r><r><t> 22</t></r>{sound}</si></sst>")
    document = read(path)
    assert printed(document) == [[["乙 22", "甲&1", "乙 22"]]]
    assert digits_read(document) == digits_in_file(path, "xlsx") == 5


def test_a_formula_without_its_result_is_blank_and_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda book, page: book_of({"A1": "合计", "B1": 1, "C1": "=SUM(B1:B1)"}, page))
    document = read(path)
    assert printed(document) == [[["合计", "1"]]]
    note = document.notes[0]
    assert (note.place, note.text) == (Place(page=1, row=1, col=3), "=SUM(B1:B1)")
    assert "没有缓存的计算结果" in note.reason


# -- structure -------------------------------------------------------------------------------------------------------------


def money_sheet(page: Worksheet, top: int = 1, left: int = 1, ruled: bool = True, title: str = "收入决算表") -> None:
    """A title, number and unit above, a merged header of two rows, two lines, a note below."""

    def put(row: int, col: int, value: Any, down: int = 1, across: int = 1) -> None:
        page.cell(top + row, left + col, value)
        if down > 1 or across > 1:
            page.merge_cells(start_row=top + row, start_column=left + col, end_row=top + row + down - 1, end_column=left + col + across - 1)

    put(0, 0, title, across=4)
    put(1, 3, "公开02表")
    put(2, 0, "编制单位：示例市水务局")
    put(2, 3, "金额单位：万元")
    put(3, 0, "科目", across=2)
    put(3, 2, "本年收入", across=2)
    for col, text in enumerate(["编码", "名称", "合计", "财政拨款"]):
        put(4, col, text)
    for row, values in enumerate([("213", "农林水支出", 1234.5, 1234.5), ("21303", "水利", 34.5, 34.5)], start=5):
        for col, value in enumerate(values):
            put(row, col, value)
    put(7, 0, "注：本表反映本年收入。", across=4)
    for row in range(top + 3, top + 7):
        for col in range(left, left + 4):
            page.cell(row, col).number_format = "#,##0.00"
            if ruled:
                page.cell(row, col).border = RULED


TABLE = [
    ["科目", "本年收入"],
    ["编码", "名称", "合计", "财政拨款"],
    ["213", "农林水支出", "1,234.50", "1,234.50"],
    ["21303", "水利", "34.50", "34.50"],
]
LINES = ["收入决算表", "公开02表", "编制单位：示例市水务局\u3000金额单位：万元"]


def test_lines_stand_around_a_ruled_table(tmp_path: Path) -> None:
    document = read(workbook(tmp_path, lambda book, page: money_sheet(page, top=4, left=3)))
    assert printed(document) == [*LINES, TABLE, "注：本表反映本年收入。"]
    table = next(document.tables())
    header = table.rows[0][1]
    assert (header.place, header.col, header.colspan, table.width, table.exact) == (Place(1, None, 1, 7, 5), 2, 2, 4, True)
    accounts = understand(document, "book.xlsx").findings
    assert accounts is not None


@pytest.mark.parametrize("ruled", [True, False])
def test_the_money_of_a_sheet_is_understood(tmp_path: Path, ruled: bool) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        page["A1"] = "示例市水务局2022年度部门决算"
        money_sheet(book.create_sheet("02"), ruled=ruled)

    found = understand(read(workbook(tmp_path, fill)), "book.xlsx").findings.rows
    assert [(r["table_no"], r["table_title"], r["amount_unit"], r["note"]) for r in found["account_tables"]] == [
        ("02", "收入决算表", "万元", "注：本表反映本年收入。")
    ]
    assert [(r["code"], r["column_name"], str(r["amount_yuan"])) for r in found["accounts"]] == [
        ("213", "本年收入/合计", "12345000.00"),
        ("213", "本年收入/财政拨款", "12345000.00"),
        ("21303", "本年收入/合计", "345000.00"),
        ("21303", "本年收入/财政拨款", "345000.00"),
    ]


def test_tables_one_under_another_and_side_by_side(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        money_sheet(page)
        money_sheet(page, top=11, title="支出决算表")
        beside = book.create_sheet("并列")
        beside["A1"] = "附表"
        money_sheet(beside, top=2)
        money_sheet(beside, top=2, left=6, title="支出决算表")

    below = [*LINES, TABLE, "注：本表反映本年收入。", "支出决算表", *LINES[1:], TABLE, "注：本表反映本年收入。"]
    assert printed(read(workbook(tmp_path, fill))) == [*below, "附表", *below]


def test_an_empty_row_inside_ruling_or_figures_does_not_end_a_table(tmp_path: Path) -> None:
    rows = {"A1": "项目", "B1": "金额", "A2": "一", "B2": 1, "A4": "二", "B4": 2}
    for ruled in ("A1:B4", ""):
        assert len(list(read(workbook(tmp_path, lambda book, page, r=ruled: book_of(rows, page, r))).tables())) == 1


def test_a_text_of_several_lines_in_a_cell_is_as_many_paragraphs(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda book, page: book_of({"A1": "一、概况\n  2022年支出5万元。\n\n二、其他"}, page))
    document = read(path)
    assert printed(document) == ["一、概况", "2022年支出5万元。", "二、其他"]
    second = list(document.paragraphs())[1]
    assert second.place_at(5).ref == "p1/r1/c1+12"  # counted from the beginning of the cell
    assert len({block.place for block in document.blocks}) == len(document.blocks)


def test_a_merged_value_covers_the_rows_below(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        book_of({"A1": "目标", "B1": "数量", "C1": 1, "B2": "质量", "C2": 2, "B3": "时效", "C3": 3}, page, "A1:C3")
        page.merge_cells("A1:A3")

    table = next(read(workbook(tmp_path, fill)).tables())
    first = [row[0] for row in table.rows]
    assert [(c.text, c.rowspan, c.covered) for c in first] == [("目标", 3, False), ("", 3, True), ("", 3, True)]


# -- what no page shows ----------------------------------------------------------------------------------------------------


def test_hidden_sheets_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        page["A1"] = "示例市水务局2022年度部门决算"
        shown = book.create_sheet("02")
        money_sheet(shown)
        shown.row_dimensions[7].hidden = True
        shown.column_dimensions["D"].hidden = True
        other = book.create_sheet("旧")
        money_sheet(other, title="支出决算表")
        other.sheet_state = "veryHidden"

    found = understand(read(workbook(tmp_path, fill)), "book.xlsx").findings.rows["accounts"]
    reasons = [(row["table_title"], row["code"], row["column_name"].split("/")[1], row.get("inferred")) for row in found]
    assert reasons[:4] == [
        ("收入决算表", "213", "合计", None),
        ("收入决算表", "213", "财政拨款", "隐藏列，页面上看不到"),
        ("收入决算表", "21303", "合计", "隐藏行，页面上看不到"),
        ("收入决算表", "21303", "财政拨款", "隐藏行，页面上看不到"),
    ]
    assert {reason for *_, reason in reasons[4:]} == {"隐藏工作表，页面上看不到"} and len(reasons) == 8


def test_comments_headers_and_text_below_merged_cells_are_not_lost(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook, page: Worksheet) -> None:
        book_of({"A1": "项目", "B1": "金额", "A2": "甲", "B2": 5}, page, "A1:B2")
        page["B2"].comment = Comment("核对过 88", "某")
        page.oddHeader.right.text = "公开01表"
        page.oddFooter.center.text = "第&P页"

    path = workbook(tmp_path, fill)
    edited(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells>'),
    )
    document = read(path)
    assert printed(document) == [[["项目", "金额"], ["甲"]]]
    assert asides(document, "markup") == ["表", "核对过 88", "5"]
    assert asides(document, "repeated") == ["公开01表", "第页"]
    assert digits_read(document) == digits_in_file(path, "xlsx") == 5


# -- hostile files ---------------------------------------------------------------------------------------------------------


def raw_sheet(tmp_path: Path, data: str, tail: str = "", head: str = "") -> Path:
    """A workbook whose sheet holds these rows."""
    path = workbook(tmp_path, lambda book, page: book_of({"A1": "x"}, page))
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = f'<?xml version="1.0"?>{head}<worksheet {namespace}><sheetData>{data}</sheetData>{tail}</worksheet>'
    return edited(path, "xl/worksheets/sheet1.xml", lambda _: xml)


ONE = '<row r="1"><c r="A1" t="inlineStr"><is><t>某局2022年</t></is></c></row>'


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "9999999999"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert refused(raw_sheet(tmp_path, ONE.replace("某局", "&b;"), head=bomb)) == "unsafe_file"
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert refused(raw_sheet(tmp_path, ONE.replace("某局", "&a;"), head=outside)) == "unsafe_file"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = naming_strings(raw_sheet(tmp_path, ONE))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
        for _ in range(600):
            part.write(b" " * (1 << 20))
    assert refused(path) == "too_large"


def test_a_part_that_lies_about_its_size_is_refused_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.readers.xlsx._MOST_UNPACKED", 20_000)
    path = raw_sheet(tmp_path, ONE + "<row/>" * 3000)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size < 20_000
    assert refused(path) == "too_large"  # all parts together


def test_a_million_empty_cells_cost_nothing(tmp_path: Path) -> None:
    wide = '<row r="2">' + '<c s="0"/>' * 16_384 + "</row>"
    deep = "".join(f'<row r="{row}"><c r="A{row}"/><c r="B{row}"/></row>' for row in range(3, 100_000))
    far = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    tail = '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="A3:XFD1048575"/></mergeCells>'
    document = read(raw_sheet(tmp_path, ONE + wide + deep + far, tail))
    assert printed(document) == ["某局2022年", "7"]


def test_more_cells_than_any_report_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = raw_sheet(tmp_path, "".join(f"<row>{'<c><v>1</v></c>' * 10}</row>" for _ in range(11)))
    assert len(read(path).blocks) == 2
    monkeypatch.setattr("flows.readers.xlsx.MOST_CELLS", 100)
    assert refused(path) == "too_large"


def test_cells_scattered_over_a_sheet_are_refused(tmp_path: Path) -> None:
    def name(col: int) -> str:
        return (name((col - 1) // 26) if col > 26 else "") + chr(65 + (col - 1) % 26)

    rows = "".join(f'<row r="{n}"><c r="{name(n)}{n}"><v>1</v></c><c r="{name(n + 1)}{n}"><v>1</v></c></row>' for n in range(1, 4000))
    assert refused(raw_sheet(tmp_path, rows)) == "too_large"


def test_merged_cells_that_cross_each_other_keep_the_first(tmp_path: Path) -> None:
    data = "".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>{r}</v></c>' for c in "ABC") + "</row>" for r in (1, 2, 3))
    tail = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="A1:A3"/><mergeCell ref="A1:B2"/></mergeCells>'
    path = raw_sheet(tmp_path, data, tail)
    document = read(path)
    assert printed(document) == [[["1", "1"], ["2"], ["3", "3", "3"]]]
    assert digits_read(document) == digits_in_file(path, "xlsx") == 9


@pytest.mark.parametrize(
    "data",
    [
        "<row><c r='A0'><v>1</v></c></row>",
        "<row><c r='AAAA1'><v>1</v></c></row>",
        "<row><c t='s'><v>99</v></c></row>",
        "<row r='2000000'/>",
        "<row><c>",
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path: Path, data: str) -> None:
    assert refused(raw_sheet(tmp_path, data)) == "damaged_file"


def test_a_cut_file_and_an_empty_one_are_refused(tmp_path: Path) -> None:
    path = raw_sheet(tmp_path, ONE)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path)
    path.write_bytes(whole.replace(b"PK\x01\x02", b"PK\x09\x09"))
    assert refused(path)
    damaged = bytearray(whole)
    at = whole.index(b"xl/worksheets/sheet1.xml") + 30
    damaged[at : at + 40] = bytes(40)
    path.write_bytes(bytes(damaged))
    assert refused(path) == "damaged_file"
    assert refused(raw_sheet(tmp_path, "<row/>")) == "empty_file"


def test_numbers_beyond_reason_do_not_break_the_reader(tmp_path: Path) -> None:
    cells = "".join(f"<c><v>{value}</v></c>" for value in ("1E308", "1E-300", "1e9999", "nan", "", "-0", "abc"))
    assert printed(read(raw_sheet(tmp_path, f"<row>{cells}</row>"))) == [[["1E+308", "1E-300", "1e9999", "nan", "0", "abc"]]]


def test_external_links_are_not_followed(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda book, page: book_of({"A1": "正文"}, page))
    outside = '<Relationship Id="x" Type="http://x/comments" Target="http://192.0.2.1/comments.xml" TargetMode="External"/>'
    up = '<Relationship Id="y" Type="http://x/drawing" Target="../../../../etc/passwd"/>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", f"<Relationships>{outside}{up}</Relationships>")
    assert printed(read(path)) == ["正文"]


def test_a_style_that_is_not_there_shows_a_number_as_it_is(tmp_path: Path) -> None:
    path = raw_sheet(tmp_path, "<row><c s='-9'><v>12.5</v></c><c s='99'><v>7</v></c></row>")
    assert printed(read(path)) == [[["12.5", "7"]]]
    assert digits_in_file(path, "xlsx") == 4
