"""OFD written by hand, feature by feature, and read; hostile ones refused; typeset reports read back as their PDFs are."""

import zipfile
from dataclasses import replace

import pytest

from flows.document import Paragraph
from flows.ledger.printed import printed_numbers
from flows.ledger.raw_count import digits_in_file
from flows.readers import Unreadable, format_of, ofd, ofd_package, read
from flows.readers.ofd import page_content
from flows.typeset import Layout, read_samples, typeset
from flows.typeset.ofd_canvas import OfdCanvas
from flows.understand import understand

MM = 72 / 25.4
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
AREA = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"


def entry(*roots):
    bodies = "".join(f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>" for root in roots)
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NAMESPACE} Version="1.0">{bodies}</ofd:OFD>'


def root_of(pages, common="", more=""):
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="{place}"/>' for number, place in enumerate(pages, 1))
    return f"<ofd:Document {NAMESPACE}><ofd:CommonData>{AREA}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"


def page(objects, head=""):
    return f'<ofd:Page {NAMESPACE}>{head}<ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def words(text, x=20, y=30, size=4, codes='X="0" Y="4"', **attributes):
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    code = f"<ofd:TextCode {codes}>{text}</ofd:TextCode>" if "<" not in text else text
    return f'<ofd:TextObject ID="5" Boundary="{x} {y} 100 6" Font="1" Size="{size}"{more}>{code}</ofd:TextObject>'


def path(data, box="0 0 210 297", **attributes):
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<ofd:PathObject ID="6" Boundary="{box}"{more}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


@pytest.fixture
def pack(tmp_path):
    """Packs members (name → content) as an OFD; one page's objects stand for a whole file."""

    def _pack(members, name="示例.ofd"):
        if isinstance(members, str):
            members = {"Doc_0/Pages/Page_0/Content.xml": page(members)}
        whole = {"OFD.xml": entry("Doc_0/Document.xml"), "Doc_0/Document.xml": root_of(["Pages/Page_0/Content.xml"])} | members
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in whole.items():
                if content is not None:
                    archive.writestr(member, content)
        return tmp_path / name

    return _pack


def texts(document, kind="text"):
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.kind == kind]


def agree(file):
    """The digits read are those counted over the raw XML; returns the document."""
    document = read(file)
    count = sum(sum(c.isdecimal() for c in number.printed) for number in printed_numbers(document) if number.is_digits)
    assert digits_in_file(file, "ofd") == count
    return document


# -- text ------------------------------------------------------------------------------------------------------------------


def test_text_stands_where_the_file_puts_it(pack):
    file = pack(words("支出12.5元", codes='X="1" Y="4" DeltaX="4 4 2 2 2 2"'))
    assert texts(agree(file)) == ["支出12.5元"]
    content = page_content(file, 1)
    assert (content.width, content.height) == pytest.approx((210 * MM, 297 * MM))
    first, *_, last = content.chars
    assert (first.x0, first.x1, first.baseline, first.size) == pytest.approx((21 * MM, 25 * MM, 34 * MM, 4 * MM))
    assert (last.text, last.x0, last.x1) == ("元", pytest.approx(37 * MM), pytest.approx(41 * MM))


@pytest.mark.parametrize(
    ("deltas", "places"),
    [
        ("g 2 5 3", [0, 5, 10, 13]),
        ("5 g 2 3", [0, 5, 8, 11]),
        ("6", [0, 6, 12, 18]),
        ("6 2", [0, 6, 8, 10]),
        ("5, 5, 5", [0, 5, 10, 15]),
        ("1 2 3 4 5 6", [0, 1, 3, 6]),
        ("g 999999999 2", [0, 2, 4, 6]),
        ("g x 2 3", [0, 3, 6, 9]),
    ],
)
def test_deltas_are_written_out_or_repeated(pack, deltas, places):
    content = page_content(pack(words("甲乙丙丁", codes=f'X="0" Y="4" DeltaX="{deltas}"')), 1)
    assert [char.x0 / MM - 20 for char in content.chars] == pytest.approx(places)


def test_without_deltas_characters_are_as_wide_as_their_size_or_half_of_it(pack):
    content = page_content(pack(words("共12元", HScale="0.5")), 1)
    assert [char.x0 / MM - 20 for char in content.chars] == pytest.approx([0, 2, 3, 4])


