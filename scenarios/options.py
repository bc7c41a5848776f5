"""The options of a solve: the scenario's, or those given in their place."""

from collections.abc import Mapping

from pydantic import ValidationError

from geodata.findings import InputError
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from scenarios.document.errors import findings_of
from scenarios.document.scenario import Solve
from scenarios.reading.yaml_text import Tree

DEFAULT_TIME_LIMIT_S = 60.0


def solve_options(solve: Solve, changes: Mapping[str, float | int | None], start: Plan | None) -> SolveOptions:
    """Return the options; a change that is None leaves the scenario's. Raises InputError for values out of range.

    A time limit takes the place of the scenario's effort, and the other way round.
    """
    given = {name: str(value) for name, value in changes.items() if value is not None}
    clocks = {"time_limit_s": None, "effort": None} if given.keys() & {"time_limit_s", "effort"} else {}
    try:
        wanted = Solve.model_validate(solve.model_dump() | clocks | given)
    except ValidationError as error:
        raise InputError(findings_of(error, Tree(None, {}))) from error
    timed = wanted.effort is None
    return SolveOptions(
        time_limit_s=(wanted.time_limit_s or DEFAULT_TIME_LIMIT_S) if timed else None,
        effort=wanted.effort,
        gap=wanted.gap,
        seed=wanted.seed,
        workers=wanted.workers,
        memory_limit_gb=wanted.memory_limit_gb,
        start=start,
    )
