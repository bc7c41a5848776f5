"""Contiguity that is preferred: required first, and left aside where no plan keeps it."""

from dataclasses import replace

import numpy as np

from optimizer.fixed_solve import search_fixed
from optimizer.free.solve import search_free
from optimizer.options import SolveOptions
from optimizer.problem import Contiguity, Problem
from optimizer.result import Progress
from optimizer.run import Run

FIRM_SHARE = 0.6
"""Share of the time or effort for plans that are contiguous."""


def is_preferred(problem: Problem) -> bool:
    """Return whether contiguity is preferred anywhere."""
    return bool((problem.contiguity == Contiguity.PREFERRED).any())


def offer_contiguous(run: Run) -> None:
    """Solve as if contiguity was required where it is preferred, and offer the run the plan.

    The bound of that search is forgotten: plans in pieces keep every hard rule too and may have less value.
    """
    firm = np.where(run.problem.contiguity == Contiguity.OFF, Contiguity.OFF, Contiguity.REQUIRED)
    problem = replace(run.problem, contiguity=firm.astype(np.int8))

    def watch(progress: Progress) -> None:
        if progress.plan is not None:
            run.offer(progress.plan, progress.phase)
        run.tick(progress.phase)

    inner = Run(problem, _shared(run), watch, run.over)
    if problem.free.any():
        search_free(inner)
    else:
        search_fixed(inner, ())
    if inner.plan is not None:
        run.offer(inner.plan, "contiguous")


def _shared(run: Run) -> SolveOptions:
    options = run.options
    if options.time_limit_s is None:
        return replace(options, effort=FIRM_SHARE * (options.effort or 0.0))
    return replace(options, time_limit_s=FIRM_SHARE * run.remaining_s)
