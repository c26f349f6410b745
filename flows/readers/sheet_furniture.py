"""Headers and footers of a sheet's printed pages: ``&L&"宋体"&10公开01表&R第 &P 页`` → what they print."""

import re

_SIDE = re.compile(r"&[LCR]")
# Fonts, sizes, colours and switches print nothing; page number, date, file and sheet name are not in the file as text.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[^&])', re.DOTALL)


def printed_parts(text: str) -> list[str]:
    """The texts of a header's three parts, codes left out."""
    parts = (_CODE.sub("", part.replace("&&", "\0")).replace("\0", "&").strip() for part in _SIDE.split(text))
    return [part for part in parts if part]
