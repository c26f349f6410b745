"""The words above the columns of a table → header cells with their spans."""

from collections.abc import Sequence
from itertools import pairwise

from flows.readers.blocks import ALIGNED, CENTRED, Block, touched_by
from flows.readers.columns import Column, overlaps
from flows.readers.pieces import Piece, Strip
from flows.readers.ruled import GridCell


def middles_of(lines: Sequence[Strip], columns: Sequence[Column], limit: float) -> list[float | None]:
    """Of each column: the middle of the lowest header cell over it alone."""
    rough = [columns[0].x0 - 3, *((a.x1 + b.x0) / 2 for a, b in pairwise(columns)), columns[-1].x1 + 3]
    blocks = _header_blocks(lines, rough, limit)
    middles: list[float | None] = []
    for index in range(len(columns)):
        own = [block for block in blocks if block.left == index and block.right == index + 1]
        lowest = max(own, key=lambda block: block.bottom, default=None)
        spread = max(abs(piece.mid - lowest.mid) for piece in lowest.pieces) if lowest else 0.0
        middles.append(lowest.mid if lowest and spread <= ALIGNED else None)
    return middles


def header_of(lines: Sequence[Strip], xs: Sequence[float], em: float, limit: float) -> tuple[list[GridCell], list[float]] | None:
    """Header cells with their spans, and where the header's rows begin; None where words beside each other are not to be told apart."""
    if not lines:
        return [], []
    blocks = _header_blocks(lines, xs, limit)
    width = len(xs) - 1
    leaves: list[Block | None] = []
    for index in range(width):
        own = [block for block in blocks if block.left == index and block.right == index + 1]
        leaves.append(max(own, key=lambda block: block.bottom, default=None))
    leaf_ids = {id(leaf) for leaf in leaves if leaf}
    upper = [block for block in blocks if id(block) not in leaf_ids]
    for block in sorted(upper, key=lambda b: -b.height):
        _spread(block, [b for b in upper if b is not block], leaves, xs, em)
    stacks: list[list[Block]] = []
    for index in range(width):
        over = sorted((b for b in upper if b.left <= index < b.right), key=lambda b: b.height)
        leaf = leaves[index]
        stacks.append([*over, leaf] if leaf and leaf not in over else over)
    depth = max(len(stack) for stack in stacks)
    cells = []
    ends: dict[int, list[float]] = {}
    begins: dict[int, list[float]] = {}
    for block in blocks:
        mine = [stack for stack in stacks if block in stack]
        if not mine:
            continue
        level = max(stack.index(block) for stack in mine)
        end = min((stack.index(block) + 1 if stack[-1] is not block else depth) for stack in mine)
        if end <= level:
            return _flat_header(blocks, lines, em)
        cells.append(GridCell(level, end, block.left, block.right, block.chars))
        ends.setdefault(end, []).append(block.bottom + 0.25 * em)
        begins.setdefault(level, []).append(block.top - 0.9 * em)
    if _collide(cells):
        return _flat_header(blocks, lines, em)
    ys = [lines[0].baseline - 0.9 * em - 1]
    last = lines[-1].baseline + 0.25 * em
    for level in range(1, depth):
        upper_end = max(ends.get(level, [ys[-1]]))
        lower_begin = min(begins.get(level, [last]))
        ys.append(max((upper_end + lower_begin) / 2, ys[-1] + 1.0))
    return cells, ys


def _header_blocks(lines: Sequence[Strip], xs: Sequence[float], limit: float) -> list[Block]:
    """The cells of a header: lines close to each other with one middle or one left edge."""
    blocks: list[Block] = []
    for line in lines:
        for piece in line.pieces:
            home = next(
                (
                    block
                    for block in blocks
                    if 0 < piece.baseline - block.bottom <= limit
                    and overlaps(piece, block.x0 - 1, block.x1 + 1)
                    and (abs(block.pieces[-1].mid - piece.mid) <= ALIGNED or abs(block.pieces[-1].x0 - piece.x0) <= ALIGNED)
                ),
                None,
            )
            if home:
                home.pieces.append(piece)
            else:
                blocks.append(Block([piece], 0, 0))
    for block in blocks:
        touched = sorted({index for piece in block.pieces for index in touched_by(piece, xs)})
        block.left, block.right = touched[0], touched[-1] + 1
    return blocks


def _collide(cells: Sequence[GridCell]) -> bool:
    seen = [(r, c) for cell in cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)]
    return len(seen) != len(set(seen))


def _flat_header(blocks: Sequence[Block], lines: Sequence[Strip], em: float) -> tuple[list[GridCell], list[float]] | None:
    """A header whose levels cannot be told: every column's words together in one row, as far as they stand over it; None where such words stand beside each other."""
    owners: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.top, b.left)):
        same = [o for o in owners if o.left < block.right and block.left < o.right]
        merged = Block([*(p for o in same for p in o.pieces), *block.pieces], block.left, block.right)
        for other in same:
            merged.left, merged.right = min(merged.left, other.left), max(merged.right, other.right)
            owners.remove(other)
        owners.append(merged)
    if any(_stand_beside(owner.pieces, em) for owner in owners):
        return None
    return [GridCell(0, 1, o.left, o.right, o.chars) for o in owners], [lines[0].baseline - 0.9 * em - 1]


def _stand_beside(pieces: Sequence[Piece], em: float) -> bool:
    """Are there words of two cells among them, on one line?"""
    return any(abs(a.baseline - b.baseline) < 0.5 * em for index, a in enumerate(pieces) for b in pieces[:index])


def _spread(block: Block, others: Sequence[Block], leaves: Sequence[Block | None], xs: Sequence[float], em: float) -> None:
    """Sets the columns of a header cell that stands over others: those whose middle is its own, with cells below in each."""
    found = []
    for left in range(block.left + 1):
        for right in range(max(block.right, left + 2), len(xs)):
            if abs((xs[left] + xs[right]) / 2 - block.mid) > CENTRED:
                continue
            below = [leaf for leaf in leaves[left:right] if leaf]
            if not below:
                continue
            lowest = max(leaf.height for leaf in below)
            if any(leaf.height < block.height + max(0.5 * em, 0.75 * (lowest - block.height)) for leaf in below):
                continue
            beside = [o for o in others if abs(o.height - block.height) < 0.5 * em]
            if any(o.left < right and left < o.right for o in beside):
                continue
            found.append((right - left, left, right))
    if found:
        _, block.left, block.right = max(found)
