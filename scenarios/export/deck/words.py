"""Slides of words: how the plan was made, and what to do next."""

from collections.abc import Iterator
from typing import Any

from geodata.findings import Level
from scenarios.export.crm.owners import owner_changes
from scenarios.export.crm.people import UNFILLED
from scenarios.export.written import WrittenPlan
from scenarios.report.model import BoundKind, Report
from scenarios.report.written import tolerance

PROOFS = {
    BoundKind.EXACT: "An exact search showed that no plan is better.",
    BoundKind.MIP: "The proof is a mathematical bound over all units and reps (mixed-integer program).",
    BoundKind.LAGRANGIAN: "The proof is a mathematical bound (Lagrangian); certificate.json lets anybody check it.",
    BoundKind.NONE: "No bound is known for this plan.",
}
GOALS = {"travel": "short trips", "fit": "right skills", "balance": "fair shares", "disruption": "few changes"}
LIMITS = {
    ("contiguity", "required"): "every territory is in one piece",
    ("contiguity", "preferred"): "territories are in one piece where that pays",
    ("home", "inside"): "each holds the home of its rep",
    ("hours", "hard"): "selling hours cap the workload",
    ("oversize", "split"): "places too heavy for one rep are split",
    ("oversize", "share"): "places too heavy for one rep are shared",
}
"""What a limit of the scenario says, by its name and value; what is not limited is not told."""
STOPS = {
    "time_limit": "The search ended when its time was up.",
    "memory_limit": "The search ended when its memory was used up.",
    "effort": "The search ended when the agreed work was done.",
    "gap": "The search ended when the gap that was asked for was proven.",
    "user_stop": "The search was stopped by hand, and the best plan kept.",
}


def about_bullets(report: Report) -> tuple[str, ...]:
    """Return what was asked for, how it was proved, and from what."""
    return tuple(text for text in (*_asked(report), *_proof(report), _made_of(report)) if text)


def _asked(report: Report) -> Iterator[str]:
    goals = [f"{GOALS.get(goal.name, goal.name)} ({goal.weight:g})" for goal in report.goals if goal.weight]
    yield f"What counts, with its weight: {', '.join(goals)}." if goals else ""
    bands = [(name, tolerance(report, name)) for name in report.territories[0].loads]
    kept = [f"{name} within {100 * share:g} % of target" for name, share in bands if share is not None]
    yield f"Bands that must be kept: {', '.join(kept)}." if kept else "No band had to be kept."
    limits: Any = report.provenance.scenario.get("limits") or {}
    told = [text for name, value in ({"contiguity": "required"} | limits).items() if (text := _limit(name, value))]
    yield f"What must hold: {'; '.join(told)}." if told else ""


def _limit(name: str, value: Any) -> str:
    if name == "max_distance_km":
        return f"no place is farther than {value:g} km from its rep"
    if name == "disruption" and isinstance(value, dict):
        shares = [f"{100 * share:g} % of {part}" for part, share in value.items() if isinstance(share, float)]
        return f"at most {', '.join(shares)} changes hands" if shares else ""
    return LIMITS.get((name, str(value)), "")


def _proof(report: Report) -> Iterator[str]:
    yield PROOFS[report.bound_kind]
    yield f"{STOPS.get(str(report.stop_reason), '')} Every rule was checked again by a program of its own.".strip()
    if report.contribution is not None and report.contribution.label != "calibrated":
        yield f"Money is {report.contribution.label}, not measured: it rests on assumed response curves."


def _made_of(report: Report) -> str:
    source = report.provenance
    return f"Made by {source.product} from {len(source.inputs)} files; scenario SHA-256 {source.scenario_sha256[:16]}."


def next_bullets(plan: WrittenPlan) -> tuple[str, ...]:
    """Return what is to be decided and done, what stands open first."""
    return tuple(_next(plan))


def _next(plan: WrittenPlan) -> Iterator[str]:
    report = plan.report
    if report.broken:
        yield f"Decide on {len(report.broken)} broken hard rules: {report.broken[0].where}: {report.broken[0].cause}"
    doubts = sum(finding.level == Level.WARNING for finding in report.findings)
    if doubts:
        yield f"Look at {doubts} warnings about the data; they stand on the sheet Findings of plan.xlsx."
    open_seats = [row.territory for row in report.territories if row.status in (*UNFILLED, "open")]
    if open_seats:
        more = " and others" if len(open_seats) > 6 else ""
        yield f"Fill {len(open_seats)} seats without a rep: {', '.join(open_seats[:6])}{more}."
    if any(rep.manager or rep.region for rep in report.reps):
        yield "Send each manager their pack, and take up what comes back."
    yield "Approve the plan."
    yield from _publish(plan)


def _publish(plan: WrittenPlan) -> Iterator[str]:
    told: Any = plan.report.provenance.scenario.get("plan") or {}
    if plan.accounts is not None:
        changes = owner_changes(plan).changes
        count = 0 if changes is None else len(changes.cells)
        yield f"Load {count:,} owner changes into the CRM, after a dry run and with the rollback file at hand."
    else:
        yield "Load the routing table into the CRM, after a look at it."
    yield "Give each rep their scorecard" + (
        f" before {told['from']}, when the plan starts." if told.get("from") else "."
    )
