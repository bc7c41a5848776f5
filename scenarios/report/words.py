"""Broken rules and reasons in the customer's words: seats by code, units by id, amounts with their limits."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from optimizer.plan import Plan
from optimizer.problem import NOBODY
from optimizer.result import Reason
from optimizer.run import LOAD_RULES
from optimizer.score import BrokenRule, Score
from scenarios.case import Case
from scenarios.report.figures import finite
from scenarios.report.model import BrokenFigure, ReasonFigure
from scenarios.report.names import some_of, territories, unit_ids, units
from scenarios.report.relaxation_words import percent, relaxation_text

Found = TypeVar("Found", BrokenRule, Reason)

MOST_DECIMALS = 9

_SENTENCES = {
    "owner": "{amount} units have no rep who may hold them",
    "min": "{measure} is {amount}, below the smallest allowed {limit}",
    "max": "{measure} is {amount}, above the largest allowed {limit}",
    "hours": "workload is {amount} where the rep's hours end at {limit}",
    "skill": "{amount} units need a skill that the rep does not have",
    "forbid": "{amount} units are forbidden to the rep",
    "max_distance": "the farthest unit lies {amount} km away, the most allowed is {limit} km",
    "lock": "{amount} units that are locked to the rep are elsewhere",
    "together": "units to be kept together have {amount} reps",
    "apart": "{amount} units to be kept apart have the same rep",
    "home": "none of the units of the rep's home is in the territory",
    "contiguity": "the territory falls into {amount} pieces",
    "disruption": "{amount} of today's {measure} change hands, the most allowed is {limit}",
    "empty": "the territory has no unit",
}
_SENTENCES_OF_ONE = {
    "owner": "1 unit has no rep who may hold it",
    "skill": "1 unit needs a skill that the rep does not have",
    "forbid": "1 unit is forbidden to the rep",
    "lock": "1 unit that is locked to the rep is elsewhere",
}


def broken_figures(case: Case, broken: Sequence[BrokenRule]) -> list[BrokenFigure]:
    """Return broken rules in words."""
    return [_broken_figure(case, rule, None) for rule in broken]


def explained_figures(case: Case, score: Score, plan: Plan, reasons: Sequence[Reason]) -> list[BrokenFigure]:
    """Return the rules that a plan breaks in words, each with the reason that explains it where there is one."""
    return [_broken_figure(case, rule, _explaining(rule, plan, reasons)) for rule in score.broken]


def reason_figures(case: Case, reasons: Sequence[Reason]) -> list[ReasonFigure]:
    """Return the solver's reasons in words."""
    return [_reason_figure(case, reason) for reason in reasons]


def number(amount: float) -> str:
    """Return an amount for a sentence: three decimals at most below 1,000, none above."""
    decimals = 0 if abs(amount) >= 1000 else 3
    text = f"{amount:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text


def apart(amount: float, limit: float) -> tuple[str, str]:
    """Return an amount and its limit for a sentence, with as many decimals as make them read differently."""
    shown = number(amount), number(limit)
    decimals = 0
    while shown[0] == shown[1] and amount != limit and decimals < MOST_DECIMALS:
        decimals += 1
        shown = f"{amount:,.{decimals}f}", f"{limit:,.{decimals}f}"
    return shown


def where(case: Case, chosen: Sequence[int], seats: Sequence[int], measure: str) -> str:
    """Return a place in words."""
    parts = (
        some_of("territory", "territories", territories(case, seats)),
        some_of("unit", "units", units(case, chosen)),
        f"measure {measure}" if measure else "",
    )
    return ", ".join(part for part in parts if part) or "the whole plan"


def _in_words(case: Case, found: Found) -> Found:
    """Return a rule on disruption with its budget as the share that the scenario limits, a tolerance as written."""
    if isinstance(found, Reason) and (found.kind, found.rule) == ("relaxation", "band"):
        tolerance = case.scenario.measures[found.measure].tolerance
        return found if tolerance is None else replace(found, limit=tolerance)
    if found.rule != "disruption" or not any(budget.name == found.measure for budget in case.problem.budgets):
        return found
    (budget,) = (budget for budget in case.problem.budgets if budget.name == found.measure)
    today = float(budget.weight[case.problem.current != NOBODY].sum())
    share, limit = found.amount / today, getattr(case.scenario.limits.disruption, found.measure)
    return replace(found, amount=share, limit=limit)


