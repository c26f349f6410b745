"""Fingerprints of the code and data that read and build: when they change, reports are read or built again."""

import hashlib
from functools import cache
from pathlib import Path

from flows.tables.definitions import tables

_ROOT = Path(__file__).resolve().parents[1]
_READING = (
    "readers",
    "values",
    "grids",
    "forms",
    "money",
    "statements",
    "identity",
    "ledger",
    "corrections",
    "tables/validation.py",
    "collect/archives.py",
    "collect/files.py",
    "document.py",
    "findings.py",
    "matching.py",
    "staging.py",
    "understand.py",
)


def _hash(paths: list[Path], base: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(base).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(p for p in folder.rglob("*") if p.suffix in suffixes and not {"target", "__pycache__"} & set(p.parts))


@cache
def reader_version() -> str:
    """Of everything between bytes and staged rows; a mart's definition is none of it."""
    paths = [path for part in _READING for path in _files(_ROOT / part, (".py", ".toml", ".csv"))]
    return hashlib.sha256(f"{_hash(sorted(paths), _ROOT)} {_staged_schema()}".encode()).hexdigest()[:12]


def _staged_schema() -> list[tuple[str, list[tuple[str, str]], tuple[str, ...]]]:
    return [(t.name, [(c.name, c.type) for c in t.columns], t.required) for t in tables("staged").values()]


@cache
def build_version() -> str:
    """Of the dbt project and of what lands staged rows in it."""
    project = _ROOT.parent / "dbt_project"
    paths = [
        *_files(project, (".sql", ".yml", ".csv")),
        *_files(_ROOT / "resolve", (".py", ".toml", ".csv")),
        _ROOT / "warehouse.py",
        _ROOT / "landing.py",
    ]
    return _hash(sorted(paths), _ROOT.parent)
