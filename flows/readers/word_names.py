"""Names of WordprocessingML, and the two ways in which its markup says on and off."""

from flows.readers.ooxml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741


def value(element: Element | None, path: str = "", name: str = "val") -> str | None:
    """The attribute ``w:name`` of the element at ``path`` (children in W, parted by blanks) below ``element``; None where there is none."""
    for step in path.split():
        element = None if element is None else element.find(W + step)
    return None if element is None else element.get(W + name)


def is_on(element: Element | None, path: str) -> bool | None:
    """A switch such as w:vanish: on where it stands without a value; None where it does not stand at all."""
    for step in path.split():
        element = None if element is None else element.find(W + step)
    if element is None:
        return None
    return element.get(W + "val", "1") not in ("0", "false", "off")


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; ``default`` where it is none (some generators write 1.5 or nothing)."""
    try:
        return round(float(text)) if text is not None else default
    except (ValueError, OverflowError):
        return default


def chosen(alternate: Element) -> Element | None:
    """Of mc:AlternateContent the one branch that is shown: its first choice, else its fallback."""
    choice = alternate.find(MC + "Choice")
    return choice if choice is not None else alternate.find(MC + "Fallback")
