"""What styles.xml decides about the text: what is hidden, which paragraphs are numbered, which tabs print a leader of dots."""

from dataclasses import dataclass

from flows.readers.ooxml import Element
from flows.readers.word_names import W, is_on, value

_CHAIN = 12  # styles based on styles


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    name: str
    is_hidden: bool | None
    num_id: str | None
    level: str | None
    has_leader: bool | None


class Styles:
    """The styles of a document, by id. Without styles.xml nothing is hidden or numbered by style."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for style in root.iter(W + "style") if root is not None else ():
            key = style.get(W + "styleId") or ""
            self._styles[key] = _Style(
                value(style, "basedOn"),
                (value(style, "name") or "").lower(),
                is_on(style, "rPr vanish"),
                value(style, "pPr numPr numId"),
                value(style, "pPr numPr ilvl"),
                has_leader(style.find(W + "pPr")),
            )
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = key

    def _chain(self, key: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while key is not None and key in self._styles and len(chain) < _CHAIN:
            chain.append(self._styles[key])
            key = chain[-1].based_on
        return chain

    def of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return value(paragraph, "pPr pStyle") or self._default

    def hides(self, key: str | None) -> bool | None:
        """Does the style hide its text? None where it says nothing."""
        return next((style.is_hidden for style in self._chain(key) if style.is_hidden is not None), None)

    def numbering(self, key: str) -> tuple[str, str | None] | None:
        """List and level (where said) that the style gives its paragraphs, or None."""
        for style in self._chain(key):
            if style.num_id is not None:
                return style.num_id, style.level
        return None

    def lineage(self, key: str) -> list[str]:
        """The id of the style and of those it is based on."""
        ids: list[str] = []
        while key in self._styles and len(ids) < _CHAIN:
            ids.append(key)
            key = self._styles[key].based_on or ""
        return ids

    def leads(self, paragraph: Element) -> bool:
        """Do the paragraph's tabs print dots, as in a table of contents?"""
        own = has_leader(paragraph.find(W + "pPr"))
        if own is not None:
            return own
        chain = self._chain(self.of(paragraph))
        return any(style.has_leader for style in chain) or any(style.name.startswith("toc ") for style in chain)


def has_leader(properties: Element | None) -> bool | None:
    """Does any tab stop of these paragraph properties print a leader? None where they set no tab stops."""
    stops = properties.find(W + "tabs") if properties is not None else None
    if stops is None:
        return None
    return any(stop.get(W + "leader") in ("dot", "middleDot", "hyphen", "underscore", "heavy") for stop in stops)
