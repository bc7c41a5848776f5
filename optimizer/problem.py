"""What is to be solved, as read-only numbers: the only input the solver and the judge have."""

from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from optimizer.graph import Graph, IntArray

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
LoadArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

UNLOCKED = -1
"""In `Problem.locked`: the unit may go to any allowed rep."""
NOBODY = -1
"""In `Problem.current`: the unit has no rep today. In `Plan.owner`: it has none in the plan."""
GONE = -2
"""In `Problem.current`: today's rep is leaving or not in the list; the move is unavoidable."""
WORKLOAD = 0
"""Row of the measure `workload`, which weighs travel."""
POTENTIAL = 1
"""Row of the measure `potential`, which weighs fit and disruption."""


class ProblemError(ValueError):
    """The numbers of a Problem contradict each other: a mistake of ours, never of the user."""


class Contiguity(IntEnum):
    """How a unit takes part in contiguity."""

    OFF = 0
    PREFERRED = 1
    REQUIRED = 2


@dataclass(frozen=True, eq=False)
class LoadLimit:
    """A hard range for one measure of each rep's load.

    Attributes
    ----------
    rule : str
        "band", "min", "max" or "hours".
    measure : int
        Row of the measure.
    low, high : (n_reps,) int64
        Smallest and largest load allowed, in integer load units, both inclusive.
    """

    rule: str
    measure: int
    low: LoadArray
    high: LoadArray


@dataclass(frozen=True, eq=False)
class Budget:
    """A hard limit on what may leave its current rep avoidably.

    Attributes
    ----------
    name : str
        What is counted: "units", "potential", "accounts", "sales" or "tenure".
    weight : (n_units,) int64
        What each unit counts.
    limit : int
        Largest sum of weights of avoidably moved units.
    """

    name: str
    weight: LoadArray
    limit: int


@dataclass(frozen=True)
class Weights:
    """Weights of the goals; the value of a plan is the sum of weight x amount."""

    travel: float = 0.0
    fit: float = 0.0
    balance: float = 0.0
    disruption: float = 0.0
    contribution: float = 0.0


@dataclass(frozen=True, eq=False)
class Problem:
    """One territory problem with n_units units, n_reps reps and n_measures measures.

    Attributes
    ----------
    measures : tuple of str
        Names of the measures; row 0 is workload and row 1 potential.
    load : (n_measures, n_units) int64
        What each unit adds to a measure, in integer load units.
    load_per_amount : (n_measures,) float64
        Integer load units per unit of the customer's measure.
    target : (n_measures, n_reps) float64
        Balanced load of each rep, in integer load units.
    aim : (n_measures,) float64
        Deviation from the target, as a share, up to which the balance goal counts nothing.
    limits : tuple of LoadLimit
        Hard ranges of the loads.
    xyz_m : (n_units, 3) float64
        Place of each unit on the sphere of `EARTH_RADIUS_M`, earth-centred, in metres.
    has_home : (n_reps,) bool
        False where the rep has a free centre.
    distance_km : (n_units, n_reps) float32
        Great-circle distance to the rep's home; NaN in the columns of free centres.
    travel_cost : (n_units, n_reps) float32
        What the goal `travel` averages: `distance_km` itself (the same array) or the given matrix, free of NaN.
    fit : (n_classes, n_reps) float32
        Skill fit 0..1 of each rep for each class of units; one class of ones without skills.
    fit_class : (n_units,) int32
        Class of each unit.
    banned : (n_classes, n_reps) bool
        Pairs that a required skill forbids.
    forbidden : (n_pairs, 2) int32
        Unit, rep pairs that must not be joined (rule `forbid`; pairs missing from a travel matrix).
    max_distance_km : float
        Largest distance from a unit to its rep's home or free centre; infinity for none.
    locked : (n_units,) int32
        Rep that must own the unit, or UNLOCKED.
    together : tuple of int32 arrays
        Disjoint groups of units that one rep must own.
    apart : tuple of int32 arrays
        Groups of units that must all have different reps.
    home_units : tuple of n_reps int32 arrays
        Units of which the rep must own at least one (rule `home: inside`); empty where the rule is off.
    current : (n_units,) int32
        Rep of today, NOBODY or GONE.
    budgets : tuple of Budget
        Hard limits on avoidable moves.
    graph : Graph
        Links between units of the same contiguity part only.
    contiguity : (n_units,) int8
        A `Contiguity` for each unit.
    part : (n_units,) int32
        Contiguity part (the segment): a territory's units of one part must be connected among themselves.
    weights : Weights
        Weights of the goals.
    forgone : (n_units, n_reps) float32, or None
        What the goal `contribution` adds up over the pairs of a plan.
    """

    measures: tuple[str, ...]
    load: LoadArray
    load_per_amount: FloatArray
    target: FloatArray
    aim: FloatArray
    limits: tuple[LoadLimit, ...]
    xyz_m: FloatArray
    has_home: BoolArray
    distance_km: SingleArray
    travel_cost: SingleArray
    fit: SingleArray
    fit_class: IntArray
    banned: BoolArray
    forbidden: IntArray
    max_distance_km: float
    locked: IntArray
    together: tuple[IntArray, ...]
    apart: tuple[IntArray, ...]
    home_units: tuple[IntArray, ...]
    current: IntArray
    budgets: tuple[Budget, ...]
    graph: Graph
    contiguity: npt.NDArray[np.int8]
    part: IntArray
    weights: Weights
    forgone: SingleArray | None = None

    def __post_init__(self) -> None:
        """Check shapes, types and ranges once, and make every array read-only."""
        _check_arrays(self)
        _check_ranges(self)
        for item in fields(self):
            value = getattr(self, item.name)
            for array in value if isinstance(value, tuple) else (value,):
                if isinstance(array, np.ndarray):
                    array.flags.writeable = False

    @property
    def n_units(self) -> int:
        """Number of units."""
        return int(self.load.shape[1])

    @property
    def n_reps(self) -> int:
        """Number of reps (territories)."""
        return int(self.target.shape[1])

    @cached_property
    def free(self) -> BoolArray:
        """Reps whose travel is measured to their territory's own centre, (n_reps,) bool."""
        return np.asarray(np.isnan(self.travel_cost).all(axis=0), dtype=np.bool_)


EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG, R1), the sphere on which all distances are measured."""


def _check_arrays(problem: Problem) -> None:
    (m, n), k = problem.load.shape, problem.n_reps
    expected: dict[str, tuple[tuple[int, ...], type]] = {
        "load": ((m, n), np.int64),
        "target": ((m, k), np.float64),
        **dict.fromkeys(("load_per_amount", "aim"), ((m,), np.float64)),
        "xyz_m": ((n, 3), np.float64),
        "has_home": ((k,), np.bool_),
        **dict.fromkeys(("distance_km", "travel_cost"), ((n, k), np.float32)),
        "fit": ((len(problem.fit), k), np.float32),
        "banned": ((len(problem.fit), k), np.bool_),
        "forbidden": ((len(problem.forbidden), 2), np.int32),
        "contiguity": ((n,), np.int8),
        **dict.fromkeys(("fit_class", "locked", "current", "part"), ((n,), np.int32)),
    }
    optional = {} if problem.forgone is None else {"forgone": ((n, k), np.float32)}
    for name, (shape, kind) in (expected | optional).items():
        array = getattr(problem, name)
        if array.shape != shape or array.dtype != kind:
            raise ProblemError(f"{name} is {array.dtype}{array.shape}, expected {kind.__name__}{shape}")


def _check_ranges(problem: Problem) -> None:
    n, k = problem.n_units, problem.n_reps
    checks = {
        "two measures at least (workload, potential)": len(problem.measures) == problem.load.shape[0] >= 2,
        "a unit and a rep": n > 0 and k > 0,
        "loads at or above 0": bool((problem.load >= 0).all()),
        "fit_class inside fit": bool(((problem.fit_class >= 0) & (problem.fit_class < len(problem.fit))).all()),
        "fit in 0..1": bool(((problem.fit >= 0) & (problem.fit <= 1)).all()),
        "locked inside reps": bool(((problem.locked >= UNLOCKED) & (problem.locked < k)).all()),
        "current inside reps": bool(((problem.current >= GONE) & (problem.current < k)).all()),
        "a graph of all units": problem.graph.n_units == n,
        "home_units for each rep": len(problem.home_units) == k,
        "limits of known measures": all(0 <= limit.measure < len(problem.measures) for limit in problem.limits),
        "limits for each rep": all(len(limit.low) == len(limit.high) == k for limit in problem.limits),
        "finite distances to homes": bool((np.isfinite(problem.distance_km).all(axis=0) == problem.has_home).all()),
        "finite travel costs, or none": bool((np.isfinite(problem.travel_cost).all(axis=0) | problem.free).all()),
        "finite places": bool(np.isfinite(problem.xyz_m).all()),
    }
    for meaning, holds in checks.items():
        if not holds:
            raise ProblemError(f"a Problem needs {meaning}")
