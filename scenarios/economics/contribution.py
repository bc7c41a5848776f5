"""What a plan earns in a year: sales at the coverage it gives, less trips, reps and the first year's losses.

contribution = sum over territories of
    margin x sum over units of measure x response(coverage) x fit
    - trips - cost of the rep - loss from units that avoidably change hands

coverage = hours of the territory's rep / workload of the territory. After Skiera and Albers (1998): sales respond to
selling time with travel between calls included, and a territory's time is shared out over its units. Here each unit
gets the same share of the time it needs. docs/economics.md has all of it.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.plan import Plan
from optimizer.problem import WORKLOAD, FloatArray
from scenarios.case import Case
from scenarios.economics.crews import Crew, plan_crew, today_crew

INDEX = "index"


@dataclass(frozen=True)
class TerritoryContribution:
    """One territory's part; amounts in the unit of the whole."""

    territory: str
    coverage: float
    gross: float
    travel_cost: float
    rep_cost: float
    disruption_loss: float

    @property
    def total(self) -> float:
        """What the territory contributes."""
        return self.gross - self.travel_cost - self.rep_cost - self.disruption_loss


@dataclass(frozen=True)
class Contribution:
    """What a plan contributes in a year.

    Attributes
    ----------
    unit : str
        The currency, or "index": 100 is the gross response of today's plan (without one: of full coverage and fit).
    label : str
        "calibrated", "given" or "modelled".
    reasons : tuple of str
        What was assumed or left out, a sentence each.
    territories : tuple of TerritoryContribution
        Seats in their order; for today's plan then owners without a seat.
    """

    unit: str
    label: str
    reasons: tuple[str, ...]
    territories: tuple[TerritoryContribution, ...]

    @property
    def is_modelled(self) -> bool:
        """Whether anything of weight was assumed rather than given or calibrated."""
        return self.label == "modelled"

    @property
    def total(self) -> float:
        """What the whole plan contributes."""
        return self.gross - self.travel_cost - self.rep_cost - self.disruption_loss

    @property
    def gross(self) -> float:
        """Margin on sales, before any cost."""
        return sum(part.gross for part in self.territories)

    @property
    def travel_cost(self) -> float:
        """Cost of the trips from home."""
        return sum(part.travel_cost for part in self.territories)

    @property
    def rep_cost(self) -> float:
        """Cost of the reps whose territories hold anything."""
        return sum(part.rep_cost for part in self.territories)

    @property
    def disruption_loss(self) -> float:
        """Margin lost in the first year because units avoidably change hands."""
        return sum(part.disruption_loss for part in self.territories)


def contribution(case: Case, plan: Plan) -> Contribution:
    """Return what a plan contributes; units that are nobody's sell nothing.

    Vacant and planned seats count as filled, and are paid, where they hold anything; today's plan counts alike, so the
    two compare alignments and not hiring.
    """
    return _contribution(case, plan_crew(case, plan))


def today_contribution(case: Case) -> Contribution | None:
    """Return what today's plan contributes, None where nobody owns anything today."""
    crew = today_crew(case)
    return None if crew is None else _contribution(case, crew)


def coverage_of(case: Case, crew: Crew) -> FloatArray:
    """Return hours / workload of each group; 1 where there is no work, (n_groups,) float64."""
    held = np.flatnonzero(crew.group >= 0)
    work = (case.amounts[WORKLOAD, case.row_of] * case.share)[held]
    needed = np.bincount(crew.group[held], work, len(crew.codes))
    return np.divide(crew.hours, needed, out=np.ones(len(needed)), where=needed > 0)


def _contribution(case: Case, crew: Crew) -> Contribution:
    economics, n = case.economics, len(crew.codes)
    coverage = coverage_of(case, crew)
    gross = _gross(case, crew, coverage)
    held = crew.group >= 0
    work = case.amounts[WORKLOAD, case.row_of] * case.share
    trips = np.bincount(crew.group[held], (work * crew.travel)[held], n) * economics.trip_cost
    paid = np.where(np.bincount(crew.group[held], minlength=n) > 0, crew.cost, 0.0)
    lost = economics.margin * case.share * (economics.sales * economics.loss_rate)[case.row_of]
    loss = np.bincount(crew.group[crew.moved], lost[crew.moved], n)
    per = 1.0 if economics.in_money else 100.0 / base(case)
    parts = zip(crew.codes, coverage, gross * per, trips * per, paid * per, loss * per, strict=True)
    return Contribution(
        unit=economics.currency or INDEX,
        label=economics.label,
        reasons=economics.reasons,
        territories=tuple(TerritoryContribution(code, *map(float, amounts)) for code, *amounts in parts),
    )


def base(case: Case) -> float:
    """Return the gross response that counts as 100 in an index: today's, else that of full coverage and fit."""
    crew = today_crew(case)
    if crew is not None:
        return float(_gross(case, crew, coverage_of(case, crew)).sum()) or 1.0
    full = np.ones(1)
    return sum(float(sold.curve.at(full)[0] * case.amounts[sold.measure] @ sold.rows) for sold in case.economics.curves)


def _gross(case: Case, crew: Crew, coverage: FloatArray) -> FloatArray:
    """Return the margin on each group's sales, (n_groups,) float64."""
    held = np.flatnonzero(crew.group >= 0)
    gross = np.zeros(len(crew.codes))
    for sold in case.economics.curves:
        amount = np.where(sold.rows, case.amounts[sold.measure], 0.0)[case.row_of] * case.share * crew.fit
        gross += np.bincount(crew.group[held], amount[held], len(gross)) * sold.curve.at(coverage)
    return case.economics.margin * gross
