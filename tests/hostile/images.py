"""Pictures that unpack to more than a machine holds, or break off."""

import struct
import zlib
from pathlib import Path

from tests.hostile.case import DIED, NO_REPORT, UNSUPPORTED, case

_REFUSED = f"{UNSUPPORTED}|{NO_REPORT}|{DIED}|损坏|没有|超过|过大|太|无法|不完整|二进制|编码"


def png(width: int, height: int, data: bytes, bits: int = 8, colour: int = 0) -> bytes:
    """A PNG that says it is so large, whatever its data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    header = struct.pack(">LLBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


@case(_REFUSED)
def picture_bombs(folder: Path) -> None:
    (folder / "a.png").write_bytes(png(60_000, 60_000, b"\0" * 50_000_000))
    (folder / "b.png").write_bytes(png(2**31 - 1, 2**31 - 1, b"\0" * 100))
    (folder / "thin.png").write_bytes(png(1, 1_000_000, b"\0\0" * 1_000_000))
    (folder / "zero.png").write_bytes(png(0, 0, b""))
    comment = struct.pack(">L", 0) + b"zTXt" + b""
    (folder / "text.png").write_bytes(png(9, 9, b"\0" * 90)[:-12] + comment + struct.pack(">L", zlib.crc32(b"zTXt")))


@case(_REFUSED)
def pictures_broken_off(folder: Path) -> None:
    whole = png(300, 300, b"\0" + b"\xff" * 300)
    (folder / "half.png").write_bytes(whole[: len(whole) // 2])
    (folder / "head.png").write_bytes(whole[:20])
    (folder / "head.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 40)
    (folder / "size.jpg").write_bytes(b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00\xff\xda" + b"\0" * 500)
    (folder / "ring.tif").write_bytes(b"II*\0\x08\0\0\0" + struct.pack("<HHHLLL", 1, 256, 4, 1, 2**31, 8))
    (folder / "bitmap.bmp").write_bytes(
        b"BM" + struct.pack("<LLL", 99, 0, 54) + struct.pack("<LllHHLLllLL", 40, 2**31 - 1, -1, 1, 24, 0, 0, 0, 0, 0, 0)
    )