def _broken_figure(case: Case, rule: BrokenRule, reason: Reason | None) -> BrokenFigure:
    rule = _in_words(case, rule)
    return BrokenFigure(
        rule=rule.rule,
        where=where(case, rule.units, rule.reps, rule.measure),
        amount=rule.amount,
        limit=rule.limit,
        cause=_cause(case, rule, reason),
        evidence="proven" if reason is not None and reason.proven else "observed",
        units=unit_ids(case, rule.units),
        territories=[case.seats[seat].code for seat in rule.reps],
        measure=rule.measure or None,
    )


def _cause(case: Case, rule: BrokenRule, reason: Reason | None) -> str:
    """Return what is missed and why, naming the units where they are not those of the rule itself."""
    if reason is None:
        return _sentence(case, rule)
    place = "" if reason.reps == rule.reps else f"{where(case, reason.units, (), '')}: "
    return f"{_sentence(case, rule)}: {place}{reason.text}"


def _reason_figure(case: Case, reason: Reason) -> ReasonFigure:
    reason = _in_words(case, reason)
    place = where(case, reason.units, reason.reps, reason.measure)
    loosens = reason.kind == "relaxation"
    return ReasonFigure(
        kind="relaxation" if loosens else "conflict",
        rule=reason.rule,
        where=place,
        amount=finite(reason.amount),
        limit=finite(reason.limit),
        evidence="proven" if reason.proven else "observed",
        text=relaxation_text(case, reason) if loosens else f"{place}: {reason.text}",
        units=unit_ids(case, reason.units),
        territories=[case.seats[seat].code for seat in reason.reps],
        measure=reason.measure or None,
        way=reason.way or None,
    )


def _sentence(case: Case, rule: BrokenRule) -> str:
    sentence = _SENTENCES.get(rule.rule, "{amount} where the limit is {limit}")
    if rule.amount == 1:
        sentence = _SENTENCES_OF_ONE.get(rule.rule, sentence)
    if rule.rule == "band":
        return _band_sentence(case, rule)
    if rule.rule == "disruption":
        amount, limit = percent(rule.amount), percent(rule.limit)
    else:
        amount, limit = apart(rule.amount, rule.limit)
    return sentence.format(amount=amount, limit=limit, measure=rule.measure)


def _band_sentence(case: Case, rule: BrokenRule) -> str:
    """Return how far a load is from its target; the load alone where the target is 0."""
    problem, measure = case.problem, case.problem.measures.index(rule.measure)
    target = float(problem.target[measure, rule.reps[0]] / problem.load_per_amount[measure])
    amount, limit = apart(rule.amount, rule.limit)
    if target <= 0:
        return f"{rule.measure} is {amount} where the target is 0"
    side = "below" if rule.amount < target else "above"
    off = percent(abs(rule.amount / target - 1))
    return f"{rule.measure} is {amount}, {off} {side} the target, where the band ends at {limit}"


def _explaining(rule: BrokenRule, plan: Plan, reasons: Sequence[Reason]) -> Reason | None:
    """Return the strongest conflict at just this place, or over units of just this territory, or of it and others.

    One of several rules that only together cannot hold has its limit as its amount: it explains no place by itself.
    A conflict without a measure is about all of them.
    """
    alone = [
        reason
        for reason in reasons
        if reason.kind == "conflict" and reason.measure in (rule.measure, "") and reason.amount != reason.limit
    ]
    here = [
        reason
        for reason in alone
        if reason.rule == rule.rule and reason.reps == rule.reps and _overlap(rule.units, reason.units)
    ]
    held = [
        reason for reason in alone if rule.rule in LOAD_RULES and reason.units and _owners(plan, reason) == {*rule.reps}
    ]
    corners = [
        reason
        for reason in alone
        if rule.rule in LOAD_RULES and reason.rule == "contiguity" and {*rule.reps} <= _owners(plan, reason)
    ]
    return min([*here, *held, *corners], key=lambda reason: not reason.proven, default=None)


def _owners(plan: Plan, reason: Reason) -> set[int]:
    return {*plan.owner[list(reason.units)].tolist()}


def _overlap(here: Sequence[int], there: Sequence[int]) -> bool:
    return not here or not there or not set(here).isdisjoint(there)
