"""The one conductor: from a Problem to a judged plan with its proof."""

import math
from dataclasses import replace
from importlib.metadata import version

from threadpoolctl import threadpool_limits

from optimizer.bound.duals import no_prices
from optimizer.certificate import Certificate
from optimizer.explain.explain import explain
from optimizer.explain.impossible import prove_impossible
from optimizer.explain.relaxations import without_worse
from optimizer.explain.search import Proofs, prove_pockets
from optimizer.explain.ways import Advice, Ways, unsearched
from optimizer.fixed_solve import offer_first, search_fixed
from optimizer.free.solve import search_free
from optimizer.local_search.run import never
from optimizer.looks import Looks
from optimizer.options import SolveOptions
from optimizer.outcome import Outcome
from optimizer.plan import Plan
from optimizer.preferred import is_preferred, offer_contiguous
from optimizer.problem import Problem
from optimizer.result import Progress, SolverError, SolveResult, Status, Stop, StopReason, Watch
from optimizer.run import PROVEN_GAP, PROVING, Run
from optimizer.score import Score
from optimizer.warm_up import warm_up

LAST_SHARE = 0.02
"""Share of the time limit that the last look for proofs may take beyond it."""
DECIDING_LIBRARIES = ("numpy", "ortools", "scipy", "numba")


def unwatched(_: Progress) -> None:
    """Watch nothing."""


def solve(
    problem: Problem,
    options: SolveOptions,
    watch: Watch = unwatched,
    stop: Stop = never,
) -> SolveResult:
    """Find the best plan in the time or effort given, prove how good it is, and judge it.

    Parameters
    ----------
    problem : Problem
    options : SolveOptions
        The time counts from when the kernels are compiled.
    watch : callable
        Told the progress, in the caller's thread.
    stop : callable
        Asked often; true ends the solve within half a second with the best plan so far.

    Returns
    -------
    SolveResult

    Raises
    ------
    SolverError
        If the model and the judge disagree: a mistake of ours.
    """
    warm_up()
    with threadpool_limits(limits=1, user_api="blas"):
        return _solve(Run(problem, options, watch, stop))


def _solve(run: Run) -> SolveResult:
    """Solve with one BLAS thread: more of them slow small sums down and may change their last bits."""
    problem = run.problem
    run.tick("start")
    if not problem.free.any() and not is_preferred(problem):
        offer_first(run)
    run.tick("check")
    proofs = () if run.stopped() else prove_impossible(problem, run.over)
    if proofs:
        run.keep_more_time()
    if is_preferred(problem) and not proofs:
        offer_contiguous(run)
    if not problem.free.any():
        return _result(run, search_fixed(run, proofs))
    # Bounds for free centres are too weak to show.
    least_violation = search_free(run) if run.plan is None or not run.over() else 0.0
    return _result(run, Outcome(no_prices(problem), proofs, least_violation, False))


def _result(run: Run, outcome: Outcome) -> SolveResult:
    if run.plan is None or run.score is None:
        raise SolverError("no plan was offered")
    run.use_all_time()
    if not run.feasible and outcome.least_violation <= 0:
        found = _last_proofs(run, run.plan, run.score)
        outcome = replace(outcome, proofs=outcome.proofs + found.reasons, least_violation=found.least_violation)
    if run.feasible and outcome.infeasible:
        raise SolverError(f"a plan keeps every hard rule, but it was proven that none does: {outcome}")
    status, reason = _status(run, outcome)
    advice = _advice(run, run.plan, run.score)
    told = (*explain(run.problem, run.plan, run.score, outcome.proofs, outcome.least_violation), *advice.reasons)
    unbounded = outcome.infeasible or run.bound == -math.inf
    bound = None if unbounded else min(run.bound, _value(run.score))
    kind = "exact" if status == Status.OPTIMAL else "none" if bound is None else run.bound_kind
    prices = outcome.prices
    dual_bound = prices.bound if math.isfinite(prices.bound) else None
    return SolveResult(
        status=status,
        stop_reason=reason,
        plan=run.plan,
        score=run.score,
        bound=bound,
        bound_kind=kind,
        gap=run.gap,
        certificate=Certificate(kind, bound, dual_bound, prices.load_price, prices.budget_price, outcome.block_price),
        trace=tuple(run.trace),
        reasons=without_worse(told),
        attempts=advice.attempts,
        versions={name: version(name) for name in DECIDING_LIBRARIES},
        reproducible=run.options.effort is not None and reason != StopReason.MEMORY_LIMIT,
    )


def _last_proofs(run: Run, plan: Plan, score: Score) -> Proofs:
    """Look for a moment at the territories that miss a limit, unless the user wants the answer at once."""
    end = run.seconds + max(LAST_SHARE * (run.options.time_limit_s or math.inf), PROVING * run.remaining_s)

    def stop() -> bool:
        run.tick("explain")
        return run.stopped() or run.seconds > end

    step = run.explaining.step(PROVING, stop)
    return Proofs() if step.over() else prove_pockets(run.problem, plan, score, step)


def _advice(run: Run, plan: Plan, score: Score) -> Advice:
    """Look for what to loosen by itself where no plan keeps every rule, unless the user wants the answer at once."""
    if not (run.options.advice and score.broken):
        return Advice((), ())

    within = Looks(run).within
    if within(1.0).over():
        return unsearched(run.problem)
    effort = run.options.effort
    return Ways(run.problem, plan, score, min(1.0, effort or 1.0), run.options.seed, within).advice()


def _value(score: Score) -> float:
    """Return the value that bounds from above: none for a plan that breaks hard rules."""
    return math.inf if score.broken else score.value


def _status(run: Run, outcome: Outcome) -> tuple[Status, StopReason]:
    if outcome.infeasible:
        return Status.INFEASIBLE, StopReason.INFEASIBLE
    if not run.feasible:
        return Status.UNKNOWN, run.stop_reason()
    proven = run.gap is not None and run.gap <= PROVEN_GAP
    return Status.OPTIMAL if proven else Status.FEASIBLE, run.stop_reason()
