"""Where a report comes from: inputs, options, versions; and the clocks of the run, kept apart."""

import platform
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from optimizer.options import SolveOptions
from optimizer.result import Progress
from scenarios.report.answer import Answer
from scenarios.report.figures import finite
from scenarios.report.model import Provenance, Timing, TracePoint

DISTRIBUTION = "territory-optimizer"
DECIDING = ("numpy", "scipy")
"""Libraries that decide figures even without a solver."""


@dataclass(frozen=True)
class Run:
    """The circumstances of one command.

    Attributes
    ----------
    command : "solve" or "score"
        What was asked for.
    started : datetime
        When, in UTC.
    seconds : float
        How long the solve took.
    scenario_path : str
        The scenario file, relative to the folder of the report.
    scenario_sha256 : str
        SHA-256 of the scenario file.
    options : SolveOptions or None
        Options of the solve; None for a given plan.
    start_sha256 : str or None
        SHA-256 of the plan that the solve started from.
    start_path : str or None
        That plan, relative to the folder of the report.
    """

    command: Literal["solve", "score"]
    started: datetime
    seconds: float
    scenario_path: str
    scenario_sha256: str
    options: SolveOptions | None
    start_sha256: str | None = None
    start_path: str | None = None


def provenance(answer: Answer, run: Run) -> Provenance:
    """Return what the plan was made from."""
    result = answer.result
    return Provenance(
        command=run.command,
        product=product(),
        scenario=answer.case.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        scenario_sha256=run.scenario_sha256,
        inputs=dict(sorted(answer.case.input_hashes.items())),
        options=_options(run),
        seed=None if run.options is None else run.options.seed,
        versions=dict(sorted((_versions() | dict(result.versions if result else {})).items())),
        reproducible=True if result is None else result.reproducible,
    )


def timing(answer: Answer, run: Run) -> Timing:
    """Return the clocks of the run."""
    trace = answer.result.trace if answer.result else ()
    return Timing(
        started=run.started,
        seconds=run.seconds,
        scenario_path=run.scenario_path,
        start_path=run.start_path,
        trace=[_point(progress) for progress in trace],
    )


def product() -> str:
    """Return name and version of this product."""
    return f"{DISTRIBUTION} {_version(DISTRIBUTION)}"


def option_figures(options: SolveOptions) -> dict[str, float | int | str | None]:
    """Return the options of a solve, but for its seed and start."""
    return {
        "time_limit_s": options.time_limit_s,
        "effort": options.effort,
        "gap": options.gap,
        "workers": options.workers,
        "memory_limit_gb": options.memory_limit_gb,
    }


def _options(run: Run) -> dict[str, float | int | str | None]:
    return {} if run.options is None else option_figures(run.options) | {"start": run.start_sha256}


def _point(progress: Progress) -> TracePoint:
    return TracePoint(
        seconds=progress.seconds,
        phase=progress.phase,
        value=finite(progress.value),
        violation=finite(progress.violation),
        bound=finite(progress.bound),
    )


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: _version(name) for name in DECIDING}}


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"
