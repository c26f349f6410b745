"""The dbt project outside of builds: its documentation as one page, the freshness of its sources, its unit tests.

``python -m flows.project docs|freshness [WAREHOUSE]``. dbt writes into the file that it opens; so it gets a copy of the published one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from flows.settings import QUIET_ENVIRONMENT, Settings, settings

PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"
DOCS = PROJECT / "target" / "docs"


class Failed(Exception):
    """dbt failed; its own lines."""


def dbt(database: Path, target: Path, *arguments: str, project: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Runs dbt on the file ``database``; what it parses and writes goes to ``target``."""
    environment = os.environ | QUIET_ENVIRONMENT
    environment |= {"JIXIAO_BUILD_DB": database.name, "DBT_TARGET_PATH": str(target.resolve()), "DBT_LOG_PATH": str(target.resolve())}
    environment |= {"JIXIAO_DBT_THREADS": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-W", "ignore::RuntimeWarning:runpy", "-m", "dbt.cli.main", "--no-use-colors", *arguments]
    command += ["--project-dir", str(project), "--profiles-dir", str(project)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=database.resolve().parent)


def copy_of_published(where: Settings, folder: Path) -> Path:
    """A copy of the published warehouse in ``folder``, free to be written to. Raises Failed where nothing is published."""
    if not where.database.exists():
        raise Failed(f"{where.warehouse} 里还没有发布的仓库，请先运行 jixiao run")
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / where.database.name
    copy.unlink(missing_ok=True)
    shutil.copyfile(where.database.resolve(), copy)
    return copy


def write_docs(where: Settings, folder: Path = DOCS) -> Path:
    """The documentation as one page that needs no network. Returns its path; raises Failed."""
    copy = copy_of_published(where, folder)
    try:
        done = dbt(copy, folder / "parsed", "docs", "generate", "--static")
        if done.returncode != 0:
            raise Failed(done.stdout + done.stderr)
        return (folder / "parsed" / "static_index.html").replace(folder / "index.html")
    finally:
        copy.unlink(missing_ok=True)


def tell_freshness(where: Settings, folder: Path = DOCS) -> tuple[str, bool]:
    """dbt's lines on how old the sources are, and whether none is older than it may be. Raises Failed where nothing is published."""
    copy = copy_of_published(where, folder)
    try:
        done = dbt(copy, folder / "parsed", "source", "freshness")
        return done.stdout + done.stderr, done.returncode == 0
    finally:
        copy.unlink(missing_ok=True)


def main(arguments: list[str]) -> None:
    """``docs`` or ``freshness``, and the warehouse's folder where it is not ``warehouse``."""
    if not arguments or arguments[0] not in ("docs", "freshness"):
        sys.exit("用法：python -m flows.project docs|freshness [仓库文件夹]")
    where = settings(warehouse=arguments[1] if len(arguments) > 1 else "warehouse")
    try:
        if arguments[0] == "docs":
            print(f"写入 {write_docs(where)}")
        else:
            told, is_fresh = tell_freshness(where)
            print(told)
            sys.exit(0 if is_fresh else 1)
    except Failed as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
