"""What to loosen, in the customer's words: from what to what, for whom."""

import math
from collections.abc import Callable, Iterable, Mapping

from optimizer.explain.relaxations import NEAREST
from optimizer.result import Reason
from scenarios.case import Case
from scenarios.report.model import ReasonFigure
from scenarios.report.names import some_of, territories, unit_ids, units


def relaxation_text(case: Case, reason: Reason) -> str:
    """Return one relaxation as an instruction, with amounts that are enough."""
    text = _TEXTS[reason.rule](case, reason)
    return f"{text} (proven: half of this step is not enough)" if reason.proven else text


def ways_in_words(reasons: Iterable[ReasonFigure]) -> tuple[list[str], list[str]]:
    """Return the lines that together let the nearest plan keep every rule, and other ways, each a line by itself."""
    ways: dict[int, list[str]] = {}
    for reason in reasons:
        if reason.way is not None:
            ways.setdefault(reason.way, []).append(reason.text)
    nearest = ways.pop(NEAREST, [])
    return nearest, ["; and ".join(texts) for texts in ways.values()]


def percent(share: float) -> str:
    """Return a share that is enough, in percent, rounded up to two decimals."""
    return f"{math.ceil(share * 10_000 - 1e-6) / 100:,g} %"


def enough(amount: float, limit: float) -> tuple[str, str]:
    """Return an amount that is enough and the limit it replaces, with as many decimals as make them read differently.

    The amount is rounded away from the limit.
    """
    decimals = 0 if abs(amount) >= 1000 else 1
    while decimals < _MOST_DECIMALS and 10.0**-decimals > 0.1 * abs(amount - limit):
        decimals += 1
    step = 10.0**-decimals
    shown = math.ceil(amount / step - 1e-6) if amount > limit else math.floor(amount / step + 1e-6)
    return f"{shown * step:,.{decimals}f}", _trimmed(limit, decimals)


_MOST_DECIMALS = 6


def _trimmed(amount: float, decimals: int) -> str:
    text = f"{amount:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _band(case: Case, reason: Reason) -> str:
    target = case.problem.target[case.problem.measures.index(reason.measure)]
    if (target[list(reason.reps)] <= 0).any():
        return f"give {_whose(case, reason)} a target of {reason.measure}: of 0 no tolerance allows any"
    needed, given = percent(reason.amount), percent(reason.limit)
    return f"raise the tolerance of {reason.measure} from {given} to {needed}{_missing(case, reason)}"


def _end(field: str) -> Callable[[Case, Reason], str]:
    def text(case: Case, reason: Reason) -> str:
        verb = "lower the smallest" if field == "min" else "raise the largest"
        needed, given = enough(reason.amount, reason.limit)
        return f"{verb} {reason.measure} of a territory from {given} to {needed}{_missing(case, reason)}"

    return text


def _hours(case: Case, reason: Reason) -> str:
    needed, given = enough(reason.amount, reason.limit)
    more = f" ({percent(reason.amount / reason.limit - 1)} more)" if reason.limit > 0 else ""
    return f"let {_whose(case, reason)} work {needed} hours instead of {given}{more}"


def _distance(case: Case, reason: Reason) -> str:
    needed, given = enough(reason.amount, reason.limit)
    return f"let units lie up to {needed} km from their rep instead of {given} km ({_which(case, reason)})"


def _disruption(_: Case, reason: Reason) -> str:
    now, given = percent(reason.amount), percent(reason.limit)
    return f"let {now} of today's {reason.measure} change hands instead of {given}"


def _contiguity(case: Case, reason: Reason) -> str:
    which = _which(case, reason)
    if not reason.reps:
        return f"link {which} to others, for instance with neighbours.bridges: less has to be loosened then"
    verb = "lies" if len(unit_ids(case, reason.units)) == 1 else "lie"
    return f"let {_whose(case, reason)} have gaps ({which} {verb} apart from the rest)"


def _missing(case: Case, reason: Reason) -> str:
    """Return who misses the limit in the plan that is shown; of other plans nobody wants to know."""
    if reason.way != NEAREST or not reason.reps:
        return ""
    return f" (now missed by {_whose(case, reason)})"


def _which(case: Case, reason: Reason) -> str:
    return some_of("unit", "units", units(case, reason.units)) or "any unit"


def _whose(case: Case, reason: Reason) -> str:
    return some_of("territory", "territories", territories(case, reason.reps)) or "a territory"


_TEXTS: Mapping[str, Callable[[Case, Reason], str]] = {
    "band": _band,
    "min": _end("min"),
    "max": _end("max"),
    "hours": _hours,
    "max_distance": _distance,
    "disruption": _disruption,
    "contiguity": _contiguity,
    "owner": lambda case, reason: f"let some rep have {_which(case, reason)}",
    "skill": lambda case, reason: f"let {_whose(case, reason)} have {_which(case, reason)} without the skill",
    "forbid": lambda case, reason: f"let {_whose(case, reason)} have {_which(case, reason)}, now forbidden",
    "lock": lambda case, reason: f"unlock {_which(case, reason)} from {_whose(case, reason)}",
    "together": lambda case, reason: f"let {_which(case, reason)} have {reason.amount:g} reps",
    "apart": lambda case, reason: f"let {_which(case, reason)} have the same rep",
    "home": lambda case, reason: f"let {_whose(case, reason)} lie away from its rep's home",
    "empty": lambda case, reason: f"do without {_whose(case, reason)}, or let it be empty",
}
