"""One run of the local search: the state, the prices of missed limits, the clockwork, and the best plan so far."""

from collections.abc import Callable

import numpy as np

from optimizer.costs import balance_reference
from optimizer.graph import IntArray
from optimizer.local_search.anneal import anneal, restore
from optimizer.local_search.build import activate, along_curve, search_state
from optimizer.local_search.prices import penalty_prices, set_rule_prices, stake, standing
from optimizer.local_search.resplit import resplit
from optimizer.local_search.running import missed, present_owner, refresh_centers, set_plan
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

STEP = 200_000
"""Most proposals at one temperature and with the same prices."""
PART = 50_000
"""Most proposals between two looks at `stop`: well under a tenth of a second."""
STEPS = 200
"""Least number of steps in a run, so that cooling is gradual."""
DEARER = 1.05
"""Factor on the price of a limit that is still missed after a step of annealing."""
DEAREST = 1e6
"""Most that a price may rise, as a factor: far beyond what decides, far below what rounding spoils."""
BLUR = 0.01
"""Miss, in targets, at which half of the charge for missing anything is due."""
MISSED_UNIT = 200.0
"""What missing the load of a mean unit counts, in what one unit has at stake, while only misses should."""
POLISH_STEPS = 20
"""Most steps of pure descent at a time."""

Clock = Callable[[], float]
"""Share of the time that is over, 0..1."""
OnPlan = Callable[[Plan], None]
"""Told every better plan."""
OnStep = Callable[["LocalSearch"], None]
"""Called after every step of a search, not of those in its regions."""


def never() -> bool:
    """Never stop."""
    return False


def no_clock() -> float:
    """Let the moves alone decide."""
    return 0.0


def no_news(_: Plan) -> None:
    """Tell nobody."""


def unseen(_: "LocalSearch") -> None:
    """Look at nothing."""


