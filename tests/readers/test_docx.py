"""Word files: what is printed, what is not, tables on their grid, list numbers, hostile files, and the samples' facts read back."""

import io
import zipfile
from pathlib import Path

import pytest

from flows.document import STRUCK, Document, Table
from flows.ledger.printed import printed_numbers
from flows.ledger.raw_count import digits_in_file
from flows.readers import ooxml, read
from flows.readers.docx import read_docx
from flows.readers.errors import Unreadable
from flows.readers.word_lists import printed
from flows.typeset import Layout, read_samples, typeset
from tests.support.same_facts import facts_of
from tests.support.word import R, W, box, field, p, r, tbl, tc, tr, word, zipped

SAMPLES = read_samples()


@pytest.fixture
def reading(tmp_path: Path):
    """Reads a Word file of this content, and proves that no digit of it was lost or doubled."""

    def reads(body: str, **parts: str) -> Document:
        path = tmp_path / "a.docx"
        path.write_bytes(word(body, **parts))
        document = read(path)
        assert document.format == "docx"
        assert digits(document) == digits_in_file(path, "docx")
        return document

    return reads


def digits(document: Document) -> int:
    return sum(sum(char.isdecimal() for char in number.printed) for number in printed_numbers(document) if number.is_digits)


def texts(document: Document, kind: str = "text") -> list[str]:
    return [block.text for block in document.blocks if not isinstance(block, Table) and block.kind == kind]


def cells(table: Table) -> list[list[tuple[str, int, int, int, bool]]]:
    return [[(c.text, c.col, c.colspan, c.rowspan, c.covered) for c in row] for row in table.rows]


