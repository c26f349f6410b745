"""Typesets a document as OFD, page by page as the PDF is laid out."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4

from flows.typeset.document import Block
from flows.typeset.layouts import Layout
from flows.typeset.ofd_canvas import OfdCanvas
from flows.typeset.pdf import draw


def ofd(blocks: Sequence[Block], title: str, layout: Layout) -> bytes:
    """The blocks as an OFD whose bytes depend on nothing else."""
    buffer = BytesIO()
    draw(OfdCanvas(buffer, A4), blocks, title, layout)
    return buffer.getvalue()
