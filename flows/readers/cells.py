"""Rows of text and the columns they stand in → the cells of a grid."""

from collections.abc import Sequence
from itertools import pairwise

from flows.readers.blocks import CENTRED, NEAR, Block, touched_by
from flows.readers.columns import Column, edges
from flows.readers.frames import Frame
from flows.readers.headers import header_of, middles_of
from flows.readers.pieces import Strip
from flows.readers.ruled import Grid, GridCell


def grid_of(
    number: int,
    head: Sequence[Sequence[Strip]],
    body: Sequence[Sequence[Strip]],
    columns: Sequence[Column],
    xs: Sequence[float] | None,
    em: float,
    limit: float,
    frame: Frame | None = None,
) -> Grid | None:
    header_lines = [line for row in head for line in row]
    if xs is None:
        middles = middles_of(header_lines, columns, limit)
        xs = edges(columns, middles, frame.x0 if frame else None, frame.x1 if frame else None)
    header = header_of(header_lines, xs, em, limit)
    if header is None:
        return None
    cells, ys = header
    depth = len(ys)
    ends = [row[-1].baseline + 0.25 * em for row in body]
    starts = [row[0].baseline - 0.9 * em for row in body]
    if not ys:
        ys = [starts[0] - 1]
        depth = 0
    else:
        ys.append((header_lines[-1].baseline + 0.25 * em + starts[0]) / 2 if body else header_lines[-1].baseline + 0.4 * em)
    for end, start in zip(ends, starts[1:], strict=False):
        ys.append((end + start) / 2)
    if body:
        ys.append(ends[-1] + 1)
    for index, row in enumerate(body):
        cells += [GridCell(depth + index, depth + index + 1, b.left, b.right, b.chars) for b in _body_blocks(row, xs)]
    if any(a >= b for a, b in pairwise(ys)):
        return None
    return Grid(number, list(xs), ys, _with_blanks(cells, len(ys) - 1, len(xs) - 1), ruled=False)


def _with_blanks(cells: Sequence[GridCell], rows: int, columns: int) -> list[GridCell]:
    taken = {(r, c) for cell in cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)}
    blanks = [GridCell(r, r + 1, c, c + 1, ()) for r in range(rows) for c in range(columns) if (r, c) not in taken]
    return [*cells, *blanks]


def _body_blocks(row: Sequence[Strip], xs: Sequence[float]) -> list[Block]:
    blocks: list[Block] = []
    for line in row:
        for piece in line.pieces:
            touched = touched_by(piece, xs)
            left, right = touched[0], touched[-1] + 1
            same = [block for block in blocks if block.left < right and left < block.right]
            merged = Block([*(p for block in same for p in block.pieces), piece], left, right)
            for block in same:
                merged.left, merged.right = min(merged.left, block.left), max(merged.right, block.right)
                blocks.remove(block)
            blocks.append(merged)
    for block in blocks:
        _widen(block, [other for other in blocks if other is not block], xs)
    return blocks


def _widen(block: Block, others: Sequence[Block], xs: Sequence[float]) -> None:
    """A text that is not centred in its own columns, but in more of them that are else blank, is a cell over all of those."""
    a, b = xs[block.left], xs[block.right]
    room = block.x1 - block.x0
    set_right = b - block.x1 < NEAR and all(piece.is_figure for piece in block.pieces)
    if block.right - block.left == 1 and (block.x0 - a < NEAR or set_right or abs((a + b) / 2 - block.mid) <= CENTRED):
        return
    found = []
    for left in range(block.left + 1):
        for right in range(block.right, len(xs)):
            if right - left < 2 or any(other.left < right and left < other.right for other in others):
                continue
            if abs((xs[left] + xs[right]) / 2 - block.mid) <= CENTRED and xs[right] - xs[left] > room:
                found.append((right - left, left, right))
    if found:
        _, block.left, block.right = min(found)
