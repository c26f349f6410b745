"""Where the article of a web page stands, told by structure: where the page's own text and tables are dense and its links few."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate

from flows.readers.markup import Node

# The article is the innermost element with nearly all of what is no frame.
_SHARE = 0.8
_SHARE_HINTED = 0.55
_LINK_COSTS = 2.0
# What an article may be cut out of; a paragraph or list is no holder even where it is long.
_HOLDERS = frozenset(
    ["body", "div", "td", "th", "tr", "tbody", "table", "section", "article", "main", "form", "center", "font", "dd", "dl"]
)
_BESIDE_LEAST, _BESIDE_LINKED = 60, 0.2
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@cache
def hints() -> dict[str, list[str]]:
    """The words of web_words.toml."""
    return tomllib.loads(files("flows.readers").joinpath("web_words.toml").read_text(encoding="utf8"))


@cache
def _frame_line() -> re.Pattern[str]:
    return re.compile("|".join(hints()["frame_lines"]), re.IGNORECASE)


def is_frame_line(text: str) -> bool:
    """A short line that sites print beside every article (当前位置, 上一篇, ICP备)."""
    return len(text) <= 160 and _frame_line().search(text) is not None


def is_frame_heading(text: str) -> bool:
    """A line under which a site lists its other articles (相关链接)."""
    return any(re.search(heading, text) for heading in hints()["frame_headings"])


def framed(nodes: Sequence[Node]) -> list[bool]:
    """Of every node: does it stand in the page's frame - navigation, footer, share buttons - by meaning or by its class or id?"""
    tags, words = frozenset(hints()["frame_tags"]), frozenset(hints()["frame"])
    inside: list[bool] = []
    for node in nodes:
        own = node.tag in tags or (
            node.tag in ("div", "ul", "ol", "section", "table", "td", "tr", "span", "p", "form", "dl")
            and not is_hinted(node)
            and _named(node, words)
        )
        inside.append(own or (node.parent >= 0 and inside[node.parent]))
    return inside


def _named(node: Node, words: frozenset[str]) -> bool:
    name = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return bool(name.strip()) and not words.isdisjoint(word.lower() for word in _WORDS.findall(name))


def is_hinted(node: Node) -> bool:
    """Does its class or id usually name an article's holder?"""
    name = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}".lower()
    return node.tag == "article" or any(word in name for word in hints()["article"])


def find_article(nodes: Sequence[Node], pieces: Sequence[tuple[int, int, int]], frame: Sequence[bool]) -> int:
    """The node that holds the article. ``pieces``: first node, characters, characters in links of each line or table, in order."""
    starts = [start for start, _, _ in pieces]
    masses = [0.0 if frame[start] else max(0.0, size - _LINK_COSTS * linked) for start, size, linked in pieces]
    total = [0.0, *accumulate(masses)]

    def mass(index: int) -> float:
        return total[bisect_left(starts, nodes[index].end)] - total[bisect_left(starts, index)]

    current = next((index for index, node in enumerate(nodes) if node.tag == "body"), 0)
    piece_nodes = set(starts)
    while True:
        child, heaviest, at = current + 1, 0.0, None
        while child < nodes[current].end:
            if _may_hold(nodes[child].tag) and mass(child) > heaviest:
                heaviest, at = mass(child), child
            child = nodes[child].end
        if at is None or at in piece_nodes:
            return current
        share = _SHARE_HINTED if is_hinted(nodes[at]) else _SHARE
        if heaviest < share * mass(current):
            return current
        current = at


def _may_hold(tag: str) -> bool:
    return tag in _HOLDERS or (tag not in ("#text", "p", "span", "ul", "ol", "li", "a") and ("-" in tag or tag.startswith("ucap")))


def beside(
    nodes: Sequence[Node], pieces: Sequence[tuple[int, int, int]], frame: Sequence[bool], article: int, lines: Sequence[str]
) -> set[int]:
    """Numbers of pieces outside of the article that are part of it all the same: what stands in branches of much text and few links.

    A page may hold its tables in one element and its prose in another. ``lines``: the pieces' texts.
    """
    above = set()
    at = article
    while at >= 0:
        above.add(at)
        at = nodes[at].parent
    branches: dict[int, list[int]] = {}
    for number, (start, _, _) in enumerate(pieces):
        if nodes[article].hidden or nodes[start].hidden or article <= start < nodes[article].end:
            continue
        branch = start
        while nodes[branch].parent not in above and nodes[branch].parent >= 0:
            branch = nodes[branch].parent
        branches.setdefault(branch, []).append(number)
    found: set[int] = set()
    for numbers in branches.values():
        size, linked = (sum(pieces[number][part] for number in numbers) for part in (1, 2))
        longest = max(pieces[number][1] for number in numbers)
        is_frame = any(frame[pieces[number][0]] or is_frame_line(lines[number]) for number in numbers)
        if not is_frame and longest >= _BESIDE_LEAST and linked <= _BESIDE_LINKED * size:
            found.update(numbers)
    return found
