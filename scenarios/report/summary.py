"""What a leader wants to know, in one paragraph."""

import math
from collections.abc import Sequence

from optimizer.result import Status
from scenarios.prepare.wording import counted
from scenarios.report.model import Report, TerritoryFigure
from scenarios.report.money import contribution_sentence

WORKLOAD_NAME = "workload"
EXACT = 1e-9
"""A smaller gap is rounding."""


def summary(report: Report) -> str:
    """Return the paragraph: bands, what changes hands, travel, and how good the plan is proven to be."""
    return f"{story(report)} {gap_sentence(report)}".strip()


def story(report: Report) -> str:
    """Return the paragraph without the proof."""
    sentences = (_outcome(report), _bands(report), _hands(report), _travel(report), _money(report))
    return " ".join(sentence for sentence in sentences if sentence)


def repeat_sentence(report: Report) -> str:
    """Return whether another run of the same input gives the same files."""
    if report.provenance.reproducible:
        return "Another run of the same input gives the same bytes."
    return "Another run may give another plan: a clock or the memory decided. Maybe use solve.effort instead."


def in_band_count(territories: Sequence[TerritoryFigure]) -> int:
    """Return how many territories keep every hard band they have."""
    return sum(
        all(load.in_band for load in row.loads.values() if load.in_band is not None) for row in banded(territories)
    )


def banded(territories: Sequence[TerritoryFigure]) -> list[TerritoryFigure]:
    """Return the territories that have a hard band at all."""
    return [row for row in territories if any(load.in_band is not None for load in row.loads.values())]


def mean_travel_km(territories: Sequence[TerritoryFigure]) -> float | None:
    """Return the workload-weighted mean distance over territories, None without workload."""
    held = [(row.loads[WORKLOAD_NAME].load, row.mean_km) for row in territories]
    total = sum(load for load, km in held if km is not None)
    return sum(load * km for load, km in held if km is not None) / total if total > 0 else None


def index_range(territories: Sequence[TerritoryFigure], measure: str) -> tuple[float, float] | None:
    """Return the smallest and largest index of a measure, None without targets."""
    indices = [row.loads[measure].index for row in territories]
    known = [index for index in indices if index is not None]
    return (min(known), max(known)) if known else None


def gap_sentence(report: Report) -> str:
    """Return how good the plan is proven to be; empty where nothing is proven."""
    if report.gap is None:
        return ""
    if report.status == Status.OPTIMAL or report.gap <= EXACT:
        return "No plan under these rules can beat this one."
    return f"No plan under these rules can beat this by more than {percent_up(report.gap)} %."


def percent_up(share: float) -> str:
    """Return a share in per cent with two decimals, rounded up: never a better proof than there is."""
    return f"{math.ceil(10_000 * share - EXACT) / 100:g}"


def _bands(report: Report) -> str:
    total = len(banded(report.territories))
    if total == 0:
        return _spread(report)
    inside = in_band_count(report.territories)
    verb = "is" if inside == 1 else "are"
    sentence = f"{inside} of {counted(total, 'territory', 'territories')} {verb} in band"
    if report.today is None:
        return f"{sentence}."
    return f"{sentence}, against {in_band_count(report.today.territories)} today."


def _spread(report: Report) -> str:
    proposed = index_range(report.territories, WORKLOAD_NAME)
    if proposed is None:
        return ""
    sentence = f"The workload index runs from {proposed[0]:.0f} to {proposed[1]:.0f}"
    today = index_range(report.today.territories, WORKLOAD_NAME) if report.today else None
    return f"{sentence}." if today is None else f"{sentence}, today from {today[0]:.0f} to {today[1]:.0f}."


def _hands(report: Report) -> str:
    changes = report.changes
    if changes is None:
        return ""
    unavoidable = f", {changes.unavoidable_units} of them unavoidably" if changes.unavoidable_units else ""
    return (
        f"{changes.moved_units} of {counted(changes.units_with_rep, 'unit', 'units')} "
        f"{'changes' if changes.moved_units == 1 else 'change'} hands{unavoidable}, "
        f"with {changes.moved_potential_percent:.1f} % of the potential."
    )


def _travel(report: Report) -> str:
    proposed = mean_travel_km(report.territories)
    if proposed is None:
        return ""
    today = mean_travel_km(report.today.territories) if report.today else None
    against = "" if today is None else f", today {today:,.1f} km"
    return f"Work lies {proposed:,.1f} km from its rep on average{against}."


def _money(report: Report) -> str:
    return contribution_sentence(report.contribution)


def _outcome(report: Report) -> str:
    """Return the bad news first: nothing for a plan that keeps every hard rule."""
    count = len(report.broken)
    if count == 0:
        return ""
    broken = counted(count, "hard rule", "hard rules")
    if report.status == Status.INFEASIBLE:
        return f"It is proven that no plan keeps every hard rule; this is the nearest one found and breaks {broken}."
    if report.stop_reason is not None:
        return f"No plan that keeps every hard rule was found; this is the nearest one and breaks {broken}."
    return f"The plan breaks {broken}."
