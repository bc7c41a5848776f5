"""Key figures of every plan, side by side with today's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scenarios.compare.model import TODAY, Figure, Shift
from scenarios.compare.shifts import POTENTIAL
from scenarios.compare.side import Side
from scenarios.report.model import GoalFigure, TerritoryFigure
from scenarios.report.summary import WORKLOAD_NAME, banded, in_band_count, index_range, mean_travel_km
from scenarios.report.written import currency

Better = Literal["lower", "higher"] | None

GOAL_LABELS = {
    "travel": ("goal travel: mean distance or cost", ""),
    "fit": ("goal fit: potential without the right skill", "%"),
    "balance": ("goal balance: mean miss of the index", "points"),
    "disruption": ("goal disruption: potential that leaves its rep", "%"),
    "contribution": ("goal contribution: forgone against the best rep for each unit", ""),
}


@dataclass(frozen=True)
class Line:
    """A figure before the differences: today's amount and each plan's, in the order of the plans."""

    name: str
    label: str
    unit: str
    decimals: int
    better: Better
    today: float | None
    amounts: Sequence[float | None]


def figures(sides: Sequence[Side], shifts: Sequence[Shift]) -> list[Figure]:
    """Return the key figures of the plans; `shifts` are all that the comparison tells."""
    from_today = {shift.after: shift for shift in shifts if shift.before == TODAY}
    lines = (
        *_rules(sides),
        *_money(sides),
        *_loads(sides),
        *_travel(sides),
        *_hands(sides, from_today),
        *_value(sides),
    )
    return [_figure(line, [side.key for side in sides]) for line in lines]


def difference(amount: float | None, other: float | None) -> float | None:
    """Return amount - other, None where either is not known."""
    return None if amount is None or other is None else amount - other


def _figure(line: Line, keys: Sequence[str]) -> Figure:
    first = line.amounts[0]
    return Figure(
        name=line.name,
        label=line.label,
        unit=line.unit,
        decimals=line.decimals,
        better=line.better,
        today=line.today,
        amounts=dict(zip(keys, line.amounts, strict=True)),
        differences={key: difference(amount, first) for key, amount in zip(keys, line.amounts, strict=True)},
        from_today={key: difference(amount, line.today) for key, amount in zip(keys, line.amounts, strict=True)},
    )


def _todays(sides: Sequence[Side]) -> list[TerritoryFigure]:
    """Return today's territories as the first plan tells them that has any."""
    return next((side.report.today.territories for side in sides if side.report.today is not None), [])


def _rules(sides: Sequence[Side]) -> Iterator[Line]:
    today = next((side.report.today for side in sides if side.report.today is not None), None)
    broken = [float(len(side.report.broken)) for side in sides]
    yield Line("broken", "hard rules broken", "", 0, "lower", None if today is None else len(today.broken), broken)
    counts = [float(len(side.report.territories)) for side in sides]
    yield Line("territories", "territories", "", 0, None, float(len(_todays(sides))) if today else None, counts)
    if any(banded(side.report.territories) for side in sides):
        shares = [_in_band(side.report.territories) for side in sides]
        yield Line("in_band", "territories in band", "%", 0, "higher", _in_band(_todays(sides)), shares)


def _in_band(rows: Sequence[TerritoryFigure]) -> float | None:
    total = len(banded(rows))
    return 100.0 * in_band_count(rows) / total if total else None


_MONEY: Mapping[str, tuple[str, Better]] = {
    "total": ("contribution in the first year", "higher"),
    "disruption_loss": ("of that lost while reps change", "lower"),
}
"""Amounts of contribution that are compared: label, and which way is better."""


def _money(sides: Sequence[Side]) -> Iterator[Line]:
    """Yield what the plans contribute, in money or as an index that says it is modelled."""
    known = [side.report.contribution for side in sides]
    figures = [one for one in known if one is not None]
    if not figures or len({(one.unit, one.label) for one in figures}) > 1:
        return
    unit, label = figures[0].unit, figures[0].label
    is_index = unit == "index"
    today = next((one.today for one in figures if one.today is not None), None)
    for name, (words, better) in _MONEY.items():
        amounts = [None if one is None else float(getattr(one.plan, name)) for one in known]
        before = None if today is None else float(getattr(today, name))
        said = f"{words} ({label}{_index_words(sides) if is_index else ''})"
        way = None if is_index and _crews(sides) > 1 else better
        yield Line(f"contribution_{name}", said, "" if is_index else unit, int(is_index), way, before, amounts)


def _index_words(sides: Sequence[Side]) -> str:
    """Return what an index is of; where the plans have other numbers of reps, what they cost would decide."""
    return " index, today = 100" + (", without what reps cost" if _crews(sides) > 1 else "")


def _crews(sides: Sequence[Side]) -> int:
    """Return how many different numbers of territories the plans have."""
    return len({len(side.report.territories) for side in sides})


