"""What the judge says of a plan."""

from dataclasses import dataclass

from optimizer.graph import IntArray
from optimizer.problem import FloatArray, LoadArray


@dataclass(frozen=True)
class GoalPart:
    """One goal's part of the value: `amount` in the goal's fixed unit, times `weight`."""

    name: str
    weight: float
    amount: float


@dataclass(frozen=True)
class BrokenRule:
    """One hard rule that a plan breaks at one place.

    Attributes
    ----------
    rule : str
        "owner", "band", "min", "max", "hours", "skill", "forbid", "max_distance", "lock", "together", "apart",
        "home", "contiguity", "disruption" or "empty".
    units, reps : tuple of int
        Offending units and reps.
    measure : str
        The measure or budget, empty where the rule has none.
    amount, limit : float
        What the plan has and what the rule allows, in the customer's units.
    """

    rule: str
    units: tuple[int, ...]
    reps: tuple[int, ...]
    measure: str
    amount: float
    limit: float


@dataclass(frozen=True, eq=False)
class Score:
    """The judge's verdict on one plan.

    Attributes
    ----------
    value : float
        Sum of weight x amount over the goals.
    goals : tuple of GoalPart
        travel, fit, balance, disruption, in this order, then contribution where anything can be forgone.
    broken : tuple of BrokenRule
        Every hard rule the plan breaks; empty for a feasible plan.
    load : (n_measures, n_reps) int64
        Load of each rep in integer load units.
    pieces : (n_reps,) int32
        Connected pieces of each territory (largest count over its contiguity parts, exempt units left out).
    center_xyz_m : (n_reps, 3) float64
        Workload-weighted centroid of each territory on the sphere; NaN for an empty territory.
    violation : float
        Sum of relative misses of the load limits: (low - load) / target below, (load - high) / target above.
    """

    value: float
    goals: tuple[GoalPart, ...]
    broken: tuple[BrokenRule, ...]
    load: LoadArray
    pieces: IntArray
    center_xyz_m: FloatArray
    violation: float
