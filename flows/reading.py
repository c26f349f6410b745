"""Reads many reports in parallel: one process per core, a report at a time; a process that dies takes one report with it."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from flows.corrections.file import Correction
from flows.staging import Outcome, set_aside_after_crash, stage

Job = tuple[str, Path]
FAILED = "读取时出错"


def _read_one(key: str, path: str, version: str, staged: str, corrections: Sequence[Correction]) -> Outcome:
    """Stages one report; an error nobody foresaw sets the report aside with the error as its reason, and is not hidden."""
    try:
        return stage(Path(path), key, version, Path(staged), Path(path).name, corrections)
    except Exception as error:  # the report is set aside with the error's own words, the others go on
        reason = f"{FAILED}：{type(error).__name__}：{error}"[:300]
        return set_aside_after_crash(key, version, Path(staged), Path(path).name, reason, corrections)


def read_reports(
    jobs: dict[str, Path], version: str, staged: Path, workers: int, corrections: Mapping[str, Sequence[Correction]]
) -> Iterator[Outcome]:
    """Stages the reports (key → path) with their corrections (by key) and gives each outcome as it comes."""
    staged.mkdir(parents=True, exist_ok=True)
    waiting: list[Job] = sorted(jobs.items(), key=lambda job: (-job[1].stat().st_size, job[0]))
    if not waiting:
        return
    workers = max(1, min(workers, len(waiting)))
    done: set[str] = set()
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=200) as pool:
            futures: dict[Future[Outcome], Job] = {
                pool.submit(_read_one, key, str(path), version, str(staged), corrections.get(key, ())): (key, path) for key, path in waiting
            }
            for future in as_completed(futures):
                outcome = future.result()
                done.add(futures[future][0])
                yield outcome
    except BrokenProcessPool:
        for key, path in waiting:
            if key not in done:
                yield _read_alone(key, path, version, staged, corrections.get(key, ()))


def _read_alone(key: str, path: Path, version: str, staged: Path, corrections: Sequence[Correction]) -> Outcome:
    """A report in a process of its own, after some process died: now it is known which report did it."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(_read_one, key, str(path), version, str(staged), corrections).result()
    except BrokenProcessPool:
        return set_aside_after_crash(key, version, staged, path.name, "读取进程意外终止（文件可能损坏或过大）", corrections)