def test_several_codes_of_one_object_and_steps_downwards(pack):
    codes = '<ofd:TextCode X="0" Y="4">甲1</ofd:TextCode><ofd:TextCode X="0" Y="14" DeltaY="10">乙2</ofd:TextCode>'
    content = page_content(pack(words(codes)), 1)
    assert [(c.text, round(c.x0 / MM), round(c.baseline / MM)) for c in content.chars] == [
        ("甲", 20, 34),
        ("1", 24, 34),
        ("乙", 20, 44),
        ("2", 20, 54),
    ]


def test_the_matrix_scales_and_moves_points_and_only_scales_steps(pack):
    """Coordinates of printers' dots, with the page's height in the matrix: what converters of invoices write."""
    file = pack(words("年度", x=0, y=0, size=9, CTM="0.5 0 0 0.5 10 290", codes='X="100" Y="-400" DeltaX="9"'))
    first, second = page_content(file, 1).chars
    assert (first.x0, first.baseline, first.size) == pytest.approx((60 * MM, 90 * MM, 4.5 * MM))
    assert second.x0 - first.x0 == pytest.approx(4.5 * MM)


def test_turned_text_has_turned_boxes_and_slanted_text_is_stamped_over_the_page(pack):
    upright = words("竖排", x=100, y=100, CTM="0 1 -1 0 0 0", codes='X="0" Y="0" DeltaX="4"')
    slanted = words("样本2023", x=50, y=50, CTM="0.8 0.6 -0.6 0.8 0 0")
    file = pack(upright + slanted + words("正文第1段"))
    chars = [char for char in page_content(file, 1).chars if char.text in "竖排"]
    assert [(round(c.x0 / MM, 2), round(c.top / MM, 2), round(c.bottom / MM, 2)) for c in chars] == [(99.52, 100, 104), (99.52, 104, 108)]
    document = agree(file)
    assert "正文第1段" in texts(document)
    assert texts(document, "markup") == ["样本2023"]


@pytest.mark.parametrize(("direction", "step"), [(0, (4, 0)), (90, (0, 4)), (180, (-4, 0)), (270, (0, -4))])
def test_the_reading_direction_leads_where_no_deltas_do(pack, direction, step):
    a, b = page_content(pack(words("甲乙", ReadDirection=direction)), 1).chars
    assert ((b.x0 - a.x0) / MM, (b.baseline - a.baseline) / MM) == pytest.approx(step)


def test_one_glyph_of_two_characters_has_one_delta(pack):
    code = (
        '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="4" DeltaX="4 6">甲fi乙</ofd:TextCode>'
    )
    content = page_content(pack(words(code)), 1)
    assert [char.x0 / MM - 20 for char in content.chars] == pytest.approx([0, 4, 7, 10])


def test_escapes_entities_and_layout_of_the_xml(pack):
    codes = "<ofd:TextCode X='0' Y='4'>\n      第&#49;条 &lt;\\D842\\DFB7\\0003<!-- 9 --><![CDATA[&2]]>\n   </ofd:TextCode>"
    assert texts(agree(pack(words(codes)))) == ["第1条 <𠮷&2"]


def test_hidden_text_is_not_printed_and_unnamed_glyphs_are_told(pack):
    file = pack(words("见1") + words("不见2", y=40, Visible="false") + words("¤¤元", y=50))
    document = agree(file)
    assert "不见" not in "".join(texts(document))
    assert [(note.reason, note.place.page) for note in document.notes] == [("本页有 2 个字只有字形、没有字符，读不出", 1)]


# -- ruling ----------------------------------------------------------------------------------------------------------------

CELLS = [
    words(text, x=12 + 40 * column, y=12 + 10 * row)
    for row, texts_ in enumerate((("项目", "金额"), ("培训费", "12.50")))
    for column, text in enumerate(texts_)
]
EDGES = [("h", y) for y in (10, 20, 30)] + [("v", x) for x in (10, 50, 90)]


def ruled_by_lines():
    return "".join(path(f"M 10 {at} L 90 {at}" if kind == "h" else f"M {at} 10 L {at} 30") for kind, at in EDGES)


def ruled_by_filled_areas():
    def area(x0, y0, x1, y1):
        data = f"M 0 0 L {x1 - x0} 0 L {x1 - x0} {y1 - y0} L 0 {y1 - y0} C"
        return path(data, f"{x0} {y0} {x1 - x0} {y1 - y0}", Stroke="false", Fill="true")

    return "".join(area(10, at, 90, at + 0.2) if kind == "h" else area(at, 10, at + 0.2, 30) for kind, at in EDGES)


