"""Broken files made of good ones, the same ones for the same seed; and what became of each when it was read."""

import hashlib
import io
import random
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.collect.landing import Source
from flows.reading import read_reports
from flows.settings import Settings
from flows.staging import Outcome

_EXTREMES = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"2147483648",
    b"-2147483648",
    b"99999999999999999999",
    b"1e308",
    b"nan",
    b"",
)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_OBJECT = re.compile(rb"\b\d+ 0 obj\b.*?\bendobj\b", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{1,300}>")
_ATTRIBUTE = re.compile(rb'="([^"]{0,80})"')
_MANY = 4000  # matches looked at


@dataclass(frozen=True)
class Seed:
    """A good file: where it comes from, and its bytes."""

    name: str
    data: bytes


Mutation = Callable[[bytes, random.Random, bytes], bytes]


def _span(data: bytes, rng: random.Random, most: int = 2000) -> slice:
    begin = rng.randrange(len(data) + 1)
    return slice(begin, min(len(data), begin + rng.randint(1, most)))


def flip(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """Some bytes become others."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data) + 1)]


def leave_out(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A piece is missing."""
    gap = _span(data, rng)
    return data[: gap.start] + data[gap.stop :]


def repeat(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A piece stands there several times."""
    piece = _span(data, rng)
    return data[: piece.stop] + data[piece] * rng.choice((1, 2, 50)) + data[piece.stop :]


def splice(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A piece of another file stands in the place of one."""
    piece, gap = _span(other, rng), _span(data, rng)
    return data[: gap.start] + other[piece] + data[gap.stop :]


def _numbers(data: bytes, rng: random.Random, pattern: re.Pattern[bytes] = _NUMBER) -> bytes:
    found = [match.span() for _, match in zip(range(_MANY), pattern.finditer(data), strict=False)]
    for begin, end in sorted(rng.sample(found, min(len(found), rng.choice((1, 2, 5)))), reverse=True):
        data = data[:begin] + rng.choice(_EXTREMES) + data[end:]
    return data


def _markup(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """XML with a tag lost, repeated or moved, an attribute gone mad, or bytes flipped."""
    tags = [match.span() for _, match in zip(range(_MANY), _TAG.finditer(data), strict=False)]
    action = rng.randrange(6)
    if not tags or action == 0:
        return flip(data, rng, other)
    (a, b), (c, d) = rng.choice(tags), rng.choice(tags)
    if action == 1:
        return data[:a] + data[b:]
    if action == 2:
        return data[:b] + data[a:b] * rng.choice((1, 30)) + data[b:]
    if action == 3:
        return data[:a] + data[c:d] + data[b:]
    if action == 4:
        attributes = [match.span(1) for _, match in zip(range(_MANY), _ATTRIBUTE.finditer(data), strict=False)]
        if attributes:
            begin, end = rng.choice(attributes)
            return data[:begin] + rng.choice(_EXTREMES) + data[end:]
    return _numbers(data, rng)


def member(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A zip file (docx, xlsx, ofd) packed anew with a member changed, lost or exchanged for another."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            members = [(info.filename, opened.read(info)) for info in opened.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        members = []  # an earlier mutation broke the archive itself
    if not members:
        return flip(data, rng, other)
    at, to = rng.randrange(len(members)), rng.randrange(len(members))
    weights = [len(content) for _, content in members]
    if sum(weights) and rng.random() < 0.8:
        at = rng.choices(range(len(members)), weights)[0]
    name, content = members[at]
    action = rng.randrange(8)
    if action == 0:
        del members[at]
    elif action == 1:
        members[at] = (name, members[to][1])
    elif action == 2:
        members.append((name, content))
    else:
        for _ in range(rng.choice((1, 1, 3))):
            content = _markup(content, rng, other)
        members[at] = (name, content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for member_name, member_content in members:
            entry = zipfile.ZipInfo(member_name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            if member_name not in packed.NameToInfo:
                packed.writestr(entry, member_content)
    return out.getvalue()


def objects(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A PDF with a number, a reference, an object or the inside of a stream changed."""
    action = rng.randrange(4)
    if action == 0:
        return _numbers(data, rng)
    if action == 1 and len(found := [match.span() for match in _REFERENCE.finditer(data)]) > 1:
        (a, b), (c, d) = rng.choice(found), rng.choice(found)
        return data[:a] + data[c:d] + data[b:]
    if action == 2 and (bodies := [match.span() for match in _OBJECT.finditer(data)]):
        a, b = rng.choice(bodies)
        return data[:a] + data[b:]
    streams = [match.span(1) for match in _STREAM.finditer(data)]
    if not streams:
        return flip(data, rng, other)
    a, b = rng.choice(streams)
    unpacked = zlib.decompressobj()
    try:
        content = unpacked.decompress(data[a:b], 5_000_000)
    except zlib.error:
        return data[:a] + flip(data[a:b], rng, other) + data[b:]
    changed = zlib.compress(rng.choice((flip, repeat, leave_out, lambda d, r, _: _numbers(d, r)))(content, rng, other))
    return data[:a] + changed + data[b:]


def lines(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """A text with lines moved, lost, repeated, joined, or its tabs and figures gone mad."""
    rows = data.split(b"\n")
    a, b = sorted((rng.randrange(len(rows)), rng.randrange(len(rows))))
    action = rng.randrange(6)
    if action == 0:
        piece = rows[a:b]
        rng.shuffle(piece)
        rows[a:b] = piece
    elif action == 1:
        del rows[a:b]
    elif action == 2:
        rows[b:b] = rows[a : a + 20] * rng.choice((1, 5))
    elif action == 3:
        rows[a] = rows[a].replace(b"\t", b"\t" * rng.choice((0, 2, 500)))
    elif action == 4:
        rows[a : a + 2] = [b"".join(rows[a : a + 2])]
    else:
        return _numbers(data, rng)
    return b"\n".join(rows)


_ANY: tuple[Mutation, ...] = (flip, cut, leave_out, repeat, splice)
_OF: dict[str, tuple[Mutation, ...]] = {
    "docx": (member, member, member, *_ANY),
    "xlsx": (member, member, member, *_ANY),
    "ofd": (member, member, member, *_ANY),
    "pdf": (objects, objects, objects, *_ANY),
    "txt": (lines, lines, lines, *_ANY),
    "md": (lines, lines, *_ANY),
    "html": (_markup, _markup, _markup, *_ANY),
}


@dataclass(frozen=True)
class Broken:
    """The ``number``-th broken file: which mutations made it of which good one."""

    number: int
    name: str
    how: str
    data: bytes


def broken(seeds: Sequence[Seed], number: int, seed: int) -> Broken:
    """The ``number``-th broken file of a series, whatever came before it."""
    rng = random.Random(f"{seed} {number}")
    good, other = rng.choice(seeds), rng.choice(seeds)
    ending = good.name.rpartition(".")[2]
    data, how = good.data, []
    for _ in range(rng.choice((1, 1, 2, 3))):
        mutation = rng.choice(_OF.get(ending, _ANY))
        data = mutation(data, rng, other.data)
        how.append(mutation.__name__.strip("_"))
    return Broken(number, good.name, "+".join(how), data)


def read_broken(files: Sequence[Broken], where: Settings) -> Iterator[tuple[Broken, Outcome]]:
    """Reads the files through the pool; each with its outcome, as it comes. What is staged is removed again."""
    folder = where.raw
    folder.mkdir(parents=True, exist_ok=True)
    by_key: dict[str, Broken] = {}
    jobs = {}
    for file in files:
        key = hashlib.sha256(file.data).hexdigest()
        if key not in by_key:
            path = folder / f"{file.number}_{file.name}"
            path.write_bytes(file.data)
            by_key[key] = file
            jobs[key] = Source(path, file.name)
    for outcome in read_reports(jobs, "fuzz", where, {}):
        yield by_key[outcome.report_key], outcome
    for path in (folder, where.staged, where.unpacked):
        shutil.rmtree(path, ignore_errors=True)


def seeds_of(*folders: Path, most_bytes: int = 400_000) -> list[Seed]:
    """The files below the folders that are not too large to be read many times."""
    found = [path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*.*")) if path.is_file()]
    return [Seed(path.name, path.read_bytes()) for path in found if path.stat().st_size <= most_bytes]


def typeset_seeds(dialects: Sequence[str]) -> list[Seed]:
    """Some pages of three sample reports - two money tables, two forms, the first section - in each dialect that this machine can write."""
    from flows.typeset import Layout, is_available, read_samples, typeset

    reports = [sample.report for sample in read_samples()[::3][:3]]
    short = [replace(report, tables=report.tables[1:3], forms=report.forms[-2:], sections=report.sections[:1]) for report in reports]
    written = [dialect for dialect in dialects if not is_available(dialect)]
    return [Seed(name, data) for dialect in written for report in short for name, data in typeset(report, Layout(dialect)).items()]  # type: ignore[arg-type]
