"""Multi-row headers → columns, each with its path of header labels.

Where a table's grid is known (``Table.exact``) header cells lie over their columns. In ragged tables only the order of cells is
known: an empty cell under a header cell means that the cell above goes on, cells with text under it part it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from flows.document import Cell
from flows.values.text import squash

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: header labels from top to bottom (no repeats), and the grid columns [left, right) it covers."""

    path: tuple[str, ...]
    left: int
    right: int

    @property
    def label(self) -> str:
        """The lowest header label."""
        return self.path[-1] if self.path else ""

    @property
    def name(self) -> str:
        """Header labels joined with ``/``, blanks inside them removed."""
        return "/".join(self.path)


def _path(labels: Sequence[str]) -> tuple[str, ...]:
    path: list[str] = []
    for label in labels:
        folded = "".join(label.split()).replace("\u3000", "")
        if folded and (not path or path[-1] != folded):
            path.append(folded)
    return tuple(path)


def exact_columns(header: Sequence[Row], body: Sequence[Row]) -> list[Column]:
    """Columns of a table with a known grid; the body's own cells say how fine the columns are."""
    edges: set[int] = set()
    for row in header:
        for cell in row:
            edges.update((cell.col, cell.col + cell.colspan))
    for row in body:
        if len(row) >= max((len(r) for r in body), default=0):
            for cell in row:
                edges.update((cell.col, cell.col + cell.colspan))
    ordered = sorted(edges)
    columns = []
    for left, right in pairwise(ordered):
        labels = [cell.text for row in header for cell in row if cell.col <= left and right <= cell.col + cell.colspan and not cell.covered]
        columns.append(Column(_path(labels), left, right))
    return columns


def ragged_columns(header: Sequence[Row], is_stub: Callable[[str], bool], width: int = 0) -> list[Column]:
    """Columns of a table whose rows are only cells in order. ``is_stub``: this label heads names or codes, not values.

    ``width``: how many cells most rows below have, 0 where that is not known.
    """
    paths: list[tuple[str, ...]] = [(cell.text,) for cell in header[0]] if header else []
    for row in header[1:]:
        texts = [cell.text for cell in row]
        if not any(squash(text) for text in texts):
            continue
        parent = _only_parent(paths, texts, is_stub) if len(paths) - 1 + len(texts) == width > len(texts) else None
        if parent is None:
            paths = _under(paths, texts, is_stub)
        else:
            paths[parent : parent + 1] = [(*paths[parent], text) for text in texts]
    return [Column(_path(path), i, i + 1) for i, path in enumerate(paths)]


def _only_parent(parents: list[tuple[str, ...]], children: list[str], is_stub: Callable[[str], bool]) -> int | None:
    """Where merged cells left nothing behind, the one label that a row of finer ones parts: the one with most of their words; None in doubt."""
    if not all(squash(child) for child in children):
        return None
    labels = [squash(parent[-1]) for parent in parents]
    if all(is_stub(child) for child in children):
        found = [index for index, label in enumerate(labels) if is_stub(label)]
        return found[0] if len(found) == 1 else None
    pairs = {child[i : i + 2] for child in map(squash, children) for i in range(len(child) - 1)}
    shared = [sum(pair in label for pair in pairs) for label in labels]
    best = max(shared)
    return shared.index(best) if best and shared.count(best) == 1 else None


def _under(parents: list[tuple[str, ...]], row: list[str], is_stub: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Header paths after one more header row."""
    if len(row) == len(parents):
        parents = list(parents)
        for i in range(1, len(row)):  # an upper cell left empty over a filled one goes on from the left
            if not squash(parents[i][-1]) and squash(row[i]):
                parents[i] = next((parents[j] for j in range(i - 1, -1, -1) if squash(parents[j][-1])), parents[i])
        return [(*parent, text) for parent, text in zip(parents, row, strict=True)]
    runs = _runs(row)
    blanks = sum(1 for _, filled in runs if not filled)
    filled_runs = [run for run, filled in runs if filled]
    to_share = len(parents) - blanks
    if to_share < len(filled_runs) or len(row) < len(parents):
        return parents  # the row is not a finer header of the one above
    shares = _shares(to_share, [len(run) for run in filled_runs])
    paths: list[tuple[str, ...]] = []
    next_parent = 0
    for run, filled in runs:
        if not filled:
            paths.append(parents[next_parent] + (run[0],))
            next_parent += 1
            continue
        count = shares.pop(0)
        group = parents[next_parent : next_parent + count]
        next_parent += count
        for parent, children in zip(group, _divide(run, [p[-1] for p in group], is_stub), strict=True):
            paths += [(*parent, child) for child in children]
    return paths


def _runs(row: list[str]) -> list[tuple[list[str], bool]]:
    """Blank cells one by one; neighbours with text together."""
    runs: list[tuple[list[str], bool]] = []
    for text in row:
        filled = bool(squash(text))
        if filled and runs and runs[-1][1]:
            runs[-1][0].append(text)
        else:
            runs.append(([text], filled))
    return runs


def _shares(total: int, lengths: list[int]) -> list[int]:
    """How many parents each run of children has: one each, the rest to the longest run."""
    shares = [1] * len(lengths)
    for _ in range(total - len(lengths)):
        longest = max(range(len(lengths)), key=lambda i: lengths[i] / shares[i])
        shares[longest] += 1
    return shares


def _divide(children: list[str], parents: list[str], is_stub: Callable[[str], bool]) -> list[list[str]]:
    """Cuts a run of child labels into one piece per parent: the cut that reads best.

    Pieces begin alike (项目 行次 金额 | 项目 行次 …), a stub parent (项目) heads stub children only, pieces are of like length; what cannot
    be told apart goes to the last parent.
    """
    if len(parents) == 1:
        return [children]
    best: tuple[float, list[list[str]]] | None = None
    for cuts in combinations(range(1, len(children)), len(parents) - 1):
        pieces = [children[a:b] for a, b in zip((0, *cuts), (*cuts, len(children)), strict=True)]
        score = 0.0
        for parent, piece in zip(parents, pieces, strict=True):
            if is_stub(parent):
                score += 3 if all(is_stub(child) for child in piece) else -3
            else:
                score += 2 if piece[0] == children[0] else 0
                score -= 3 if all(is_stub(child) for child in piece) else 0
                score -= 1 if is_stub(children[0]) != is_stub(piece[0]) and not is_stub(parents[0]) else 0
        lengths = [len(piece) for piece in pieces]
        score -= 0.1 * (max(lengths) - min(lengths)) + 0.01 * sum(lengths[:-1])
        if best is None or score > best[0]:
            best = (score, pieces)
    assert best is not None
    return best[1]
