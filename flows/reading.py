"""Reads many reports in parallel, each in a process that can be killed: one that dies, hangs or asks for too much takes one report with it.

Workers are started afresh (spawn), lead a process group of their own, so that what a reader starts dies with them, hold at most so much
memory, and put down files only in the folder of the report at hand, which this process removes.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from flows.collect.archives import Contents, is_archive, unpack
from flows.collect.landing import Source, file_key
from flows.corrections.file import Correction
from flows.limits import LIMITS, MB, allowed
from flows.readers import Unreadable
from flows.settings import Settings
from flows.staging import Outcome, forget_half_written, stage, stage_archive, stage_refused

FAILED = "读取时出错"  # by an error of the program's own
ABORTED = "读取中止"  # by the end of the worker
_LEADER = "worker.pid"
_TASKS_PER_WORKER = 100
_DIES_WITH_ITS_PARENT = 1  # prctl's PR_SET_PDEATHSIG
_PASSING = "读取期间文件消失或改变，下次运行会重新读取"


@dataclass(frozen=True, slots=True)
class Task:
    """A report to stage. ``folder``: for whatever its reader puts down; ``unpacked``: for the members, where it is an archive."""

    key: str
    source: Source
    version: str
    staged: Path
    unpacked: Path
    folder: Path
    corrections: Sequence[Correction]

    def refused(self, reason: str, limit: str | None = None, is_passing: bool = False) -> Outcome:
        """Stages the report with the reason why it could not be read."""
        limits = {limit: allowed(limit)} if limit else {}
        name = self.source.name
        return stage_refused(self.key, self.version, self.staged, name, reason, self.corrections, limits=limits, is_passing=is_passing)


def begin_worker(memory_mb: int) -> None:
    """Called in each worker before its first report: a group of its own, no more memory than allowed, gone with the process that reads."""
    import resource

    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # pebble's handler cannot run while a library hangs
    # Data, not address space: libraries that map or reserve much and use little of it (onnxruntime, OpenCV, polars) are not at fault.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MB, memory_mb * MB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIES_WITH_ITS_PARENT, signal.SIGKILL)


def read_one(task: Task) -> Outcome:
    """Stages one report; an error nobody foresaw sets the report aside with the error as its reason, and is not hidden."""
    (task.folder / _LEADER).write_text(str(os.getpid()))
    tempfile.tempdir = os.environ["TMPDIR"] = str(task.folder)
    path = task.source.path
    try:
        before = path.stat()
        if file_key(path) != task.key:
            return task.refused(_PASSING, is_passing=True)
        outcome = _stage(task)
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            return task.refused(_PASSING, is_passing=True)
        return outcome
    except FileNotFoundError as error:
        if error.filename and Path(error.filename) == path:
            return task.refused(_PASSING, is_passing=True)
        return task.refused(_failure(error))
    except PermissionError as error:
        if error.filename and Path(error.filename) == path:
            return task.refused("文件打不开（没有读取权限）", is_passing=True)
        return task.refused(_failure(error))
    except MemoryError:
        return task.refused(LIMITS["memory_mb"].reason(), "memory_mb")
    except Exception as error:  # the report is set aside with the error's own words, the others go on
        return task.refused(_failure(error))


def _failure(error: Exception) -> str:
    return f"{FAILED}：{type(error).__name__}：{error}"[:300]


def _stage(task: Task) -> Outcome:
    path, name = task.source.path, task.source.name
    try:
        opens = is_archive(path)
    except Unreadable:
        opens = False  # staging says why
    if opens:
        return stage_archive(path, task.key, task.version, task.staged, task.unpacked / task.key, name, task.corrections)
    return stage(path, task.key, task.version, task.staged, name, task.corrections)


def read_reports(
    jobs: Mapping[str, Source], version: str, where: Settings, corrections: Mapping[str, Sequence[Correction]]
) -> Iterator[Outcome]:
    """Stages the reports (by key) with their corrections (by key) and gives each outcome as it comes."""
    where.staged.mkdir(parents=True, exist_ok=True)
    tasks = [
        Task(key, source, version, where.staged, where.unpacked, where.working / f"{number:06d}", corrections.get(key, ()))
        for number, (key, source) in enumerate(sorted(jobs.items()))
    ]
    waiting = sorted((task for task in tasks if task.source.refusal is None), key=lambda task: (-_size(task.source.path), task.key))
    try:
        for task in tasks:
            if task.source.refusal is not None:
                yield task.refused(task.source.refusal, task.source.limit)
        yield from _in_workers(waiting, where.workers)
    finally:
        shutil.rmtree(where.working, ignore_errors=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _in_workers(waiting: Sequence[Task], workers: int) -> Iterator[Outcome]:
    """Begins again with what is left where the pool itself breaks (a worker that dies between two reports), as long as it gets on."""
    left = {task.key: task for task in waiting}
    while left:
        before = len(left)
        try:
            for outcome in _in_a_pool(list(left.values()), min(workers, len(left))):
                del left[outcome.report_key]
                yield outcome
        except BrokenProcessPool:
            if len(left) == before:
                raise


def _in_a_pool(tasks: Sequence[Task], workers: int) -> Iterator[Outcome]:
    seconds, memory = allowed("seconds"), allowed("memory_mb")
    pool = ProcessPool(workers, _TASKS_PER_WORKER, begin_worker, (memory,), get_context("spawn"))
    leaders: set[int] = set()
    try:
        futures: dict[Future[Outcome], Task] = {}
        for task in tasks:
            task.folder.mkdir(parents=True, exist_ok=True)
            futures[pool.schedule(read_one, [task], timeout=seconds)] = task
        for future in as_completed(futures):
            task = futures[future]
            try:
                outcome = future.result()
            except (TimeoutError, ProcessExpired) as error:
                outcome = _after_death(task, error)
            finally:
                leaders |= _leader(task)
                shutil.rmtree(task.folder, ignore_errors=True)
            yield outcome
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()
        for leader in leaders:
            _end_group(leader)


def unpack_apart(archive: Path, key: str, target: Path) -> Contents:
    """Unpacks an archive in a worker of its own, under the limits. Raises Unreadable, TimeoutError, ProcessExpired."""
    pool = ProcessPool(1, 1, begin_worker, (allowed("memory_mb"),), get_context("spawn"))
    try:
        return pool.schedule(unpack, [archive, key, target], timeout=allowed("seconds")).result()
    finally:
        pool.stop()
        pool.join()


def _after_death(task: Task, error: Exception) -> Outcome:
    for leader in _leader(task):
        _end_group(leader)
    forget_half_written(task.staged, task.key)
    shutil.rmtree(task.unpacked / task.key, ignore_errors=True)
    if isinstance(error, ProcessExpired):
        memory = LIMITS["memory_mb"]
        reason = (
            f"{ABORTED}：读取进程意外终止（{_end(error.exitcode)}）：文件可能已损坏，或所需内存超过 {memory.value} MB（{memory.variable}）"
        )
        return task.refused(reason, "memory_mb")
    return task.refused(f"{ABORTED}：{LIMITS['seconds'].reason()}", "seconds")


def _end(exitcode: int) -> str:
    return f"信号 {-exitcode}" if exitcode < 0 else f"退出码 {exitcode}"


def _leader(task: Task) -> set[int]:
    """The worker that took the task, which leads its process group; none where no worker took it."""
    path = task.folder / _LEADER
    return {int(path.read_text())} if path.is_file() and path.stat().st_size else set()


def _end_group(leader: int) -> None:
    """Kills what a reader started and left running. The number of a group stays taken while any of it lives."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
