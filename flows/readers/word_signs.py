"""Signs set in symbol fonts: what Wingdings shows as a ticked box is some other character in the file."""

_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x78: "☒",
    0xA1: "○",
    0xA8: "□",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "□"}
_SYMBOL = {
    0xA3: "≤",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "·",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xB0: "°",
    0xD6: "√",
    0xD7: "·",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xF000, 0xF100)


def in_font(text: str, font: str | None) -> str:
    """Text as a symbol font shows it; the text itself in any other font. Signs that are not known stay as they are."""
    signs = _FONTS.get((font or "").lower())
    if signs is None:
        return text
    return "".join(signs.get(ord(char) - 0xF000 if ord(char) in _PRIVATE else ord(char), char) for char in text)


def sign(code: str | None, font: str | None) -> str:
    """The sign of a w:sym: hexadecimal code and font."""
    try:
        char = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return in_font(char, font) if char.isprintable() or ord(char) in _PRIVATE else ""