def _loads(sides: Sequence[Side]) -> Iterator[Line]:
    for name in dict.fromkeys(name for side in sides for name in side.measures):
        plans = [side.report.territories if name in side.measures else [] for side in sides]
        today = [row for row in _todays(sides) if name in row.loads]
        for kind, (label, unit, better, amount) in _SPREADS.items():
            amounts = [amount(rows, name) for rows in plans]
            yield Line(f"{name}_{kind}", f"{name}: {label}", unit, 1, better, amount(today, name), amounts)
        money = next((currency(side.report) for side in sides), "") if name == POTENTIAL else ""
        totals = [_total(rows, name) for rows in plans]
        yield Line(f"{name}_total", f"{name}: total", money, 0, None, _total(today, name), totals)


def _mean_miss(rows: Sequence[TerritoryFigure], name: str) -> float | None:
    """Return the mean over the territories of |index - 100|."""
    known = [row.loads[name].index for row in rows]
    misses = [abs(index - 100.0) for index in known if index is not None]
    return sum(misses) / len(misses) if misses else None


def _lowest(rows: Sequence[TerritoryFigure], name: str) -> float | None:
    ends = index_range(rows, name) if rows else None
    return None if ends is None else ends[0]


def _highest(rows: Sequence[TerritoryFigure], name: str) -> float | None:
    ends = index_range(rows, name) if rows else None
    return None if ends is None else ends[1]


def _total(rows: Sequence[TerritoryFigure], name: str) -> float | None:
    return sum(row.loads[name].load for row in rows) if rows else None


_SPREADS: Mapping[str, tuple[str, str, Better, Callable[[Sequence[TerritoryFigure], str], float | None]]] = {
    "spread": ("mean distance from target", "%", "lower", _mean_miss),
    "lowest": ("smallest territory, target = 100", "", None, _lowest),
    "highest": ("largest territory, target = 100", "", None, _highest),
}
"""How evenly a measure is spread: label, unit, which way is better, and the amount."""


def _travel(sides: Sequence[Side]) -> Iterator[Line]:
    today = _todays(sides)
    km = [mean_travel_km(side.report.territories) for side in sides]
    yield Line("mean_km", "mean distance to the rep", "km", 1, "lower", mean_travel_km(today) if today else None, km)
    if any(side.report.provenance.scenario.get("skills") for side in sides):
        fits = [_mean_fit(side.report.territories) for side in sides]
        yield Line("fit", "potential with the right skill", "%", 1, "higher", _mean_fit(today), fits)


def _mean_fit(rows: Sequence[TerritoryFigure]) -> float | None:
    held = [(row.loads.get(POTENTIAL, row.loads[WORKLOAD_NAME]).load, row.fit) for row in rows]
    total = sum(load for load, fit in held if fit is not None)
    return 100.0 * sum(load * fit for load, fit in held if fit is not None) / total if total > 0 else None


def _hands(sides: Sequence[Side], from_today: Mapping[str, Shift]) -> Iterator[Line]:
    if not from_today:
        return
    shifts = [from_today.get(side.key) for side in sides]
    for name, (label, unit, decimals, amount) in _TURNOVER.items():
        amounts = [None if shift is None else amount(shift) for shift in shifts]
        if any(value is not None for value in amounts):
            yield Line(name, label, unit, decimals, "lower", None, amounts)


_TURNOVER: Mapping[str, tuple[str, str, int, Callable[[Shift], float | None]]] = {
    "moved": ("units that change hands", "", 0, lambda shift: shift.moved_units),
    "avoidable": ("of them avoidable", "", 0, lambda shift: shift.avoidable_units),
    "unavoidable": ("of them unavoidable", "", 0, lambda shift: shift.unavoidable_units),
    "moved_potential": ("potential that changes hands", "%", 1, lambda shift: shift.moved_percent.get(POTENTIAL)),
    "moved_accounts": ("accounts that change hands", "", 0, lambda shift: shift.moved_accounts),
    "people": ("reps who gain or lose anything", "", 0, lambda shift: shift.people),
}
"""What changes hands from today: label, unit, decimals and amount."""


def _value(sides: Sequence[Side]) -> Iterator[Line]:
    today = next((side.report.today for side in sides if side.report.today is not None), None)
    before = {goal.name: goal for goal in today.goals} if today else {}
    goals = [{goal.name: goal for goal in side.report.goals} for side in sides]
    for name, (label, unit) in GOAL_LABELS.items():
        if any(name in own and own[name].weight > 0 for own in goals):
            amounts = [_amount(own.get(name)) for own in goals]
            yield Line(f"goal_{name}", label, unit, 2, "lower", _amount(before.get(name)), amounts)
    values = [side.report.value for side in sides]
    yield Line("value", "value of the goals", "", 2, "lower", today.value if today else None, values)
    gaps = [None if side.report.gap is None else 100.0 * side.report.gap for side in sides]
    yield Line("gap", "could still be better by at most", "%", 2, "lower", None, gaps)


def _amount(goal: GoalFigure | None) -> float | None:
    return None if goal is None else goal.amount
