"""The error model: each unit's amount is off by its own error, and by one it shares with others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geodata.findings import InputError
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.case import Case
from scenarios.document.scenario import CommonError
from scenarios.prepare.hedge_checks import unknown_column

BLOCK = 2_000_000
"""About as many drawn numbers are held at a time."""

Seed = int | tuple[int, ...]


@dataclass(frozen=True, eq=False)
class ErrorModel:
    """Drawn amount = amount x (1 + own error) x (1 + common error), all errors independent.

    Attributes
    ----------
    spread : float
        A unit's own error is uniform within -spread..spread.
    common_spread : float
        A group's error is uniform within -common_spread..common_spread; 0 for none.
    group : (n_rows,) int32
        Group of each row of the units, counted from 0.
    """

    spread: float
    common_spread: float
    group: IntArray

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return int(self.group.max()) + 1

    @property
    def own_variance(self) -> float:
        """Variance of a unit's own error."""
        return self.spread**2 / 3.0

    @property
    def common_variance(self) -> float:
        """Variance of a group's error."""
        return self.common_spread**2 / 3.0


def error_model(case: Case, spread: float, common: CommonError | None) -> ErrorModel:
    """Return the model for a case; rows without a value in the column of the common error are a group too.

    Raises InputError for a column that the units don't have.
    """
    if common is None:
        return ErrorModel(spread, 0.0, np.zeros(len(case.units), dtype=np.int32))
    unknown = list(unknown_column(common.column, "the common error", "The units' table", case.units, case.attributes))
    if unknown:
        raise InputError(unknown)
    table = case.attributes if common.column in case.attributes else case.units
    _, group = np.unique(table[common.column].fillna("").astype(str).to_numpy(dtype=object), return_inverse=True)
    return ErrorModel(spread, common.spread, group.astype(np.int32))


def draw_factors(model: ErrorModel, draws: int, seed: Seed) -> Iterator[FloatArray]:
    """Yield drawn amount / amount in blocks, (n_in_block, n_rows) float64, in all `draws` rows.

    The same seed gives the same errors whatever the spreads, so that spreads can be compared draw by draw.
    """
    own = np.random.default_rng(seed)
    common = np.random.default_rng([*np.atleast_1d(seed).tolist(), 1])
    n_rows = len(model.group)
    rows = max(1, BLOCK // n_rows)
    for start in range(0, draws, rows):
        n = min(rows, draws - start)
        factor = 1.0 + model.spread * own.uniform(-1.0, 1.0, (n, n_rows))
        if model.common_spread > 0:
            shared = 1.0 + model.common_spread * common.uniform(-1.0, 1.0, (n, model.n_groups))
            factor *= shared[:, model.group]
        yield factor
