"""The font of the PDFs, how text breaks into lines, and how a line is put on the page."""

import re

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

# Every PDF reader brings this font, so that no font file is needed.
FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))

# A run of Latin letters and digits or one other character, with the punctuation that opens and closes it.
_PIECE = re.compile(r"[（《“]*(?:[!-~]+|.)[，。；：、）》”％]*", re.DOTALL)


def wrap(text: str, width: float, size: float, indent: float = 0) -> list[str]:
    """Breaks between any two characters, but not inside a number; the first line is shorter by the indent."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        lines += _wrap_paragraph(paragraph, width, size, 0 if number else indent)
    return lines


def draw_line(canvas: Canvas, x: float, baseline: float, line: str) -> None:
    """Puts a line on the page in the canvas's font."""
    # On a machine without a Chinese font PDFium sees no extent in a lone Chinese character and drops it:
    # a blank after it gives it one.
    canvas.drawString(x, baseline, f"{line} " if len(line) == 1 else line)


def _wrap_paragraph(text: str, width: float, size: float, indent: float) -> list[str]:
    lines, line = [], ""
    room = width - indent
    for piece in _pieces(text, width, size):
        if line and stringWidth(line + piece, FONT, size) > room:
            lines.append(line)
            line, room = "", width
        line += piece
    return [*lines, line]


def _pieces(text: str, width: float, size: float) -> list[str]:
    """Pieces that stay whole, unless they are wider than a line."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        pieces += [piece] if stringWidth(piece, FONT, size) <= width else list(piece)
    return pieces
