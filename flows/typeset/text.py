"""Typesets a document as text: one cell a line, as a word processor saves it, one row a line, or Markdown."""

from collections.abc import Callable, Iterable

from flows.typeset.document import Block, Cover, Heading, Paragraph, PartTitle, Table
from flows.typeset.grid import Grid
from flows.typeset.layouts import Layout


def tab_led(blocks: Iterable[Block], title: str, layout: Layout) -> bytes:
    """Each cell is a line that begins with a tab, an empty line ends the row."""
    return _text(blocks, _tab_led_table, layout)


def tab_separated(blocks: Iterable[Block], title: str, layout: Layout) -> bytes:
    """Each row is a line; a merged cell leaves empty cells, so nothing tells it from an empty one."""
    return _text(blocks, _tab_separated_table, layout)


def pipe(blocks: Iterable[Block], title: str, layout: Layout) -> bytes:
    """Markdown with pipe tables. Of a merged cell the text stands in the first place (even ``layout.seed``) or in each (odd): both are usual."""
    text = "".join(_pipe_block(block, repeated=layout.seed % 2 == 1) for block in blocks)
    return text.encode(layout.encoding)


def _pipe_block(block: Block, repeated: bool) -> str:
    match block:
        case Cover((first, *rest)):
            return "\n".join([f"# {first}", "", *(f"{line}  " for line in rest)]) + "\n\n"
        case PartTitle(text):
            return f"## {text}\n\n"
        case Heading(text):
            return f"### {text}\n\n"
        case Table():
            return _pipe_table(block, repeated)
        case _:
            return f"{_block(block, _tab_separated_table)}\n"


def _pipe_table(table: Table, repeated: bool) -> str:
    caption = table.caption
    lines = [f"**{line}**" for line in caption.title]
    lines += [caption.number] if caption.number else []
    lines += [" ".join(caption.subject)] if caption.subject else []
    rows = [["" for _ in table.grid.widths] for _ in table.grid.rows]
    for placed in table.grid.placed():
        cell = placed.cell
        for row in range(placed.row, placed.row + (cell.rows if repeated else 1)):
            for column in range(placed.column, placed.column + (cell.columns if repeated else 1)):
                rows[row][column] = cell.text.replace("|", "\\|").replace("\n", "<br>")
    printed = [f"| {' | '.join(row)} |" for row in rows]
    printed.insert(1, "|" + " --- |" * len(table.grid.widths))
    paragraphs = "\n\n".join(lines)
    notes = "".join(f"{note}\n\n" for note in table.notes)
    return f"{paragraphs}\n\n" + "\n".join(printed) + f"\n\n{notes}"


def _text(blocks: Iterable[Block], typeset_table: Callable[[Table], str], layout: Layout) -> bytes:
    return "".join(_block(block, typeset_table) for block in blocks).encode(layout.encoding)


def _block(block: Block, typeset_table: Callable[[Table], str]) -> str:
    match block:
        case Cover(lines):
            return "\n".join(lines) + "\n\n"
        case PartTitle(text):
            return f"\n{text}\n\n"
        case Heading(text) | Paragraph(text):
            return text + "\n"
        case Table():
            return typeset_table(block)


def _tab_led_table(table: Table) -> str:
    caption = table.caption
    titles = "".join(line + "\n" for line in caption.title)
    rows = [[caption.number]] if caption.number else []
    rows += [[*caption.subject]] if caption.subject else []
    # A line of one blank keeps a word processor from joining tables that follow each other.
    head = f"{_tab_led_rows(rows)}\n \n" if rows else ""
    notes = [[note] for note in table.notes]
    return f" \n{titles}{head}{_tab_led_rows(_cells_that_begin_or_go_on(table.grid) + notes)}\n"


def _tab_led_rows(rows: Iterable[list[str]]) -> str:
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def _cells_that_begin_or_go_on(grid: Grid) -> list[list[str]]:
    """A cell merged downwards leaves an empty cell in each row below; merged sideways it leaves none."""
    rows: list[dict[int, str]] = [{} for _ in grid.rows]
    for placed in grid.placed():
        rows[placed.row][placed.column] = placed.cell.text
        for below in range(placed.row + 1, placed.row + placed.cell.rows):
            rows[below][placed.column] = ""
    return [[row[column] for column in sorted(row)] for row in rows]


def _tab_separated_table(table: Table) -> str:
    caption = table.caption
    lines = ["", *caption.title]
    lines += [caption.number] if caption.number else []
    lines += [" ".join(caption.subject)] if caption.subject else []
    lines += ["\t".join(row) for row in _every_position(table.grid)]
    return "\n".join([*lines, *table.notes]) + "\n"


def _every_position(grid: Grid) -> list[list[str]]:
    rows = [[""] * len(grid.widths) for _ in grid.rows]
    for placed in grid.placed():
        rows[placed.row][placed.column] = placed.cell.text.replace("\n", "")
    return rows
