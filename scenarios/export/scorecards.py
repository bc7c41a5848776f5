"""Scorecards: what a plan means for each rep, one page each."""

from collections.abc import Callable

import pandas as pd

from geodata.draw.scorecard import Block, Line, Scorecard, draw_scorecards
from scenarios.export.drawings import dated, missing_letters
from scenarios.export.form import Made
from scenarios.export.written import WrittenPlan
from scenarios.report.model import TerritoryFigure
from scenarios.report.written import currency

FILE = "scorecards.pdf"
POTENTIAL = "potential"
WHOLE = 1.0 - 1e-9
SAME = 0.001
"""Relative difference up to which accounts are taken to add up to the units."""


def scorecards(plan: WrittenPlan) -> Made:
    """Return a page for each territory of the plan."""
    view = dated(plan)
    cards = [_card(plan, row) for row in plan.report.territories]
    return Made({FILE: draw_scorecards(view, cards)}, tuple(missing_letters(view, FILE)))


def _card(plan: WrittenPlan, row: TerritoryFigure) -> Scorecard:
    code = row.territory
    above = (plan.manager(code) and f"manager {plan.manager(code)}", plan.region(code))
    today = plan.report.today.territories if plan.report.today else []
    had = next((one for one in today if one.territory == code), None)
    loads = () if had is None else tuple((name, load.load) for name, load in had.loads.items())
    blocks = (*_exchanges(plan, code), *_accounts(plan, code))
    return Scorecard(code, ", ".join(filter(None, above)), loads, blocks)


def _exchanges(plan: WrittenPlan, code: str) -> tuple[Block, ...]:
    """Return what a territory gains and loses, none where nobody has anything today."""
    if plan.report.today is None:
        return ()
    units = plan.units
    gained = units[(units["territory"] == code) & (units["current_territory"] != code)]
    lost = units[(units["current_territory"] == code) & (units["territory"] != code)]
    return (
        _units(plan, "Gained", gained, lambda row: _from(plan, row["current_rep"]), "Nothing new."),
        _units(plan, "Lost", lost, lambda row: _to(plan, row["rep"]), "Nothing leaves."),
    )


def _from(plan: WrittenPlan, rep: str) -> str:
    return f"from {plan.rep_name(rep)}" if rep else "nobody's today"


def _to(plan: WrittenPlan, rep: str) -> str:
    return f"to {plan.rep_name(rep)}" if rep else "to nobody yet"


def _units(
    plan: WrittenPlan, title: str, rows: pd.DataFrame, who: Callable[["pd.Series[str]"], str], blank: str
) -> Block:
    measure = POTENTIAL if POTENTIAL in plan.measures else plan.measures[0]
    unit = currency(plan.report) if measure == POTENTIAL else ""
    ranked = rows.assign(amount=rows[measure].astype(float)).sort_values("amount", ascending=False, kind="stable")
    lines = [Line(_called(row), who(row), f"{row['amount']:,.0f}") for _, row in ranked.iterrows()]
    count = rows["unit"].nunique()
    total = f": {count} unit{'' if count == 1 else 's'}, {measure} {ranked['amount'].sum():,.0f} {unit}".rstrip()
    return Block(title + (total if count else ""), tuple(lines), blank)


def _called(row: "pd.Series[str]") -> str:
    share = float(row["share"])
    return str(row["name"]) if share > WHOLE else f"{row['name']}, {share:.0%}"


def _accounts(plan: WrittenPlan, code: str) -> tuple[Block, ...]:
    if plan.accounts is None:
        return ()
    own = plan.accounts[plan.accounts["territory"] == code].sort_values("weight", ascending=False, kind="stable")
    told = weights_are_potential(plan)
    lines = [
        Line(name, "yours today" if change == "kept" else _from(plan, owner), f"{weight:,.0f}" if told else "")
        for name, owner, change, weight in own[["name", "current_rep", "change", "weight"]].to_numpy().tolist()
    ]
    title = f"Largest of {len(own):,} accounts" + (f", potential in {currency(plan.report)}" if told else "")
    return (Block(title.rstrip(" in"), tuple(lines), "No accounts."),)


def weights_are_potential(plan: WrittenPlan) -> bool:
    """Return whether the accounts' weights are their potential: then they add up to that of the units."""
    if plan.accounts is None or POTENTIAL not in plan.measures:
        return False
    units = float(plan.units[POTENTIAL].astype(float).sum())
    accounts = float(plan.accounts.loc[plan.accounts["unit"] != "", "weight"].sum())
    return abs(units - accounts) <= SAME * units
