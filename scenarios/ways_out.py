"""Ways out where no plan keeps every hard rule: changes of the scenario, each ready to be applied."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import Field

from scenarios.report.model import ReasonFigure, Report
from scenarios.report.part import Part

Patch = dict[str, Any]
Document = Mapping[str, Any]


class WayOut(Part):
    """A change of the scenario that helps."""

    rule: str = Field(description="The rule that is loosened; more_reps for a larger team.")
    text: str = Field(description="What changes, in words.")
    patch: Patch = Field(description="JSON Merge Patch (RFC 7396) of the scenario document.")
    is_enough: bool = Field(
        description="Whether the nearest plan keeps the rule then: all such changes together make it feasible."
    )


def ways_out(report: Report) -> list[WayOut]:
    """Return the changes that make the nearest plan keep every rule, then those that may help otherwise."""
    document = report.provenance.scenario
    ways: list[WayOut] = []
    for rule, reasons in _by_rule(report.reasons).items():
        maker = _MAKERS.get(rule)
        made = None if maker is None else maker(document, reasons)
        if made is not None:
            ways.append(WayOut(rule=rule, text=made[0], patch=made[1], is_enough=True))
    return [*ways, *_others(report, document)]


def _by_rule(reasons: Iterable[ReasonFigure]) -> dict[str, list[ReasonFigure]]:
    found: dict[str, list[ReasonFigure]] = {}
    for reason in reasons:
        if reason.kind == "relaxation":
            found.setdefault(reason.rule, []).append(reason)
    return found


Made = tuple[str, Patch] | None
"""What changes in words, and the change; None where it cannot be written as one."""
Maker = Callable[[Document, Sequence[ReasonFigure]], Made]


def _band(_: Document, reasons: Sequence[ReasonFigure]) -> Made:
    needed = {reason.measure: reason for reason in reasons if reason.measure and reason.amount is not None}
    if len(needed) < len(reasons):
        return None
    texts = [f"{name} by up to {_percent(r.amount)} instead of {_percent(r.limit)}" for name, r in needed.items()]
    changes = {name: {"tolerance": _up(reason.amount)} for name, reason in needed.items()}
    return f"Let territories differ from their share of {_listed(texts)}", {"measures": changes}


def _amounts(field: str, words: str) -> Maker:
    def make(_: Document, reasons: Sequence[ReasonFigure]) -> Made:
        if any(reason.measure is None or reason.amount is None for reason in reasons):
            return None
        texts = [f"{reason.amount:,.6g} of {reason.measure}" for reason in reasons]
        return f"{words} {_listed(texts)}", {"measures": {str(r.measure): {field: r.amount} for r in reasons}}

    return make


def _distance(_: Document, reasons: Sequence[ReasonFigure]) -> Made:
    most = max(reason.amount or 0.0 for reason in reasons)
    return f"Let a place lie up to {most:g} km from its rep", {"limits": {"max_distance_km": most}}


def _limit(name: str, value: str, text: str) -> Maker:
    return lambda _document, _reasons: (text, {"limits": {name: value}})


def _disruption(_: Document, reasons: Sequence[ReasonFigure]) -> Made:
    needed = {str(reason.measure): _up(reason.amount) for reason in reasons if reason.measure}
    texts = [f"{_percent(share)} of the {name}" for name, share in needed.items()]
    return f"Let {_listed(texts)} change hands", {"limits": {"disruption": needed}}


def _skill(document: Document, _: Sequence[ReasonFigure]) -> Made:
    skills = [{**skill, "required": False} for skill in document.get("skills", [])]
    return "Let a rep have places without the skill they ask for", {"skills": skills}


def _pairs(kind: str, words: str) -> Maker:
    def make(document: Document, reasons: Sequence[ReasonFigure]) -> Made:
        units = {unit for reason in reasons for unit in reason.units}
        return _dropped(document, kind, words, lambda rule: rule.get("unit") in units)

    return make


def _groups(kind: str, words: str) -> Maker:
    def make(document: Document, reasons: Sequence[ReasonFigure]) -> Made:
        groups = [set(reason.units) for reason in reasons]
        return _dropped(
            document, kind, words, lambda rule: any(len(group & {*rule.get("units", [])}) > 1 for group in groups)
        )

    return make


def _dropped(document: Document, kind: str, words: str, concerns: Callable[[Document], bool]) -> Made:
    """Return what drops the rules of a list that are in the way; None where they stand in a file or are not found."""
    rules = document.get("rules", {}).get(kind)
    kept = [rule for rule in rules if not concerns(rule)] if isinstance(rules, list) else None
    if kept is None or len(kept) == len(rules):
        return None
    count = len(rules) - len(kept)
    return f"{words} ({count} {'rule' if count == 1 else 'rules'})", {"rules": {kind: kept}}


_MAKERS: Mapping[str, Maker] = {
    "band": _band,
    "min": _amounts("min", "Let a territory have as little as"),
    "max": _amounts("max", "Let a territory have as much as"),
    "max_distance": _distance,
    "hours": _limit("hours", "off", "Let the workload exceed the selling hours of a rep"),
    "home": _limit("home", "free", "Let a territory lie away from the home of its rep"),
    "contiguity": _limit("contiguity", "preferred", "Let a territory have gaps where there is no other way"),
    "disruption": _disruption,
    "skill": _skill,
    "lock": _pairs("lock", "Drop the locks that are in the way"),
    "forbid": _pairs("forbid", "Drop the bans that are in the way"),
    "together": _groups("together", "Let places that are kept together have different reps"),
    "apart": _groups("apart", "Let places that are kept apart have one rep"),
}


def _others(report: Report, document: Document) -> Iterable[WayOut]:
    """Yield what may help without loosening: heavy places shared out, islands linked, a larger team."""
    if report.status.value not in ("infeasible", "unknown") and not report.broken:
        return
    oversize = any(finding.code == "oversize-unit" for finding in report.findings)
    if oversize and document.get("limits", {}).get("oversize", "refuse") == "refuse":
        text = "Split places that are too heavy for one rep"
        yield WayOut(rule="oversize", text=text, patch={"limits": {"oversize": "split"}}, is_enough=False)
    broken = {rule.rule for rule in report.broken}
    if "contiguity" in broken and document.get("neighbours", {}).get("bridges", "none") == "none":
        text = "Link islands to the nearest shore"
        yield WayOut(rule="bridges", text=text, patch={"neighbours": {"bridges": "nearest"}}, is_enough=False)
    if broken & {"hours", "max", "max_distance"}:
        yield _one_more(document.get("reps", {}), {rep.id for rep in report.reps})


def _one_more(reps: Document, known: set[str]) -> WayOut:
    """Return the way out of a larger team: one more free territory, or one more rep to be hired."""
    if "file" not in reps and reps.get("count"):
        count = int(reps["count"]) + 1
        return WayOut(
            rule="more_reps", text=f"Plan with {count} territories", patch={"reps": {"count": count}}, is_enough=False
        )
    number = next(n for n in range(1, len(known) + 2) if f"NEW{n}" not in known)
    added = [*reps.get("add", []), {"id": f"NEW{number}", "status": "planned"}]
    text = f"Plan with one more rep (NEW{number}, to be hired)"
    return WayOut(rule="more_reps", text=text, patch={"reps": {"add": added}}, is_enough=False)


def _up(share: float | None) -> float:
    return math.ceil((share or 0.0) * 1e4 - 1e-6) / 1e4


def _percent(share: float | None) -> str:
    return f"{100 * _up(share):g} %"


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
