"""Slides on what changes hands."""

from collections.abc import Iterator

from geodata.draw.slides import Slide, SlideTable
from geodata.draw.view import KeyFigure
from scenarios.export.written import WrittenPlan
from scenarios.report.changes import MOVED

MOST_ROWS = 12
POTENTIAL = "potential"


def changes_slides(plan: WrittenPlan) -> Iterator[Slide]:
    """Yield what each rep gains and loses, those first with whom most changes; nothing without a plan of today."""
    changes = plan.report.changes
    if changes is None:
        return
    rows = sorted(_rows(plan), key=lambda row: (-max(row[2], row[4]), row[0]))
    listed = [row for row in rows if row[1] or row[3]]
    shown = tuple(
        (name, f"{gained:,}", f"{plus:,.0f}", f"{lost:,}", f"{minus:,.0f}", f"{plus - minus:+,.0f}")
        for name, gained, plus, lost, minus in listed[:MOST_ROWS]
    )
    measure = _measure(plan)
    columns = ("rep", "units gained", measure, "units lost", measure, f"{measure}, net")
    table = SlideTable(columns, shown, frozenset(range(1, 6)), (2.6, 1.2, 1.6, 1.2, 1.6, 1.6))
    more = len(listed) - len(shown)
    note = (f"and {more} more reps; each has a page among the scorecards",) if more > 0 else ()
    who = "1 rep gains or loses" if len(listed) == 1 else f"{len(listed)} reps gain or lose"
    title = f"{changes.moved_potential_percent:.1f} % of the potential changes hands, {who}"
    yield Slide(title, cards=_cards(plan), table=table, bullets=note)


def _cards(plan: WrittenPlan) -> tuple[KeyFigure, ...]:
    changes = plan.report.changes
    assert changes is not None
    cards = [
        KeyFigure(f"{changes.moved_units:,}", "units change hands", f"of {changes.units_with_rep:,}"),
        KeyFigure(f"{changes.unavoidable_units:,}", "of them unavoidably", "their rep leaves or has left"),
    ]
    if plan.accounts is not None:
        moved = int((plan.accounts["change"] == MOVED).sum())
        cards.append(KeyFigure(f"{moved:,}", "accounts change hands", f"of {len(plan.accounts):,}"))
    money = plan.report.contribution
    if money is not None and money.unit != "index" and money.plan.disruption_loss >= 1:
        cards.append(KeyFigure(f"{money.plan.disruption_loss:,.0f}", f"{money.unit} lost once", "in the first year"))
    return tuple(cards)


def _measure(plan: WrittenPlan) -> str:
    return POTENTIAL if POTENTIAL in plan.measures else plan.measures[0]


def _rows(plan: WrittenPlan) -> Iterator[tuple[str, int, float, int, float]]:
    """Yield name, units and amount gained, units and amount lost, of everybody who has something now or then."""
    units, measure = plan.units, _measure(plan)
    moved = units[units["rep"] != units["current_rep"]]
    for rep in dict.fromkeys([*units["rep"], *units["current_rep"]]):
        if rep:
            gained, lost = moved[moved["rep"] == rep], moved[moved["current_rep"] == rep]
            plus, minus = float(gained[measure].astype(float).sum()), float(lost[measure].astype(float).sum())
            yield (plan.rep_name(rep), gained["unit"].nunique(), plus, lost["unit"].nunique(), minus)
