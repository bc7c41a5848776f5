"""The answer of a solve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from optimizer.certificate import Certificate
from optimizer.plan import Plan
from optimizer.score import Score


class SolverError(RuntimeError):
    """The model and the judge disagree, or a solver failed: a mistake of ours."""


class Status(StrEnum):
    """What is known of the plan."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class StopReason(StrEnum):
    """Why the solve ended."""

    OPTIMAL = "optimal"
    GAP = "gap"
    EFFORT = "effort"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    USER_STOP = "user_stop"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Progress:
    """One event while solving, the same for terminal, event stream and stored curve."""

    seconds: float
    phase: str
    value: float | None
    violation: float | None
    bound: float | None
    plan: Plan | None


Watch = Callable[[Progress], None]
"""Called with each progress event."""
Stop = Callable[[], bool]
"""Asked often; true ends the solve with the best plan so far."""


@dataclass(frozen=True)
class Reason:
    """Why no plan keeps every hard rule, or the cheapest way out of it.

    Attributes
    ----------
    kind : str
        "conflict" (rules that cannot hold together) or "relaxation" (a limit to loosen).
    rule : str
        Rule as in BrokenRule.
    units, reps : tuple of int
        Where.
    measure : str
        The measure or budget, empty where none.
    amount, limit : float
        What is needed and what the limit is, in the customer's units.
    proven : bool
        True where this follows for every plan; False where it was observed on the plans tried.
    text : str
        The arithmetic in one sentence without ids, e.g. "needs 120 of at most 100".
    way : int
        Relaxations of the same number together make a plan possible: 1 the plan that is handed back, higher numbers
        one that was found and judged beside it. 0 for a conflict.
    """

    kind: str
    rule: str
    units: tuple[int, ...]
    reps: tuple[int, ...]
    measure: str
    amount: float
    limit: float
    proven: bool
    text: str
    way: int = 0


class AttemptEnd(StrEnum):
    """What became of loosening one limit by itself where no plan keeps every rule."""

    ENOUGH = "enough"
    CUT_SHORT = "cut_short"
    NOT_FOUND = "not_found"
    IMPOSSIBLE = "impossible"
    UNSEARCHED = "unsearched"


@dataclass(frozen=True)
class Attempt:
    """One kind of limit that was to be loosened by itself, and how that ended.

    Attributes
    ----------
    rule, measure : str
        As in `Reason`; the rule PAIRS stands for any two kinds together.
    end : AttemptEnd
        enough: told as a relaxation; cut_short: told too, but the time ended before smaller steps were tried;
        not_found: searched in vain; impossible: proven that no amount is enough; unsearched: the time ended before.
    """

    rule: str
    measure: str
    end: AttemptEnd


PAIRS = "pairs"
"""In `Attempt.rule`: two kinds of limits together."""


@dataclass(frozen=True, eq=False)
class SolveResult:
    """Everything a solve says.

    Attributes
    ----------
    status, stop_reason
        What is known of the plan, and why the solve ended.
    plan : Plan
        The best plan, or with infeasible and unknown the nearest one.
    score : Score
        The judge's verdict on `plan`.
    bound : float or None
        Proven lower limit on the value of every plan that keeps the hard rules; None where none is useful.
    bound_kind : str
        "exact", "mip", "lagrangian" or "none".
    gap : float or None
        (value - bound) / |value|; None without a feasible plan or bound.
    certificate : Certificate
        What proves the bound.
    trace : tuple of Progress
        The curve of value and bound, without plans.
    reasons : tuple of Reason
        Why it is infeasible or was not reached.
    attempts : tuple of Attempt
        Every kind of limit that was to be loosened by itself, where no plan that keeps every rule was found.
    versions : mapping
        Versions of the libraries that decided the answer.
    reproducible : bool
        True where no clock decided.
    """

    status: Status
    stop_reason: StopReason
    plan: Plan
    score: Score
    bound: float | None
    bound_kind: str
    gap: float | None
    certificate: Certificate
    trace: tuple[Progress, ...]
    reasons: tuple[Reason, ...]
    attempts: tuple[Attempt, ...]
    versions: Mapping[str, str]
    reproducible: bool
