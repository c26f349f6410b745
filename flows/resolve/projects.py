"""Which printed names are one project of a bureau, over years, forms and lists."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from flows.identity.names import is_organisation
from flows.matching import account_name
from flows.resolve import project_names
from flows.resolve.match import LIKELY, Match, Row, candidate, clusters
from flows.resolve.overrides import Line, Overrides, Rulings
from flows.values.text import squash

_NEAR = Decimal("1.5")  # a budget that grew or shrank by no more than half
_CONTINUED = 4  # characters by which a name may grow where years and money say that the project goes on
_FORM, _TEXT = "form", "text"
_REGION = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|[省市县区旗镇乡])")
_KNOWN = 4  # a name in running text that is shorter is met by chance
_HEADING = re.compile(r"[^\d,.;，。；:：]{5,40}")


@dataclass(frozen=True, slots=True)
class Project:
    """A name and what is known of it: years it is seen in, places (a report and its forms, its task list …) where it has a line of its own,
    a typical budget in 元, and how the region of its bureau is called."""

    name: str
    years: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    budget: Decimal | None = None
    regions: tuple[str, ...] = ()

    @property
    def parts(self) -> project_names.ProjectName:
        return project_names.parse(self.name, self.regions)


def compare(left: Project, right: Project) -> Match:
    """Are two names one project of one bureau?

    The wording decides first; what is known of the two may part names that look alike - both have a line of their own in one place - or join
    names where one goes on where the other ends.
    """
    if squash(left.name) == squash(right.name):
        return Match(True, Decimal(1), "名称相同", "exact")
    left, right = sorted((left, right), key=lambda project: project.name)
    match = project_names.by_wording(left.parts, right.parts)
    if match.by == "normalised":
        return match
    if match.is_same and left.places & right.places:
        return Match(False, Decimal("0.6"), f"{match.because}；但在同一份报告中各占一处", "listed_apart")
    if match.is_same and match.by == "widened" and left.years & right.years:
        return Match(False, Decimal("0.6"), f"{match.because}；但同一年度两者都有", "listed_apart")
    if match.by == "narrower" and _goes_on(left, right):
        return Match(True, Decimal("0.7"), f"{match.because}；但年度前后相接、预算相近", "continued")
    return match


def _goes_on(left: Project, right: Project) -> bool:
    """One begins the year after the other ends, with a budget like it, under a name little longer."""
    if not (left.years and right.years and left.budget and right.budget) or left.places & right.places:
        return False
    first, second = sorted((left, right), key=lambda project: (min(project.years), project.name))
    if max(first.years) + 1 != min(second.years) or not 1 / _NEAR <= second.budget / first.budget <= _NEAR:  # type: ignore[operator]
        return False
    lengths = sorted(len("".join(project_names.content(project.parts.tokens, True))) for project in (left, right))
    return lengths[1] - lengths[0] <= min(_CONTINUED, lengths[0] // 2)


@cache
def is_basic(name: str) -> bool:
    """A task that every office has, no project: 人员经费, 公用经费, 合计."""
    text = squash(name)
    return any(text.startswith(word) for word in project_names.data()["basic"])


@cache
def looks_like_project(name: str) -> bool:
    """Does the name end like a project's?"""
    return any(squash(name).rstrip("()（）").endswith(word) for word in project_names.data()["project_endings"])


def _regions(name: str) -> list[str]:
    """The region words that a bureau's name begins with: 示例省示例市示例局 → 示例省, 示例市."""
    found = []
    while match := _REGION.match(name):
        found.append(match.group())
        name = name[match.end() :]
    return found


