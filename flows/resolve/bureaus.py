"""Which printed names are one bureau, and which bureaus became others.

Names meet by region and core already when they are read (``flows.identity.names``). Here: slips, branches called by their place alone, and what
reports and people say of renaming, merging and dividing. A renamed bureau is one entity, named by its oldest name; merged and divided ones stay
apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flows.identity.names import parse
from flows.identity.regions import coded, lasting, successors_of
from flows.resolve.bureau_names import is_branch_of, kind_of_match, slip_of
from flows.resolve.match import Match, Row, candidate

_SURE_ENOUGH = Decimal("0.8")  # what is said of successions with less is kept as a candidate, and changes nothing
_PARTED_BY_YEARS = 2  # so many common years of reports show that two names are two bureaus
_CHANGES = ("renamed", "merged", "split")
_YEAR = re.compile(r"(20\d{2})年")


def _parts(identity: str) -> tuple[str, str]:
    """Where and what of an identity: region code or place, and core."""
    where, _, core = identity.partition("|")
    if where:
        return where, core
    name = parse(core)
    return name.place, name.core


def _shown(identity: str) -> str:
    """An identity as people read it: the region's name, the core, and the code that tells regions of one name apart."""
    code, _, core = identity.partition("|")
    region = coded(code) if code else None
    return f"{region.name}{core}（{code}）" if region else core


class _Names:
    """Every name of the reports as the name it stands for (slips and branches mended), and as the bureau it is (renamings followed)."""

    def __init__(self, names: Sequence[Row], decided: Iterable[Row], used: set[int]) -> None:
        self.identities = sorted({row["bureau_identity"] for row in names})
        self.by_report: dict[str, set[str]] = defaultdict(set)
        self.years: dict[str, set[int]] = defaultdict(set)
        for row in names:
            self.by_report[row["report_key"]].add(row["bureau_identity"])
            if row["is_publisher"] and row["fiscal_year"] is not None:
                self.years[row["bureau_identity"]].add(row["fiscal_year"])
        known = set(self.identities)
        self.slips: dict[str, str] = {}
        for identity in self.identities:
            where, core = _parts(identity)
            right = slip_of(core)
            meant = identity.removesuffix(core) + right if right else ""
            if where and meant in known:
                self.slips[identity] = meant
        self.by_people: dict[str, Row] = {}
        self.apart: dict[frozenset[str], Row] = {}
        self.successions: list[Row] = []
        for row in sorted(decided, key=lambda row: row["file_line"]):
            if self._decide(row, parse(row["one"]).identity, parse(row["other"]).identity, known):
                used.add(row["file_line"])
        for pair in self.apart:
            for slip, name in list(self.slips.items()):
                if {slip, name} == pair:
                    del self.slips[slip]

    def _decide(self, row: Row, one: str, other: str, known: set[str]) -> bool:
        """Takes what people said of two names; False where no report uses the names."""
        if one == other or not {one, other} & known:
            return False
        if row["verdict"] in _CHANGES:
            told = _YEAR.search(row["because"])
            self.successions.append(
                {
                    "from_identity": one,
                    "from_name": row["one"],
                    "to_identity": other,
                    "to_name": row["other"],
                    "succession_kind": row["verdict"],
                    "changed_year": int(told.group(1)) if told else None,
                    "told_by": "override",
                    "confidence": "1",
                    "report_key": None,
                    "source_ref": None,
                    "source_text": row["because"],
                }
            )
            return True
        if not {one, other} <= known:
            return False
        if row["verdict"] == "same":
            self.slips.pop(one, None)  # the first name is the right one
            self.slips |= {slip: one for slip, name in self.slips.items() if name == other} | {other: one}
            self.by_people[other] = row
        else:
            self.apart[frozenset((one, other))] = row
        return True

    def mended(self, identity: str) -> str:
        """The name without its slip."""
        return self.slips.get(identity, identity)

    def meant(self, report: str, identity: str) -> tuple[str, str]:
        """The name that a printed one stands for, and how that is known."""
        if identity in self.slips:
            return self.slips[identity], "override" if identity in self.by_people else "slip"
        where, core = _parts(identity)
        whole = [
            other
            for other in sorted(self.by_report[report])
            if other != identity and _parts(other)[0] == where and is_branch_of(core, _parts(other)[1])
        ]
        return (whole[0], "branch") if len(whole) == 1 else (identity, "same")


