"""Every name of every report is resolved to something, once, and the landing tables of matches say to what."""

import pytest

from flows.query import run_query
from flows.settings import Settings

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("names", "key", "matches"),
    [
        ("select report_key, bureau_identity from staged.bureau_names", "report_key, bureau_identity", "landing.bureau_matches"),
        (
            "select report_key, project_name from staged.evaluations where project_name is not null",
            "report_key, project_name",
            "landing.project_matches",
        ),
        (
            "select level3, unit, operator, case when target_value is null then target_text end as target_shape from staged.indicators",
            "level3, unit, operator, target_shape",
            "landing.indicator_matches",
        ),
    ],
)
def test_every_name_is_matched_once(sample_warehouse: Settings, names: str, key: str, matches: str) -> None:
    _, lost = run_query(sample_warehouse.database, f"{names} except select {key} from {matches}")
    assert lost == []
    _, twice = run_query(sample_warehouse.database, f"select {key} from {matches} group by {key} having count(*) > 1")
    assert twice == []
    _, rows = run_query(sample_warehouse.database, f"select count(*) from {matches}")
    assert rows[0][0] > 0
