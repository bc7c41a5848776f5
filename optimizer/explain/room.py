"""Relaxations with so much room that a solve finds a plan that they allow, not only one that is known."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from optimizer.explain.kinds import Kind
from optimizer.explain.wording import ints
from optimizer.result import Reason

ROOMS = (0.1, 0.2, 0.4)
"""Shares of the least loosening found that are added to it: the first with which a search from nothing finds a plan."""
UNTRIED_ROOM = 0.2
"""The same where there is no time for such a search."""


def with_room(reasons: tuple[Reason, ...], room: float) -> tuple[Reason, ...]:
    """Return relaxations with amounts loosened further by a share of what they are loosened."""
    return tuple(_further(reason, room) if Kind(reason.rule).is_measured else reason for reason in reasons)


def merged(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield the reasons, those on contiguity as one: where nothing else is loosened, gaps are all over the map."""
    gaps = [reason for reason in reasons if reason.rule == "contiguity"]
    yield from (reason for reason in reasons if reason.rule != "contiguity")
    if gaps:
        reps, units = (ints(chain(*(getattr(gap, name) for gap in gaps))) for name in ("reps", "units"))
        yield replace(gaps[0], reps=reps, units=units, amount=sum(gap.amount for gap in gaps), limit=float(len(gaps)))


def _further(reason: Reason, room: float) -> Reason:
    amount = reason.limit + (1.0 + room) * (reason.amount - reason.limit)
    if reason.rule == "max_distance":
        amount = math.ceil(amount)
    elif reason.rule == "band":
        amount = math.ceil(amount * 1000.0 - 1e-6) / 1000.0
    return replace(reason, amount=float(max(amount, 0.0)))
