"""Places: written, read back, and in words."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.document import Place, parse_ref
from flows.explain.source import pieces_around
from flows.explain.words import box_in_words, place_in_words, printable, value_in_words
from tests.support.word import p, tbl, tr, word

_COUNT = st.none() | st.integers(1, 100_000)
_EDGE = st.integers(-2000, 5000).map(float)
PLACES = st.builds(
    Place,
    page=_COUNT,
    line=_COUNT,
    table=_COUNT,
    row=_COUNT,
    col=_COUNT,
    offset=st.none() | st.integers(0, 100_000),
    box=st.none() | st.tuples(_EDGE, _EDGE, _EDGE, _EDGE),
)


# A busy machine draws slowly.
_PATIENTLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_PATIENTLY
@given(PLACES)
def test_a_place_is_read_back_from_its_ref(place: Place) -> None:
    assert parse_ref(place.ref) == place


_FRACTION = st.floats(-2000, 5000)


@_PATIENTLY
@given(PLACES, st.tuples(_FRACTION, _FRACTION, _FRACTION, _FRACTION))
def test_a_box_keeps_its_whole_points(place: Place, box: tuple[float, float, float, float]) -> None:
    exact = Place(place.page, place.line, place.table, place.row, place.col, place.offset, box)
    found = parse_ref(exact.ref)
    assert found.ref == exact.ref
    assert found.box is not None
    assert all(abs(there - here) <= 0.5 for there, here in zip(found.box, box, strict=True))


@pytest.mark.parametrize(
    "ref", ["x", "p", "5", "p5t1", "/t1", "t1/p5", "p5/p6", "p05", "p5@1,2,3", "p5@1,2,3,4,5", "p5@1.5,2,3,4", "L1+", "L1+-2", "p５", "L1 "]
)
def test_what_is_no_ref_is_refused(ref: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        parse_ref(ref)


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("p5/t1/r3/c2@71,121,160,140", "第5页，表1，第3行第2列"),
        ("L907/t12/r5/c3+35", "文件第907行，表12，第5行第3列，第36个字符起"),
        ("L13+0", "文件第13行"),
        ("p12+13@70,104,542,115", "第12页，第14个字符起"),
        ("p6/t1@48,120,548,763", "第6页，表1"),
        ("L1599/t19", "文件第1599行，表19"),
    ],
)
def test_a_place_in_words(ref: str, words: str) -> None:
    assert place_in_words(parse_ref(ref)) == words


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("L133/t22/r13/c4", "第22个表格，第13行第4列"),
        ("L133/t22/r13/c4+2", "第22个表格，第13行第4列，第3个字符起"),
        ("L33+50", "第33段，第51个字符起"),
        ("L69/t1", "第1个表格"),
    ],
)
@pytest.mark.parametrize("format_name", ["docx", "doc", "rtf"])
def test_a_place_of_a_word_file_in_words(ref: str, words: str, format_name: str) -> None:
    assert place_in_words(parse_ref(ref), format_name) == words


def test_what_stands_around_a_place_of_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    rows = [tr(f"行{number}", str(number)) for number in range(1, 13)]
    path.write_bytes(word(p("甲") + p() + p("乙") + tbl(*rows) + p("丙")))

    def around(ref: str, *read: str) -> list[tuple[int, str, bool, bool]]:
        found = pieces_around(path, parse_ref(ref), [parse_ref(other) for other in read])
        return [(line.number, line.text, line.is_place, line.is_read) for line in found]

    assert around("L3+0", "L3+0") == [
        (1, "甲", False, False),
        (3, "乙", True, True),
        (4, "〔第1个表格〕", False, False),
        (5, "丙", False, False),
    ]
    assert around("L4/t1/r2/c1", "L4/t1/r9/c2") == [
        (number, f"行{number} | {number}", number == 2, number == 9) for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    ]


def test_a_box_in_words() -> None:
    assert box_in_words(parse_ref("p5/t1/r3/c2@71,121,160,140")) == "距页面左边 71–160 点，距上边 121–140 点"
    assert box_in_words(parse_ref("L907/t12/r5/c3")) is None


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert printable("甲\x1b[31m乙\t丙\u3000丁") == "甲 [31m乙 丙\u3000丁"
    assert value_in_words(["a", None, True]) == "a — 是"
