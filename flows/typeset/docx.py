"""Typesets a document as a Word file, in the markup Word itself writes: merged cells, sections, repeated header rows.

``Layout.seed`` draws what bureaus do differently: where a table's bureau, period and unit stand (a line with tabs, a table without lines,
the table's own first rows), and whether headlines are numbered by Word, so that their numbers are not in the text.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from flows.typeset.document import Block, Cover, Heading, Paragraph, PartTitle, Table, TableCaption
from flows.typeset.figures import ordinal
from flows.typeset.grid import Grid
from flows.typeset.layouts import Layout

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PARTS = ("styles", "numbering", "footer")

# Twentieths of a point: A4 and its margins.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
_HEADLINE = re.compile(r"([一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(.+)")
_LEVELS = ("%1、", "（%2）")
_COUNT = {ordinal(number): number for number in range(1, 100)}


def docx(blocks: Iterable[Block], title: str, layout: Layout) -> bytes:
    """The blocks as a Word file whose bytes depend on nothing else."""
    writer = _Writer(layout)
    for block in blocks:
        writer.add(block)
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")]),
        "docProps/core.xml": _core(title),
        "word/document.xml": writer.document(),
        "word/_rels/document.xml.rels": _relations([(part, f"{part}.xml") for part in _PARTS]),
        "word/styles.xml": _styles(),
        "word/numbering.xml": writer.numbering(),
        "word/footer.xml": _footer(),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), (_XML + content).encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Writer:
    """The body being written; a section's page is said at its end, so it waits until the next block wants another."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._body: list[str] = []
        self._is_broad = False
        self._numbers_by_word = layout.seed % 2 == 1
        self._place_of_subject = layout.seed % 3
        self._lists: list[tuple[int, int]] = []  # of each list: where it begins, and its level
        self._last = [0, 0]  # the number given last, by level
        self._open: list[int | None] = [None, None]  # the list that goes on, by level

    def add(self, block: Block) -> None:
        """Writes a block."""
        self._turn(isinstance(block, Table) and block.broad)
        match block:
            case Cover(lines):
                head, *others = lines
                self._body += [_paragraph(head, "Title"), *(_paragraph(line, "Centred") for line in others)]
            case PartTitle(text):
                self._open = [None, None]
                self._body.append(_paragraph(text, "PartTitle"))
            case Heading(text) | Paragraph(text):
                self._body.append(self._line(text, "Headline" if isinstance(block, Heading) else "Prose"))
            case Table():
                self._table(block)

    def document(self) -> str:
        """word/document.xml."""
        return f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{"".join(self._body)}{_section(self._is_broad)}</w:body></w:document>'

    def numbering(self) -> str:
        """word/numbering.xml: a list for each run of headlines. (LibreOffice parts lists that share a count and begin it anew.)"""
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{_levels(start, level)}</w:abstractNum>'
            for number, (start, level) in enumerate(self._lists, 1)
        )
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, len(self._lists) + 1)
        )
        return f'<w:numbering xmlns:w="{_W}">{abstract}{lists}</w:numbering>'

    def _turn(self, broad: bool) -> None:
        if broad != self._is_broad:
            self._body.append(f"<w:p><w:pPr>{_section(self._is_broad)}</w:pPr></w:p>")
            self._is_broad = broad

    def _line(self, text: str, style: str) -> str:
        """A line of running text; a headline's number is given to Word to print where the layout says so."""
        found = _HEADLINE.fullmatch(text) if self._numbers_by_word else None
        number = _COUNT.get(found.group(1).strip("（）、")) if found else None
        if found is None or number is None:
            return _paragraph(text, style)
        level = 0 if found.group(1).endswith("、") else 1
        if self._open[level] is None or self._last[level] + 1 != number:
            self._lists.append((number, level))
            self._open[level] = len(self._lists)
        self._last[level] = number
        if level == 0:
            self._open[1] = None
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self._open[level]}"/></w:numPr>'
        return _paragraph(found.group(2), style, properties)

    def _table(self, table: Table) -> None:
        caption, width = table.caption, (_LONG if table.broad else _SHORT) - 2 * _MARGIN
        columns = _columns(table.grid, width)
        self._body += [_paragraph(line, "Caption") for line in caption.title]
        inside: list[str] = []
        if self._place_of_subject == 2 and len(columns) >= 3 and caption.subject:
            inside = list(_caption_rows(caption, columns))
        elif self._place_of_subject == 1 and caption.subject:
            thirds = [width // 3] * 3
            self._body += [_tbl(thirds, _caption_rows(caption, thirds), lines=False), "<w:p/>"]
        else:
            self._body += [_paragraph(caption.number, "Small", '<w:jc w:val="right"/>')] if caption.number else []
            self._body += [_tabbed(caption.subject, width)] if caption.subject else []
        self._body.append(_tbl(columns, [*inside, *_rows(table.grid, columns, self._layout.repeated_header)], lines=True))
        # Word joins tables that touch, and wants a paragraph after the last one.
        self._body += [_paragraph(note, "Small") for note in table.notes] or ["<w:p/>"]


def _levels(start: int, of_level: int) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start if level == of_level else 1}"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, text in enumerate(_LEVELS)
    )


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _paragraph(text: str, style: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{_run(text)}</w:p>'


def _tabbed(parts: tuple[str, ...], width: int) -> str:
    stops = f'<w:tabs><w:tab w:val="center" w:pos="{width // 2}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    runs = "<w:r><w:tab/></w:r>".join(_run(part) for part in parts)
    return f'<w:p><w:pPr><w:pStyle w:val="Small"/>{stops}</w:pPr>{runs}</w:p>'


def _columns(grid: Grid, width: int) -> list[int]:
    return [share * width // sum(grid.widths) for share in grid.widths]


def _tbl(columns: list[int], rows: Iterable[str], lines: bool) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="{"single" if lines else "nil"}" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    properties = f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(text: str, width: int, span: int, align: str, merge: str = "") -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + merge
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/><w:jc w:val="{align}"/></w:pPr>{_run(line)}</w:p>' for line in text.split("\n")
    )
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _rows(grid: Grid, columns: list[int], repeat_header: bool) -> Iterator[str]:
    """A cell merged downwards begins anew, empty, in each row below."""
    rows: list[dict[int, str]] = [{} for _ in grid.rows]
    for placed in grid.placed():
        cell, at = placed.cell, placed.column
        width = sum(columns[at : at + cell.columns])
        begin = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        rows[placed.row][at] = _cell(cell.text, width, cell.columns, cell.align, begin)
        for below in range(placed.row + 1, placed.row + cell.rows):
            rows[below][at] = _cell("", width, cell.columns, cell.align, "<w:vMerge/>")
    for number, row in enumerate(rows):
        header = "<w:trPr><w:tblHeader/></w:trPr>" if repeat_header and number < grid.header_rows else ""
        yield f"<w:tr>{header}{''.join(row[at] for at in sorted(row))}</w:tr>"


def _caption_rows(caption: TableCaption, columns: list[int]) -> Iterator[str]:
    """Number, bureau, period and unit as rows over the columns of a table."""
    if caption.number:
        yield f"<w:tr>{_cell(caption.number, sum(columns), len(columns), 'right')}</w:tr>"
    left = len(columns) // 3
    spans = (left, len(columns) - 2 * left, left)
    parts, at = [], 0
    for text, span, align in zip(caption.subject or (), spans, ("left", "center", "right"), strict=False):
        parts.append(_cell(text, sum(columns[at : at + span]), span, align))
        at += span
    yield f"<w:tr>{''.join(parts)}</w:tr>"


def _section(broad: bool) -> str:
    size = f'w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"' if broad else f'w:w="{_SHORT}" w:h="{_LONG}"'
    margins = " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId{_PARTS.index("footer") + 1}"/><w:pgSz {size}/>'
        f'<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _footer() -> str:
    """The page's number between dashes; its field holds what Word counted last."""
    marks = "".join(
        (
            _run("— "),
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            _run(" —"),
        )
    )
    return f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Centred"/></w:pPr>{marks}</w:p></w:ftr>'


def _styles() -> str:
    """Name, justification, size in half points, weight, first line's indent of each style."""
    styles = (
        ("Title", "center", 44, True, 0),
        ("Centred", "center", 24, False, 0),
        ("PartTitle", "center", 32, True, 0),
        ("Headline", "left", 28, True, 0),
        ("Prose", "both", 24, False, 200),
        ("Caption", "center", 28, True, 0),
        ("Small", "left", 18, False, 0),
        ("Cell", "center", 18, False, 0),
    )
    written = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="{align}"/>'
        f'<w:ind w:firstLineChars="{indent}"/></w:pPr><w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
        for name, align, size, bold, indent in styles
    )
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>'
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{written}</w:styles>'
    )


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="rId{number}" Type={quoteattr(f"{_PACKAGE}/relationships/{kind}" if "/" in kind else f"{_R}/{kind}")} '
        f"Target={quoteattr(target)}/>"
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        **{f"/word/{part}.xml": f"{_TYPE}.{part}+xml" for part in _PARTS},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
