"""A plan under seeded draws of the error model."""

import numpy as np

from optimizer.problem import FloatArray
from scenarios.document.scenario import CommonError
from scenarios.report.answer import Answer
from scenarios.robust.band import Band, band_of
from scenarios.robust.errors import draw_factors, error_model
from scenarios.robust.model import Robustness, TerritoryRobustness
from scenarios.robust.safe import safe_spreads

LOW, HIGH = 0.05, 0.95
"""Quantiles shown."""


def robustness(
    answer: Answer, measure: str, spread: float, common: CommonError | None, draws: int, seed: int
) -> Robustness:
    """Return what becomes of a plan's bands; raises InputError where the measure has none."""
    band = band_of(answer.case, answer.plan, measure)
    model = error_model(answer.case, spread, common)
    ratio = band.ratios(draw_factors(model, draws, seed))
    kept, deviation = band.in_band(ratio), 100.0 * np.abs(ratio - 1.0)
    return Robustness(
        measure=measure,
        spread=spread,
        common_column=None if common is None else common.column,
        common_spread=model.common_spread,
        tolerance=band.tolerance,
        draws=draws,
        seed=seed,
        kept=float(kept.all(axis=1).mean()),
        expected_out=float((~kept).sum(axis=1).mean()),
        expected_worst=float(deviation.max(axis=1).mean()),
        worst_deviation=float(deviation.max()),
        territories=_territories(answer, band, ratio),
    )


def _territories(answer: Answer, band: Band, ratio: FloatArray) -> list[TerritoryRobustness]:
    kept, index = band.in_band(ratio), 100.0 * ratio
    deviation = np.abs(index - 100.0)
    low, high = np.quantile(index, [LOW, HIGH], axis=0)
    furthest = np.where(kept.all(axis=1), -1, deviation.argmax(axis=1))
    first = np.bincount(furthest[furthest >= 0], minlength=band.n_seats)
    planned, safe = 100.0 * band.load / band.target, safe_spreads(band)
    out = []
    for seat, written in enumerate(answer.case.seats):
        rep = answer.incumbent(seat)
        out.append(
            TerritoryRobustness(
                territory=written.code,
                rep=None if rep is None else rep.id,
                index=float(planned[seat]),
                expected_deviation=float(deviation[:, seat].mean()),
                worst_deviation=float(deviation[:, seat].max()),
                index_low=float(low[seat]),
                index_high=float(high[seat]),
                kept=float(kept[:, seat].mean()),
                first=int(first[seat]),
                safe_spread=float(safe[seat]),
            )
        )
    return out
