"""Office and OFD files: bombs of entities, members and cells, and documents that refer to themselves."""

import struct
from pathlib import Path

from tests.hostile.archives import archive
from tests.hostile.case import DIED, NO_REPORT, UNSUPPORTED, case

_REFUSED = f"{UNSUPPORTED}|{NO_REPORT}|{DIED}|损坏|实体|没有|超过|过大|太|不完整|格式|无法"
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "预算">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
_QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a11 "{"预" * 50_000}">]>'
_EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd"><!ENTITY % more SYSTEM "http://127.0.0.1:9/x.dtd">%more;]>'
)
_OWN = "http://schemas.openxmlformats.org"
_W = f'xmlns:w="{_OWN}/wordprocessingml/2006/main"'
_S = f'xmlns="{_OWN}/spreadsheetml/2006/main" xmlns:r="{_OWN}/officeDocument/2006/relationships"'
_O = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_OWN}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_PROLOG}<Relationships xmlns="{_OWN}/package/2006/relationships">{lines}</Relationships>'


def _types(**parts: str) -> str:
    lines = "".join(f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_PROLOG}<Types xmlns="{_OWN}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{lines}</Types>'
    )


def docx(body: str, prolog: str = _PROLOG, **more: str) -> bytes:
    """A Word file with this body; ``more``: further members, ``__`` for a slash, by name without .xml."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _types(word__document="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>",
    }
    return archive(members | {f"{name.replace('__', '/')}.xml": text for name, text in more.items()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(sheet: str, prolog: str = _PROLOG, strings: str | None = None) -> bytes:
    """A workbook of one sheet."""
    own = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _types(
            xl__workbook=f"{own}.sheet.main+xml",
            xl__worksheets__sheet1=f"{own}.worksheet+xml",
            xl__sharedStrings=f"{own}.sharedStrings+xml",
        ),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_PROLOG}<workbook {_S}><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        "xl/worksheets/sheet1.xml": f"{prolog}<worksheet {_S}>{sheet}</worksheet>",
    }
    if strings is not None:
        members["xl/sharedStrings.xml"] = f"{prolog}<sst {_S}>{strings}</sst>"
    return archive(members)


def cell(ref: str, text: str = "预算") -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def ofd(page: str, prolog: str = _PROLOG, pages: str = '<ofd:Page ID="1" BaseLoc="Pages/0/Content.xml"/>', **more: str) -> bytes:
    """An OFD file of one page."""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    members: dict[str, bytes | str] = {
        "OFD.xml": f'{_PROLOG}<ofd:OFD {_O} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{prolog}<ofd:Document {_O}><ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        "Doc_0/Pages/0/Content.xml": f'{prolog}<ofd:Page {_O}>{area}<ofd:Content><ofd:Layer ID="2">{page}</ofd:Layer></ofd:Content></ofd:Page>',
    }
    return archive(members | {f"{name.replace('__', '/')}.xml": text for name, text in more.items()})


def line(text: str) -> str:
    return (
        '<ofd:TextObject ID="3" Boundary="20 20 100 10" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g 99999999 4">{text}</ofd:TextCode></ofd:TextObject>'
    )


@case(_REFUSED)
def xml_entity_bombs(folder: Path) -> None:
    for name, prolog in {"laughs": _LAUGHS, "quadratic": _QUADRATIC}.items():
        text = "&a11;" * (1000 if name == "quadratic" else 1)
        (folder / f"{name}.docx").write_bytes(docx(paragraph(text), prolog))
        (folder / f"{name}.xlsx").write_bytes(xlsx(f'<sheetData><row r="1">{cell("A1", text)}</row></sheetData>', prolog))
        (folder / f"{name}.ofd").write_bytes(ofd(line(text), prolog))


@case(_REFUSED)
def xml_external_entities(folder: Path) -> None:
    (folder / "a.docx").write_bytes(docx(paragraph("&a11;"), _EXTERNAL))
    (folder / "a.xlsx").write_bytes(xlsx(f'<sheetData><row r="1">{cell("A1", "&a11;")}</row></sheetData>', _EXTERNAL))
    (folder / "a.ofd").write_bytes(ofd(line("&a11;"), _EXTERNAL))


@case(_REFUSED)
def xml_of_great_depth(folder: Path) -> None:
    deep = 20_000
    (folder / "a.docx").write_bytes(docx("<w:sdt><w:sdtContent>" * deep + paragraph("x") + "</w:sdtContent></w:sdt>" * deep))
    tables = 2000
    (folder / "tables.docx").write_bytes(docx("<w:tbl><w:tr><w:tc>" * tables + paragraph("x") + "</w:tc></w:tr></w:tbl>" * tables))
    (folder / "a.xlsx").write_bytes(xlsx("<sheetData>" * deep + "</sheetData>" * deep))
    (folder / "a.ofd").write_bytes(ofd("<ofd:PageBlock>" * deep + line("x") + "</ofd:PageBlock>" * deep))


@case(_REFUSED)
def xml_members_that_explode(folder: Path) -> None:
    (folder / "a.docx").write_bytes(docx(paragraph("0" * 150_000_000)))
    (folder / "a.xlsx").write_bytes(xlsx("<sheetData/>" + " " * 150_000_000))
    (folder / "a.ofd").write_bytes(ofd(line("0" * 150_000_000)))


@case(_REFUSED)
def office_without_its_parts(folder: Path) -> None:
    (folder / "a.docx").write_bytes(archive({"word/document.xml": ""}))
    (folder / "b.docx").write_bytes(archive({"word/document.xml": "<a"}))
    (folder / "a.xlsx").write_bytes(archive({"xl/workbook.xml": "<x/>"}))
    (folder / "b.xlsx").write_bytes(
        archive({"xl/workbook.xml": f'<workbook {_S}><sheets><sheet name="a" sheetId="1" r:id="r9"/></sheets></workbook>'})
    )
    (folder / "a.ofd").write_bytes(archive({"OFD.xml": "<x/>"}))
    (folder / "b.ofd").write_bytes(
        archive({"OFD.xml": f"<ofd:OFD {_O}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"})
    )


@case(_REFUSED)
def office_broken_off(folder: Path) -> None:
    whole = {
        "docx": docx(paragraph("预算") * 500),
        "xlsx": xlsx(f'<sheetData><row r="1">{cell("A1")}</row></sheetData>'),
        "ofd": ofd(line("预算")),
    }
    for ending, data in whole.items():
        for part in (3, 6, 9):
            (folder / f"{part}.{ending}").write_bytes(data[: len(data) * part // 10])
        spoilt = bytearray(data)
        spoilt[60 : len(spoilt) // 3] = bytes(len(spoilt) // 3 - 60)
        (folder / f"spoilt.{ending}").write_bytes(spoilt)


@case(_REFUSED)
def docx_mad_tables(folder: Path) -> None:
    span = '<w:tbl><w:tblGrid/><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>' + paragraph("预算") + "</w:tc></w:tr></w:tbl>"
    for number, width in enumerate(("2000000000", "-5", "x", "99999999999999999999")):
        (folder / f"{number}.docx").write_bytes(docx(span.format(width)))
    merged = f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="continue"/></w:tcPr>{paragraph("x")}</w:tc></w:tr>'
    (folder / "merged.docx").write_bytes(docx(f"<w:tbl>{merged * 20_000}</w:tbl>"))


@case(_REFUSED)
def xlsx_without_bounds(folder: Path) -> None:
    data = '<sheetData><row r="1">{}</row></sheetData>'
    one = data.format(cell("A1"))
    last = f'<sheetData><row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row></sheetData>'
    (folder / "dimension.xlsx").write_bytes(xlsx(f'<dimension ref="A1:XFD1048576"/>{one}'))
    (folder / "corners.xlsx").write_bytes(xlsx(last))
    (folder / "beyond.xlsx").write_bytes(xlsx(data.format(cell("ZZZZZZ99999999999"))))
    (folder / "merged.xlsx").write_bytes(xlsx(f'{one}<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n + 50}"/>' for n in range(1, 20_000))
    (folder / "merges.xlsx").write_bytes(xlsx(f"{one}<mergeCells>{merges}</mergeCells>"))
    (folder / "columns.xlsx").write_bytes(xlsx(data.format("".join(f'<c r="{column}1" s="0"/>' for column in _columns(16_384)))))
    (folder / "rows.xlsx").write_bytes(xlsx("<sheetData>" + "".join(f'<row r="{n}"/>' for n in range(1, 200_000)) + "</sheetData>"))
    (folder / "strings.xlsx").write_bytes(
        xlsx(data.format('<c r="A1" t="s"><v>99999999</v></c><c r="B1" t="s"><v>-1</v></c>'), strings="<si><t>a</t></si>")
    )
    (folder / "numbers.xlsx").write_bytes(xlsx(data.format('<c r="A1"><v>1e999</v></c><c r="B1"><v>nan</v></c><c r="C1"><v>2023-</v></c>')))


def _columns(count: int) -> list[str]:
    names = []
    for number in range(1, count + 1):
        name = ""
        while number:
            number, rest = divmod(number - 1, 26)
            name = chr(65 + rest) + name
        names.append(name)
    return names


@case(_REFUSED)
def ofd_in_a_ring(folder: Path) -> None:
    many = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/0/Content.xml"/>' for n in range(5000))
    (folder / "pages.ofd").write_bytes(ofd(line("预算"), pages=many))
    template = '<ofd:Template TemplateID="1" ZOrder="Background"/>'
    common = f'<ofd:TemplatePage ID="1" BaseLoc="Pages/0/Content.xml"/>{template}'
    (folder / "template.ofd").write_bytes(ofd(template + line("预算"), pages=common + '<ofd:Page ID="1" BaseLoc="Pages/0/Content.xml"/>'))
    (folder / "missing.ofd").write_bytes(ofd(line("预算"), pages='<ofd:Page ID="1" BaseLoc="Pages/7/Content.xml"/>'))
    (folder / "climbing.ofd").write_bytes(ofd(line("预算"), pages='<ofd:Page ID="1" BaseLoc="../../../../etc/passwd"/>'))
    mad = line("预算").replace("20 20 100 10", "nan inf -1e300 x").replace('Size="4"', 'Size="1e300" CTM="0 0 0 0 nan 9"')
    (folder / "numbers.ofd").write_bytes(ofd(mad))
    (folder / "deltas.ofd").write_bytes(ofd(line("预算").replace("g 99999999 4", "g 2000000000 4 g -9 1 g x")))
    (folder / "ring.ofd").write_bytes(ofd('<ofd:CompositeObject ID="9" ResourceID="9" Boundary="0 0 9 9"/>'))


@case(_REFUSED)
def ole_garbage(folder: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (folder / "head.doc").write_bytes(head)
    for stream in ("WordDocument", "Workbook", "EncryptedPackage", "Nothing"):
        data = bytearray(head + bytes((n * 31 + n // 7) % 256 for n in range(9000)))
        data[1200 : 1200 + 2 * len(stream) + 2] = f"{stream}\0".encode("utf-16-le")
        (folder / f"{stream}.doc").write_bytes(data)
    header = bytearray(512)
    header[:8] = head
    struct.pack_into("<HHHHH", header, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLLLLLL", header, 44, 1, 0, 0, 4096, 0, 0, 0, 0)
    table = struct.pack("<L", 0) * 128  # every sector's next is the first
    (folder / "ring.xls").write_bytes(bytes(header) + table + "Workbook\0".encode("utf-16-le").ljust(512, b"\0"))


@case(f"{UNSUPPORTED}|LibreOffice|{DIED}")
def formats_without_a_reader(folder: Path) -> None:
    (folder / "a.pptx").write_bytes(archive({"ppt/presentation.xml": "<x/>"}))
    (folder / "a.rtf").write_bytes(b"{\\rtf1" + b"{" * 100_000)
