"""Which printed names are one bureau, and which bureaus became others.

Names meet by region and core already when they are read (``flows.identity.names``). Here: slips, branches called by their place alone, and what
reports say of renaming, merging and dividing. A renamed bureau is one entity, named by its oldest name; merged and divided ones stay apart.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.identity.names import BureauName, parse, reading
from flows.identity.regions import coded, lasting, successors_of
from flows.identity.wording import names_data
from flows.resolve.match import Match, Row, candidate

_SURE_ENOUGH = Decimal("0.8")  # what is said of successions with less is kept as a candidate, and changes nothing
_PARTED_BY_YEARS = 2  # so many common years of reports show that two names are two bureaus
_PLAIN = "一二三四五六七八九十百甲乙丙东西南北中上下前后左右大小新老0123456789"  # characters that tell two names apart, never slips


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.resolve").joinpath("bureaus.toml").read_text(encoding="utf8"))


@cache
def _standard() -> frozenset[str]:
    return frozenset(_data()["standard"])


def _kind(name: str) -> tuple[Decimal, str]:
    entry = _data()["kinds"][name]
    return Decimal(entry["confidence"]), entry["zh"]


def compare(left: BureauName, right: BureauName, left_kind: str | None = None, right_kind: str | None = None) -> Match:
    """Are two names one bureau? ``left_kind``, ``right_kind``: department or unit, where they are known."""
    if left_kind and right_kind and left_kind != right_kind:
        return Match(False, Decimal("0.9"), "部门与所属单位名称相同，分开计", "kind")
    if left.is_only_a_region != right.is_only_a_region:
        return Match(False, Decimal("0.3"), "只有区划名称，不是部门", "region_only")
    if left.identity == right.identity:
        return _same(left, right)
    if left.core == right.core and (_is_ambiguous(left) or _is_ambiguous(right)):
        return Match(False, Decimal("0.6"), "同名区划不止一个，看不出是哪一个", "ambiguous")
    if _where(left) != _where(right):
        return Match(False, Decimal("0.2") if left.core != right.core else Decimal("0.5"), "区划不同", "other_region")
    kind = _alike(left.core, right.core)
    if kind is None:
        return Match(False, _likeness(left.core, right.core), "同一区划的不同名称", "other_name")
    confidence, because = _kind(kind)
    return Match(True, min(confidence, *_doubts(left, right)), because, kind)


def _same(left: BureauName, right: BureauName) -> Match:
    if _is_ambiguous(left) or _is_ambiguous(right):
        confidence, because = Decimal(names_data()["steps"]["ambiguous"]["confidence"]), names_data()["steps"]["ambiguous"]["zh"]
        return Match(True, confidence, because, "ambiguous")
    kind = "same" if left.name == right.name else "upper_region"
    if left.region != right.region:
        kind = "region_renamed"
    confidence, because = _kind(kind)
    steps = dict.fromkeys((*left.steps, *right.steps))
    reasons = [names_data()["steps"][step]["zh"] for step in steps]
    by = kind
    if steps and kind != "region_renamed":
        by = min(steps, key=lambda step: (Decimal(names_data()["steps"][step]["confidence"]), step))
        return Match(True, min(confidence, *_doubts(left, right)), "；".join(reasons), by)
    return Match(True, min(confidence, *_doubts(left, right)), "；".join([because, *reasons]), by)


def _doubts(left: BureauName, right: BureauName) -> tuple[Decimal, Decimal]:
    return reading(left)[1], reading(right)[1]


def _is_ambiguous(name: BureauName) -> bool:
    return "ambiguous" in name.steps


def _where(name: BureauName) -> str:
    return lasting(name.region).code if name.region else name.place


def _alike(left: str, right: str) -> str | None:
    """How two cores of one region are one: branch, slip; None where they are two."""
    if is_branch_of(left, right) or is_branch_of(right, left):
        return "branch"
    return "slip" if slip_of(left) == right or slip_of(right) == left else None


def is_branch_of(short: str, whole: str) -> bool:
    """Is 盘山分中心 what 医疗保障事务服务中心盘山分中心 is called for short?"""
    return len(short) < len(whole) and whole.endswith(short) and any(short.endswith(word) for word in names_data()["branches"])


@cache
def slip_of(core: str) -> str | None:
    """The standard name of which a core is a slip of one character; None where it is none, or could be of two."""
    if core in _standard():
        return None
    near = [name for name in sorted(_standard()) if _one_slip_apart(core, name)]
    return near[0] if len(near) == 1 and len(near[0]) >= _data()["shortest"] else None


def _one_slip_apart(slip: str, name: str) -> bool:
    """One character wrong, missing, or doubled; the last one, which says what kind of organisation it is, is right."""
    if not slip or slip[-1] != name[-1] or abs(len(slip) - len(name)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(slip, name, strict=False)) if a != b), min(len(slip), len(name)))
    if len(slip) == len(name):
        return slip[at + 1 :] == name[at + 1 :] and slip[at] not in _PLAIN and name[at] not in _PLAIN
    if len(slip) < len(name):
        return slip[at:] == name[at + 1 :] and name[at] not in _PLAIN
    return slip[at + 1 :] == name[at:] and slip[at] in slip[max(0, at - 1) : at]


def _likeness(left: str, right: str) -> Decimal:
    """How much of the longer core the two have in common, 0 to 0.9."""
    common = len(set(left) & set(right))
    return (Decimal(common) / max(len(set(left) | set(right)), 1) * Decimal("0.9")).quantize(Decimal("0.01"))


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

    def __init__(self, names: Sequence[Row]) -> None:
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

    def mended(self, identity: str) -> str:
        """The name without its slip."""
        return self.slips.get(identity, identity)

    def meant(self, report: str, identity: str) -> tuple[str, str]:
        """The name that a printed one stands for, and how that is known."""
        if identity in self.slips:
            return self.slips[identity], "slip"
        where, core = _parts(identity)
        whole = [
            other
            for other in sorted(self.by_report[report])
            if other != identity and _parts(other)[0] == where and is_branch_of(core, _parts(other)[1])
        ]
        return (whole[0], "branch") if len(whole) == 1 else (identity, "same")


def resolve(names: Iterable[Row], stated: Iterable[Row] = ()) -> tuple[list[Row], list[Row], list[Row]]:
    """Names and what reports say of successions → matches, successions, and the pairs that were looked at.

    ``names``: report_key, bureau_identity, fiscal_year, is_publisher. ``stated``: rows of staged.successions. Matches: one per report and
    name. Successions: one per pair of names and kind; of a renaming both names have the same entity. The outcome does not depend on the order.
    """
    names = list(names)
    known = _Names(names)
    looked_at: dict[tuple[str, str], Row] = {}
    for slip, name in known.slips.items():
        _note(looked_at, slip, name, Match(True, *_kind("slip"), "slip"))
    successions = _successions(_accepted(known, stated, looked_at))
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
    sure = {row["to_identity"]: Decimal(row["confidence"]) for row in successions if row["succession_kind"] == "renamed"}
    matches = {}
    for row in names:
        key = (row["report_key"], row["bureau_identity"])
        if key in matches:
            continue
        meant, how = known.meant(*key)
        entity = root.get(meant, meant)
        confidence, because = _kind(how)
        if entity != meant:
            how, confidence, because = "renamed", min(confidence, sure[meant]), _kind("renamed")[1]
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
        accepted, key=lambda row: (row["succession_kind"] == "renamed", row["from_identity"], row["to_identity"], row["succession_kind"])
    ):
        pairs.setdefault((row["from_identity"], row["to_identity"]), row)
    old_of, new_of = defaultdict(set), defaultdict(set)
    for old, new in pairs:
        new_of[old].add(new)
        old_of[new].add(old)
    fitting = []
    for (old, new), row in sorted(pairs.items()):
        kind = row["succession_kind"]
        if kind == "renamed":
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
