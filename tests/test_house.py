"""The house: imports go one way, nothing knows a bureau, nothing holds an address."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOWS = ROOT / "flows"
# From the top down; a module may import from its own layer and from layers below.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("cli",),
    ("serving", "audit", "status", "explain", "export", "project"),
    ("pipeline",),
    ("console", "query", "as_of"),
    ("job",),
    ("reading", "warehouse", "drift", "twins"),
    ("landing",),
    ("staging", "resolve"),
    ("understand", "ledger"),
    ("forms", "money", "statements", "identity"),
    ("grids", "readers", "collect", "tables", "matching", "findings", "corrections"),
    ("runs",),
    ("document", "settings"),
    ("limits",),
    ("values", "spreadsheet", "handwritten"),
)
LEVEL = {name: depth for depth, layer in enumerate(LAYERS) for name in layer}
# Inside the layer of understanding: identity uses the form titles and the years of text; nothing uses identity but those above.
ALONE = {"typeset"}


def part_of(path: Path) -> str:
    relative = path.relative_to(FLOWS)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf8"))
    found = set()
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module] if node.module != "flows" else [f"flows.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found.update(names)
    return found


SOURCES = sorted(path for path in FLOWS.rglob("*.py") if path.name != "__init__.py" or path.parent != FLOWS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(FLOWS)))
def test_imports_go_one_way(path: Path) -> None:
    here = part_of(path)
    inside = {name.split(".")[1] for name in imports(path) if name.startswith("flows.")}
    if here in ALONE:
        assert inside <= {here}
        return
    upward = {other for other in inside - {here} if other not in ALONE and LEVEL[other] < LEVEL[here]}
    assert not upward, f"{here} imports {upward} from above"


def test_only_the_flow_imports_prefect() -> None:
    users = {part_of(path) for path in SOURCES if any(name.split(".")[0] == "prefect" for name in imports(path))}
    assert users <= {"pipeline", "serving"}


def test_every_part_has_its_layer() -> None:
    assert {part_of(path) for path in SOURCES} - ALONE == set(LEVEL)


def test_no_code_knows_a_bureau_or_a_file() -> None:
    known = re.compile(r"广元|盘锦|徐水|洪山|洞口|普陀|万里街道|江苏|政协|高级人民法院")
    for path in [*SOURCES, *(ROOT / "dbt_project").rglob("*.sql")]:
        if "typeset" in path.parts or "target" in path.parts:
            continue
        code = path.read_text(encoding="utf8")
        if path.suffix == ".py":
            tree = ast.parse(code)
            strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
            documented = {
                ast.get_docstring(node, clean=False)
                for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            }
            code = "\n".join(text for text in strings if text not in documented)
        assert not known.search(code), path


def test_no_address_of_a_registry() -> None:
    for name in ("requirements.lock", "pyproject.toml", "Makefile", ".ci/run"):
        assert not re.search(r"\w://|--index-url|--find-links|file:", (ROOT / name).read_text(encoding="utf8")), name


def test_the_lock_pins_every_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf8")
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lock.splitlines() if "==" in line}
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=!~ ]", item)[0].lower() for item in wanted}
    assert names <= pinned
