"""dbt's unit tests (``dbt_project/models/**/_*_unit_tests.yml``): the models' rules on made-up rows. Builds leave them out; they run here."""

import re
import shutil
from pathlib import Path

import pytest

from flows.project import PROJECT, copy_of_published, dbt
from flows.settings import Settings

pytestmark = pytest.mark.slow
_WRONG = """
version: 2
unit_tests:
- name: made_to_fail
  model: rules
  given:
  - input: ref('audit_rules')
    rows: []
  expect:
    rows:
    - {rule_id: nothing gives this}
"""


def run_unit_tests(database: Path, target: Path, project: Path = PROJECT, select: str = "test_type:unit") -> list[str]:
    """What failed: a text for each unit test, with dbt's table of actual and expected rows."""
    done = dbt(database, target, "test", "--select", select, project=project)
    if done.returncode == 0:
        return []
    told = done.stdout + done.stderr
    parts = re.split(r"^\d\d:\d\d:\d\d  (?=Failure in|.*Error in|Runtime Error|Compilation Error|Parsing Error)", told, flags=re.MULTILINE)
    return [re.sub(r"^\d\d:\d\d:\d\d  ?", "", part, flags=re.MULTILINE).strip() for part in parts[1:]] or [told]


def test_the_models_keep_their_rules(sample_warehouse: Settings, tmp_path: Path) -> None:
    failed = run_unit_tests(copy_of_published(sample_warehouse, tmp_path), tmp_path / "target")
    assert not failed, "\n\n".join(failed)


def test_a_rule_that_is_broken_is_told(sample_warehouse: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "project"
    shutil.copytree(PROJECT, broken, ignore=shutil.ignore_patterns("target"))
    (broken / "models" / "audit" / "_made_to_fail_unit_tests.yml").write_text(_WRONG, encoding="utf8")
    failed = run_unit_tests(copy_of_published(sample_warehouse, tmp_path), tmp_path / "target", broken, "made_to_fail")
    assert len(failed) == 1, failed
    assert "made_to_fail" in failed[0] and "nothing gives this" in failed[0]