def resolve(
    names: Iterable[Row], stated: Iterable[Row] = (), decided: Iterable[Row] = (), used: set[int] | None = None
) -> tuple[list[Row], list[Row], list[Row]]:
    """Names and what reports say of successions → matches, successions, and the pairs that were looked at.

    ``names``: report_key, bureau_identity, fiscal_year, is_publisher. ``stated``: rows of staged.successions. Matches: one per report and
    name. Successions: one per pair of names and kind; of a renaming both names have the same entity. The outcome does not depend on the order.

    ``decided``: what people said of pairs of names (file_line, one, other, verdict, because): same (the first is the right name), different,
    or that the first was renamed to, merged into, or split to give the second; it outweighs all else. ``used``: takes the lines that fitted.
    """
    names = list(names)
    known = _Names(names, decided, set() if used is None else used)
    looked_at: dict[tuple[str, str], Row] = {}
    for slip, name in known.slips.items():
        by_people = known.by_people.get(slip)
        _note(
            looked_at,
            slip,
            name,
            Match(True, Decimal(1), by_people["because"], "override") if by_people else Match(True, *kind_of_match("slip"), "slip"),
        )
    for pair in sorted(known.apart, key=sorted):
        one, other = sorted(pair)
        _note(looked_at, one, other, Match(False, Decimal(1), known.apart[pair]["because"], "override"))
    for row in known.successions:
        match = Match(row["succession_kind"] == "renamed", Decimal(1), row["source_text"], "override")
        _note(looked_at, row["from_identity"], row["to_identity"], match)
    successions = _successions([*known.successions, *_accepted(known, stated, looked_at)])
    root = _entities(row for row in successions if row["succession_kind"] == "renamed")
    successions += _by_regions(known)
    for row in successions:
        for side in ("from", "to"):
            row[f"{side}_entity"] = root.get(row[f"{side}_identity"], row[f"{side}_identity"])
    for row in successions:
        if _is_itself(row):
            match = Match(False, Decimal(row["confidence"]), "与更名的说法矛盾：两个名称已认作同一部门", row["succession_kind"])
            _note(looked_at, row["from_identity"], row["to_identity"], match)
    successions = [row for row in successions if not _is_itself(row)]
    told = {row["to_identity"]: row for row in successions if row["succession_kind"] == "renamed"}
    matches = {}
    for row in names:
        key = (row["report_key"], row["bureau_identity"])
        if key in matches:
            continue
        meant, how = known.meant(*key)
        entity = root.get(meant, meant)
        confidence, because = kind_of_match(how)
        if entity != meant:
            row_of = told[meant]
            because = row_of["source_text"] if row_of["told_by"] == "override" else kind_of_match("renamed")[1]
            how, confidence = "renamed", min(confidence, Decimal(row_of["confidence"]))
        matches[key] = {
            "report_key": row["report_key"],
            "bureau_identity": row["bureau_identity"],
            "name_identity": meant,
            "entity_identity": entity,
            "matched_by": how,
            "confidence": str(confidence),
            "because": because if how != "same" else None,
        }
    return [matches[key] for key in sorted(matches)], successions, [looked_at[pair] for pair in sorted(looked_at)]


def _is_itself(row: Row) -> bool:
    """A bureau that went into itself: what was said contradicts what was said of its renaming."""
    return bool(row["succession_kind"] != "renamed" and row["from_entity"] == row["to_entity"])


def _note(looked_at: dict[tuple[str, str], Row], left: str, right: str, match: Match, is_accepted: bool | None = None) -> None:
    row = candidate("bureau", _shown(left), _shown(right), match, is_accepted)
    looked_at.setdefault((row["left_name"], row["right_name"]), row)


