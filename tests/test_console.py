"""What a run's summary shows of a large warehouse."""

from typing import Any

from flows.console import shown_reports


def report(number: int, is_new: bool, status: str = "complete") -> dict[str, Any]:
    return {"path": f"{number:04}.txt", "is_new": is_new, "status": status}


def test_a_hundred_files_are_all_shown() -> None:
    reports = [report(number, is_new=number % 2 == 0) for number in range(100)]
    assert shown_reports(reports) == reports


def test_of_more_files_those_read_in_this_run_are_shown() -> None:
    reports = [report(number, is_new=number in (3, 700)) for number in range(1000)]
    assert [shown["path"] for shown in shown_reports(reports)] == ["0003.txt", "0700.txt"]


def test_of_too_many_new_files_none_that_was_set_aside_is_left_out() -> None:
    reports = [report(number, is_new=True, status="set_aside" if number == 999 else "complete") for number in range(1000)]
    shown = shown_reports(reports)
    assert len(shown) == 100
    assert shown[-1]["path"] == "0999.txt"