class Bureau:
    """The names of one bureau, each known by its form without year and batch, and what is known of each."""

    def __init__(self, rows: Iterable[Row], names: Iterable[str], lines: Sequence[Line], used: set[int]) -> None:
        self._regions = tuple(sorted({region for name in names for region in _regions(squash(name))}))
        self._apart = {squash(name) for line in lines if line.verdict == "different" for name in (line.one, line.other)}
        years: dict[str, set[int]] = defaultdict(set)
        places: dict[str, set[str]] = defaultdict(set)
        budgets: dict[str, list[Decimal]] = defaultdict(list)
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        self.has_form: set[str] = set()
        for row in rows:
            key = self.key(row["project_name"])
            printed[key][row["project_name"]] += 1
            if row["fiscal_year"]:
                years[key].add(row["fiscal_year"])
            places[key].add(f"{row['report_key']}|{row['place']}")
            if row["budget_yuan"]:
                budgets[key].append(row["budget_yuan"])
            if row["listed_in"] == _FORM:
                self.has_form.add(key)
        self.nodes = {
            key: Project(
                min(names, key=lambda name: (-names[name], name)),
                frozenset(years[key]),
                frozenset(places[key]),
                sorted(budgets[key])[len(budgets[key]) // 2] if budgets[key] else None,
                self._regions,
            )
            for key, names in printed.items()
        }
        self._judged: dict[tuple[str, str], Match] = {}
        self._rulings = Rulings.about(lines, self.key, self.nodes, used)

    def key(self, name: str) -> str:
        """What names one project without any doubt: the name without year and batch; the printed one where people keep it apart."""
        text = squash(name)
        return text if text in self._apart else self.parts(name).strict

    def parts(self, name: str) -> project_names.ProjectName:
        return project_names.parse(name, self._regions)

    def project(self, name: str) -> Project:
        """The name alone, as one of this bureau."""
        return Project(name, regions=self._regions)

    def judge(self, left: str, right: str) -> Match:
        pair = (left, right) if left <= right else (right, left)
        if pair not in self._judged:
            self._judged[pair] = self._rulings.said(*pair) or compare(self.nodes[pair[0]], self.nodes[pair[1]])
        return self._judged[pair]

    def pairs(self) -> list[tuple[str, str]]:
        """Pairs of names worth a look: they share half of the shorter one's neighbouring characters, or people said something of them."""
        grams: dict[str, set[str]] = {}
        where: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.nodes):
            words = self.nodes[key].parts.tokens
            text = "".join(project_names.content(words, False)) or key
            grams[key] = {text[at : at + 2] for at in range(max(1, len(text) - 1))}
            for gram in grams[key]:
                where[gram].append(key)
        shared: Counter[tuple[str, str]] = Counter()
        for keys in where.values():
            for at, left in enumerate(keys):
                for right in keys[at + 1 :]:
                    shared[left, right] += 1
        found = [pair for pair, count in shared.items() if 2 * count >= min(len(grams[pair[0]]), len(grams[pair[1]]))]
        return sorted({*found, *self._rulings.by_pair})


def _projects(bureau: Bureau, candidates: list[Row]) -> dict[str, tuple[str, Match]]:
    """Key of each name → key that stands for its project, and why."""
    pairs = bureau.pairs()
    ambiguous = _ambiguous(bureau, pairs)

    def judge(left: str, right: str) -> Match:
        match = bureau.judge(left, right)
        if (left, right) in ambiguous and match.by == "widened":
            return Match(False, match.confidence, f"{match.because}；但另有项目也并入同一名称", "merged_items")
        return match

    groups, parted = clusters(bureau.nodes, pairs, judge)
    for left, right in pairs:
        match = judge(left, right)
        if (left, right) in parted:
            match = Match(False, match.confidence, f"{match.because}；但与同组的“{bureau.nodes[parted[left, right]].name}”不同", match.by)
        if match.confidence >= LIKELY or match.by == "override":
            candidates.append(candidate("project", bureau.nodes[left].name, bureau.nodes[right].name, match))
    found = {}
    for group in groups:
        head = min(group, key=lambda key: (min(bureau.nodes[key].years, default=9999), key not in bureau.has_form, key))
        for key in group:
            found[key] = (head, judge(*sorted((key, head))) if key != head else Match(True, Decimal(1), "名称相同", "exact"))
    return found


