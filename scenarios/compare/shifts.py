"""What changes hands from one plan to another, and what every rep gains and loses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from scenarios.compare.model import TODAY, Holding, Move, RepChange, Shift, Turnover
from scenarios.compare.side import Side
from scenarios.report.model import TerritoryFigure

POTENTIAL = "potential"
SMALLEST_SHARE = 1e-9
"""A smaller share is rounding."""

Shares = Mapping[str, Mapping[str, float]]
"""Share of each unit by holder, "" for nobody."""


@dataclass(frozen=True, eq=False)
class Held:
    """One plan, today's or a proposed one, as the shift between two of them needs it.

    Attributes
    ----------
    key : str
    shares : mapping
        By unit and holder.
    accounts : mapping or None
        Holder of each account.
    territories : sequence of TerritoryFigure
    """

    key: str
    shares: Shares
    accounts: Mapping[str, str] | None
    territories: Sequence[TerritoryFigure]


def today_held(side: Side) -> Held:
    """Return the plan of today as a side knows it."""
    shares = {row.unit: {row.current: 1.0} for row in side.rows}
    accounts = None if side.accounts is None else {name: owner for name, (_, owner) in side.accounts.items()}
    return Held(TODAY, shares, accounts, () if side.report.today is None else side.report.today.territories)


def plan_held(side: Side) -> Held:
    """Return the plan of a side."""
    shares: dict[str, dict[str, float]] = {}
    for row in side.rows:
        held = shares.setdefault(row.unit, {})
        held[row.holder] = held.get(row.holder, 0.0) + row.share
    accounts = None if side.accounts is None else {name: holder for name, (holder, _) in side.accounts.items()}
    return Held(side.key, shares, accounts, side.report.territories)


def shift(before: Held, after: Held, side: Side) -> Shift:
    """Return everything that changes hands; `side` is the plan after."""
    loads = unit_loads(side)
    moves = sorted(
        _moves(before, after, side, loads), key=lambda move: (-move.loads.get(POTENTIAL, 0.0), move.unit, move.after)
    )
    moved = {move.unit for move in moves if move.before}
    avoidable = {move.unit for move in moves if move.before and move.avoidable}
    accounts = _moved_accounts(before, after)
    gained, lost = _turnovers(moves, side.measures, accounts)
    return Shift(
        before=before.key,
        after=after.key,
        moved_units=len(moved),
        avoidable_units=len(avoidable),
        unavoidable_units=len(moved - avoidable),
        new_units=len({move.unit for move in moves if not move.before} - moved),
        moved_percent=_percent(moves, loads, side.measures),
        moved_accounts=None if accounts is None else sum(1 for old, _ in accounts if old),
        people=len({name for move in moves for name in (move.before, move.after) if name}),
        reps=list(_reps(before, after, gained, lost)),
        moves=moves,
    )


def unit_loads(side: Side) -> dict[str, dict[str, float]]:
    """Return the whole amount of each unit, by unit and measure."""
    loads: dict[str, dict[str, float]] = {}
    for row in side.rows:
        of_unit = loads.setdefault(row.unit, dict.fromkeys(side.measures, 0.0))
        for name, amount in row.loads.items():
            of_unit[name] += amount
    return loads


def _moves(before: Held, after: Held, side: Side, loads: Mapping[str, Mapping[str, float]]) -> Iterator[Move]:
    """Yield the moves; units that only one of the plans has don't move."""
    names = {row.unit: row.name for row in side.rows}
    for unit, then in after.shares.items():
        now = before.shares.get(unit)
        if now is None or now == then:
            continue
        for old, new, share in _handed(now, then):
            yield Move(
                unit=unit,
                name=names[unit],
                share=share,
                before=old,
                after=new,
                avoidable=old in side.staying,
                loads={name: amount * share for name, amount in loads[unit].items()},
            )


