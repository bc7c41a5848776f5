"""The range each territory's quota must be in, in whole steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray, LoadArray
from scenarios.document.scenario import Quota, QuotaLimit
from scenarios.prepare.wording import amount, some

_DUST = 1e-9


@dataclass(frozen=True, eq=False)
class Bounds:
    """Floors and caps of n seats.

    Attributes
    ----------
    floor, cap : (n,) float64
        In the measure's unit; 0 and infinity where there is none.
    low, high : (n,) int64
        The same in whole steps, rounded inwards; at most the total.
    """

    floor: FloatArray
    cap: FloatArray
    low: LoadArray
    high: LoadArray


def bounds_of(quota: Quota, history: FloatArray | None, n: int, total: int) -> Bounds:
    """Return the bounds: a relative one binds only where there is a history above 0."""
    floor = np.maximum(_absolute(quota.floor, n, 0.0), _relative(quota.floor, history, n, 0.0))
    cap = np.minimum(_absolute(quota.cap, n, np.inf), _relative(quota.cap, history, n, np.inf))
    low = np.ceil(np.minimum(floor / quota.step, total + 1.0) * (1.0 - _DUST))
    high = np.floor(np.minimum(cap / quota.step * (1.0 + _DUST), total))
    return Bounds(floor, cap, low.astype(np.int64), high.astype(np.int64))


def bound_findings(
    name: str, quota: Quota, bounds: Bounds, share: FloatArray, total: int, codes: Sequence[str]
) -> Iterator[Finding]:
    """Yield what makes a spread inside floors and caps impossible, with amounts."""
    field, step = f"quota.{name}", quota.step
    crossed = np.flatnonzero(bounds.low > bounds.high)
    if len(crossed):
        first = int(crossed[0])
        message = (
            f"No multiple of {step:g} lies between floor and cap of the quota.{name} of {some(codes, crossed)}: "
            f"{codes[first]} is to have at least {amount(bounds.floor[first])} and at most "
            f"{amount(bounds.cap[first])}."
        )
        hint = "Maybe lower floor.of_history or floor.amount, raise the cap, or use a finer step."
        yield Finding(Level.WARNING, "floor-above-cap", message, hint, field=f"{field}.floor", value=codes[first])
        return
    wanted, least = total * step, float(bounds.low.sum()) * step
    most = float(np.where(share > 0, bounds.high, bounds.low).sum()) * step
    if least > wanted:
        message = (
            f"The floors of quota.{name} add up to {amount(least)} under this plan, {amount(least - wanted)} more than "
            f"the {amount(wanted)} that the territories are to have together."
        )
        hint = f"Maybe lower the floors by {100 * (1 - wanted / least):.1f} %, or raise the target."
        yield Finding(Level.WARNING, "floors-above-target", message, hint, field=f"{field}.floor")
    if most < wanted:
        message = (
            f"The caps of quota.{name} add up to {amount(most)} under this plan, {amount(wanted - most)} less than "
            f"the {amount(wanted)} that the territories are to have together."
        )
        hint = f"Maybe raise the caps by {100 * (wanted / most - 1):.1f} %, or lower the target." if most else ""
        hint = hint or "Maybe raise the cap."
        yield Finding(Level.WARNING, "caps-below-target", message, hint, field=f"{field}.cap")


def _absolute(limit: QuotaLimit, n: int, without: float) -> FloatArray:
    return np.full(n, without if limit.amount is None else limit.amount)


def _relative(limit: QuotaLimit, history: FloatArray | None, n: int, without: float) -> FloatArray:
    if limit.of_history is None or history is None:
        return np.full(n, without)
    return np.where(history > 0, limit.of_history * history, without)
