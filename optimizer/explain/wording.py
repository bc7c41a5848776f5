"""Reasons with amounts in the customer's units and a sentence of arithmetic."""

import math
from collections.abc import Iterable

import numpy as np

from optimizer.explain.facts import Facts
from optimizer.result import Reason

CONFLICT = "conflict"
RELAXATION = "relaxation"


def number(amount: float) -> str:
    """Return an amount for a sentence: none of its decimals from 1,000 on, three at most below."""
    if abs(amount) >= 1000:
        return f"{amount:,.0f}"
    return f"{amount:.3f}".rstrip("0").rstrip(".")


def at_least(share: float) -> str:
    """Return a share that is proven to be a lower limit for a sentence: in percent, rounded down to two decimals."""
    return f"{math.floor(10_000.0 * share + 1e-6) / 100.0:,g} %"


def amount_of(facts: Facts, measure: int, load: float) -> float:
    """Return a load in the customer's units."""
    return float(load) / float(facts.problem.load_per_amount[measure])


def said(facts: Facts, measure: int, load: float) -> str:
    """Return a load in the customer's units for a sentence."""
    return number(amount_of(facts, measure, load))


def load_conflict(
    facts: Facts,
    rule: str,
    measure: int,
    loads: tuple[float, float],
    text: str,
    *,
    units: Iterable[int] = (),
    reps: Iterable[int] = (),
) -> Reason:
    """Return a proven conflict about a load and its limit, both in integer load units.

    In `text`, {load} and {limit} stand for them in the customer's units.
    """
    amounts = amount_of(facts, measure, loads[0]), amount_of(facts, measure, loads[1])
    shown = text.replace("{load}", number(amounts[0])).replace("{limit}", number(amounts[1]))
    name = facts.problem.measures[measure]
    return Reason(CONFLICT, rule, ints(units), ints(reps), name, *amounts, True, shown)


def conflict(
    rule: str, amount: float, limit: float, text: str, *, units: Iterable[int] = (), reps: Iterable[int] = ()
) -> Reason:
    """Return a proven conflict that is not about a measure."""
    return Reason(CONFLICT, rule, ints(units), ints(reps), "", float(amount), float(limit), True, text)


def ints(values: Iterable[int]) -> tuple[int, ...]:
    """Return indices as plain numbers, ascending, each once."""
    return tuple(sorted({int(value) for value in np.asarray(list(values), dtype=np.int64)}))
