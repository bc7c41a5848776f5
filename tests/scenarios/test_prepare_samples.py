"""The Texas sample, prepared."""

from pathlib import Path

import numpy as np
import pytest

from geodata.findings import Level
from scenarios.case import Case
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read

TEXAS = Path(__file__).parents[2] / "scenarios" / "samples" / "texas" / "scenario.yaml"


@pytest.fixture(scope="module")
def texas() -> Case:
    """Return the sample as every user meets it."""
    return prepare(read(TEXAS))


def test_texas_is_one_piece_of_254_counties(texas: Case) -> None:
    """The first scenario anybody sees has no trouble in it."""
    assert len(texas.units) == 254
    assert len(texas.seats) == 20
    assert {finding.level for finding in texas.findings} == {Level.NOTE}


def test_harris_county_is_split(texas: Case) -> None:
    """It outweighs three territories, so it comes in parts."""
    harris = int(np.flatnonzero(texas.units["unit"] == "48201")[0])
    parts = np.flatnonzero(texas.row_of == harris)
    assert len(parts) > 12
    target = texas.problem.target.mean(axis=1)[:, None]
    assert (texas.problem.load[:, parts] <= 0.25 * target).all()
    assert texas.share[parts].sum() == 1.0


def test_texas_loads_add_up_to_the_customers_figures(texas: Case) -> None:
    """Whole loads stand for the amounts in the file."""
    amounts = texas.problem.load.sum(axis=1) / texas.problem.load_per_amount
    assert amounts.tolist() == pytest.approx(texas.amounts.sum(axis=1).tolist(), rel=1e-9)


def test_preparing_twice_gives_the_same_case(texas: Case) -> None:
    """Same input, same numbers."""
    again = prepare(read(TEXAS)).problem
    for name in ("load", "target", "xyz_m", "distance_km", "fit", "fit_class", "current"):
        assert np.array_equal(getattr(texas.problem, name), getattr(again, name), equal_nan=True)
    assert np.array_equal(texas.problem.graph.indices, again.graph.indices)
