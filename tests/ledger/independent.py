"""A count of the numbers a published file prints that shares nothing with the readers, the number parser or the ledger.

Text files are decoded here; PDFs are read with pdfplumber (pdfminer), while the readers use pdfium. What a page cuts away of a text too long
for it is told from its picture: nothing is seen there. Nothing of ``flows`` is imported.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pypdfium2

_SCALE = 2.0  # pixels to a point
_DARK = 160
_D = "[0-9０-９]"
_COMMA, _POINT = "[,，]", "[.．]"
# Most particular first: the mark of a list before a year (`1.2024年`), digits grouped by thousands, plain digits; decimals go with both.
_TOKEN = re.compile(
    rf"(?<!{_D})(?<!{_POINT}){_D}{{1,2}}(?={_POINT}(?:19|20){_D}{{2}}年)"
    rf"|{_D}{{1,3}}(?:{_COMMA}{_D}{{3}})+(?!{_D})(?:{_POINT}{_D}+)?"
    rf"|{_D}+(?:{_POINT}{_D}+)?"
)
_HALF = str.maketrans("０１２３４５６７８９，．－＋", "0123456789,.-+")
_HAN_NUMERAL = re.compile(
    r"(?<![第其每同统逐之唯单各几数这该“‘.．0-9０-９一二三四五六七八九十百千万亿两])"
    r"(?!一[^十百千万亿])[一二三四五六七八九两十][一二三四五六七八九十百千万亿零两]*?"
    r"(?=余?(?:[万亿]?元|家|名|所|台|套|辆|户|亩|人次)[\u4e00-\u9fff]{2})"
    r"|(?<=[辖设有])一(?=个(?:二级|下属|直属|内设|科室))|(?<=为)零(?=[，。；,;、）)]|$)"
)


@dataclass(frozen=True)
class Count:
    """What a file prints: numbers in digits as (page, half-width text) in printed order (page None in text files), digits, numerals."""

    tokens: list[tuple[int | None, str]]
    digits: int
    numerals: Counter[str]


def half_width(text: str) -> str:
    return text.translate(_HALF)


def count(path: Path) -> Count:
    lines = list(_pdf_lines(path) if path.suffix == ".pdf" else _text_lines(path))
    tokens = [(page, half_width(match.group())) for page, words in lines for word in words for match in _TOKEN.finditer(word)]
    digits = sum(bool(re.match(_D, char)) for _, words in lines for word in words for char in word)
    numerals = Counter(match.group() for _, words in lines for match in _HAN_NUMERAL.finditer("".join(words)))
    return Count(tokens, digits, numerals)


def _text_lines(path: Path) -> Iterator[tuple[None, list[str]]]:
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
    for line in re.split(r"\r\n|\r|\n", text):
        yield None, [line]


def _pdf_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The printed lines of each page as their words. Bold type made by printing twice counts once; nothing outside the page counts,
    and where something stands there, nothing else of which the page shows no trace."""
    with pdfplumber.open(path) as pdf, contextlib.closing(pypdfium2.PdfDocument(path)) as pictures:
        for number, page in enumerate(pdf.pages, start=1):
            x0, top, x1, bottom = page.bbox

            def is_on_page(item: dict, edges: tuple = (x0, top, x1, bottom)) -> bool:
                x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
                return item["object_type"] == "char" and edges[0] <= x <= edges[2] and edges[1] <= y <= edges[3]

            shown = page.dedupe_chars().filter(is_on_page)
            if len(shown.chars) < len(page.dedupe_chars().chars):
                shown = shown.filter(_is_seen(pictures[number - 1]))
            line: list[str] = []
            last = None
            for word in shown.extract_words():
                if last is not None and abs(word["bottom"] - last) > 3:
                    yield number, line
                    line = []
                line.append(word["text"])
                last = word["bottom"]
            yield number, line
            page.close()


def _is_seen(page: pypdfium2.PdfPage) -> Callable[[dict], bool]:
    """Does anything dark stand where a character is said to be?"""
    picture = page.render(scale=_SCALE, grayscale=True).to_numpy()
    page.close()

    def is_seen(item: dict) -> bool:
        x0, top, x1, bottom = (round(item[edge] * _SCALE) for edge in ("x0", "top", "x1", "bottom"))
        inside = picture[top + 1 : bottom, x0 + 1 : x1]
        return inside.size == 0 or inside.min() < _DARK or not item["text"].strip()

    return is_seen


def joins(in_file: list[tuple[int | None, str]], in_ledger: list[tuple[int | None, str]]) -> int:
    """How many of the file's numbers the ledger holds as part of a longer one, broken over lines or grouped by blanks in the file.

    What both print alike on one page is set off first; each number left in the ledger must be made of digits of numbers left in the file,
    and nothing may be left over. Raises AssertionError with what is left.
    """
    left_in_file = Counter(in_file) - Counter(in_ledger)
    left_in_ledger = Counter(in_ledger) - Counter(in_file)
    pieces = [token for token in dict.fromkeys(in_file) for _ in range(left_in_file[token])]
    explained = 0
    for page, text in left_in_ledger.elements():
        used = _made_of(_digits(text), [(page, piece) for page, piece in pieces], page)
        assert used, f"not printed in the file: {text!r} of page {page}; left of the file: {pieces[:10]}"
        for piece in used:
            pieces.remove(piece)
        explained += len(used) - 1
    assert not pieces, f"printed in the file, not in the ledger: {pieces[:10]}"
    return explained


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _made_of(digits: str, pieces: list, page: int | None) -> list:
    """Pieces of this page or the next whose digits, one after the other, are ``digits``; none where there are none."""
    for at, piece in enumerate(pieces):
        near = page is None or piece[0] in (page, page + 1)
        own = _digits(piece[1])
        if not near or not digits.startswith(own):
            continue
        if own == digits:
            return [piece]
        rest = _made_of(digits[len(own) :], pieces[:at] + pieces[at + 1 :], page)
        if rest:
            return [piece, *rest]
    return []