def ruled_by_boxes():
    return "".join(path("M 0 0 L 40 0 L 40 10 L 0 10 C", f"{x} {y} 40 10") for x in (10, 50) for y in (10, 20))


def ruled_by_one_path():
    return path(" S 0 0 " + " ".join(f"M 10 {at} L 90 {at}" if kind == "h" else f"M {at},10 L {at},30" for kind, at in EDGES))


def ruled_in_dots():
    return "".join(
        path(f"M 100 {at * 10} L 900 {at * 10}" if kind == "h" else f"M {at * 10} 100 L {at * 10} 300", CTM="0.1 0 0 0.1 0 0")
        for kind, at in EDGES
    )


@pytest.mark.parametrize("ruling", [ruled_by_lines, ruled_by_filled_areas, ruled_by_boxes, ruled_by_one_path, ruled_in_dots])
def test_tables_are_found_however_their_lines_are_drawn(pack, ruling):
    (table,) = agree(pack(ruling() + "".join(CELLS))).tables()
    assert [[cell.text for cell in row] for row in table.rows] == [["项目", "金额"], ["培训费", "12.50"]]
    assert table.exact
    assert table.rows[1][1].place.box == pytest.approx((50 * MM, 20 * MM, 90 * MM, 30 * MM), abs=1)


def test_shading_curves_diagonals_and_white_lines_are_no_ruling(pack):
    white = '<ofd:StrokeColor Value="255 255 255"/><ofd:AbbreviatedData>M 0 0 L 80 0</ofd:AbbreviatedData>'
    objects = (
        path("M 0 0 L 80 0 L 80 9 L 0 9 C", "10 10 80 9", Stroke="false", Fill="true")
        + path("M 0 0 B 10 40 40 40 50 0", "10 30 80 40")
        + path("M 0 0 L 50 40", "10 30 80 40")
        + path("M 0 0 A 20 20 0 0 1 40 40", "10 30 80 40")
        + path("M 0 0 L 80 0", "10 80 80 10", Stroke="false")
        + path("M 0 0 L nonsense", "10 80 80 10")
        + f'<ofd:PathObject ID="7" Boundary="10 90 80 1">{white}</ofd:PathObject>'
        + words("文")
    )
    assert page_content(pack(objects), 1).segments == []


def test_a_drawing_parameter_is_inherited(pack):
    resources = (
        f'<ofd:Res {NAMESPACE}><ofd:DrawParams><ofd:DrawParam ID="1" LineWidth="9"/>'
        '<ofd:DrawParam ID="2" Relative="1"/><ofd:DrawParam ID="3" Relative="3" LineWidth="0.2"/></ofd:DrawParams></ofd:Res>'
    )
    boxes = "".join(path("M 0 0 L 40 0 L 40 10 L 0 10 C", f"10 {y} 40 10", DrawParam=number) for y, number in ((10, 2), (50, 3)))
    root = root_of(["Pages/Page_0/Content.xml"], "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>")
    members = {"Doc_0/Document.xml": root, "Doc_0/PublicRes.xml": resources, "Doc_0/Pages/Page_0/Content.xml": page(boxes + words("文"))}
    tops = {round(segment.at / MM) for segment in page_content(pack(members), 1).segments if segment.horizontal}
    assert tops == {50, 60}, "a pen nine millimetres wide rules no table"


# -- what a page is put together from -----------------------------------------------------------------------------------------


def test_templates_stand_under_every_page_that_names_them(pack):
    common = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/T0/Content.xml"/><ofd:TemplatePage ID="51" BaseLoc="Tpls/T1/Content.xml"/>'
    use = '<ofd:Template TemplateID="50" ZOrder="Background"/><ofd:Template TemplateID="51" ZOrder="Foreground"/>'
    members = {
        "Doc_0/Document.xml": root_of(["Pages/P0.xml", "Pages/P1.xml", "Pages/P2.xml"], common),
        "Doc_0/Tpls/T0/Content.xml": page(ruled_by_boxes() + "".join(CELLS[:2])),
        # A template that stands on itself is drawn once.
        "Doc_0/Tpls/T1/Content.xml": page(words("附件7", y=250), '<ofd:Template TemplateID="51"/>'),
        "Doc_0/Pages/P0.xml": page(CELLS[2] + CELLS[3], use),
        "Doc_0/Pages/P1.xml": page("".join(CELLS[2:]).replace("12.50", "8.00") + words("第2页", y=200), use),
        "Doc_0/Pages/P2.xml": page(words("无模板", y=200)),
    }
    document = agree(pack(members))
    cells = [cell.text for table in document.tables() for row in table.rows for cell in row]
    assert cells.count("12.50") == 1
    assert cells.count("8.00") == 1
    assert sum("附件7" in text for text in texts(document)) == 2


