"""The figures of one quota: each seat, each level, and how fair it is."""

from dataclasses import dataclass

import numpy as np

from optimizer.problem import BoolArray, FloatArray, LoadArray
from scenarios.document.scenario import Quota
from scenarios.quotas.bounds import Bounds
from scenarios.quotas.by_seat import measure_by_seat
from scenarios.quotas.fairness import fairness_of, growth_percent, quota_index
from scenarios.quotas.model import LevelQuota, QuotaFigure, SeatQuota
from scenarios.quotas.period import Period
from scenarios.quotas.rollup import Hierarchy, Path, level_quotas, totals
from scenarios.report.answer import Answer
from scenarios.report.figures import finite
from scenarios.report.rows import seat_holder

DECIMALS = 9
"""Decimals of a multiple of a step: more are dust of binary fractions."""


@dataclass(frozen=True, eq=False)
class Seats:
    """What n seats were given.

    Attributes
    ----------
    share : (n,) float64
    steps : (n,) int64
        Quota in steps.
    at_floor, at_cap : (n,) bool
    covered : (n,) float64
        Share that the incumbent answers for.
    carried : (n,) int64
        That in whole steps.
    """

    share: FloatArray
    steps: LoadArray
    at_floor: BoolArray
    at_cap: BoolArray
    covered: FloatArray
    carried: LoadArray


def quota_figure(
    answer: Answer,
    name: str,
    quota: Quota,
    tree: Hierarchy,
    seats: Seats | None,
    bounds: Bounds,
    history: FloatArray | None,
    period: Period | None,
) -> QuotaFigure:
    """Return everything that is reported of one quota; `seats` is None where nothing could be spread."""
    load = measure_by_seat(answer, name)
    known = np.full(len(load), np.nan) if history is None else history
    spread = seats is not None
    return QuotaFigure(
        measure=name,
        target=quota.target,
        step=quota.step,
        period_from=None if period is None else period.first,
        period_to=None if period is None else period.last,
        ramp_months=quota.ramp_months,
        territories_total=_money(totals(quota, tree)[-1], quota.step),
        possible=spread,
        levels=[] if seats is None else _levels(quota, tree, seats),
        territories=[] if seats is None else _territories(answer, quota, seats, bounds, load, known),
        fairness=None if seats is None else fairness_of(_amounts(seats, quota), load, known),
    )


def _territories(
    answer: Answer, quota: Quota, seats: Seats, bounds: Bounds, load: FloatArray, history: FloatArray
) -> list[SeatQuota]:
    amounts = _amounts(seats, quota)
    index, growth = quota_index(amounts, load), growth_percent(amounts, history)
    out = []
    for i, steps in enumerate(seats.steps.tolist()):
        rep, carried = answer.incumbent(i), int(seats.carried[i])
        holder = seat_holder(answer.case, i, rep)
        out.append(
            SeatQuota(
                territory=holder.code,
                name=holder.name,
                rep=holder.rep_id,
                status=holder.status,
                manager=rep.manager if rep else "",
                region=rep.region if rep else "",
                share=float(seats.share[i]),
                history=finite(history[i]),
                floor=finite(bounds.floor[i]) or None,
                cap=finite(bounds.cap[i]),
                quota=_money(steps, quota.step),
                held="floor" if seats.at_floor[i] else "cap" if seats.at_cap[i] else None,
                incumbent_share=float(seats.covered[i]),
                incumbent_quota=_money(carried, quota.step),
                open_quota=_money(steps - carried, quota.step),
                index=finite(index[i]),
                growth_percent=finite(growth[i]),
            )
        )
    return out


def _levels(quota: Quota, tree: Hierarchy, seats: Seats) -> list[LevelQuota]:
    """Return the company, then each region followed by its managers."""
    steps = level_quotas(quota, tree, seats.steps)
    return [_level(quota, tree, seats, steps, node) for node in _downwards(tree, ())]


def _downwards(tree: Hierarchy, node: Path) -> list[Path]:
    children = [path for path in tree.nodes(len(node) + 1) if path[: len(node)] == node and len(path) > len(node)]
    return [node, *(below for child in children for below in _downwards(tree, child))]


def _level(quota: Quota, tree: Hierarchy, seats: Seats, steps: dict[Path, int], node: Path) -> LevelQuota:
    depth = len(node)
    mine = np.array([path[:depth] == node for path in tree.paths])
    given, carried = int(seats.steps[mine].sum()), int(seats.carried[mine].sum())
    children = [of for path, of in steps.items() if len(path) == depth + 1 and path[:depth] == node]
    below = sum(children) if depth < len(tree.names) else given
    names = dict(zip(tree.names, node, strict=False))
    return LevelQuota(
        level="company" if not node else "region" if tree.names[depth - 1] == "region" else "manager",
        region=names.get("region", ""),
        manager=names.get("manager", ""),
        quota=_money(steps[node], quota.step),
        below=_money(below, quota.step),
        over_assignment=_money(below - steps[node], quota.step),
        territories=int(mine.sum()),
        seat_quota=_money(given, quota.step),
        incumbent_quota=_money(carried, quota.step),
        open_quota=_money(given - carried, quota.step),
    )


def _amounts(seats: Seats, quota: Quota) -> FloatArray:
    return np.asarray(seats.steps * quota.step, dtype=np.float64)


def _money(steps: int, step: float) -> float:
    return round(steps * step, DECIMALS)
