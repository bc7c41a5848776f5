"""A plan for a case, with everything that is known of it: what report and export read."""

from dataclasses import dataclass

from geodata.findings import Finding
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.result import SolveResult
from optimizer.score import Score
from scenarios.case import Case, Rep
from scenarios.report.matched import matched_score
from scenarios.report.seats import keep_codes, match_reps, order_west_to_east, with_columns
from scenarios.robust.hedged import Hedged


@dataclass(frozen=True, eq=False)
class Answer:
    """A judged plan.

    Attributes
    ----------
    case : Case
        What was asked.
    plan : Plan
        The plan.
    score : Score
        The judge's verdict on it.
    rep_of_seat : tuple of (int or None)
        Index in `case.reps` of each seat's incumbent; None while nobody is matched.
    result : SolveResult or None
        What the solver says; None for a given plan.
    findings : tuple of Finding
        What was found in the input, and in a given plan.
    hedged : Hedged or None
        What became of the hedge; None without one, and for a given plan.
    """

    case: Case
    plan: Plan
    score: Score
    rep_of_seat: tuple[int | None, ...]
    result: SolveResult | None
    findings: tuple[Finding, ...]
    hedged: Hedged | None = None

    def incumbent(self, seat: int) -> Rep | None:
        """Return the rep who fills a seat, if anybody does."""
        rep = self.rep_of_seat[seat]
        return None if rep is None else self.case.reps[rep]


def solved_answer(case: Case, result: SolveResult, earlier: Plan | None = None, hedged: Hedged | None = None) -> Answer:
    """Return the solver's plan with its free territories named and matched to reps.

    `earlier` is the plan whose codes stay where most of their potential stays; without it codes run west to east.
    """
    order = order_west_to_east(case, result.score) if earlier is None else keep_codes(case, result.plan, earlier)
    named = with_columns(case.problem, result, order)
    reps = match_reps(case, named.plan)
    score = matched_score(case, named.plan, named.score, reps)
    return Answer(case, named.plan, score, reps, named, case.findings, hedged)


def given_answer(case: Case, plan: Plan, found: tuple[Finding, ...] = ()) -> Answer:
    """Return a hand-made plan, judged; `found` are the findings of its file."""
    reps = match_reps(case, plan)
    score = matched_score(case, plan, judge(case.problem, plan), reps)
    return Answer(case, plan, score, reps, None, (*case.findings, *found))
