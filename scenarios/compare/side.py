"""One plan of a comparison, read from a folder or judged from a plan file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from geodata.findings import Finding, InputError, Level
from scenarios.export.files import ACCOUNTS, GEOJSON, PLAN, REPORT
from scenarios.export.geojson import plan_geojson
from scenarios.export.stored import damaged, stored_document, stored_report, stored_rows
from scenarios.export.tables import account_rows
from scenarios.family.part_files import part_names
from scenarios.formula_guard import unguarded
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source, read
from scenarios.report.answer import given_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run

FEWEST, MOST = 1, 4
"""Plans of a comparison."""
NEEDED = ("unit", "name", "territory", "rep", "share", "current_rep")
"""Properties of plan.geojson that a comparison reads beside the measures."""


@dataclass(frozen=True, eq=False)
class Row:
    """One row of a plan: a unit, or a share of one, and who holds it; "" for nobody.

    `holder` and `current` are rep ids; a territory without a rep is its own holder.
    """

    unit: str
    name: str
    holder: str
    current: str
    share: float
    loads: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Side:
    """What is known of one plan.

    Attributes
    ----------
    key, name, source : str
        A, B, C or D; what it is called; where it was read from.
    report : Report
    document : dict
        plan.geojson.
    accounts : mapping of (holder, owner today) by account, or None
        Where accounts were given.
    """

    key: str
    name: str
    source: str
    report: Report
    document: Mapping[str, Any]
    accounts: Mapping[str, tuple[str, str]] | None

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures, workload first."""
        return tuple(self.report.territories[0].loads)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the plan."""
        return tuple(self._row(feature["properties"]) for feature in self.document["features"])

    @cached_property
    def staying(self) -> frozenset[str]:
        """Holders who may own units: reps who stay, and territories without a rep."""
        listed = {rep.id for rep in self.report.reps if rep.status != "leaving"}
        return frozenset(listed | {row.rep or row.territory for row in self.report.territories})

    def _row(self, fields: Mapping[str, Any]) -> Row:
        loads = {name: float(fields[name]) for name in self.measures}
        unit, name, territory, rep, _, current = (str(fields[name]) for name in NEEDED)
        return Row(unit, name, rep or territory, current, float(fields["share"]), loads)


def read_sides(paths: Sequence[Path], scenario: Path | None, called: Sequence[str] | None = None) -> tuple[Side, ...]:
    """Read the plans of a comparison: folders that solve or score wrote, or plan files judged by `scenario`.

    One plan alone is held against today's. Plans are called by the names of their scenarios, or as `called` says.

    Raises
    ------
    InputError
        For no plan or more than four, for a plan file without a scenario, and for what cannot be read.
    """
    if not FEWEST <= len(paths) <= MOST:
        message = f"{len(paths)} plans were given; {FEWEST} to {MOST} can be compared."
        raise InputError([Finding(Level.ERROR, "wrong-number-of-plans", message, "Maybe compare fewer at once.")])
    sources = part_names(paths)
    read_all = [_from_folder(path) if path.is_dir() else _from_file(path, scenario) for path in paths]
    names = _names(called or [report.name for report, *_ in read_all], sources)
    return tuple(
        Side("ABCD"[i], names[i], sources[i], report, document, accounts)
        for i, (report, document, accounts) in enumerate(read_all)
    )


Parts = tuple[Report, Mapping[str, Any], Mapping[str, tuple[str, str]] | None]


def _from_folder(folder: Path) -> Parts:
    report, document = stored_report(folder), stored_document(folder, GEOJSON)
    names = [*NEEDED, *report.territories[0].loads]
    try:
        fields = [feature["properties"] for feature in document["features"]]
        missing = [name for one in fields for name in names if name not in one]
    except (KeyError, TypeError) as error:
        raise damaged(GEOJSON, f"{type(error).__name__} {error}") from error
    if missing or not fields:
        raise damaged(GEOJSON, f"it has no {missing[0]}" if missing else "it has no units")
    if not (folder / ACCOUNTS).is_file():
        return report, document, None
    head, *cells = stored_rows(folder, ACCOUNTS)
    rows = [dict(zip(head, map(unguarded, row), strict=False)) for row in cells]
    return report, document, _accounts(rows)


def _from_file(path: Path, scenario: Path | None) -> Parts:
    if scenario is None and (path.parent / REPORT).is_file() and path.name == PLAN:
        return _from_folder(path.parent)
    if scenario is None:
        message = f"{path.name} is a plan without its scenario, so nothing can be told of it."
        hint = "Maybe name the scenario with --scenario, or give the folder that solve wrote."
        raise InputError([Finding(Level.ERROR, "plan-without-scenario", message, hint, path.name)])
    source = read(scenario)
    return _judged(path, source)


def _judged(path: Path, source: Source) -> Parts:
    case = prepare(source)
    answer = given_answer(case, *read_plan(path, case))
    run = Run("score", datetime.now(UTC), 0.0, "", source.text_sha256, None)
    accounts = account_rows(answer)
    rows = (
        [] if accounts is None else [dict(zip(accounts.columns, map(str, row), strict=True)) for row in accounts.cells]
    )
    return build_report(answer, run), plan_geojson(answer), None if accounts is None else _accounts(rows)


def _accounts(rows: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    return {
        row.get("account", ""): (row.get("rep", "") or row.get("territory", ""), row.get("current_rep", ""))
        for row in rows
    }


def _names(names: Sequence[str], sources: Sequence[str]) -> list[str]:
    """Return the names; the sources where all plans are of one name, and both where two are."""
    if len(names) > 1 and len(set(names)) == 1:
        return list(sources)
    return [
        f"{name} ({source})" if names.count(name) > 1 else name for name, source in zip(names, sources, strict=True)
    ]
