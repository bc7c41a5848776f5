"""A whole plan under draws."""

from optimizer.plan import Plan
from optimizer.problem import FloatArray
from scenarios.case import Case
from scenarios.document.scenario import Hedge
from scenarios.robust.band import Band, band_of
from scenarios.robust.errors import draw_factors, error_model

TRAINING, FRESH = 1, 2
"""Second part of the seed of the draws that plans are found with, and of those that they are judged by."""
TRAINING_DRAWS, FRESH_DRAWS = 2000, 200


def training(case: Case, plan: Plan, hedge: Hedge) -> tuple[Band, FloatArray]:
    """Return the hedged band and load / target in each training draw, (n_draws, n_seats) float64."""
    return _drawn(case, plan, hedge, TRAINING_DRAWS, TRAINING)


def fresh(case: Case, plan: Plan, hedge: Hedge) -> tuple[Band, FloatArray]:
    """Return the same for the fresh draws."""
    return _drawn(case, plan, hedge, FRESH_DRAWS, FRESH)


def kept_share(band: Band, ratio: FloatArray) -> float:
    """Return the share of draws in which every territory is in band."""
    return float(band.in_band(ratio).all(axis=1).mean())


def _drawn(case: Case, plan: Plan, hedge: Hedge, draws: int, kind: int) -> tuple[Band, FloatArray]:
    band, model = band_of(case, plan, hedge.measure), error_model(case, hedge.spread, hedge.common)
    return band, band.ratios(draw_factors(model, draws, (case.scenario.solve.seed, kind)))
