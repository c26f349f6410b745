"""The samples show what becomes of bureaus: one is renamed, two are merged, one is divided."""

from decimal import Decimal

import pytest

from flows.query import run_query
from flows.settings import Settings
from flows.typeset import Sample, read_small_samples, typeset
from tests.conftest import ROOT

SMALL = read_small_samples()


@pytest.mark.parametrize(
    "sample", SMALL, ids=lambda sample: f"{sample.report.bureau.name}{sample.report.fiscal_year}-{sample.layout.dialect}"
)
def test_raw_holds_what_the_facts_typeset(sample: Sample) -> None:
    for name, content in typeset(sample.report, sample.layout).items():
        assert (ROOT / "raw" / name).read_bytes() == content


@pytest.mark.slow
def test_every_amount_of_the_small_reports_is_read(sample_warehouse: Settings) -> None:
    """Once, where the same report is published in two formats."""
    _, rows = run_query(
        sample_warehouse.database,
        "select file_name, twin_of is not null, sum(amount_yuan) from dim_report left join fct_account using (report_key) group by all",
    )
    read = {name: amount for name, is_second, amount in rows if not is_second}
    seconds = {name for name, is_second, _ in rows if is_second}
    for sample in SMALL:
        lines = [line for table in sample.report.tables for block in table.blocks for line in block.lines]
        printed = sum((amount for line in lines for amount in line.amounts if amount is not None), Decimal(0))
        (file_name,) = typeset(sample.report, sample.layout)
        assert file_name in seconds or read[file_name] == printed
    assert len(seconds) == len(SMALL) - len({(sample.report.bureau.name, sample.report.title) for sample in SMALL})


@pytest.mark.slow
def test_a_bureaus_year_has_its_headline_figures_whatever_the_format(sample_warehouse: Settings) -> None:
    _, rows = run_query(
        sample_warehouse.database,
        "select bureau_name, fiscal_year, expenditure_own_yuan, basic_expenditure_yuan, project_expenditure_yuan from bureau_year",
    )
    found = {(name, year): amounts for name, year, *amounts in rows}
    latest = {(sample.report.bureau.name, sample.report.fiscal_year): sample.report for sample in SMALL}
    for place, report in latest.items():
        assert found[place] == [*report.tables[0].blocks[0].lines[0].amounts[:3]]


@pytest.mark.slow
def test_the_renamed_bureau_is_one_with_two_spans(sample_warehouse: Settings) -> None:
    _, rows = run_query(
        sample_warehouse.database,
        "select bureau_name, valid_from_year, valid_to_year, is_current from dim_bureau where bureau_key in "
        "(select bureau_key from dim_bureau where not is_current) order by bureau_key, valid_from_year",
    )
    assert rows == [("样本县卫生和计划生育局", 2021, 2021, False), ("样本县卫生健康局", 2022, 2023, True)]
    _, rows = run_query(
        sample_warehouse.database,
        "select bureau_name, fiscal_year, expenditure_yuan is not null, expenditure_change_pct is not null from bureau_year "
        "where bureau_name like '样本县卫生%' order by fiscal_year",
    )
    assert rows == [
        ("样本县卫生和计划生育局", 2021, True, False),
        ("样本县卫生健康局", 2022, True, True),
        ("样本县卫生健康局", 2023, True, True),
    ]


@pytest.mark.slow
def test_what_became_of_each_bureau(sample_warehouse: Settings) -> None:
    _, rows = run_query(
        sample_warehouse.database,
        "select succession_kind, from_name, to_name, changed_year, from_bureau_key = to_bureau_key, told_by, source_text is not null "
        "from dim_bureau_succession order by 1, 2, 3",
    )
    assert rows == [
        ("merged", "演示区文化局", "演示区文化和旅游局", 2022, False, "report", True),
        ("merged", "演示区旅游局", "演示区文化和旅游局", 2022, False, "report", True),
        ("renamed", "样本县卫生和计划生育局", "样本县卫生健康局", 2022, True, "report", True),
        ("split", "示例市农林局", "示例市农业农村局", 2022, False, "report", True),
        ("split", "示例市农林局", "示例市林业局", 2022, False, "report", True),
    ]
