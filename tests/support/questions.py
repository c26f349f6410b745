"""Questions with their SQL and the answer printed under it: read from Markdown, asked again, written anew.

``python -m tests.support.questions`` asks every question of the samples in raw/ and says which printed answers are no longer right;
with ``--write`` it writes them: in the READMEs, and the gallery ``dashboards/questions/``, whose pages (one in English on the marts, one in
Chinese on schema ``cn``) and analyses for dbt's docs are made from ``questions.toml``.
"""

import argparse
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.query import run_query
from flows.tables.definitions import published_tables

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh.md")
GALLERY = ROOT / "dashboards" / "questions"
ANALYSES = ROOT / "dbt_project" / "analyses"
PAGES = {"en": "questions.md", "zh": "问题集.md"}
_BLOCK = re.compile(r"```sql\n(?P<sql>.+?)\n```\n\n?(?P<answer>(?:\|[^\n]*\|\n)*)", re.DOTALL)
# A name, a text in quotation marks, or one other character.
_TOKEN = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*|\s+|.", re.DOTALL)
_FIGURE = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")

Ask = Callable[[str], tuple[list[str], list[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Question:
    """A statement and the table printed under it: its header and its rows."""

    sql: str
    header: list[str]
    rows: list[list[str]]

    @property
    def figures(self) -> list[list[str]]:
        """The cells of each row that are numbers: the same in any language."""
        return [[cell for cell in row if _FIGURE.fullmatch(cell)] for row in self.rows]


def questions(markdown: str) -> list[Question]:
    """The SQL blocks of a page with their answers; one without an answer has no header."""
    found = []
    for block in _BLOCK.finditer(markdown):
        lines = [[cell.strip().replace("\\|", "|") for cell in _cells(line)] for line in block["answer"].splitlines()]
        found.append(Question(block["sql"], lines[0], lines[2:]) if lines else Question(block["sql"], [], []))
    return found


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip()[1:-1])


def shown(value: Any) -> str:
    """A value as the pages print it: numbers without zeros behind the point, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        text = f"{Decimal(str(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value).lower() if isinstance(value, bool) else str(value)


def answer(ask: Ask, sql: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of ``sql`` as they are printed."""
    names, rows = ask(sql)
    return names, [[shown(value) for value in row] for row in rows]


def table(names: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; columns of numbers stand to the right."""
    numeric = [
        all(_FIGURE.fullmatch(row[index]) for row in rows if row[index]) and any(row[index] for row in rows) for index in range(len(names))
    ]
    lines = [names, ["---:" if right else "---" for right in numeric], *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def answered(markdown: str, ask: Ask) -> str:
    """The page with the answer under every SQL block as the warehouse gives it."""

    def again(block: re.Match[str]) -> str:
        return f"```sql\n{block['sql']}\n```\n\n{table(*answer(ask, block['sql']))}"

    return _BLOCK.sub(again, markdown)


def in_chinese(sql: str, words: dict[str, str]) -> str:
    """``sql`` on the marts as SQL on schema ``cn``; ``words`` gives the question's own names (of results, subqueries, tables) in Chinese."""
    views = {published.name: f"cn.{published.cn}" for published in published_tables()}
    views |= {f"{name}_as_of": f"{view}_截至" for name, view in views.items()}
    columns = {column.name: column.cn or column.name for published in published_tables() for column in published.columns}
    tokens = _TOKEN.findall(sql)
    written: list[str] = []
    before = ""
    for index, token in enumerate(tokens):
        following = next((other for other in tokens[index + 1 :] if not other.isspace()), "")
        if not re.match(r"[A-Za-z_]", token):
            written.append(token)
        elif before in ("from", "join") and token in ("marts", "ops", "audit") and following == ".":
            continue  # the schema: cn takes its place
        elif before in ("from", "join") and token in views:
            written.append(views[token])
        elif token in words and following != "(":
            written.append(words[token])
        elif token in columns and following != "(" and before not in ("cast",):
            written.append(columns[token])
        else:
            written.append(token)
        if token == "." and before in ("from", "join"):
            written.pop()
            continue
        if not token.isspace():
            before = token.lower() if token.lower() in ("from", "join") else token
    return "".join(written)


def gallery() -> dict[str, Any]:
    """``questions.toml``: an introduction and the questions, each with title, note and aliases in both languages and its SQL."""
    return tomllib.loads((GALLERY / "questions.toml").read_text(encoding="utf8"))


def page(language: str, ask: Ask) -> str:
    """The gallery's page in ``en`` or ``zh``, with answers."""
    told = gallery()
    parts = [told["introduction"][language].strip()]
    for number, question in enumerate(told["question"], start=1):
        sql = question["sql"].strip()
        if language == "zh":
            sql = in_chinese(sql, told["words"] | question.get("words", {}))
        title, note = question["title"][language], question["note"][language].strip()
        parts.append(f"## {number}. {title}\n\n{note}\n\n```sql\n{sql}\n```\n\n{table(*answer(ask, sql))}".rstrip())
    return "\n\n".join(parts) + "\n"


def analyses() -> dict[str, str]:
    """File name → a question's SQL for dbt, which shows in its docs what the question rests on."""
    names = {published.name for published in published_tables()}

    def reference(match: re.Match[str]) -> str:
        return f"{match[1]}{{{{ ref('{match[2]}') }}}}" if match[2] in names else match[0]

    written = {}
    for number, question in enumerate(gallery()["question"], start=1):
        sql = re.sub(r"\b((?:from|join) )(?:marts\.|ops\.|audit\.)?(\w+)", reference, question["sql"].strip())
        written[f"question_{number:02}.sql"] = f"-- {question['title']['en']} {question['title']['zh']}\n{sql}\n"
    return written


def pages(ask: Ask) -> dict[Path, str]:
    """Every page and analysis with questions, as it should be."""
    return {
        **{ROOT / name: answered((ROOT / name).read_text(encoding="utf8"), ask) for name in READMES},
        **{GALLERY / name: page(language, ask) for language, name in PAGES.items()},
        **{ANALYSES / name: sql for name, sql in analyses().items()},
    }


def main() -> None:
    """Asks the samples (built into a folder of their own, or a warehouse that is named) and compares or writes."""
    parser = argparse.ArgumentParser(description="Asks every printed question again.")
    parser.add_argument("--write", action="store_true", help="write the answers")
    parser.add_argument("--warehouse", type=Path, help="a warehouse of raw/ that is already published")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        if options.warehouse:
            database = options.warehouse.resolve() / "jixiao.duckdb"
        else:
            from tests.conftest import run_job

            database = run_job(ROOT / "raw", Path(temporary)).database
        right = pages(lambda sql: run_query(database, sql))
    stale = [path for path, text in right.items() if not path.is_file() or path.read_text(encoding="utf8") != text]
    gone = [path for path in ANALYSES.glob("question_*.sql") if path not in right]
    for path in (*stale, *gone):
        print(("written " if options.write else "not right: ") + str(path.relative_to(ROOT)))
    if options.write:
        ANALYSES.mkdir(exist_ok=True)
        for path in stale:
            path.write_text(right[path], encoding="utf8")
        for path in gone:
            path.unlink()
    elif stale or gone:
        sys.exit(1)


if __name__ == "__main__":
    main()
