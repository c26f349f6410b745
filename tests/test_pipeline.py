"""The Prefect flow: it publishes, and a failed dbt test makes the flow run fail."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prefect_server():  # type: ignore[no-untyped-def]
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


def test_the_flow_publishes_and_a_failed_test_fails_it(
    prefect_server: None, small_raw: Path, tmp_path: Path, break_the_build: Callable[[], None]
) -> None:
    from flows.pipeline import publish_reports

    target = str(tmp_path / "warehouse")
    state = publish_reports(str(small_raw), target, 1, return_state=True)
    assert state.is_completed()

    break_the_build()
    shutil.copy(ROOT / "raw" / "示例市医疗保障局_2022_部门决算.txt", small_raw)
    state = publish_reports(str(small_raw), target, 1, return_state=True)
    assert state.is_failed()
    assert "assert_nothing" in str(state.message)


def test_prefect_yaml_names_the_flow() -> None:
    from flows.serving import deployment

    module, name = deployment()["entrypoint"].split(":")
    assert (ROOT / module).is_file()
    assert f"def {name}(" in (ROOT / module).read_text(encoding="utf8")
    assert deployment()["schedules"]
