"""Places: written, read back, and in words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.document import Place, parse_ref
from flows.explain.words import box_in_words, place_in_words, printable, value_in_words

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


def test_a_box_in_words() -> None:
    assert box_in_words(parse_ref("p5/t1/r3/c2@71,121,160,140")) == "距页面左边 71–160 点，距上边 121–140 点"
    assert box_in_words(parse_ref("L907/t12/r5/c3")) is None


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert printable("甲\x1b[31m乙\t丙\u3000丁") == "甲 [31m乙 丙\u3000丁"
    assert value_in_words(["a", None, True]) == "a — 是"
