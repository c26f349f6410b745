"""An independent count: the digits in a file's raw characters, whatever the readers made of them.

Where it differs from what the ledger holds, a reader lost text.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from flows.ledger.raw_ofd import digits_in_ofd

# Elements of Word's markup by their local name; everything else is passed over.
_WORD_TAG = re.compile(r"<(/?)(?:\w+:)?(t|sym|Choice|Fallback|AlternateContent|moveFrom)(?=[\s/>])([^<>]*?)(/?)>")
_WORD_PARTS = ("header", "footer", "footnotes", "endnotes", "comments")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*["\']([^"\']*)["\']')


def _digits(text: str) -> int:
    """Digits of every width and style (5, ５, 𝟓), not marks such as ⑤."""
    return sum(char.isdecimal() for char in text)


def digits_in_text(path: Path) -> int:
    """Digits of a text file, bookmark marks included."""
    from flows.readers.encoding import decode

    return _digits(decode(path.read_bytes()))


def digits_in_pdf(path: Path) -> int:
    """Digits of a PDF's text layer, as pdfium extracts it by itself."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        total = 0
        for index in range(len(document)):
            try:
                page = document[index]
            except pdfium.PdfiumError:
                continue  # a page that cannot be loaded is noted by the reader, and has no characters to count
            textpage = page.get_textpage()
            total += _digits(textpage.get_text_bounded())
            textpage.close()
            page.close()
        return total
    finally:
        document.close()


def digits_in_docx(source: Path | bytes) -> int:
    """Digits of all text runs of a Word file, found in the characters of its XML, and of the list numbers that Word computes.

    Those numbers stand nowhere in the file, so they are counted as the reader computes them.
    """
    from flows.readers.docx import list_numbers

    total = 0
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        for name in _word_parts(archive):
            total += sum(_digits(text) for text in _word_texts(_plain_xml(archive.read(name))))
    return total + sum(_digits(number) for number in list_numbers(source))


def _word_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """The parts that hold text: the document, and what its relations name as headers, footers, notes and comments."""
    names = set(archive.namelist())
    links = [dict(_ATTRIBUTE.findall(link)) for link in _RELATION.findall(_plain_xml(archive.read("_rels/.rels")))]
    main = next((link["Target"].lstrip("/") for link in links if link.get("Type", "").endswith("/officeDocument")), "word/document.xml")
    yield main
    folder, _, base = main.rpartition("/")
    listed = f"{folder}/_rels/{base}.rels"
    found = set()
    for link in _RELATION.findall(_plain_xml(archive.read(listed))) if listed in names else ():
        link = dict(_ATTRIBUTE.findall(link))
        if link.get("Type", "").rpartition("/")[2] in _WORD_PARTS:
            target = link["Target"]
            found.add(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
    yield from sorted(found & names)


def _plain_xml(data: bytes) -> str:
    return data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig")


def _word_texts(xml: str) -> Iterator[str]:
    """The text runs of a part: of alternatives the first, and nothing that was moved away."""
    taken: list[bool] = []  # of the alternatives we are in: has one been taken?
    passed_over: list[str] = []  # elements we are in whose text does not count
    for tag in _WORD_TAG.finditer(xml):
        closes, name, attributes, is_empty = tag.groups()
        if name == "AlternateContent" and not is_empty:
            if closes:
                taken.pop()
            else:
                taken.append(False)
        elif name in ("Choice", "Fallback", "moveFrom") and not is_empty:
            if closes and passed_over:
                passed_over.pop()
            elif not closes:
                is_first = name != "moveFrom" and bool(taken) and not taken[-1]
                passed_over.append("" if is_first else name)
                if taken and name != "moveFrom":
                    taken[-1] = True
        elif name == "t" and not closes and not is_empty and not any(passed_over):
            yield re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), xml[tag.end() : xml.find("</", tag.end())])
        elif name == "sym" and not any(passed_over):
            code = next((value for key, value in _ATTRIBUTE.findall(attributes) if key.endswith("char")), "0")
            yield chr(int(code, 16))


def digits_in_doc(path: Path) -> int:
    """Digits of an old Word file, counted in the docx that LibreOffice makes of it."""
    from flows.readers.doc import as_docx

    return digits_in_docx(as_docx(path, "doc"))


def digits_in_rtf(path: Path) -> int:
    """Digits of an RTF file, counted in the docx that LibreOffice makes of it."""
    from flows.readers.doc import as_docx

    return digits_in_docx(as_docx(path, "rtf"))


def digits_in_xlsx(path: Path) -> int:
    """Digits of an xlsx workbook as displayed, by patterns over its XML."""
    from flows.ledger import raw_xlsx

    return raw_xlsx.digits_in_xlsx(path)


def digits_in_xls(path: Path) -> int:
    """Digits of an xls workbook as displayed, from the records of its stream."""
    from flows.ledger import raw_xls

    return raw_xls.digits_in_xls(path)


class _PageDigits(HTMLParser):
    """Counts a web page's digits outside of programs, styles and other pages, the numbers that lists print, and its metas of title and day."""

    _UNSEEN = frozenset(["script", "style", "template", "iframe", "noembed", "noframes"])

    def __init__(self) -> None:
        from flows.readers.article import hints

        super().__init__(convert_charrefs=True)
        self.total = 0
        self._metas = {*hints()["title_metas"], *hints()["date_metas"]}
        self._unseen: list[str] = []
        self._lists: list[int | None] = []
        self._mark: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        from flows.readers.flow import is_decimal, whole

        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag in self._UNSEEN:
            self._unseen.append(tag)
        elif self._unseen:
            return
        elif tag == "meta" and (attributes.get("name") or attributes.get("property") or "").lower() in self._metas:
            self.total += _digits(attributes.get("content", ""))
        elif tag in ("ol", "ul"):
            decimal = tag == "ol" and is_decimal(attributes)
            self._lists.append(whole(attributes.get("start"), 1) if decimal else None)
        elif tag == "li" and self._lists and (next_number := self._lists[-1]) is not None:
            self._mark = whole(attributes.get("value"), next_number)
            self._lists[-1] = self._mark + 1

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            self._mark = None
        elif tag == "li":
            self._mark = None

    def handle_data(self, data: str) -> None:
        from flows.readers.flow import is_listed

        if self._unseen:
            return
        if self._mark is not None and data.strip():
            self.total += 0 if is_listed(data) else _digits(str(self._mark))
            self._mark = None
        self.total += _digits(data)


def digits_in_page(path: Path) -> int:
    """Digits of a web page's text, hidden or not, as the standard library's parser finds them."""
    from flows.readers.markup import decode_page

    counter = _PageDigits()
    # What begins like a declaration (<![if …]>) is none that the parser knows: browsers take it as a comment.
    counter.feed(re.sub(r"<!\[[^>]*>", "", decode_page(path.read_bytes())))
    counter.close()
    return counter.total


_COUNTS: dict[str, Callable[[Path], int]] = {
    "text": digits_in_text,
    "html": digits_in_page,
    "pdf": digits_in_pdf,
    "docx": digits_in_docx,
    "doc": digits_in_doc,
    "rtf": digits_in_rtf,
    "xls": digits_in_xls,
    "xlsx": digits_in_xlsx,
    "ofd": digits_in_ofd,
}


def digits_in_file(path: Path, format_name: str) -> int:
    """Digits printed in a file of a known format. Raises KeyError for a format without a reader."""
    return _COUNTS[format_name](path)
