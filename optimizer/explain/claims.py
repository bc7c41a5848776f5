"""The hard rules as claims that can be switched on and off one by one; contiguity as far as separators tell it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from optimizer.explain.components import Components
from optimizer.explain.facts import Facts
from optimizer.explain.wording import amount_of, said
from optimizer.graph import IntArray
from optimizer.model.choices import Choices, Variable
from optimizer.model.contiguity import broken_separators
from optimizer.model.disruption import kept
from optimizer.model.separators import NOWHERE
from optimizer.plan import Plan
from optimizer.problem import UNLOCKED, BoolArray, LoadLimit, Problem


@dataclass(frozen=True, eq=False)
class Claim:
    """One rule at one place, which holds where its literal is true; fields as in Reason."""

    literal: Variable
    rule: str
    units: IntArray
    reps: tuple[int, ...]
    measure: str
    limit: float
    text: str


_NONE = np.zeros(0, dtype=np.int32)


class Claims:
    """A model in which every unit has one rep and all other rules are claims.

    Parameters
    ----------
    facts : Facts

    Attributes
    ----------
    choices : Choices
    claims : list of Claim
    """

    def __init__(self, facts: Facts) -> None:
        problem = facts.problem
        self._facts = facts
        self.choices = Choices(np.ones((problem.n_units, problem.n_reps), dtype=np.bool_))
        for unit in range(problem.n_units):
            self.choices.model.add_exactly_one(self.choices.of_unit(unit))
        self._connected = self._claim("contiguity", _NONE, (), "every territory hangs together")
        self.claims: list[Claim] = [
            *self._pairs(),
            *self._groups(),
            *self._owning(),
            *self._budgets(),
            *self._loads(),
            *self._contiguity(),
        ]

    def separate(self, plan: Plan) -> bool:
        """Forbid what makes territories of a plan fall to pieces, where contiguity is claimed; return whether any does.

        The separators rest on the map alone, so that they hold whatever else is claimed.
        """
        problem = self._facts.problem
        nowhere = tuple(_NONE for _ in range(problem.n_reps))
        bare = replace(problem, limits=(), budgets=(), home_units=nowhere)
        separators = dict.fromkeys(broken_separators(bare, self.choices.possible, plan))
        for item in separators:
            ends = [unit for unit in (item.unit, item.other) if unit != NOWHERE]
            crossed = cp_model.LinearExpr.sum(self.choices.of_rep(item.rep, item.between))
            owned = cp_model.LinearExpr.sum(self.choices.of_rep(item.rep, ends))
            constraint = self.choices.model.add(crossed >= owned - (len(ends) - 1))
            constraint.only_enforce_if(self._connected.literal)
        return bool(separators)

    def _pairs(self) -> Iterator[Claim]:
        """Yield the rules that exclude single pairs, rep by rep."""
        problem = self._facts.problem
        for rule, text, excluded in _exclusions(problem):
            for rep in np.flatnonzero(excluded.any(axis=0)).tolist():
                units = np.flatnonzero(excluded[:, rep]).astype(np.int32)
                claim = self._claim(rule, units, (rep,), text)
                self._sum(self.choices.of_rep(rep, units.tolist()), 0, 0, claim)
                yield claim
        for rep in np.unique(problem.locked[problem.locked != UNLOCKED]).tolist():
            units = np.flatnonzero(problem.locked == rep).astype(np.int32)
            claim = self._claim("lock", units, (rep,), "these units are locked to the rep")
            self._sum(self.choices.of_rep(rep, units.tolist()), len(units), len(units), claim)
            yield claim

    def _groups(self) -> Iterator[Claim]:
        problem = self._facts.problem
        for group in problem.together:
            claim = self._claim("together", group, (), "these units have one rep")
            for rep in range(problem.n_reps):
                first, *others = self.choices.of_rep(rep, group.tolist())
                for other in others:
                    self.choices.model.add(first == other).only_enforce_if(claim.literal)
            yield claim
        for group in problem.apart:
            claim = self._claim("apart", group, (), "these units have different reps")
            for rep in range(problem.n_reps):
                self._sum(self.choices.of_rep(rep, group.tolist()), 0, 1, claim)
            yield claim

    def _owning(self) -> Iterator[Claim]:
        problem = self._facts.problem
        claim = self._claim("empty", _NONE, (), "every territory has a unit")
        for rep in range(problem.n_reps):
            self._sum(self.choices.of_rep(rep, range(problem.n_units)), 1, problem.n_units, claim)
        yield claim
        for rep, units in enumerate(problem.home_units):
            if len(units):
                claim = self._claim("home", units, (rep,), "the territory holds its rep's home")
                self._sum(self.choices.of_rep(rep, units.tolist()), 1, len(units), claim)
                yield claim

    def _budgets(self) -> Iterator[Claim]:
        problem = self._facts.problem
        held, columns = kept(self.choices, problem)
        owns = [self.choices.booleans[column] for column in columns.tolist()]
        for budget in problem.budgets:
            total, weight = int(budget.weight[problem.current >= 0].sum()), budget.weight[held].tolist()
            text = "no more than this changes hands"
            literal = self.choices.model.new_bool_var("")
            stays = cp_model.LinearExpr.weighted_sum(owns, weight)
            self.choices.model.add(stays >= total - budget.limit).only_enforce_if(literal)
            yield Claim(literal, "disruption", _NONE, (), budget.name, float(budget.limit), text)

    def _loads(self) -> Iterator[Claim]:
        """Yield both ends of every load limit."""
        problem = self._facts.problem
        for limit in problem.limits:
            total = int(problem.load[limit.measure].sum())
            for rep in range(problem.n_reps):
                low, high = int(limit.low[rep]), int(limit.high[rep])
                if low > 0:
                    yield self._load(limit, rep, (low, total), f"at least {said(self._facts, limit.measure, low)}")
                if high < total:
                    yield self._load(limit, rep, (0, high), f"at most {said(self._facts, limit.measure, high)}")

    def _load(self, limit: LoadLimit, rep: int, ends: tuple[int, int], text: str) -> Claim:
        problem, literal = self._facts.problem, self.choices.model.new_bool_var("")
        load = self.choices.weighted(rep, problem.load[limit.measure])
        self.choices.model.add_linear_constraint(load, *ends).only_enforce_if(literal)
        amount = amount_of(self._facts, limit.measure, ends[0] or ends[1])
        return Claim(literal, limit.rule, _NONE, (rep,), problem.measures[limit.measure], amount, text)

    def _contiguity(self) -> Iterator[Claim]:
        """Yield that territories hang together: none has units of two pieces of the map, more with separators."""
        components = Components(self._facts.problem)
        if not components.required.any():
            return
        part, label = self._facts.problem.part, components.labels(components.required)
        for number in np.unique(part[components.required]).tolist():
            units = np.flatnonzero(components.required & (part == number)).astype(np.int32)
            pieces = [units[label[units] == head] for head in np.unique(label[units])]
            for rep in range(self._facts.problem.n_reps):
                self._in_one(rep, pieces)
        yield self._connected

    def _in_one(self, rep: int, pieces: list[IntArray]) -> None:
        if len(pieces) == 1:
            return
        model = self.choices.model
        inside = [model.new_bool_var("") for _ in pieces]
        self._sum(inside, 0, 1, self._connected)
        for flag, units in zip(inside, pieces, strict=True):
            for owns in self.choices.of_rep(rep, units.tolist()):
                model.add_implication(owns, flag)

    def _claim(self, rule: str, units: IntArray, reps: tuple[int, ...], text: str) -> Claim:
        return Claim(self.choices.model.new_bool_var(""), rule, units, reps, "", 0.0, text)

    def _sum(self, owns: list[Variable], low: int, high: int, claim: Claim) -> None:
        total = cp_model.LinearExpr.sum(owns)
        self.choices.model.add_linear_constraint(total, low, high).only_enforce_if(claim.literal)


def _exclusions(problem: Problem) -> Iterator[tuple[str, str, BoolArray]]:
    """Yield the rules on single pairs with the pairs each excludes, (n_units, n_reps) bool."""
    forbidden = np.zeros((problem.n_units, problem.n_reps), dtype=np.bool_)
    forbidden[problem.forbidden[:, 0], problem.forbidden[:, 1]] = True
    yield "skill", "these units need a skill the rep does not have", problem.banned[problem.fit_class]
    yield "forbid", "these units are forbidden to the rep", forbidden
    too_far = problem.distance_km > problem.max_distance_km
    yield "max_distance", f"these units lie farther than {problem.max_distance_km:g} km from the rep's home", too_far