def test_blocks_nest_and_composites_are_drawn_where_they_are_used(pack):
    resources = (
        f'<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70" Width="50" Height="10"><ofd:Content>'
        f'{words("图元3", x=5, y=5)}<ofd:CompositeObject ResourceID="70" Boundary="0 0 9 9"/></ofd:Content></ofd:CompositeGraphicUnit>'
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    nested = f"<ofd:PageBlock><ofd:PageBlock>{words('内层4', y=90)}</ofd:PageBlock></ofd:PageBlock>"
    used = '<ofd:CompositeObject ID="8" ResourceID="70" Boundary="30 100 50 10" CTM="2 0 0 2 0 0"/>'
    root = root_of(["Pages/Page_0/Content.xml"], "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    members = {"Doc_0/Document.xml": root, "Doc_0/DocumentRes.xml": resources, "Doc_0/Pages/Page_0/Content.xml": page(nested + used)}
    file = pack(members)
    assert texts(agree(file)) == ["内层4", "图元3"]
    char = next(c for c in page_content(file, 1).chars if c.text == "图")
    assert (char.x0, char.baseline, char.size) == pytest.approx((40 * MM, 118 * MM, 8 * MM))


def test_annotations_are_printed_and_watermarks_stand_over_the_page(pack):
    listing = f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="1"><ofd:FileLoc>P0/Annot.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'

    def annotation(kind, text, more=""):
        return f'<ofd:Annot ID="90" Type="{kind}"{more}><ofd:Appearance Boundary="10 200 90 9">{words(text, x=0, y=0)}</ofd:Appearance></ofd:Annot>'

    shown = annotation("Stamp", "收文5号") + annotation("Watermark", "内部6") + annotation("Stamp", "隐去7", ' Visible="false"')
    members = {
        "Doc_0/Document.xml": root_of(["Pages/P0.xml"], more="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"),
        "Doc_0/Pages/P0.xml": page(words("正文")),
        "Doc_0/Annots/Annotations.xml": listing,
        "Doc_0/Annots/P0/Annot.xml": f"<ofd:PageAnnot {NAMESPACE}>{shown}</ofd:PageAnnot>",
    }
    document = agree(pack(members))
    assert texts(document) == ["正文", "收文5号"]
    assert texts(document, "markup") == ["内部6"]
    document = read(pack(members | {"Doc_0/Annots/P0/Annot.xml": None}))
    assert texts(document) == ["正文"]
    assert ["注释读不出" in note.reason for note in document.notes] == [True]


def test_attachments_are_named_as_unread(pack):
    listing = f'<ofd:Attachments {NAMESPACE}><ofd:Attachment ID="1" Name="附表.xlsx"/><ofd:Attachment ID="2" Name="x" Visible="false"/></ofd:Attachments>'
    more = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    members = {
        "Doc_0/Document.xml": root_of(["P0.xml"], more=more),
        "Doc_0/P0.xml": page(words("正文")),
        "Doc_0/Attachs/Attachments.xml": listing,
    }
    (note,) = read(pack(members)).notes
    assert "附件没有读取" in note.reason
    assert note.text == "附表.xlsx"


def test_two_documents_in_one_file_are_read_one_after_the_other(pack):
    members = {
        "OFD.xml": entry("Doc_0/Document.xml", "/Doc_1/Document.xml", "Doc_0/Document.xml"),
        "Doc_0/Document.xml": root_of(["P0.xml"]),
        "Doc_0/P0.xml": page(words("甲1")),
        "Doc_1/Document.xml": root_of(["P0.xml"]),
        "Doc_1/P0.xml": page(words("乙2"), "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>"),
    }
    file = pack(members)
    document = agree(file)
    assert [(block.text, block.place.page) for block in document.blocks] == [("甲1", 1), ("乙2", 2)]
    assert document.pages == 2
    assert page_content(file, 2).width == pytest.approx(297 * MM)


@pytest.mark.parametrize(
    "location", ["/Doc_0/Pages/P.xml", "Pages/P.xml", "pages/p.XML", "Pages\\P.xml", "./Pages/../Pages/P.xml", "Doc_0/Pages/P.xml"]
)
def test_locations_of_every_writing_lead_to_the_page(pack, location):
    members = {"Doc_0/Document.xml": root_of([location]), "Doc_0/Pages/P.xml": page(words("到了1"))}
    assert texts(agree(pack(members))) == ["到了1"]


@pytest.mark.parametrize(
    "change", [lambda xml: xml.replace("ofd:", "").replace(":ofd", ""), lambda xml: xml.replace("ofd:", "o:").replace(":ofd", ":o")]
)
def test_any_prefix_will_do(pack, change):
    members = {
        "OFD.xml": change(entry("Doc_0/Document.xml")),
        "Doc_0/Document.xml": change(root_of(["P.xml"])),
        "Doc_0/P.xml": change(page(words("前缀2"))),
    }
    assert texts(agree(pack(members))) == ["前缀2"]


def test_other_encodings_and_a_folder_around_it_all(pack, tmp_path):
    gb = '<?xml version="1.0" encoding="GB2312"?>' + page(words("编码3"))
    file = pack({"Doc_0/Pages/Page_0/Content.xml": gb.encode("gb2312")})
    with zipfile.ZipFile(file) as inner, zipfile.ZipFile(tmp_path / "外层.ofd", "w") as outer:
        for name in inner.namelist():
            outer.writestr(f"包\\{name}", inner.read(name))
    assert format_of(tmp_path / "外层.ofd") == "ofd"
    assert texts(agree(tmp_path / "外层.ofd")) == ["编码3"]


def test_a_page_of_a_picture_alone_has_a_note_and_a_lost_page_has_one(pack):
    picture = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'
    members = {
        "Doc_0/Document.xml": root_of(["P0.xml", "P1.xml", "P2.xml", "P3.xml"]),
        "Doc_0/P0.xml": page(words("正文")),
        "Doc_0/P1.xml": page(picture),
        "Doc_0/P3.xml": page(words("坏"))[:-20],
    }
    notes = read(pack(members)).notes
    assert [(note.reason, note.place.page) for note in notes] == [("page_without_text", 2), ("page_unreadable", 3), ("page_unreadable", 4)]


# -- files that cannot be read, and files that mean harm --------------------------------------------------------------------------


def refused(file):
    with pytest.raises(Unreadable) as caught:
        read(file)
    return caught.value.code


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"OFD.xml": "<ofd:OFD"}, "damaged_ofd"),
        ({"OFD.xml": entry()}, "damaged_ofd"),
        ({"OFD.xml": entry("Doc_9/Document.xml")}, "damaged_ofd"),
        ({"OFD.xml": entry("../../../etc/passwd")}, "damaged_ofd"),
        ({"Doc_0/Document.xml": root_of([])}, "damaged_ofd"),
        ({"Doc_0/Document.xml": root_of(["../../../etc/passwd"])}, "damaged_ofd"),
        ({"Doc_0/Document.xml": "不是XML"}, "damaged_ofd"),
        ({"Doc_0/Document.xml": "不是XML", "Encryptions.xml": "<a/>"}, "password"),
        ({"OFD.xml": DOCTYPE + entry("Doc_0/Document.xml")[38:]}, "unsafe_ofd"),
        ({"Doc_0/Pages/Page_0/Content.xml": (DOCTYPE + page(words("&b;"))).encode("utf-16")}, "unsafe_ofd"),
        ({"Doc_0/Pages/Page_0/Content.xml": page("")}, "no_text_layer"),
        ({"Doc_0/Pages/Page_0/Content.xml": page('<ofd:ImageObject ID="1"/>')}, "no_text_layer"),
        ({"Doc_0/Document.xml": root_of(["P.xml"] * 5001), "Doc_0/P.xml": page(words("文"))}, "too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(pack, members, code):
    assert refused(pack(members)) == code


def test_a_cut_archive_is_damaged(pack, tmp_path):
    data = pack(words("文")).read_bytes()
    (tmp_path / "半.ofd").write_bytes(data[: len(data) // 2])
    assert refused(tmp_path / "半.ofd") == "damaged_ofd"


def test_members_are_bounded_by_their_real_size(pack, monkeypatch):
    file = pack(words("文") + " " * 200_000)
    assert texts(read(file)) == ["文"]
    monkeypatch.setattr(ofd_package, "MAX_XML_BYTES", 100_000)
    assert refused(file) == "too_large"


def test_composites_that_multiply_stop_at_the_limit(pack, monkeypatch):
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>{f"""<ofd:CompositeObject ResourceID="{n + 1}"/>""" * 10}</ofd:Content></ofd:CompositeGraphicUnit>'
        for n in range(100, 130)
    )
    members = {
        "Doc_0/Document.xml": root_of(["P.xml", "Q.xml"], "<ofd:PublicRes>R.xml</ofd:PublicRes>"),
        "Doc_0/R.xml": f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>",
        "Doc_0/P.xml": page('<ofd:CompositeObject ResourceID="100"/>'),
        "Doc_0/Q.xml": page(words("第2页仍然读出")),
    }
    monkeypatch.setattr(ofd, "MAX_OBJECTS_ON_PAGE", 2_000)
    document = agree(pack(members))
    assert texts(document) == ["第2页仍然读出"]
    assert [note.reason for note in document.notes] == ["page_unreadable"]


def test_deep_nesting_loses_the_page_and_not_the_file(pack):
    deep = "<ofd:PageBlock>" * 150 + words("深") + "</ofd:PageBlock>" * 150
    members = {"Doc_0/Document.xml": root_of(["P.xml", "Q.xml"]), "Doc_0/P.xml": page(deep), "Doc_0/Q.xml": page(words("浅"))}
    document = read(pack(members))
    assert texts(document) == ["浅"]
    assert [(note.reason, note.place.page) for note in document.notes] == [("page_unreadable", 1)]


@pytest.mark.parametrize("value", ["nan", "1e999", "", "x", "-1e308 2", "9" * 400])
def test_numbers_that_are_none_do_no_harm(pack, value):
    objects = words("文", size=value, codes=f'X="{value}" Y="4" DeltaX="{value}"', CTM=f"{value} 0 0 1 0 0") + words("正常1", y=90)
    assert "正常1" in texts(read(pack(objects + path(f"M 0 0 L {value} {value}", value))))


# -- the typesetter ----------------------------------------------------------------------------------------------------------------

SAMPLES = read_samples()
PLACES = {"source_ref", "table_ref"}


def rows_of(directory, report, layout):
    rows = {}
    for name, content in typeset(report, layout).items():
        (directory / name).write_bytes(content)
        document = agree(directory / name) if layout.dialect == "ofd" else read(directory / name)
        assert document.notes == ()
        for table, found in understand(document, name.rsplit(".", 1)[0]).findings.rows.items():
            rows.setdefault(table, []).extend({key: value for key, value in row.items() if key not in PLACES} for row in found)
    return rows


@pytest.mark.parametrize("index", range(len(SAMPLES)), ids=lambda index: SAMPLES[index].report.title)
def test_a_report_typeset_as_ofd_is_read_as_its_pdf_is(tmp_path, index):
    sample = SAMPLES[index]
    layout = replace(sample.layout, dialect="ofd")
    found = rows_of(tmp_path, sample.report, layout)
    assert found == rows_of(tmp_path, sample.report, replace(layout, dialect="pdf"))
    assert found["accounts"]
    assert found["indicators"]


def test_the_same_report_gives_the_same_bytes():
    report = SAMPLES[0].report
    assert typeset(report, Layout("ofd")) == typeset(report, Layout("ofd"))


def test_the_canvas_draws_lines_boxes_and_words_on_every_side(tmp_path):
    canvas = OfdCanvas((tmp_path / "画.ofd").open("wb"), (595, 842))
    canvas.setTitle("示例")
    canvas.setFont("STSong-Light", 10)
    canvas.rect(100, 700, 50, 20)
    canvas.line(100, 600, 300, 600)
    canvas.drawRightString(300, 500, "共12元")
    canvas.showPage()
    canvas.save()
    content = page_content(tmp_path / "画.ofd", 1)
    assert [(c.text, round(c.baseline)) for c in content.chars] == [(text, 342) for text in "共12元"]
    assert content.chars[-1].x1 == pytest.approx(300, abs=0.1)
    edges = sorted((s.horizontal, round(s.at), round(s.start), round(s.end)) for s in content.segments)
    assert edges == [(False, 100, 122, 142), (False, 150, 122, 142), (True, 122, 100, 150), (True, 142, 100, 150), (True, 242, 100, 300)]
