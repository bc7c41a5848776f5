"""What a plan contributes, from the economics to the report."""

from scenarios.case import Case
from scenarios.economics.bound import most_possible
from scenarios.economics.contribution import Contribution, contribution, today_contribution
from scenarios.economics.curves import SalesCurve
from scenarios.report.answer import Answer
from scenarios.report.money import ContributionFigures, CurveFigure, MoneyFigures, TerritoryMoney

PARAMETERS = {"power": ("c", "b"), "adbudg": ("min", "max", "a", "g")}


def contribution_figures(answer: Answer) -> ContributionFigures:
    """Return what a plan contributes, beside today's."""
    case = answer.case
    proposed, today = contribution(case, answer.plan), today_contribution(case)
    return ContributionFigures(
        unit=proposed.unit,
        label=proposed.label,
        reasons=list(proposed.reasons),
        curves=[_curve(case, sold) for sold in case.economics.curves],
        plan=_whole(proposed),
        bound=_bound(answer),
        today=None if today is None else _whole(today),
        territories=[
            TerritoryMoney(
                territory=part.territory,
                coverage=part.coverage,
                total=part.total,
                gross=part.gross,
                travel_cost=part.travel_cost,
                rep_cost=part.rep_cost,
                disruption_loss=part.disruption_loss,
            )
            for part in proposed.territories
        ],
    )


def _bound(answer: Answer) -> float | None:
    """Return what no plan can exceed, where the solver maximised contribution and found a plan that keeps all rules."""
    document, result = answer.case.scenario.economics, answer.result
    if document is None or document.objective == "goals" or result is None or answer.score.broken:
        return None
    return most_possible(answer.case, answer.plan, answer.score.value, result.bound)


def _whole(amounts: Contribution) -> MoneyFigures:
    return MoneyFigures(
        total=amounts.total,
        gross=amounts.gross,
        travel_cost=amounts.travel_cost,
        rep_cost=amounts.rep_cost,
        disruption_loss=amounts.disruption_loss,
    )


def _curve(case: Case, sold: SalesCurve) -> CurveFigure:
    names = PARAMETERS[sold.curve.form]
    return CurveFigure(
        measure=case.problem.measures[sold.measure],
        segment=sold.segment,
        form=sold.curve.form,
        source=sold.source,
        parameters=dict(zip(names, sold.curve.parameters, strict=True)),
        interval={name: list(ends) for name, ends in zip(names, sold.interval, strict=False)},
    )