def _accepted(known: _Names, stated: Iterable[Row], looked_at: dict[tuple[str, str], Row]) -> list[Row]:
    """What reports say, a row per pair of names and kind: said surely enough, and not against the reports' own years."""
    said: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in stated:
        old, new = known.mended(row["from_identity"]), known.mended(row["to_identity"])
        if old != new:
            said[old, new, row["succession_kind"]].append(row)
    accepted = []
    for (old, new, kind), rows in sorted(said.items()):
        if frozenset((old, new)) in known.apart and kind == "renamed":
            continue  # people know better
        confidence = max(Decimal(row["confidence"]) for row in rows)
        first = min(rows, key=lambda row: (-Decimal(row["confidence"]), row["report_key"], row["source_ref"]))
        years = sorted({row["changed_year"] for row in rows if row["changed_year"] is not None})
        because = None
        if confidence < _SURE_ENOUGH:
            because = "只有别的部门的报告提到，把握不够"
        elif kind == "renamed" and len(known.years[old] & known.years[new]) >= _PARTED_BY_YEARS:
            because = "两个名称在不止一个年度都有各自的报告，不是更名"
        if because is not None:
            _note(looked_at, old, new, Match(False, confidence, because, kind))
            continue
        _note(looked_at, old, new, Match(kind == "renamed", confidence, f"报告写明：{first['source_text'] or ''}", kind))
        accepted.append(
            {
                "from_identity": old,
                "from_name": first["from_name"],
                "to_identity": new,
                "to_name": first["to_name"],
                "succession_kind": kind,
                "changed_year": years[0] if years else None,
                "told_by": "report",
                "confidence": str(confidence),
                "report_key": first["report_key"],
                "source_ref": first["source_ref"],
                "source_text": first["source_text"],
            }
        )
    return accepted


def _successions(accepted: list[Row]) -> list[Row]:
    """Kinds that fit each other: what several went into was merged, what went into several was divided, whatever a report calls it.

    Of one pair said to be renamed and to be merged or divided, the latter counts: it keeps two bureaus apart.
    """
    pairs: dict[tuple[str, str], Row] = {}
    for row in sorted(
        accepted,
        key=lambda row: (
            row["told_by"] != "override",
            row["succession_kind"] == "renamed",
            row["from_identity"],
            row["to_identity"],
            row["succession_kind"],
        ),
    ):
        pairs.setdefault((row["from_identity"], row["to_identity"]), row)
    old_of, new_of = defaultdict(set), defaultdict(set)
    for old, new in pairs:
        new_of[old].add(new)
        old_of[new].add(old)
    fitting = []
    for (old, new), row in sorted(pairs.items()):
        kind = row["succession_kind"]
        if kind == "renamed" and row["told_by"] != "override":
            kind = "split" if len(new_of[old]) > 1 else "merged" if len(old_of[new]) > 1 else kind
        fitting.append({**row, "succession_kind": kind})
    return fitting


def _entities(renamed: Iterable[Row]) -> dict[str, str]:
    """Name → the oldest name of its bureau. A chain that comes back to its beginning is cut where it closes."""
    before: dict[str, str] = {}
    for row in sorted(renamed, key=lambda row: (row["changed_year"] or 9999, row["from_identity"], row["to_identity"])):
        oldest = row["from_identity"]
        while oldest in before:
            oldest = before[oldest]
        if oldest != row["to_identity"]:
            before[row["to_identity"]] = row["from_identity"]
    roots = {}
    for name in before:
        oldest = name
        while oldest in before:
            oldest = before[oldest]
        roots[name] = oldest
    return roots


def _by_regions(known: _Names) -> list[Row]:
    """Bureaus of regions that were merged or divided: each goes into the one of its name in the region that took its place."""
    found = []
    identities = set(known.identities)
    for identity in known.identities:
        code, _, core = identity.partition("|")
        region = coded(code) if code and core else None
        if region is None or region.valid_to is None:
            continue
        after = successors_of(region)
        for successor in after:
            new = f"{lasting(successor).code}|{core}"
            if new in identities:
                kind = "split" if len(after) > 1 else "merged"
                found.append(
                    {
                        "from_identity": identity,
                        "from_name": region.name + core,
                        "to_identity": new,
                        "to_name": successor.name + core,
                        "succession_kind": kind,
                        "changed_year": region.valid_to + 1,
                        "told_by": "region_list",
                        "confidence": "0.8",
                        "report_key": None,
                        "source_ref": None,
                        "source_text": None,
                    }
                )
    return found
