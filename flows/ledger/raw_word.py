"""Digits in a Word file's raw characters: its XML as text, not as the reader sees it."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from flows.values.text import digits_of

# Elements of Word's markup by their local name; everything else is passed over.
_WORD_TAG = re.compile(r"<(/?)(?:\w+:)?(t|sym|textpath|Choice|Fallback|AlternateContent|moveFrom)(?=[\s/>])([^<>]*?)(/?)>")
_WORD_PARTS = ("header", "footer", "footnotes", "endnotes", "comments")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*["\']([^"\']*)["\']')


def digits_in_docx(source: Path | bytes) -> int:
    """Digits of all text runs of a Word file, found in the characters of its XML, and of the list numbers that Word computes.

    Those numbers stand nowhere in the file, so they are counted as the reader computes them.
    """
    from flows.readers.docx import list_numbers

    total = 0
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        for name in _word_parts(archive):
            total += sum(digits_of(text) for text in _word_texts(_plain_xml(archive.read(name))))
    return total + sum(digits_of(number) for number in list_numbers(source))


def _word_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """The parts that hold text: the document, and what its relations name as headers, footers, notes and comments."""
    names = set(archive.namelist())
    of_package = _RELATION.findall(_plain_xml(archive.read("_rels/.rels"))) if "_rels/.rels" in names else []
    links = [dict(_ATTRIBUTE.findall(link)) for link in of_package]
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
        elif name == "textpath" and not closes and not any(passed_over):
            yield next((value for key, value in _ATTRIBUTE.findall(attributes) if key == "string"), "")
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
