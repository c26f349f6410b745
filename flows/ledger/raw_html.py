"""Digits in a web page's characters, through the standard library's parser."""

import re
from html.parser import HTMLParser
from pathlib import Path

from flows.values.text import digits_of


class _PageDigits(HTMLParser):
    """Counts a web page's digits outside of programs, styles and other pages, the numbers that lists print, and its metas of title and day."""

    _UNSEEN = frozenset(["script", "style", "template", "iframe", "noembed", "noframes"])

    def __init__(self) -> None:
        from flows.readers.article import hints

        super().__init__(convert_charrefs=True)
        self.total = 0
        self._metas = {*hints()["title_metas"], *hints()["date_metas"]}
        self._unseen: list[str] = []
        self._lists: list[int | None] = []
        self._mark: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        from flows.readers.flow import is_decimal, whole

        attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag in self._UNSEEN:
            self._unseen.append(tag)
        elif self._unseen:
            return
        elif tag == "meta" and (attributes.get("name") or attributes.get("property") or "").lower() in self._metas:
            self.total += digits_of(attributes.get("content", ""))
        elif tag in ("ol", "ul"):
            decimal = tag == "ol" and is_decimal(attributes)
            self._lists.append(whole(attributes.get("start"), 1) if decimal else None)
        elif tag == "li" and self._lists and (next_number := self._lists[-1]) is not None:
            self._mark = whole(attributes.get("value"), next_number)
            self._lists[-1] = self._mark + 1

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            self._mark = None
        elif tag == "li":
            self._mark = None

    def handle_data(self, data: str) -> None:
        from flows.readers.flow import is_listed

        if self._unseen:
            return
        if self._mark is not None and data.strip():
            self.total += 0 if is_listed(data) else digits_of(str(self._mark))
            self._mark = None
        self.total += digits_of(data)


def digits_in_html(path: Path) -> int:
    """Digits of a web page's text, hidden or not, as the standard library's parser finds them."""
    from flows.readers.markup import decode_page

    counter = _PageDigits()
    # What begins like a declaration (<![if …]>) is none that the parser knows: browsers take it as a comment.
    counter.feed(re.sub(r"<!\[[^>]*(?<!--)>", "", decode_page(path.read_bytes())))
    counter.close()
    return counter.total
