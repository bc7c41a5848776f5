"""What a plan contributes, in the report: figures, and the sentence for the summary."""

from typing import Literal

from pydantic import Field, FiniteFloat

from scenarios.report.part import Part


class MoneyFigures(Part):
    """Amounts of a whole plan, in the contribution's unit."""

    total: FiniteFloat = Field(description="gross - travel_cost - rep_cost - disruption_loss.")
    gross: FiniteFloat = Field(description="Margin x sum over units of measure x response(coverage) x fit.")
    travel_cost: FiniteFloat = Field(description="Cost of the trips from the reps' homes in a year.")
    rep_cost: FiniteFloat = Field(description="Cost in a year of the reps whose territories hold anything.")
    disruption_loss: FiniteFloat = Field(description="Margin lost in the first year from avoidably moved units.")


class TerritoryMoney(MoneyFigures):
    """One territory's part of them."""

    territory: str = Field(description="Code of the seat, or id of an owner of today without one.")
    coverage: FiniteFloat = Field(description="Hours of the rep / workload of the territory; 1 without workload.")


class CurveFigure(Part):
    """One response curve, with the intervals of a calibrated one."""

    measure: str = Field(description="Measure that is sold.")
    segment: str = Field(description="Segment it is for; blank for all that have no curve of their own.")
    form: Literal["power", "adbudg"] = Field(description="power: c t^b; adbudg: min + (max - min) t^a/(g + t^a).")
    source: Literal["given", "calibrated", "usual"] = Field(description="Where its parameters come from.")
    parameters: dict[str, FiniteFloat] = Field(description="By name.")
    interval: dict[str, list[FiniteFloat]] = Field(description="Low and high end of the 95 % confidence interval.")


class ContributionFigures(Part):
    """What the plan contributes in a year, beside today's plan."""

    unit: str = Field(description="The currency; or index, where 100 is the gross response of today's plan.")
    label: Literal["calibrated", "given", "modelled"] = Field(description="Whether the curves are known or assumed.")
    reasons: list[str] = Field(description="What was assumed or left out.")
    curves: list[CurveFigure]
    plan: MoneyFigures = Field(description="The plan's amounts.")
    bound: FiniteFloat | None = Field(
        description="No plan that keeps every hard rule contributes more; null where that is not proven."
    )
    today: MoneyFigures | None = Field(description="Today's; null where nobody owns anything today.")
    territories: list[TerritoryMoney] = Field(description="By territory, in the plan.")


def contribution_sentence(figures: ContributionFigures | None) -> str:
    """Return the contribution in a sentence: money in full, or that it is a modelled index."""
    if figures is None:
        return ""
    plan, today = figures.plan, figures.today
    if figures.unit == "index":
        return f"Contribution is {plan.total:.1f} in the first year, with today's plan at 100 (a modelled index)."
    against = "" if today is None else f", today {today.total:,.0f}"
    later = f"{plan.total + plan.disruption_loss:,.0f} in later years"
    loss = f" and {later}, as {plan.disruption_loss:,.0f} is lost once while accounts change hands"
    loss = loss if plan.disruption_loss >= 1 else ""
    most = "" if figures.bound is None else f" No plan under these rules contributes more than {figures.bound:,.0f}."
    return f"It contributes {plan.total:,.0f} {figures.unit} in the first year{loss}{against}.{most}"
