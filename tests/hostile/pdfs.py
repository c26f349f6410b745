"""PDFs that loop, lie, explode or break off."""

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from tests.hostile.case import DIED, NO_REPORT, case

_NOTHING_IN_IT = "没有文字层|没有页面|已损坏|没有文字"
_ANY = f"页数|密码|{_NOTHING_IN_IT}|{NO_REPORT}|{DIED}|扫描"
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_RESOURCES = b"/Resources<</Font<</F1 5 0 R>>>>"
_HELLO = b"BT /F1 12 Tf 72 700 Td (budget 2023) Tj ET"


def stream(data: bytes, more: bytes = b"", length: int | None = None) -> bytes:
    """A stream object's body."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data) if length is None else length, more, data)


def packed(data: bytes, more: bytes = b"") -> bytes:
    """A deflated stream object's body."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + more)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of the objects 1, 2, …; the first is the catalog."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))


def page(more: bytes = b"", box: bytes = b"[0 0 595 842]") -> bytes:
    """A page object whose contents are object 4, its font object 5."""
    return b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R%s%s>>" % (box, more if b"/Resources" in more else _RESOURCES, more)


def one_page(content: bytes, more: bytes = b"", box: bytes = b"[0 0 595 842]", others: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page; ``others`` are objects 6, 7, …"""
    return pdf([_CATALOG, _PAGES, page(more, box), content, _FONT, *others])


@case(_ANY)
def pdf_page_tree_is_its_own_child(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(pdf([_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"]))


@case(_ANY)
def pdf_page_trees_in_a_ring(folder: Path) -> None:
    ring = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 1000000>>" % (n, 2 + (n - 1) % 9) for n in range(3, 12)]
    (folder / "a.pdf").write_bytes(pdf([_CATALOG, *ring]))


@case("页数 10000 页超过限额|页数")
def pdf_of_ten_thousand_pages(folder: Path) -> None:
    kids = b" ".join([b"3 0 R"] * 10_000)
    (folder / "a.pdf").write_bytes(pdf([_CATALOG, b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids, page(), stream(_HELLO), _FONT]))


@case(f"页数|{_ANY}")
def pdf_says_a_billion_pages(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", page(), stream(_HELLO), _FONT]))
    (folder / "b.pdf").write_bytes(pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count -7>>", page(), stream(_HELLO), _FONT]))


@case(_ANY)
def pdf_object_stream_in_itself(folder: Path) -> None:
    inside = stream(b"4 0 6 9 " + b"<</A 1>> 7", b"/Type/ObjStm/N 2/First 8/Extends 4 0 R")
    (folder / "a.pdf").write_bytes(pdf([_CATALOG, _PAGES, page(), inside, _FONT]))


@case(_ANY)
def pdf_length_refers_to_itself(folder: Path) -> None:
    body = b"<</Length 4 0 R>>\nstream\n%s\nendstream" % _HELLO
    (folder / "a.pdf").write_bytes(pdf([_CATALOG, _PAGES, page(), body, _FONT]))
    (folder / "b.pdf").write_bytes(pdf([_CATALOG, _PAGES, page(), stream(_HELLO, length=2**40), _FONT]))
    (folder / "c.pdf").write_bytes(pdf([_CATALOG, _PAGES, page(), stream(_HELLO, length=-5), _FONT]))


@case(_ANY)
def pdf_form_draws_itself(folder: Path) -> None:
    resources = b"/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>"
    form = stream(b"/X Do /X Do " + _HELLO, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources)
    (folder / "a.pdf").write_bytes(one_page(stream(b"/X Do"), resources, others=[form]))


@case(_ANY)
def pdf_forms_that_multiply(folder: Path) -> None:
    """Ten forms each draw the next one ten times: 10^10 lines of text."""
    forms = []
    for number in range(6, 17):
        resources = b"/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>" % (number + 1)
        drawn = _HELLO if number == 16 else b"/X Do " * 10
        forms.append(stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources))
    (folder / "a.pdf").write_bytes(one_page(stream(b"/X Do"), b"/Resources<</XObject<</X 6 0 R>>>>", others=forms))


@case(_ANY)
def pdf_acts_when_opened(folder: Path) -> None:
    for name, action in {
        "script": b"<</S/JavaScript/JS(while\\(true\\){app.alert\\(1\\)})>>",
        "launch": b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>",
        "address": b"<</S/URI/URI(http://127.0.0.1:9/)>>",
        "form": b"<</S/SubmitForm/F(http://127.0.0.1:9/)>>",
    }.items():
        catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction %s/AA<</WC %s>>>>" % (action, action)
        (folder / f"{name}.pdf").write_bytes(pdf([catalog, _PAGES, page(), stream(_HELLO), _FONT]))


@case(_ANY)
def pdf_broken_xref(folder: Path) -> None:
    whole = one_page(stream(_HELLO))
    at = whole.rindex(b"startxref")
    (folder / "a.pdf").write_bytes(whole[:at] + b"startxref\n999999999999\n%%EOF")
    (folder / "b.pdf").write_bytes(whole.replace(b"00000 n", b"99999 f"))
    (folder / "c.pdf").write_bytes(whole.replace(b"xref\n0 6", b"xref\n0 4294967295"))
    (folder / "d.pdf").write_bytes(pdf([_CATALOG, _PAGES, page(), stream(_HELLO), _FONT], b"/Prev %d" % whole.rindex(b"xref\n0")))


@case(_ANY)
def pdf_broken_off(folder: Path) -> None:
    whole = one_page(stream(_HELLO * 50))
    for part in range(1, 10):
        (folder / f"{part}.pdf").write_bytes(whole[: len(whole) * part // 10])
    (folder / "head.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    (folder / "late.pdf").write_bytes(b"\n" * 900 + b"%PDF-")


@case(_ANY)
def pdf_huge_page(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(one_page(stream(_HELLO), box=b"[0 0 1e30 1e30]"))
    (folder / "b.pdf").write_bytes(one_page(stream(_HELLO), box=b"[-99999999999999 -9 99999999999999 842]"))


@case(_ANY)
def pdf_boxes_that_are_none(folder: Path) -> None:
    boxes = [b"[595 842 0 0]", b"[nan nan nan nan]", b"[0 0 0 0]", b"[0 0]", b"7 0 R", b"[/A (b) <</C 1>> null]"]
    for number, box in enumerate(boxes):
        (folder / f"{number}.pdf").write_bytes(one_page(stream(_HELLO), box=box))
    (folder / "turned.pdf").write_bytes(one_page(stream(_HELLO), b"/Rotate 45"))
    (folder / "unit.pdf").write_bytes(one_page(stream(_HELLO), b"/UserUnit -1000000"))


@case({"": _ANY, "user.pdf": "密码"})
def pdf_encrypted(folder: Path) -> None:
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    for name, user in {"user": "geheim", "owner": ""}.items():
        data = io.BytesIO()
        sheet = canvas.Canvas(data, encrypt=pdfencrypt.StandardEncryption(user, ownerPassword="owner", strength=128))
        sheet.drawString(72, 700, "budget")
        sheet.save()
        (folder / f"{name}.pdf").write_bytes(data.getvalue())
    (folder / "nonsense.pdf").write_bytes(
        pdf([_CATALOG, _PAGES, page(), stream(_HELLO), _FONT], b"/Encrypt<</Filter/Standard/V 99/R 99/O(x)/U(x)/P -1>>")
    )


@case(_ANY)
def pdf_deflate_bomb(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(one_page(packed(b" " * 300_000_000)))
    twice = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    (folder / "b.pdf").write_bytes(one_page(stream(twice, b"/Filter[/FlateDecode/FlateDecode]")))


@case(_ANY)
def pdf_text_bomb(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(one_page(packed(b"BT /F1 12 Tf 72 700 Td " + b"(1234567890) Tj " * 8_000 + b"ET")))


@case(_ANY)
def pdf_deep_objects(folder: Path) -> None:
    deep = 100_000
    (folder / "a.pdf").write_bytes(one_page(stream(_HELLO), b"/X" + b"[" * deep + b"]" * deep))
    (folder / "b.pdf").write_bytes(one_page(stream(_HELLO), b"/X" + b"<</A " * deep + b"1" + b">>" * deep))
    (folder / "c.pdf").write_bytes(one_page(packed(b"q " * 1_000_000 + _HELLO)))
    (folder / "d.pdf").write_bytes(one_page(packed(b"[" * 1_000_000 + _HELLO)))


@case(_ANY)
def pdf_mad_fonts(folder: Path) -> None:
    matrices = [b"0 0 0 0 0 0", b"1e30 0 0 1e30 0 0", b"1 0 0 -1 1e15 -1e15", b"0 1e-30 1e30 0 0 0"]
    for number, matrix in enumerate(matrices):
        text = b"BT /F1 12 Tf %s Tm (budget 2023) Tj ET" % matrix
        (folder / f"{number}.pdf").write_bytes(one_page(stream(text)))
    (folder / "size.pdf").write_bytes(one_page(stream(b"BT /F1 1e20 Tf 72 700 Td (2023) Tj /F1 -5 Tf (2024) Tj /F1 0 Tf (7) Tj ET")))
    type3 = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0 0 0 0 0 0]/CharProcs<</a 7 0 R>>"
        b"/Encoding<</Differences[0/a]>>/FirstChar 0/LastChar 255/Widths[]/Resources<</Font<</F1 6 0 R>>>>>>"
    )
    itself = stream(b"BT /F1 1 Tf (\0) Tj ET")
    content = stream(b"BT /F1 12 Tf 72 700 Td (\0\0) Tj ET")
    (folder / "type3.pdf").write_bytes(one_page(content, b"/Resources<</Font<</F1 6 0 R>>>>", others=[type3, itself]))


@case(_ANY)
def pdf_of_lines(folder: Path) -> None:
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 595, n % 842, (n * 7) % 595, n % 842) for n in range(50_000))
    squares = b"".join(b"%d %d 3 3 re S\n" % (n % 300 * 2, n // 300 * 5) for n in range(20_000))
    (folder / "lines.pdf").write_bytes(one_page(packed(lines + _HELLO)))
    (folder / "grid.pdf").write_bytes(one_page(packed(squares + _HELLO)))


@case(_ANY)
def pdf_picture_bomb(folder: Path) -> None:
    picture = packed(b"\0" * 10_000_000, b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8")
    resources = b"/Resources<</XObject<</X 6 0 R>>>>"
    (folder / "a.pdf").write_bytes(one_page(stream(b"600 0 0 800 0 0 cm /X Do"), resources, others=[picture]))
    (folder / "inline.pdf").write_bytes(one_page(stream(b"BI /W 99999999 /H 99999999 /BPC 8 /CS /RGB ID " + b"\0" * 100)))
