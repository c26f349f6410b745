"""Random reports in random layouts are typeset and read back, and every fact agrees; in full: ``python -m tests.bench.round_trip --count 2000``."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from flows.cli import cli
from flows.typeset import DIALECTS as ALL_DIALECTS
from flows.typeset import LAYOUTS, Layout, Report, load_samples, typeset
from flows.typeset.random import SeededChoices, random_report
from tests.support.compare import Tally, compare, read_back
from tests.support.strategies import reports

# A scan is recognised, not read: how well is measured apart.
DIALECTS = [name for name in ALL_DIALECTS if name not in ("doc", "scan")]
_EXAMPLES = 60


def read_again(report: Report, layout: Layout, folder: Path) -> Tally:
    """The report typeset into ``folder``, read and compared."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, content in typeset(report, layout).items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return compare(read_back(paths), report, layout)


@pytest.mark.slow
@settings(
    derandomize=True,
    max_examples=_EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much],
)
@given(reports(DIALECTS))
def test_every_fact_of_a_random_report_is_read_back(tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Report, Layout]) -> None:
    report, layout = drawn
    tally = read_again(report, layout, tmp_path_factory.mktemp("report"))
    assert not tally.misses, f"{layout}\n" + "\n".join(map(str, tally.misses[:20]))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_is_read_back(dialect: str, tmp_path: Path) -> None:
    """A few seeds of each, whatever the draws above happen to choose."""
    facts = 0
    for seed in range(3):
        report, layout = random_report(SeededChoices(seed), [dialect])
        tally = read_again(report, layout, tmp_path / str(seed))
        assert not tally.misses, f"seed {seed}\n" + "\n".join(map(str, tally.misses[:20]))
        facts += tally.facts.total()
    assert facts > 300


@pytest.mark.skipif(not shutil.which("soffice"), reason="old Word files are written and read by LibreOffice, which is not here")
def test_an_old_word_file_is_read_back(tmp_path: Path) -> None:
    report, layout = random_report(SeededChoices(1), ["doc"])
    tally = read_again(report, layout, tmp_path)
    assert not tally.misses


def test_a_seed_says_everything_about_its_report() -> None:
    for seed in range(5):
        assert random_report(SeededChoices(seed), DIALECTS) == random_report(SeededChoices(seed), DIALECTS)


def test_reports_differ_in_every_field_of_the_layout() -> None:
    """Otherwise a field would be there that no report is ever printed with."""
    layouts = [random_report(SeededChoices(seed), DIALECTS)[1] for seed in range(80)]
    for field in Layout.__dataclass_fields__.keys() - {"pen", "stamp"}:  # these are measured apart, as unruled tables are
        assert len({getattr(layout, field) for layout in layouts}) > 1, field


def test_random_samples_are_written_again_alike(tmp_path: Path) -> None:
    for folder in ("once", "again"):
        arguments = ["sample", str(tmp_path / folder), "--random", "3", "--seed", "4", "--dialect", "html", "--dialect", "xlsx"]
        assert CliRunner().invoke(cli, arguments).exit_code == 0
    once, again = ({path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("once", "again"))
    assert once == again
    assert len(once) >= 3
    assert {Path(name).suffix for name in once} <= {".html", ".xlsx"}


def test_an_unknown_format_names_those_there_are(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli, ["sample", str(tmp_path), "--random", "1", "--dialect", "wps"])
    assert said.exit_code == 2
    assert "wps" in said.output
    assert "xlsx" in said.output


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_the_samples_are_read_back_in_every_named_layout(name: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    if layout.dialect == "doc" and not shutil.which("soffice"):
        pytest.skip("old Word files are written and read by LibreOffice, which is not here")
    tally = read_again(load_samples()[0], layout, tmp_path)
    assert not tally.misses, "\n".join(map(str, tally.misses[:20]))


def test_a_misread_amount_is_a_miss(tmp_path: Path) -> None:
    """The yardstick itself: what is read otherwise, not at all or twice does not pass."""
    report, layout = random_report(SeededChoices(1), ["tab_led"])
    paths = []
    for name, content in typeset(report, layout).items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    for spoil in ("change", "drop", "double"):
        found = read_back(paths)
        assert not compare(found, report, layout).misses
        rows = found.rows["accounts"]
        if spoil == "change":
            rows[0]["amount_yuan"] += 1
        elif spoil == "drop":
            rows.pop()
        else:
            rows.append(dict(rows[-1]))
        assert len(compare(found, report, layout).misses) == 1, spoil
