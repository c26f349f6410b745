"""The command line. Only what a command needs is imported, so that a run with nothing to do ends at once."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from flows.limits import BadSetting
from flows.settings import Settings, be_quiet, settings

_WAREHOUSE = click.option(
    "--warehouse", type=click.Path(path_type=Path), default=Path("warehouse"), show_default=True, help="仓库文件夹 Folder of the warehouse."
)
_CORRECTIONS = click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    help="更正文件 File of corrections [default: corrections.csv, where there is one].",
)
_MATCHES = click.option(
    "--matches",
    type=click.Path(path_type=Path),
    help="名称判定文件 File of decisions about names [default: matches.csv, where there is one].",
)
_QUIET = click.option("--quiet", is_flag=True, help="不显示进度和汇总 No progress, no summary.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jixiao", message="jixiao %(version)s")
def cli() -> None:
    """绩效 Jixiao: from published reports of public bureaus to a warehouse that can be asked questions over years.

    \b
    Begin with   jixiao sample raw/     fictional sample reports
    then         jixiao run             read raw/, build warehouse/
    and ask      jixiao query "select bureau_name, fiscal_year, expenditure_yuan from bureau_year"
    """


@cli.command()
@click.option(
    "--raw", type=click.Path(path_type=Path), default=Path("raw"), show_default=True, help="报告文件夹 Folder of the published reports."
)
@_WAREHOUSE
@click.option("--workers", type=click.IntRange(1, 64), help="并行进程数 Reports read at a time [default: cores].")
@_CORRECTIONS
@_MATCHES
@click.option(
    "--strict",
    is_flag=True,
    help="有整份报告被搁置、更正或判定被拒时以 3 退出 Exit 3 when a whole report was set aside, or a correction or decision refused.",
)
@click.option(
    "--fresh",
    is_flag=True,
    help="全部重新构建，不只是有变化的部分 Build everything anew, not only what changed (reports are not read again).",
)
@_QUIET
def run(
    raw: Path,
    warehouse: Path,
    workers: int | None,
    corrections: Path | None,
    matches: Path | None,
    strict: bool,
    fresh: bool,
    quiet: bool,
) -> None:
    """The main job: find new, changed and vanished reports, read, validate, build, test, publish.

    A report that cannot be read is set aside with its reason and does not stop the others. Nothing is published unless every test passes.
    """
    from flows import job
    from flows.collect.landing import NoRawFolder
    from flows.handwritten import Unusable

    where = settings(raw, warehouse, workers, corrections, fresh, matches)
    try:
        with job.exclusive(where):
            plan = job.look(where)
            unchanged = job.is_up_to_date(where, plan)
    except NoRawFolder:
        _fail(f"找不到报告文件夹 {raw}。用 --raw 指定，或先运行 jixiao sample {raw} 生成样例。", 2)
    except Unusable as error:
        _fail(f"{error}。", 2)
    except job.Busy:
        _fail(f"另一个运行正在使用 {warehouse}，请等它结束。", 1)
    if unchanged:
        done = job.published(where)
        assert done is not None
        if not quiet:
            print(f"没有新的报告：{len(plan.files)} 份文件都已在仓库中（发布于 {done['run']['finished_at']}）。用 jixiao status 查看。")
        summary = done["summary"]
    else:
        summary = _run_flow(where, not quiet and sys.stdout.isatty())
        if not quiet:
            from flows.console import show_summary

            new = sum(1 for report in summary["reports"] if report["is_new"])
            show_summary(summary, f"读取 {new} 份，共 {len(summary['reports'])} 份")
            print(f'下一步 next: jixiao status · jixiao query "select * from bureau_year" --warehouse {warehouse}')
    refused = summary["corrections"]["refused"] or summary["matches"]["refused"]
    if strict and (refused or any(report["status"] == "set_aside" for report in summary["reports"])):
        sys.exit(3)


def _run_flow(where: Settings, show_progress: bool) -> dict[str, Any]:
    import logging
    import os

    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "true" if os.environ.get("PREFECT_API_URL") else "false")
    from flows import job
    from flows.pipeline import publish_reports
    from flows.warehouse import BuildFailed

    logging.getLogger("prefect").setLevel(logging.ERROR)
    try:
        corrections = str(where.corrections) if where.corrections else None
        matches = str(where.matches) if where.matches else None
        return publish_reports(str(where.raw), str(where.warehouse), where.workers, show_progress, corrections, where.fresh, matches)
    except BuildFailed as error:
        log = where.warehouse / "last_failure.log"
        log.write_text(error.details, encoding="utf8")
        _fail(f"{error}。已发布的仓库没有改动；详情见 {log}", 1)
    except job.Busy:
        _fail(f"另一个运行正在使用 {where.warehouse}，请等它结束。", 1)


@cli.command()
@_WAREHOUSE
def status(warehouse: Path) -> None:
    """What is published, how fresh, what was left unread, what fell, what was set aside, the last runs."""
    from flows.status import show_status

    show_status(_published(warehouse))


@cli.command()
@click.argument("about", required=False, metavar="[REPORT|BUREAU]")
@_WAREHOUSE
def audit(about: str | None, warehouse: Path) -> None:
    """What contradicts what: corrections, prose that differs from the tables, text lost or left unread.

    \b
    jixiao audit                     all findings
    jixiao audit 示例市教育局        those of a bureau, or of a report by its file name or key
    """
    from flows.audit import NothingSoNamed, show_findings

    try:
        show_findings(_published(warehouse), about)
    except NothingSoNamed:
        _fail(f"仓库里没有名称含“{about}”的报告或部门；用 jixiao status 查看有哪些", 1)


@cli.command()
@click.argument("sql")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="输出格式 Output format.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="按该日所知（如 2023-12-31）作答 Answers as known on that day.",
)
@_WAREHOUSE
def query(sql: str, form: str, as_of: datetime | None, warehouse: Path) -> None:
    """Read-only SQL on the published warehouse (schemas marts, audit, ops, staged, and cn with Chinese names; no prefix is needed).

    \b
    jixiao query "select fiscal_year, expenditure_yuan from bureau_year order by 1"
    jixiao query "select 年度, 支出总计 from cn.部门年度 order by 1"
    jixiao query "select * from ops.set_aside" --format csv
    jixiao query --as-of 2023-12-31 "select fiscal_year, expenditure_yuan from bureau_year"
    """
    from flows.query import QueryFailed, write_result

    where = _published(warehouse)
    try:
        write_result(where.database, sql, form, as_of.date() if as_of else None)
    except QueryFailed as error:
        _fail(str(error), 1)


@cli.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "xlsx", "fiscal-data-package"]),
    required=True,
    help="文件格式 Format of the files.",
)
@click.option(
    "--schema",
    "schemas",
    type=click.Choice(["marts", "audit", "ops", "cn"]),
    multiple=True,
    help="导出哪个模式的表，可重复 Schema to export; may be repeated [default: marts].",
)
@click.option("--table", "names", multiple=True, help="只导出这张表，可重复 Only this table; may be repeated.")
@click.option(
    "--force", is_flag=True, help="文件夹不空也写，替换同名文件 Write into a folder that is not empty; files of the same name are replaced."
)
@_QUIET
@_WAREHOUSE
def export(directory: Path, form: str, schemas: tuple[str, ...], names: tuple[str, ...], force: bool, quiet: bool, warehouse: Path) -> None:
    """The published tables as files, into the folder DIR: the same release gives the same bytes.

    \b
    parquet              a file per table, exact types
    csv                  a file per table; opens rightly in Excel; text that it would run as a formula has an apostrophe in front
    xlsx                 one workbook, a sheet per table, Chinese and English headers, a first sheet that explains
    fiscal-data-package  Open Fiscal Data Package: budget lines, project funds, and what they refer to
    \b
    jixiao export --format xlsx tables/
    jixiao export --format csv tables/ --schema cn --table 部门年度
    """
    from flows.console import export_progress
    from flows.export.published import NotInRelease, UnknownTable, wanted
    from flows.export.write import NotEmpty
    from flows.export.write import export as write

    where = _published(warehouse)
    if form == "fiscal-data-package" and (schemas or names):
        _fail("fiscal-data-package 的内容是固定的，不与 --schema、--table 一起使用", 2)
    try:
        asked = wanted(schemas or ("marts",), names)
        with export_progress(not quiet and sys.stdout.isatty()) as progress:
            written, cut = write(where.database, form, asked, directory, force, progress)
    except (UnknownTable, NotEmpty) as error:
        _fail(str(error), 2)
    except NotInRelease as error:
        _fail(str(error), 1)
    except OSError as error:
        _fail(f"写不了 {directory}：{error.strerror or error}", 1)
    if not quiet:
        size = sum(path.stat().st_size for path in written) / 1_000_000
        print(f"写入 {len(written)} 个文件，{size:.1f} MB：{directory}")
        if cut:
            print(f"{cut} 处文字超过 Excel 单元格的长度，已截断并注明；全文用 --format csv 或 parquet")


@cli.command()
@click.argument("identifier", metavar="ID")
@click.option(
    "--image",
    type=click.Path(dir_okay=False, path_type=Path),
    help="页面图片（PDF、OFD），标出位置 Picture of the page (PDF, OFD), place marked.",
)
@click.option(
    "--raw", type=click.Path(path_type=Path), default=Path("raw"), show_default=True, help="报告文件夹 Folder of the published reports."
)
@_WAREHOUSE
def explain(identifier: str, image: Path | None, raw: Path, warehouse: Path) -> None:
    """Where a fact comes from: report, place, printed text, how it was read, and everything that uses it.

    \b
    ID is a fact_id or its first characters (6 or more), or a printed number of ops.numbers as REPORT_KEY:NUMBER_NO.
    jixiao explain 21b81f8c
    jixiao explain 21b81f8c --image cell.png
    jixiao explain 4d1685a1:6
    """
    from flows.explain.answer import explain as answer
    from flows.explain.find import NotFound
    from flows.explain.picture import NoPicture
    from flows.explain.source import NoSource

    if image is not None and image.suffix.lower() != ".png":
        _fail(f"图片写成 PNG：--image 的文件名要以 .png 结尾（{image}）", 2)
    try:
        answer(_published(warehouse, raw), identifier, image)
    except NoPicture as error:
        _fail(str(error), 2)
    except (NotFound, NoSource) as error:
        _fail(str(error), 1)
    except OSError as error:
        _fail(f"写不了图片 {image}：{error.strerror or error}", 1)


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--random", "count", type=click.IntRange(1), help="改写为这么多份随机报告 This many random reports instead of the fixed samples."
)
@click.option("--seed", type=int, default=0, show_default=True, help="随机种子：相同种子，相同报告 The same seed gives the same reports.")
@click.option("--dialect", "names", multiple=True, help="文件格式，可重复 Format of the files; may be repeated [default: all].")
def sample(directory: Path, count: int | None, seed: int, names: tuple[str, ...]) -> None:
    """Typesets reports of fictional bureaus into DIRECTORY 生成虚构单位的样例报告.

    Without options: the sample reports, the same bytes each time. With --random: reports whose facts (tables, forms, prose) and layout
    (wording of labels, order of columns, units, line breaks, file format) follow from the seed, one folder for each.

    \b
    jixiao sample raw/                                  the samples 固定样例
    jixiao sample more/ --random 20                     20 random reports 随机报告
    jixiao sample more/ --random 5 --seed 7 --dialect xlsx --dialect docx
    jixiao run --raw more/                              read them 读取

    Formats 格式: tab_led (文本，每行一格), tab_separated (文本，每行一行), pipe (Markdown), html, docx, doc, xlsx, xls, ofd, pdf. doc needs
    LibreOffice.
    """
    from flows.typeset import DIALECTS, typeset_random, typeset_samples
    from flows.typeset.doc import NoLibreOffice

    known = DIALECTS
    unknown = [name for name in names if name not in known]
    if unknown:
        _fail(f"没有这种格式：{'、'.join(unknown)}。可用的有 {'、'.join(known)}", 2)
    if names and count is None:
        _fail("--dialect 与 --random 一起使用，例如 jixiao sample more/ --random 5 --dialect xlsx", 2)
    try:
        if count is None:
            written = typeset_samples(directory)
        else:
            written = typeset_random(directory, count, seed, [name for name in known if name in names])
    except NoLibreOffice as error:
        _fail(str(error), 1)
    kind = "样例" if count is None else "随机"
    print(f"写入 {len(written)} 份{kind}报告：{directory}。下一步 next: jixiao run --raw {directory}")


@cli.command()
@click.option(
    "--raw", type=click.Path(path_type=Path), default=Path("raw"), show_default=True, help="报告文件夹 Folder of the published reports."
)
@_WAREHOUSE
@_CORRECTIONS
@_MATCHES
@click.option("--cron", help="计划（cron 表达式） Schedule as cron [default: that of prefect.yaml].")
@click.option("--every", type=click.IntRange(1), help="每隔多少秒 Run every so many seconds, instead of a cron schedule.")
@click.option("--port", type=click.IntRange(1024, 65535), default=4200, show_default=True, help="Prefect 页面端口 Port of Prefect's page.")
def serve(
    raw: Path, warehouse: Path, corrections: Path | None, matches: Path | None, cron: str | None, every: int | None, port: int
) -> None:
    """Runs the schedule: starts Prefect's server and page if none is configured (PREFECT_API_URL), and serves the flow."""
    from flows.serving import ServerFailed, serve_schedule

    try:
        serve_schedule(settings(raw, warehouse, corrections=corrections, matches=matches), cron, every, port)
    except ServerFailed as error:
        _fail(str(error), 1)
    except KeyboardInterrupt:
        print("已停止。")


def _published(warehouse: Path, raw: Path = Path("raw")) -> Settings:
    from flows import job

    where = settings(raw, warehouse)
    if job.published(where) is None:
        _fail(f"{warehouse} 里还没有发布的仓库，请先运行 jixiao run --warehouse {warehouse}", 1)
    return where


def _fail(message: str, code: int) -> NoReturn:
    print(f"错误：{message}", file=sys.stderr)
    sys.exit(code)


def main() -> None:
    """Entry point: bad use ends with exit 2 and one line."""
    be_quiet()
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
        sys.exit(2)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "jixiao"
        _fail(f"{error.format_message()}（用法见 {command} --help）", 2)
    except BadSetting as error:
        _fail(f"{error}。", 2)
    except click.exceptions.Abort:
        _fail("已中断；已发布的仓库没有改动。", 130)


if __name__ == "__main__":
    main()
