"""What became of a hedge, as figures and in words."""

import numpy as np

from optimizer.score import Score
from scenarios.case import Case
from scenarios.document.scenario import Hedge
from scenarios.prepare.wording import named
from scenarios.report.answer import Answer
from scenarios.robust.band import Band
from scenarios.robust.ceiling import Ceiling, ceiling_of
from scenarios.robust.kept import FRESH_DRAWS, fresh, kept_share
from scenarios.robust.model import HedgeFigure

LUMPY = 0.5
"""Part of a territory's variance from which a single unit is named."""


def hedge_figure(answer: Answer) -> HedgeFigure | None:
    """Return what became of the scenario's hedge; None without one."""
    case, hedge = answer.case, answer.case.scenario.limits.hedge
    if hedge is None:
        return None
    kept = kept_share(*fresh(case, answer.plan, hedge))
    done, ceiling = answer.hedged, ceiling_of(case, hedge)
    plain_kept = None if done is None else kept_share(*fresh(case, done.plain_plan, hedge))
    value, travel = answer.score.value, _travel(answer.score)
    plain_value = None if done is None else done.plain.value
    plain_travel = None if done is None else _travel(done.plain)
    figure = HedgeFigure(
        measure=hedge.measure,
        spread=hedge.spread,
        common_column=hedge.common.column if hedge.common else None,
        common_spread=hedge.common.spread if hedge.common else 0.0,
        keep=hedge.keep,
        draws=FRESH_DRAWS,
        kept=kept,
        met=kept >= hedge.keep,
        ceiling=ceiling.kept,
        plain_kept=plain_kept,
        plain_value=plain_value,
        cost_value=None if plain_value is None else value - plain_value,
        plain_travel=plain_travel,
        cost_travel=None if plain_travel is None else travel - plain_travel,
        margin=None if done is None else done.margin,
        rounds=0 if done is None else done.rounds,
        text="",
    )
    return figure.model_copy(update={"text": _text(answer, hedge, figure, ceiling)})


def _travel(score: Score) -> float:
    return next(goal.amount for goal in score.goals if goal.name == "travel")


def _text(answer: Answer, hedge: Hedge, figure: HedgeFigure, ceiling: Ceiling) -> str:
    sentence = (
        f"With {figure.measure} off by up to {100 * figure.spread:g} % a unit, every territory stays in band in "
        f"{100 * figure.kept:.1f} % of {figure.draws} fresh draws; {100 * figure.keep:g} % were asked for."
    )
    if figure.plain_kept is not None and figure.rounds:
        sentence += (
            f" The plan without the hedge stays in {100 * figure.plain_kept:.1f} %; the hedge costs "
            f"{figure.cost_value:+.2f} in value and {figure.cost_travel:+.2f} in mean travel."
        )
    elif figure.plain_kept is not None and figure.met:
        sentence += " The plan does so without a hedge, which costs nothing."
    if figure.met:
        return sentence
    return f"{sentence} {_proven(answer.case, ceiling, hedge)}{_why(answer.case, answer, hedge)}"


def _proven(case: Case, ceiling: Ceiling, hedge: Hedge) -> str:
    """Return what no plan can do better, where that is less than was asked for."""
    if ceiling.row is None or ceiling.kept >= hedge.keep:
        return ""
    unit = case.units.iloc[ceiling.row]
    return (
        f"It is proven that no plan stays in band in more than {100 * ceiling.kept:.1f} % of them: in the others "
        f"{named(str(unit['unit']), str(unit['name']))} is too much for any territory, given what other limits make it "
        f"hold beside. "
    )


def _why(case: Case, answer: Answer, hedge: Hedge) -> str:
    """Return what stands in the way: the territory that leaves its band most often, and the unit that moves it."""
    if answer.score.broken:
        return "The plan breaks hard rules as it is, so there was nothing to hedge."
    band, ratio = fresh(case, answer.plan, hedge)
    leaves = 1.0 - band.in_band(ratio).mean(axis=0)
    worst = int(leaves.argmax())
    planned = float(band.load[worst] / band.target[worst])
    on_target = 1.0 - float(band.in_band(ratio[:, worst] - planned + 1.0).mean())
    unit, part = _heaviest(case, band, worst)
    narrow = f" (exactly on target it would be {100 * on_target:.0f} %)" if on_target > 1.0 - hedge.keep else ""
    lumpy = f", and {unit} alone makes {100 * part:.0f} % of what its units vary by" if part > LUMPY else ""
    return (
        f"{case.seats[worst].code} is out most often, in {100 * leaves[worst]:.0f} % of draws{narrow}: its index is "
        f"{100 * planned:.1f} as planned{lumpy}. Maybe widen a tolerance, split such a unit or estimate it better, or "
        f"give more time."
    )


def _heaviest(case: Case, band: Band, seat: int) -> tuple[str, float]:
    """Return the unit that adds most to a territory's variance, and its part of the sum of squares."""
    mine = np.flatnonzero(band.seat == seat)
    squares = (band.amount[band.row[mine]] * band.share[mine]) ** 2
    row = case.units.iloc[int(band.row[mine][squares.argmax()])]
    return named(str(row["unit"]), str(row["name"])), float(squares.max() / squares.sum())
