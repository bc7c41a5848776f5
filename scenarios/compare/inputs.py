"""What differs between the input of two plans."""

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.compare.model import InputChange
from scenarios.compare.shifts import unit_loads
from scenarios.compare.side import Side
from scenarios.report.model import RepFigure, Report

SMALLEST = 1e-9
"""Relative difference of two amounts that counts as rounding."""
LEFT_OUT = ("name", "schema_version")
REP_FIELDS = ("name", "status", "capacity", "hours", "territory", "manager", "region")
DATA = (("units", "file"), ("units", "geography", "file"), ("accounts", "file"), ("travel", "file"), ("reps", "file"))
"""Fields that name the files which the value of a plan depends on."""
ONLY_LIMITS = ("tolerance", "min", "max")
"""Fields of a measure that limit plans and leave their value as it is."""


def input_changes(first: Side, other: Side) -> list[InputChange]:
    """Return everything in which the other plan's input differs from the first one's."""
    return [
        InputChange(plan=other.key, kind=kind, place=place, before=before, after=after)
        for kind, place, before, after in (
            *_fields(first.report.provenance.scenario, other.report.provenance.scenario),
            *_files(first.report, other.report),
            *_reps(first.report, other.report),
            *_units(first, other),
        )
    ]


def value_differs(first: Report, other: Report) -> list[str]:
    """Return why the values of two plans can't be compared, in words; empty where goals, weights and data are equal."""
    weights = [{goal.name: goal.weight for goal in report.goals} for report in (first, other)]
    reasons = [] if weights[0] == weights[1] else ["their goals have other weights"]
    documents = (first.provenance.scenario, other.provenance.scenario)
    for part, words in (
        ("measures", "their measures are defined otherwise"),
        ("reps", "their reps differ"),
        ("skills", "they ask for other skills"),
        ("growth", "they assume another growth"),
        ("scope", "they plan other parts of the map"),
    ):
        if _counting(documents[0].get(part)) != _counting(documents[1].get(part)):
            reasons.append(words)
    if any(goal.name == "contribution" and goal.weight > 0 for report in (first, other) for goal in report.goals):
        reasons += ["their economics differ"] * (documents[0].get("economics") != documents[1].get("economics"))
    if "their reps differ" not in reasons and first.reps and other.reps and first.reps != other.reps:
        reasons.append("their reps differ")
    if _data(first) != _data(other):
        reasons.append("their data files differ")
    return reasons


def _counting(part: Any) -> Any:
    """Return a part of the document without file names and mere limits."""
    if isinstance(part, dict):
        return {name: _counting(value) for name, value in part.items() if name not in (*ONLY_LIMITS, "file")}
    return part


def _data(report: Report) -> list[str | None]:
    names: list[str | None] = []
    for path in DATA:
        part: Any = report.provenance.scenario
        for name in path:
            part = part.get(name) if isinstance(part, dict) else None
        names.append(None if part is None else report.provenance.inputs.get(str(part)))
    return names


def _fields(before: Any, after: Any, place: str = "") -> Iterator[tuple[str, str, Any, Any]]:
    """Yield the fields of the scenario document that differ, as deep as both have fields."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            if place or name not in LEFT_OUT:
                yield from _fields(before.get(name), after.get(name), f"{place}.{name}".lstrip("."))
    elif before != after and not _same_file(before, after):
        yield "scenario", place, before, after


def _same_file(before: Any, after: Any) -> bool:
    """Return whether two texts name a file alike but for its folder; what stands in it is told by its hash."""
    return isinstance(before, str) and isinstance(after, str) and before.rsplit("/")[-1] == after.rsplit("/")[-1]


def _files(first: Report, other: Report) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield files that only one has or whose content differs; files are known by their last name."""
    held = [_by_name(report.provenance.inputs) for report in (first, other)]
    documents = {".yaml", ".yml", ".json"}
    for name in dict.fromkeys([*held[0], *held[1]]):
        digests = [one.get(name) for one in held]
        if digests[0] != digests[1] and not any(name.endswith(ending) for ending in documents):
            before, after = (None if digest is None else digest[:12] for digest in digests)
            yield "file", name, before, after


def _by_name(inputs: Mapping[str, str]) -> dict[str, str]:
    return {name.rsplit("/", 1)[-1]: digest for name, digest in inputs.items()}


def _reps(first: Report, other: Report) -> Iterator[tuple[str, str, Any, Any]]:
    before, after = ({rep.id: rep for rep in report.reps} for report in (first, other))
    for rep in dict.fromkeys([*before, *after]):
        if rep not in before or rep not in after:
            yield "rep", rep, _told(before.get(rep)), _told(after.get(rep))
            continue
        for field in REP_FIELDS:
            old, new = getattr(before[rep], field), getattr(after[rep], field)
            if old != new:
                yield "rep", f"{rep} {before[rep].name}: {field}", old, new


def _told(rep: RepFigure | None) -> str | None:
    return None if rep is None else f"{rep.name} ({rep.status})"


def _units(first: Side, other: Side) -> Iterator[tuple[str, str, Any, Any]]:
    before, after = unit_loads(first), unit_loads(other)
    gone, new = [unit for unit in before if unit not in after], [unit for unit in after if unit not in before]
    if gone:
        yield "units", "units of the first plan only", len(gone), 0
    if new:
        yield "units", "units of the other plan only", 0, len(new)
    for name in dict.fromkeys([*first.measures, *other.measures]):
        old, then = (sum(amounts.get(name, 0.0) for amounts in held.values()) for held in (before, after))
        if abs(old - then) > SMALLEST * max(old, then):
            yield "total", name, old, then
    owners = [{row.unit: row.current for row in side.rows} for side in (first, other)]
    changed = sum(1 for unit, owner in owners[0].items() if owners[1].get(unit, owner) != owner)
    if changed:
        yield "today", "units with another rep today", 0, changed