def _handed(now: Mapping[str, float], then: Mapping[str, float]) -> Iterator[tuple[str, str, float]]:
    """Yield who hands how much to whom: what each loses goes to those who gain, in the order of their names."""
    rest = {name: share - then.get(name, 0.0) for name, share in sorted(now.items())}
    room = {name: share - now.get(name, 0.0) for name, share in sorted(then.items())}
    for old, new in product(rest, room):
        share = min(rest[old], room[new])
        if share > SMALLEST_SHARE:
            yield old, new, share
            rest[old] -= share
            room[new] -= share


def _percent(
    moves: Sequence[Move], loads: Mapping[str, Mapping[str, float]], measures: Sequence[str]
) -> dict[str, float]:
    total = {name: sum(amounts[name] for amounts in loads.values()) for name in measures}
    moved = {name: sum(move.loads[name] for move in moves if move.before) for name in measures}
    return {name: 100.0 * moved[name] / total[name] if total[name] > 0 else 0.0 for name in measures}


def _moved_accounts(before: Held, after: Held) -> list[tuple[str, str]] | None:
    """Return holder before and after of each account that changes hands; None where accounts are not known."""
    if before.accounts is None or after.accounts is None:
        return None
    both = [(before.accounts[name], new) for name, new in after.accounts.items() if name in before.accounts]
    return [(old, new) for old, new in both if old != new]


def _turnovers(
    moves: Sequence[Move], measures: Sequence[str], accounts: Sequence[tuple[str, str]] | None
) -> tuple[dict[str, Turnover], dict[str, Turnover]]:
    """Return what each holder gains, and what each loses."""
    sums: tuple[dict[str, Turnover], dict[str, Turnover]] = ({}, {})
    for of, end in zip(sums, ("after", "before"), strict=True):
        names = {getattr(move, end) for move in moves} | {pair[end == "after"] for pair in accounts or ()}
        for name in names:
            own = [move for move in moves if getattr(move, end) == name]
            held = None if accounts is None else sum(1 for pair in accounts if pair[end == "after"] == name)
            of[name] = _turnover(own, measures, held)
    return sums


def _turnover(moves: Sequence[Move], measures: Sequence[str], accounts: int | None) -> Turnover:
    loads = {name: sum(move.loads[name] for move in moves) for name in measures}
    return Turnover(units=len({move.unit for move in moves}), accounts=accounts, loads=loads)


def _reps(
    before: Held, after: Held, gained: Mapping[str, Turnover], lost: Mapping[str, Turnover]
) -> Iterator[RepChange]:
    held = [{row.rep or row.territory: row for row in plan.territories} for plan in (before, after)]
    measures = list((after.territories or before.territories)[0].loads)
    nothing = _turnover((), measures, None if before.accounts is None else 0)
    counts = [_account_counts(plan) for plan in (before, after)]
    for name in dict.fromkeys([*held[1], *held[0]]):
        ends = [_holding(rows.get(name), count, name) for rows, count in zip(held, counts, strict=True)]
        figure = held[1].get(name) or held[0][name]
        yield RepChange(
            rep=name,
            name=figure.rep_name or figure.name,
            before=ends[0],
            after=ends[1],
            gained=gained.get(name, nothing),
            lost=lost.get(name, nothing),
        )


def _account_counts(plan: Held) -> dict[str, int] | None:
    if plan.accounts is None:
        return None
    counts: dict[str, int] = {}
    for holder in plan.accounts.values():
        counts[holder] = counts.get(holder, 0) + 1
    return counts


def _holding(row: TerritoryFigure | None, accounts: Mapping[str, int] | None, name: str) -> Holding | None:
    if row is None:
        return None
    return Holding(
        units=row.units,
        accounts=None if accounts is None else accounts.get(name, 0),
        loads={measure: load.load for measure, load in row.loads.items()},
        index={measure: load.index for measure, load in row.loads.items()},
        mean_km=row.mean_km,
        fit=row.fit,
    )