def _ambiguous(bureau: Bureau, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Pairs of a merged name and one of its items, where several names claim to be that item: none of them is the merged project."""
    claims: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        match = bureau.judge(left, right)
        if match.is_same and match.by == "widened":
            shorter, longer = sorted((left, right), key=lambda key: (len(key), key))
            claims[longer].append(shorter)
    return {
        (min(longer, item), max(longer, item))
        for longer, items in claims.items()
        if any(not bureau.judge(one, other).is_same for at, one in enumerate(items) for other in items[at + 1 :])
        for item in items
    }


def _merged_item(bureau: Bureau, key: str, found: Mapping[str, tuple[str, Match]]) -> tuple[str, Match] | None:
    """The form whose name holds this listed name as one of its items, where there is just one in the same year."""
    item = bureau.nodes[key]
    holders = []
    for other in sorted(bureau.has_form):
        form = bureau.nodes[other]
        for part in project_names.details(form.name) if form.years & item.years else ():
            match = compare(bureau.project(part), bureau.project(item.name))
            if match.is_same and match.by != "widened":
                holders.append((other, Match(True, Decimal("0.75"), f"“{form.name}”包含这一明细项", "merged_item")))
                break
    heads = {found[other][0] for other, _ in holders}
    return (heads.pop(), holders[0][1]) if len(heads) == 1 else None


def list_title() -> str:
    """The pattern of the titles of tables that list projects."""
    return project_names.data()["list_title"]


@cache
def _in_headings(section: str) -> tuple[str, ...]:
    """The projects that numbered headings below a heading about projects name: 三、各项目自评情况/2. 示例补助经费/…"""
    above, *below = section.split("/")
    found = []
    for heading in below:
        name = account_name(heading)
        is_numbered = squash(heading) != name
        if "项目" in above and is_numbered and _HEADING.fullmatch(name) and not is_basic(name) and looks_like_project(name):
            found.append(name)
        above += heading
    return tuple(found)


@cache
def _in_line(line: str) -> tuple[str, ...]:
    """The project of a line of a table of projects, whose cells are joined: 特定目标类/示例工作经费/示例市示例局. Lines by function name none."""
    parts = [part for part in line.split("/") if not squash(part).endswith(("类", "支出")) and not is_organisation(part)]
    likely = [part for part in parts if looks_like_project(part)] or parts
    return tuple(likely[:1])


def _names_in(row: Row) -> tuple[str, ...]:
    """The names of projects that a row may give."""
    if row["listed_in"] == "heading":
        return _in_headings(row["project_name"])
    return _in_line(row["project_name"]) if row["listed_in"] == "table" else (row["project_name"],)


def _known_by(bureau: "Bureau") -> dict[tuple[str, ...], str]:
    """Words of each name → the name's key, where no two names share them: for names in running text, which are looked up, never joined."""
    found: dict[tuple[str, ...], str | None] = {}
    for key in sorted(bureau.nodes):
        words = project_names.content(bureau.nodes[key].parts.tokens, False)
        found[words] = key if found.get(words, key) == key else None
    return {words: key for words, key in found.items() if key and len("".join(words)) >= _KNOWN}


def resolve(
    names: Iterable[Row], overrides: Overrides, bureau_names: Mapping[str, Iterable[str]]
) -> tuple[list[Row], list[Row], list[Row]]:
    """Printed names → matches, lines that list a project, and the pairs that were looked at.

    ``names``: report_key, fact_id, entity_identity, project_name, fiscal_year, listed_in (form, task, table, heading, text), place (within the
    report), budget_yuan; ``bureau_names``: every name of each entity. Matches: one per report and name of a form. Listings: one per line
    outside of forms' heads that names a project: a task or line of a table that looks like one, a heading or figure in text that names a known one.
    """
    bureaus: dict[str, list[Row]] = defaultdict(list)
    for row in names:
        bureaus[row["entity_identity"]] += [
            row | {"project_name": name} for name in _names_in(row) if row["listed_in"] == _FORM or not is_basic(name)
        ]
    matches: dict[tuple[str, str], Row] = {}
    listings: dict[tuple[str, ...], Row] = {}
    candidates: list[Row] = []
    for entity in sorted(bureaus):
        rows = sorted(
            bureaus[entity], key=lambda row: tuple(str(row[name] or "") for name in ("report_key", "listed_in", "fact_id", "project_name"))
        )
        called = sorted(bureau_names.get(entity, ()))
        known_rows = [row for row in rows if row["listed_in"] != _TEXT]
        bureau = Bureau(known_rows, called, overrides.of("project", called), overrides.used)
        looked_at: list[Row] = []
        found = _projects(bureau, looked_at)
        candidates += [row | {"entity_identity": entity} for row in looked_at]
        with_form = {found[key][0] for key in bureau.has_form}
        known = _known_by(bureau)
        for row in rows:
            resolved = _resolved(row, bureau, found, with_form, known)
            if resolved is None:
                continue
            if row["listed_in"] == _FORM:
                matches[row["report_key"], row["project_name"]] = resolved
                continue
            listing = resolved | {"fact_id": row["fact_id"], "listed_in": row["listed_in"], "fiscal_year": row["fiscal_year"]}
            in_text = row["listed_in"] in (_TEXT, "heading")
            once = (
                (row["report_key"], row["listed_in"], resolved["project_id"], str(row["fiscal_year"])) if in_text else (row["fact_id"], "")
            )
            listings.setdefault(once, listing)
    return list(matches.values()), list(listings.values()), candidates


def _resolved(
    row: Row, bureau: "Bureau", found: Mapping[str, tuple[str, Match]], with_form: set[str], known: Mapping[tuple[str, ...], str]
) -> Row | None:
    """The project of a row, or None where its name is no project's."""
    name = row["project_name"]
    key = bureau.key(name)
    if row["listed_in"] == _TEXT:
        words = project_names.content(bureau.parts(name).tokens, False)
        if words not in known:
            return None
        key = known[words]
    head, match = found[key]
    if row["listed_in"] != _FORM and head not in with_form:
        if merged := _merged_item(bureau, key, found):
            head, match = merged
        elif not (row["budget_yuan"] or looks_like_project(name)):
            return None
    if match.by == "exact" and squash(name) != squash(bureau.nodes[head].name):
        match = compare(bureau.project(name), bureau.project(bureau.nodes[head].name))
    return {
        "report_key": row["report_key"],
        "project_name": name,
        "project_id": head,
        "batch": bureau.parts(name).batch,
        "matched_by": match.by,
        "confidence": str(match.confidence),
        "because": match.because,
    }