def words(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


# -- text ----------------------------------------------------------------------------------------------------------------------


def test_runs_are_one_text_and_breaks_part_paragraphs(reading) -> None:
    found = reading(
        p("支出1", r("234.50"), "万元<w:br/>") + p("甲", "<w:r><w:br/></w:r>", "乙") + p() + p("丙", "<w:r><w:tab/></w:r>", "丁")
    )
    assert texts(found) == ["支出1234.50万元", "甲", "乙", "丙\t丁"]
    places = [block.place for block in found.blocks]
    assert len(set(places)) == 4
    assert [place.line for place in places] == [1, 2, 3, 5]


def test_inserted_text_is_kept_and_deleted_text_is_not(reading) -> None:
    deleted = "<w:del><w:r><w:delText>900</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>800</w:t></w:r></w:moveFrom>"
    found = reading(p("收入", deleted, f"<w:ins>{r('700')}</w:ins>", f"<w:moveTo>{r('万元')}</w:moveTo>"))
    assert texts(found) == ["收入700万元"]


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next(reading) -> None:
    assert texts(reading(p("收入70", properties="<w:rPr><w:del/></w:rPr>") + p("0万元"))) == ["收入700万元"]


def test_of_a_field_the_result_is_printed(reading) -> None:
    simple = f'<w:fldSimple w:instr=" DATE 99 ">{r("2024年")}</w:fldSimple>'
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    condition = "<w:r><w:instrText>IF </w:instrText></w:r>" + field("PAGE", r("5")) + "<w:r><w:instrText> = 1 88</w:instrText></w:r>"
    nested = mark("begin") + condition + mark("separate") + r("结果6") + mark("end")
    found = reading(p(field(" REF _Toc123 ", r("第7页")), simple) + p(nested, r("完")))
    assert texts(found) == ["第7页2024年", "结果6完"]
    assert texts(found, "markup") == ["5"]  # the result of a field inside another's instructions


def test_a_field_that_never_ends_hides_nothing_after_its_paragraph(reading) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(reading(p("甲", begin, "乙8") + p("丙9"))) == ["甲", "丙9"]


def test_a_text_box_is_read_once_and_after_its_paragraph(reading) -> None:
    assert texts(reading(p("前1", box("框2")) + p("后3"))) == ["前1", "框2", "后3"]


def test_a_title_in_ornamental_letters_is_text(reading) -> None:
    art = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="示例市2023年度部门决算"/></v:shape></w:pict></w:r>'
    assert texts(reading(p(art) + p("后3"))) == ["示例市2023年度部门决算", "后3"]


def test_a_ticked_box_is_what_its_field_or_its_font_shows(reading) -> None:
    ticked = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    typed = r("R", '<w:rFonts w:ascii="Wingdings 2"/>') + r("£", '<w:rFonts w:ascii="Wingdings 2"/>')
    at_least = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    assert texts(reading(p(ticked, "继续", symbol, "调整", typed, at_least, "95%"))) == ["☑继续☑调整☑□≥95%"]


def test_hidden_text_and_comments_are_markup(reading) -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    found = reading(
        p("见1", r("密2", "<w:vanish/>"), r("密3", '<w:rStyle w:val="H"/>'), r("见4", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>')),
        styles=styles,
        comments=f'<w:comment w:id="0">{p("批注5")}</w:comment>',
    )
    assert texts(found) == ["见1见4"]
    assert texts(found, "markup") == ["密2 密3", "批注5"]


def test_soft_hyphens_go_and_content_controls_links_and_formulas_stay(reading) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件1')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{r('链接2')}</w:hyperlink>"
    formula = "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>"
    found = reading(control + p(link, "软\u00ad连<w:softHyphen/>", "<w:r><w:softHyphen/><w:noBreakHyphen/></w:r>", formula))
    assert texts(found)[0] == "控件1"
    assert texts(found)[1] == "链接2软连-3/4"


def test_headers_and_footers_stand_once_at_the_end(reading) -> None:
    number = field(" PAGE ", r("12"))
    found = reading(p("正文1"), header=p("页眉2024"), footer=p("第", number, "页"))
    assert texts(found) == ["正文1"]
    assert texts(found, "repeated") == ["页眉2024"]
    assert texts(found, "page_number") == ["第12页"]


def test_footnotes_stand_at_the_end_under_their_mark(reading) -> None:
    note = '<w:footnote w:id="{}">' + p("注文{}万元") + "</w:footnote>"
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = reading(
        p("支出100", reference, "万元") + tbl(tr("项目", "金额"), tr("甲", tc(p("5", reference)))),
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>' + note.format(2, 8) + note.format(3, 9),
    )
    assert texts(found) == ["支出100①万元", "①注文8万元"]
    assert words(next(found.tables()))[1] == ["甲", "5"]  # a figure with a mark behind it would be no figure
    assert texts(found, "markup") == ["注文9万元"]  # nothing refers to it


def test_the_tabs_of_a_table_of_contents_print_their_dots(reading) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="TOC 1"/></w:style>'
    line = p("一、概况", "<w:r><w:tab/></w:r>", "3", properties='<w:pStyle w:val="T"/>')
    assert texts(reading(line, styles=styles)) == ["一、概况......3"]


@pytest.mark.parametrize(("size", "notes"), [((5_400_000, 3_600_000), 1), ((1_080_000, 1_080_000), 0), ((5_400_000, 360_000), 0)])
def test_a_picture_larger_than_a_logo_is_said_not_to_be_read(reading, size: tuple[int, int], notes: int) -> None:
    graphic = '<a:graphic><a:graphicData uri="picture"><a:blip r:embed="r9"/></a:graphicData></a:graphic>'
    picture = f'<w:r><w:drawing><wp:inline><wp:extent cx="{size[0]}" cy="{size[1]}"/>{graphic}</wp:inline></w:drawing></w:r>'
    found = reading(p("前") + p(picture))
    assert [(note.place.line, "图片里的文字没有读取" in note.reason) for note in found.notes] == [(2, True)] * notes


# -- list numbers --------------------------------------------------------------------------------------------------------------


def level(at: int, number_format: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def item(text: str, num: int, at: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>')


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_list_numbers_stand_before_their_paragraphs(reading) -> None:
    found = reading(
        item("概况", 1)
        + item("职责", 1, 1)
        + item("机构", 1, 1)
        + item("5个", 1, 2)
        + item("决算", 1)
        + item("收入", 1, 1)
        + item("节", 1, 3)
        + item("点", 2)
        + item("另起", 3)
        + item("接着", 1)
        + item("不编", 0),
        numbering=NUMBERING,
    )
    expected = ["一、概况", "（一）职责", "（二）机构", "1. 5个", "二、决算", "（一）收入", "2.1节", "点", "五、另起", "六、接着", "不编"]
    assert texts(found) == expected


def test_a_style_may_number_its_paragraphs(reading) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="B"/>'
        '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="B"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/></w:style>'
    )
    body = p("甲", properties='<w:pStyle w:val="B"/>') + p("乙", properties='<w:pStyle w:val="C"/>')
    off = p("丙", properties='<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(reading(body + off, numbering=numbering, styles=styles)) == ["1.甲", "2.乙", "丙"]


def test_numbers_of_rows_that_only_word_counts(reading) -> None:
    rows = [tr(tc(item("", 1, 2)), name) for name in ("甲", "乙")]
    found = reading(tbl(tr("序号", "名称"), *rows), numbering=NUMBERING)
    assert words(next(found.tables())) == [["序号", "名称"], ["1.", "甲"], ["2.", "乙"]]


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1003, "chineseCountingThousand", "一千零三"),
        (10020, "chineseCountingThousand", "一万零二十"),
        (12, "ideographDigital", "一二"),
        (25, "chineseLegalSimplified", "贰拾伍"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
        (5, "decimalFullWidth", "５"),
        (2, "ideographTraditional", "乙"),
        (4, "hebrew1", "4"),
    ],
)
def test_number_formats(number: int, number_format: str, text: str) -> None:
    assert printed(number, number_format) == text


# -- tables --------------------------------------------------------------------------------------------------------------------

SPAN = '<w:gridSpan w:val="{}"/>'.format
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_spans_and_merges(reading) -> None:
    table = tbl(
        tr(tc("项目", DOWN), tc("金额", SPAN(2))),
        tr(tc("", ON), "年初", "全年"),
        tr(tc("余", '<w:hMerge w:val="restart"/>'), tc("7", "<w:hMerge/>"), "3"),
        widths=(2000, 2000, 2000),
    )
    found = reading(p("表") + table)
    read_table = next(found.tables())
    assert read_table.exact
    assert read_table.width == 3
    assert cells(read_table) == [
        [("项目", 0, 1, 2, False), ("金额", 1, 2, 1, False)],
        [("", 0, 1, 2, True), ("年初", 1, 1, 1, False), ("全年", 2, 1, 1, False)],
        [("余", 0, 2, 1, False), ("3", 2, 1, 1, False)],
    ]
    assert texts(found, "markup") == ["7"]  # merged away, so not printed, and not lost
    assert read_table.rows[1][2].place.ref == "L2/t1/r2/c3"


def test_a_row_that_begins_late_keeps_its_columns(reading) -> None:
    table = tbl(tr("甲", "1", "2"), tr("3", "4", properties='<w:gridBefore w:val="1"/>'), widths=(2000, 2000, 2000))
    assert [(c.text, c.col) for c in next(reading(table).tables()).rows[1]] == [("3", 1), ("4", 2)]


def test_rows_that_count_columns_differently_are_set_by_their_widths(reading) -> None:
    wide = '<w:tcW w:w="{}" w:type="dxa"/>'.format
    table = tbl(tr(tc("单位：万元", wide(6000))), tr(tc("甲", wide(2000)), tc("1", wide(2000)), tc("2", wide(2010))))
    assert cells(next(reading(table).tables())) == [
        [("单位：万元", 0, 3, 1, False)],
        [("甲", 0, 1, 1, False), ("1", 1, 1, 1, False), ("2", 2, 1, 1, False)],
    ]


def test_a_slit_between_edges_drawn_by_hand_is_no_column(reading) -> None:
    table = tbl(tr(tc("甲", SPAN(2)), "1"), tr("乙", tc("2", SPAN(2))), widths=(2000, 20, 3000))
    assert cells(next(reading(table).tables())) == [
        [("甲", 0, 1, 1, False), ("1", 1, 1, 1, False)],
        [("乙", 0, 1, 1, False), ("2", 1, 1, 1, False)],
    ]


def test_a_table_inside_a_cell_comes_after_it(reading) -> None:
    inner = tbl(tr("内1", "内2"))
    found = reading(tbl(tr("外3", tc(p("外4") + inner + p()))) + p("后5"))
    assert [words(table) for table in found.tables()] == [[["外3", "外4"]], [["内1", "内2"]]]
    assert [block.place.table for block in found.blocks] == [1, 2, None]


def test_a_frame_is_no_table(reading) -> None:
    found = reading(tbl(tr(tc(p("框1") + tbl(tr("甲", "2")) + p()))) + tbl(tr("乙", tc(tbl(tr("格3")) + p()))))
    assert texts(found) == ["框1"]
    assert [words(table) for table in found.tables()] == [[["甲", "2"]], [["乙", "格3"]]]


def test_figures_in_two_paragraphs_of_a_cell_stay_two(reading) -> None:
    found = reading(tbl(tr(tc(p("1000") + p("2000")), tc(p("名") + p("称")))))
    assert words(next(found.tables())) == [["1000 2000", "名称"]]
    assert next(found.tables()).rows[0][1].raw == "名\n称"


HEAD, WIDTHS = tr("科目", "金额"), (3000, 3000)


def test_a_table_parted_in_two_goes_on(reading) -> None:
    found = reading(tbl(HEAD, tr("甲", "1"), widths=WIDTHS) + tbl(tr("乙", "2"), widths=WIDTHS) + tbl(tr("丙", "3"), widths=WIDTHS))
    assert [words(table) for table in found.tables()] == [[["科目", "金额"], ["甲", "1"], ["乙", "2"], ["丙", "3"]]]
    assert [row[0].place.row for row in next(found.tables()).rows] == [1, 2, 3, 4]


def test_its_header_printed_again_is_kept_apart(reading) -> None:
    found = reading(tbl(HEAD, tr("甲", "1"), widths=WIDTHS) + p() + tbl(HEAD, tr("乙", "2"), widths=WIDTHS))
    assert [words(table) for table in found.tables()] == [[["科目", "金额"], ["甲", "1"], ["乙", "2"]]]
    assert texts(found, "repeated") == ["科目 金额"]


@pytest.mark.parametrize(
    "second",
    [
        p() + tbl(tr("乙", "2"), widths=WIDTHS),
        p("表二") + tbl(HEAD, tr("乙", "2"), widths=WIDTHS),
        tbl(tr("乙", "2"), widths=(2000, 4000)),
        tbl(tr("名称", "数量"), tr("乙", "2"), widths=WIDTHS),
        tbl(tr("科目", "2024"), tr("乙", "2"), widths=WIDTHS),
    ],
    ids=["blank line between", "caption between", "other columns", "own header", "begins alike"],
)
def test_a_table_of_its_own_stays_apart(reading, second: str) -> None:
    assert len(list(reading(tbl(HEAD, tr("甲", "1"), widths=WIDTHS) + second).tables())) == 2


# -- whole files ---------------------------------------------------------------------------------------------------------------


def test_the_strict_variant_is_read_alike(tmp_path: Path) -> None:
    body = p("甲1") + tbl(tr(tc("乙", SPAN(2))), tr("2", "3"), widths=(2000, 2000))
    with zipfile.ZipFile(_write(tmp_path, word(body))) as archive:
        xml = archive.read("word/document.xml").decode()
    strict = xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        R, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    found = read(_write(tmp_path, zipped({"word/document.xml": strict})))
    assert texts(found) == ["甲1"]
    assert cells(next(found.tables()))[0] == [("乙", 0, 2, 1, False)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_is_the_files_own(tmp_path: Path, encoding: str) -> None:
    with zipfile.ZipFile(_write(tmp_path, word(p("收入12万元")))) as archive:
        xml = archive.read("word/document.xml").decode()
    path = _write(tmp_path, zipped({"word/document.xml": xml.encode(encoding)}))
    assert texts(read(path)) == ["收入12万元"]
    assert digits_in_file(path, "docx") == 2


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path, word(p())) == "empty_file"


# -- hostile files -------------------------------------------------------------------------------------------------------------

_BOMB = '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}">]>'.format("1" * 100, "&a;" * 100)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_BODY = f'<w:document xmlns:w="{W}"><w:body>{{}}</w:body></w:document>'


@pytest.mark.parametrize("declared", [_BOMB, _OUTSIDE, "<!DOCTYPE x>"], ids=["bomb", "outside", "bare"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_may_declare_a_document_type(tmp_path: Path, declared: str, encoding: str) -> None:
    xml = (declared + _BODY.format(p("&a;" if "ENTITY a" in declared else "甲"))).encode(encoding)
    assert _refused(tmp_path, zipped({"word/document.xml": xml})) == "doctype"


def test_a_member_is_inflated_no_further_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = word(p("零" * 200_000))
    monkeypatch.setattr(ooxml, "MAX_PART_BYTES", 100_000)
    assert _refused(tmp_path, content) == "too_large"


def test_a_member_that_lies_about_its_size_is_found_out(tmp_path: Path) -> None:
    content = bytearray(word(p("零" * 200_000)))
    with zipfile.ZipFile(_write(tmp_path, bytes(content))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = bytes(content).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lie != bytes(content)
    assert _refused(tmp_path, lie) in ("damaged_zip", "damaged_xml")


def test_all_members_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MAX_PARTS_BYTES", 1000)
    assert _refused(tmp_path, word(p("甲" * 300))) == "too_large"


def test_depth_is_bounded(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 300 + p("甲") + "</w:sdtContent></w:sdt>" * 300
    assert _refused(tmp_path, word(deep)) == "too_deep"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_file_is_damaged(tmp_path: Path, share: float) -> None:
    content = word(p("甲1") * 50)
    assert _refused(tmp_path, content[: int(len(content) * share)], read_docx) == "damaged_zip"


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    content = bytearray(word(p("甲1")))
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/document.xml"))
    content[at + 8] |= 1
    assert _refused(tmp_path, bytes(content), read_docx) == "password"


def test_xml_that_breaks_off_is_damaged(tmp_path: Path) -> None:
    assert _refused(tmp_path, zipped({"word/document.xml": _BODY.format(p("甲"))[:-9]})) == "damaged_xml"


def test_what_lies_outside_is_not_followed(tmp_path: Path) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{R}/header" Target="http://127.0.0.1:1/h.xml" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{R}/footer" Target="../../../etc/hostname"/></Relationships>'
    )
    members = {"word/document.xml": _BODY.format(p("甲1")), "word/_rels/document.xml.rels": rels}
    assert [block.place.line for block in read(_write(tmp_path, zipped(members))).blocks] == [1]


def _write(folder: Path, content: bytes) -> Path:
    path = folder / "a.docx"
    path.write_bytes(content)
    return path


def _refused(folder: Path, content: bytes, reader=read) -> str:
    with pytest.raises(Unreadable) as refused:
        reader(_write(folder, content))
    assert refused.value.reason
    return refused.value.code


# -- the samples ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(len(SAMPLES)))
def test_a_word_file_says_what_the_same_report_says_as_pdf_and_as_text(tmp_path: Path, index: int) -> None:
    """Tables as the PDF has them, since text knows no spans; running text and notes as the text has them, since PDF breaks their lines."""
    as_pdf, as_text = (facts_of(SAMPLES[index], tmp_path, dialect=dialect) for dialect in ("pdf", "tab_led"))
    assert sum(as_pdf["accounts"].values()) > 100
    for seed in (0, 1, 2):
        assert facts_of(SAMPLES[index], tmp_path, dialect="docx", seed=seed) == as_text | {"accounts": as_pdf["accounts"]}


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_digit_of_a_sample_is_lost_or_doubled(tmp_path: Path, seed: int) -> None:
    for sample in SAMPLES:
        for content in typeset(sample.report, Layout("docx", seed=seed)).values():
            path = _write(tmp_path, content)
            assert digits(read(path)) == digits_in_file(path, "docx") > 1000


def test_the_same_facts_give_the_same_bytes() -> None:
    report = SAMPLES[0].report
    assert typeset(report, Layout("docx")) == typeset(report, Layout("docx"))
    assert typeset(report, Layout("docx")) != typeset(report, Layout("docx", seed=1))


def test_headers_are_marked_to_be_repeated_where_the_layout_says_so() -> None:
    report = SAMPLES[0].report
    assert b"tblHeader" in _document(typeset(report, Layout("docx", repeated_header=True)))
    assert b"tblHeader" not in _document(typeset(report, Layout("docx")))


def _document(files: dict[str, bytes]) -> bytes:
    import io

    (content,) = files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")


def test_a_file_without_its_first_relations_is_read_and_counted(tmp_path: Path) -> None:
    whole = io.BytesIO(word("<w:p><w:r><w:t>共12人</w:t></w:r></w:p>"))
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if name != "_rels/.rels":
                target.writestr(name, source.read(name))
    assert [block.text for block in read(path).paragraphs()] == ["共12人"]
    assert digits_in_file(path, "docx") == 2


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_what_is_struck_through_is_taken_back_and_said_so(reading, mark) -> None:
    document = reading(p(r("收入总计"), r("100", mark), r("120万元。")) + tbl(tr(tc(p(r("12", mark), r("34"))), tc(p(r("甲"))))))
    assert texts(document)[0] == "收入总计120万元。"
    assert words(next(iter(document.tables())))[0][0] == "34"
    assert [(note.reason, note.text) for note in document.notes] == [(STRUCK, "100"), (STRUCK, "12")]
