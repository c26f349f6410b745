"""The Prefect flow of the main job: only sequencing, every step a plain function of ``job``.

Tasks pass paths and small records, never documents or frames. A build whose tests fail fails the flow.
"""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows import job
from flows.collect.landing import Plan
from flows.settings import Settings, settings


@task(name="look", description="Which reports are new, changed or gone")
def look(where: Settings) -> Plan:
    plan = job.look(where)
    get_run_logger().info("%d files, %d to read, %d gone", len(plan.files), len(plan.to_read), len(plan.gone))
    return plan


@task(name="read", description="Read, understand, validate and stage the new reports")
def read(where: Settings, plan: Plan, show_progress: bool) -> Plan:
    bar = Progress(
        TextColumn("[bold]读取报告"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}"),
        transient=True,
    )
    with bar if show_progress else nullcontext():
        handle = bar.add_task("read", total=len(plan.to_read), name="") if show_progress else None

        def progress(done: int, total: int, name: str) -> None:
            if handle is not None:
                bar.update(handle, completed=done, total=total, name=name.replace("[", "\\["))

        return job.read(where, plan, progress)


@task(name="build", description="Build and test a new warehouse beside the published one")
def build(where: Settings, plan: Plan, started_at: str) -> job.Built:
    return job.build(where, plan, started_at)


@task(name="publish", description="Swap the new warehouse in")
def publish(where: Settings, plan: Plan, built: job.Built) -> None:
    job.publish(where, plan, built)


@flow(name="publish-reports", description="From published reports to the warehouse", validate_parameters=False)
def publish_reports(
    raw: str = "raw",
    warehouse: str = "warehouse",
    workers: int | None = None,
    show_progress: bool = False,
    corrections: str | None = None,
    fresh: bool = False,
    matches: str | None = None,
) -> dict[str, Any]:
    """Runs the main job; returns the run's summary. Raises BuildFailed (the flow run fails), NoRawFolder, Unusable, Busy."""
    where = settings(Path(raw), Path(warehouse), workers, corrections, fresh, matches)
    started_at = job.now()
    with job.exclusive(where):
        plan = look(where)
        if job.is_up_to_date(where, plan):
            get_run_logger().info("nothing new")
            done = job.published(where)
            assert done is not None
            return done["summary"]
        plan = read(where, plan, show_progress)
        built = build(where, plan, started_at)
        publish(where, plan, built)
    create_table_artifact(
        key="reports",
        table=[{k: str(v) for k, v in row.items()} for row in built.summary["reports"]],
        description="What became of every file",
    )
    return built.summary
