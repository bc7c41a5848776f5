"""A smallest set of rules that cannot hold together, found with CP-SAT's assumptions and thinned by leaving out."""

from threading import Thread

from ortools.sat.python import cp_model

from optimizer.explain.claims import Claim, Claims
from optimizer.explain.facts import Facts
from optimizer.explain.wording import CONFLICT, ints
from optimizer.result import Reason, Stop

MOST_PAIRS = 20_000
"""Largest number of pairs for which the model is built."""
LOOK_EVERY_S = 0.1
"""How often the caller's `stop` is asked while CP-SAT runs."""
FIRST_WORK = 4.0
"""CP-SAT's deterministic time for finding any conflict."""
STEP_WORK = 0.3
"""CP-SAT's deterministic time for trying to do without some of its rules."""
MOST_ROUNDS = 60
"""Largest number of plans taken apart by separators before contiguity counts as kept."""
CONTIGUOUS_PAIRS = 600
"""Largest number of pairs for which contiguity is told by separators."""
ALL_WORK = 8.0
"""CP-SAT's deterministic time for all of it."""
LEAST_SHARE = 0.25
"""Share of the work that is spent however small the effort: less would find nothing."""
MOST_NAMED = 12
"""A conflict of more rules than this says nothing to anybody."""


def smallest_conflict(facts: Facts, stop: Stop, effort: float = 1.0) -> tuple[Reason, ...]:
    """Return the rules of one conflict, none of which can be left out as far as the work allowed shows; or nothing.

    Beyond a few hundred pairs contiguity only tells the map's separate pieces apart. Finding nothing means nothing.

    Parameters
    ----------
    facts : Facts
    stop : callable
        True ends the search.
    effort : float
        Below 1 the work is that share of the whole, but at least a quarter.
    """
    if facts.problem.n_units * facts.problem.n_reps > MOST_PAIRS:
        return ()
    rounds = MOST_ROUNDS if facts.problem.n_units * facts.problem.n_reps <= CONTIGUOUS_PAIRS else 1
    share = min(max(effort, LEAST_SHARE), 1.0)
    search = _Search(Claims(facts), rounds, ALL_WORK * share, stop)
    core = search.conflict(search.claims, FIRST_WORK * share)
    if core is None:
        return ()
    core = search.thin(core)
    if len(core) > MOST_NAMED:
        return ()
    return _reasons(core)


class _Search:
    """Asks CP-SAT whether some of the claims can hold together."""

    def __init__(self, claims: Claims, rounds: int, work: float, stop: Stop) -> None:
        self.claims = claims.claims
        self._all = claims
        self._model = claims.choices.model
        self._rounds = rounds
        self._left = work
        self._stop = stop

    def conflict(self, claims: list[Claim], work: float) -> list[Claim] | None:
        """Return those of the claims that cannot hold together, None where they can or nobody knows."""
        for _ in range(self._rounds if self._left > 0 else 0):
            solver, status = self._ask(claims, work)
            if status == cp_model.INFEASIBLE:
                core = set(solver.sufficient_assumptions_for_infeasibility())
                return [claim for claim in claims if claim.literal.index in core]
            found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and not self._stop()
            connected = any(claim.rule == "contiguity" for claim in claims)
            if not (found and connected and self._separate(solver)):
                break
        return None

    def _separate(self, solver: cp_model.CpSolver) -> bool:
        return self._all.separate(self._all.choices.plan(solver.response_proto.solution))

    def _ask(self, claims: list[Claim], work: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus | None]:
        self._model.clear_assumptions()
        self._model.add_assumptions([claim.literal for claim in claims])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = min(work, max(self._left, 0.001))
        solver.parameters.catch_sigint_signal = False
        status = self._solve(solver)
        self._left -= solver.response_proto.deterministic_time
        return solver, status

    def _solve(self, solver: cp_model.CpSolver) -> cp_model.CpSolverStatus | None:
        """Run CP-SAT in a thread of its own, so that a stop is obeyed at once."""
        answers: list[cp_model.CpSolverStatus] = []
        thread = Thread(target=lambda: answers.append(solver.solve(self._model)), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(LOOK_EVERY_S)
            if thread.is_alive() and self._stop():
                solver.stop_search()
        return answers[0] if answers else None

    def thin(self, core: list[Claim]) -> list[Claim]:
        """Leave out claims, many at a time first, as long as the others still cannot hold together."""
        size = len(core)
        while size > 1:
            size, start = size // 2, 0
            while start < len(core):
                smaller = self.conflict(core[:start] + core[start + size :], STEP_WORK)
                if smaller is None:
                    start += size
                else:
                    core, start = smaller, 0
        return core


def _reasons(core: list[Claim]) -> tuple[Reason, ...]:
    """Return the claims of a conflict as reasons; the same claim about several reps is one."""
    groups: dict[tuple[str, str, str, tuple[int, ...]], list[Claim]] = {}
    for claim in core:
        groups.setdefault((claim.rule, claim.measure, claim.text, ints(claim.units)), []).append(claim)
    return tuple(_reason(claims, len(groups)) for claims in groups.values())


def _reason(claims: list[Claim], count: int) -> Reason:
    """Return what claims of several reps say; the amount of a rule that holds only alone is its limit."""
    claim, each = claims[0], " each" if len(claims) > 1 else ""
    reps = ints(rep for item in claims for rep in item.reps)
    ending = f", one of {count} rules that cannot hold together" if count > 1 else ", which cannot be"
    text = f"{claim.text}{each}{ending}"
    return Reason(CONFLICT, claim.rule, ints(claim.units), reps, claim.measure, claim.limit, claim.limit, True, text)
