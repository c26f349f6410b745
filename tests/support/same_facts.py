"""What two typesettings of one report say, row by row, without where it stands."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from flows.readers import read
from flows.typeset import Sample, typeset
from flows.understand import understand

_PLACES = frozenset({"source_ref", "source_text", "table_ref"})


def facts_of(sample: Sample, folder: Path, **layout: Any) -> dict[str, Counter[str]]:
    """The rows by staged table, as text, that are read from the report in the sample's own layout but for ``layout``; what was set aside
    and each file's identity beside them."""
    facts: dict[str, Counter[str]] = {}
    for name, content in typeset(sample.report, replace(sample.layout, **layout)).items():
        path = folder / name
        path.write_bytes(content)
        seen = understand(read(path), name)
        said = {**seen.findings.rows, "set_aside": seen.findings.set_aside}
        for table, rows in said.items():
            facts.setdefault(table, Counter()).update(repr(sorted((k, v) for k, v in row.items() if k not in _PLACES)) for row in rows)
        identity = seen.identity
        facts.setdefault("identity", Counter())[repr((identity.kind, identity.fiscal_year, identity.bureau, identity.published_on))] += 1
    return facts