class LocalSearch:
    """A search over one problem; with a clock that stands still every step depends on the seed only.

    Attributes
    ----------
    state : SearchState
    rng : numpy Generator
        For the choices made outside the kernels.
    temperature : float
        What one unit has at stake, in units of the value; temperatures are given as shares of it.
    load_price : (n_measures, n_reps) float64
        From `find_prices`.
    price : (n_reps, n_measures, 2) float64
        Price of a load unit below low and above high.
    charge : float
        What missing a limit counts beyond the miss, in targets.
    curve : float
        By what share a miss of one target makes itself dearer.
    best : Standing
        Of the best plan seen, `best_owner`.
    proposals_per_resplit : int
        Shifts and chains proposed for each resplit of two territories, which costs about as much as twenty.
    on_step : callable
        Called after every step.
    """

    def __init__(self, problem: Problem, plan: Plan, load_price: FloatArray, moves: int, seed: int) -> None:
        self.problem = problem
        self.state = search_state(problem, plan, seed)
        self.rng = np.random.default_rng(seed)
        scale = stake(self.state)
        self.temperature = scale / problem.n_units
        set_rule_prices(self.state, scale)
        refresh_centers(self.state)
        self.load_price = load_price
        self._least_price = penalty_prices(problem, self.state, load_price)
        self.price = self._least_price.copy()
        self.charge = self.curve = 0.0
        self.proposals_per_resplit = 50
        self._moves, self._done = max(moves, 1), 0
        self._step = int(np.clip(moves // STEPS, 1, STEP))
        self.best = standing(problem, self.state)
        self.best_owner = present_owner(self.state)
        self._order = along_curve(problem.xyz_m)
        self.listen(never, no_clock, no_news)
        self.on_step: OnStep = unseen
        self.activate_all()
        self.set_prices()

    def listen(self, stop: Stop, clock: Clock, on_plan: OnPlan) -> None:
        """Mind a stop and a clock, and tell better plans."""
        self.stop, self.clock, self._on_plan = stop, clock, on_plan

    def take_over(self, other: "LocalSearch", reps: IntArray) -> None:
        """Weigh moves as another search does, of whose reps these are this one's."""
        self.temperature, self.proposals_per_resplit = other.temperature, other.proposals_per_resplit
        self._step = other._step
        self.load_price = other.load_price[:, reps]
        self._least_price, self.price = other._least_price[reps], other.price[reps]
        self.charge, self.curve = other.charge, other.curve
        for name in ("piece_price", "far_price"):
            self.state.common[name] = other.state.common[name]
        self.state.budgets["price"] = other.state.budgets["price"]
        refresh_centers(self.state)
        self.set_prices()

    def begin(self, moves: int, stop: Stop, clock: Clock) -> None:
        """Start anew with so many proposals to make."""
        self._moves, self._done = max(moves, 1), 0
        self.listen(stop, clock, no_news)

    def move_to(self, plan: Plan) -> None:
        """Make a plan, and the prices as they are, the present ones."""
        set_plan(self.state, plan.owner)
        self.set_prices()

    def advance(self, share: float) -> None:
        """Count a share of the work as done by others."""
        self._done += round(share * self._moves)

    def moves_of(self, share: float) -> int:
        """Return how many proposals a share of the work is."""
        return max(round(share * self._moves), 1)

    @property
    def made(self) -> int:
        """Proposals made."""
        return self._done

    @property
    def share(self) -> float:
        """Share of the work or of the time that is over."""
        return max(self._done / self._moves, self.clock())

    def over(self, until: float) -> bool:
        """Return whether the work has come to a share, or is to stop."""
        return self.share >= until or self.stop()

    def activate_all(self) -> None:
        """Propose moves for all units."""
        activate(self.state, self._order)

    def set_prices(self) -> None:
        """Hand the prices of misses to the kernels."""
        self.state.limits["low_price"] = self.price[:, :, 0]
        self.state.limits["high_price"] = self.price[:, :, 1]
        target = balance_reference(self.problem).T
        self.state.limits["charge"], self.state.limits["blur"] = self.charge * target, BLUR * target
        self.state.limits["curve"] = self.curve / target

    def cool(self, until: float, hot: float, cold: float, dearer: float = DEARER) -> None:
        """Anneal from `hot` to `cold` while the share of the work grows to `until`, misses growing dearer."""
        start = self.share
        while not self.over(until):
            progress = (self.share - start) / (until - start)
            self.step(self._step, hot * (cold / hot) ** progress)
            self.adapt_prices(dearer)

    def polish(self) -> None:
        """Descend until nothing improves, and keep the plan if it is the best."""
        for _ in range(POLISH_STEPS):
            if self.stop() or self.step(self._step, 0.0) == 0:
                break
        self.keep()

    def step(self, proposals: int, temperature: float) -> int:
        """Make some proposals at one temperature, fewer where it is stopped; return how many were accepted."""
        self._done += proposals
        degrees, made = temperature * self.temperature, 0
        for begun in range(0, proposals, PART):
            if self.stop():
                break
            part = min(PART, proposals - begun)
            made += int(resplit(self.state, part // self.proposals_per_resplit + 1, degrees))
            made += int(anneal(self.state, part, degrees, degrees))
        self.on_step(self)
        return made

    def adapt_prices(self, dearer: float) -> None:
        """Raise the prices of limits that are missed, to the dearest at most."""
        miss = np.stack(missed(self.state), axis=-1) > 0
        most = np.maximum(DEAREST * self._least_price, self.price)
        self.price = np.minimum(self.price * np.where(miss, dearer, 1.0), most)
        self.set_prices()
        over = self.state.budgets["used"] > self.state.budgets["limit"]
        self.state.budgets["price"] *= np.where(over, dearer, 1.0)

    def price_misses(self, charge: float, curve: float) -> None:
        """Price all misses alike, by the target that is missed, with the value as a tie-break only."""
        self.charge, self.curve = charge, curve
        target_missed = MISSED_UNIT * self.problem.n_units / self.problem.n_reps
        alike = (self.temperature * target_missed / balance_reference(self.problem)).T
        self.price = np.stack([alike, alike], axis=-1)
        self.set_prices()

    def keep(self) -> bool:
        """Remember the present plan if it is the best; return whether it was."""
        now = standing(self.problem, self.state)
        if now >= self.best:
            return False
        self.best, self.best_owner = now, present_owner(self.state)
        self._on_plan(Plan(self.best_owner.astype(np.int32)))
        return True

    def be_strict(self, factor: float) -> None:
        """Raise the prices of misses, and the least that they may fall to."""
        self.state.budgets["price"] *= factor
        self.price = self.price * factor
        self._least_price = self._least_price * factor
        self.set_prices()

    def relax_prices(self) -> None:
        """Bring all prices halfway back to where they began, on a scale of factors."""
        self.price = np.sqrt(self.price * self._least_price)
        self.set_prices()

    def consider(self, plan: Plan) -> None:
        """Make another plan the present one if it is better than the best."""
        set_plan(self.state, plan.owner)
        if not self.keep():
            set_plan(self.state, self.best_owner)

    def back_to_best(self) -> None:
        """Return to the best plan; only active units may differ from it."""
        restore(self.state, self.best_owner)
