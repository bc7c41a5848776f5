"""Ways out where no plan keeps every hard rule: changes of the scenario, each ready to be applied."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from optimizer.explain.relaxations import NEAREST
from scenarios.document.merge import merged
from scenarios.prepare.wording import some
from scenarios.report.model import ReasonFigure, Report
from scenarios.report.part import Part
from scenarios.report.relaxation_words import enough, percent

Patch = dict[str, Any]
Document = Mapping[str, Any]


class WayOut(Part):
    """A change of the scenario that helps."""

    rule: str = Field(description="The rule that is loosened; more_reps for a larger team.")
    text: str = Field(description="What changes, in words.")
    patch: Patch = Field(description="JSON Merge Patch (RFC 7396) of the scenario document.")
    is_enough: bool = Field(
        description="Whether a plan is known that keeps every rule then: with `is_alone` by this change, else by all "
        "such changes together, and it is the nearest plan."
    )
    is_alone: bool = Field(False, description="Whether this change is enough by itself.")


def ways_out(report: Report) -> list[WayOut]:
    """Return the changes that are enough by themselves, those that together are, then those that may help otherwise."""
    by_way: dict[int, list[ReasonFigure]] = {}
    for reason in report.reasons:
        if reason.kind == "relaxation":
            by_way.setdefault(reason.way or NEAREST, []).append(reason)
    nearest = [one for one in _changes(report, by_way.pop(NEAREST, [])) if one is not None]
    alone = [_alone(_changes(report, reasons)) for reasons in by_way.values()]
    return [*(way for way in alone if way is not None), *nearest, *other_ways(report)]


def _alone(changes: Sequence[WayOut | None]) -> WayOut | None:
    """Return the changes of one way as one; None where one of them cannot be written."""
    known = [change for change in changes if change is not None]
    if not known or len(known) < len(changes):
        return None
    patch: Patch = {}
    for change in known:
        patch = merged(patch, change.patch)
    text = " and ".join(one if i == 0 else one[0].lower() + one[1:] for i, one in enumerate(c.text for c in known))
    return WayOut(rule=known[0].rule, text=text, patch=patch, is_enough=True, is_alone=True)


def _changes(report: Report, reasons: Iterable[ReasonFigure]) -> list[WayOut | None]:
    """Return one change a rule; None for a rule without one."""
    by_rule: dict[str, list[ReasonFigure]] = {}
    for reason in reasons:
        if reason.territories or reason.rule != "contiguity":
            by_rule.setdefault(reason.rule, []).append(reason)
    return [_change(report, rule, found) for rule, found in by_rule.items()]


def _change(report: Report, rule: str, reasons: Sequence[ReasonFigure]) -> WayOut | None:
    maker = _MAKERS.get(rule)
    made = None if maker is None else maker(report, reasons)
    if made is None:
        return None
    text, patch = made
    return WayOut(rule=rule, text=text, patch=merged(_same_parts(report), patch), is_enough=True)


def _same_parts(report: Report) -> Patch:
    """Return what keeps units divided that looser limits would make whole: the plan that is known divides them."""
    divided = [finding.value for finding in report.findings if finding.code in ("unit-split", "unit-shared")]
    return {"limits": {"split_units": divided}} if divided else {}


Made = tuple[str, Patch] | None
"""What changes in words, and the change; None where it cannot be written as one."""
Maker = Callable[[Report, Sequence[ReasonFigure]], Made]


def _band(_: Report, reasons: Sequence[ReasonFigure]) -> Made:
    needed = {reason.measure: reason for reason in reasons if reason.measure and reason.amount is not None}
    if len(needed) < len(reasons):
        return None
    texts = [
        f"{name} by up to {percent(r.amount or 0.0)} instead of {percent(r.limit or 0.0)}" for name, r in needed.items()
    ]
    changes = {name: {"tolerance": _up(reason.amount)} for name, reason in needed.items()}
    return f"Let territories differ from their share of {_listed(texts)}", {"measures": changes}


def _amounts(field: str, words: str) -> Maker:
    def make(_: Report, reasons: Sequence[ReasonFigure]) -> Made:
        if any(reason.measure is None or reason.amount is None for reason in reasons):
            return None
        texts = [f"{enough(reason.amount or 0.0, reason.limit or 0.0)[0]} of {reason.measure}" for reason in reasons]
        return f"{words} {_listed(texts)}", {"measures": {str(r.measure): {field: r.amount} for r in reasons}}

    return make


def _distance(_: Report, reasons: Sequence[ReasonFigure]) -> Made:
    most = max(reason.amount or 0.0 for reason in reasons)
    return f"Let a place lie up to {most:g} km from its rep", {"limits": {"max_distance_km": most}}


def _hours(report: Report, reasons: Sequence[ReasonFigure]) -> Made:
    """Give the reps concerned more hours: whole ones, of which a few more do no harm."""
    rep_of = {row.territory: row.rep for row in report.territories}
    needed = {str(rep_of[code]): math.ceil(one.amount or 0.0) for one in reasons for code in one.territories}
    added = _document(report).get("reps", {}).get("add", [])
    given = [{**rep, "hours": str(needed[rep["id"]])} if rep.get("id") in needed else rep for rep in added]
    change = {
        rep: {"hours": str(hours)} for rep, hours in needed.items() if rep not in {one.get("id") for one in added}
    }
    text = _listed([f"{rep} {hours:,}" for rep, hours in needed.items()])
    return f"Give more selling hours: {text}", {"reps": {"change": change, **({"add": given} if added else {})}}


def _document(report: Report) -> Document:
    return report.provenance.scenario


def _limit(name: str, value: str, text: str) -> Maker:
    return lambda _report, _reasons: (text, {"limits": {name: value}})


def _disruption(_: Report, reasons: Sequence[ReasonFigure]) -> Made:
    needed = {str(reason.measure): _up(reason.amount) for reason in reasons if reason.measure}
    texts = [f"{percent(share)} of the {name}" for name, share in needed.items()]
    return f"Let {_listed(texts)} change hands", {"limits": {"disruption": needed}}


def _skill(report: Report, _: Sequence[ReasonFigure]) -> Made:
    skills = [{**skill, "required": False} for skill in _document(report).get("skills", [])]
    return "Let a rep have places without the skill they ask for", {"skills": skills}


def _pairs(kind: str, words: str) -> Maker:
    def make(report: Report, reasons: Sequence[ReasonFigure]) -> Made:
        units = {unit for reason in reasons for unit in reason.units}
        return _dropped(_document(report), kind, words, lambda rule: rule.get("unit") in units)

    return make


def _groups(kind: str, words: str) -> Maker:
    def make(report: Report, reasons: Sequence[ReasonFigure]) -> Made:
        groups = [set(reason.units) for reason in reasons]

        def concerns(rule: Document) -> bool:
            return any(len(group & {*rule.get("units", [])}) > 1 for group in groups)

        return _dropped(_document(report), kind, words, concerns)

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
    "hours": _hours,
    "home": _limit("home", "free", "Let a territory lie away from the home of its rep"),
    "contiguity": _limit("contiguity", "preferred", "Let a territory have gaps where there is no other way"),
    "disruption": _disruption,
    "skill": _skill,
    "lock": _pairs("lock", "Drop the locks that are in the way"),
    "forbid": _pairs("forbid", "Drop the bans that are in the way"),
    "together": _groups("together", "Let places that are kept together have different reps"),
    "apart": _groups("apart", "Let places that are kept apart have one rep"),
}


def other_ways(report: Report) -> Iterator[WayOut]:
    """Yield what may help without loosening: heavy places divided, islands linked, a larger team."""
    document = _document(report)
    if report.status.value not in ("infeasible", "unknown") and not report.broken:
        return
    heavy = [finding.value for finding in report.findings if finding.code == "oversize-unit"]
    if heavy and document.get("limits", {}).get("oversize", "refuse") == "refuse":
        places = some(heavy, range(len(heavy)))
        for mode, text in _DIVISIONS.items():
            yield WayOut(
                rule="oversize",
                text=text.replace("{places}", places),
                patch={"limits": {"oversize": mode}},
                is_enough=False,
            )
    broken = {rule.rule for rule in report.broken}
    if "contiguity" in broken and document.get("neighbours", {}).get("bridges", "none") == "none":
        text = "Link islands to the nearest shore"
        yield WayOut(rule="bridges", text=text, patch={"neighbours": {"bridges": "nearest"}}, is_enough=False)
    if broken & {"hours", "max", "max_distance"}:
        yield _one_more(document.get("reps", {}), {rep.id for rep in report.reps})


_DIVISIONS = {
    "split": "Split places that are too heavy for one territory into equal parts ({places})",
    "share": "Let several reps own places together that are too heavy for one territory ({places})",
}


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


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
