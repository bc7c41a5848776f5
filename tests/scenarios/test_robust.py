"""Robustness figures are what anybody gets who draws errors and adds up by hand."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.findings import InputError
from optimizer.plan import Plan
from scenarios.case import Case
from scenarios.document.scenario import CommonError
from scenarios.export.robust_table import robust_rows
from scenarios.report.answer import given_answer
from scenarios.robust.band import Band, band_of
from scenarios.robust.errors import draw_factors, error_model
from scenarios.robust.robustness import robustness
from scenarios.robust.safe import safe_spreads
from tests.scenarios.tiny_study import case_of, found, the

BANDED = {"workload": {"column": "hours"}, "potential": {"column": "revenue", "tolerance": 0.3}}


def tiny(folder: Path, **changes: Any) -> Case:
    """Return the tiny scenario with a band for potential."""
    return case_of(folder, {"measures": BANDED} | changes)


def test_loads_and_targets_follow_the_drawn_amounts(tmp_path: Path) -> None:
    """Index, shares of draws and deviations equal a plain loop over draws, units and territories."""
    case, owners = tiny(tmp_path), [0, 0, 0, 1]
    figure = robustness(given_answer(case, Plan(np.array(owners))), "potential", 0.2, None, 150, 7)
    rng, amounts = np.random.default_rng(7), [100, 200, 300, 400]
    index = []
    for _ in range(150):
        drawn = [amount * (1 + 0.2 * rng.uniform(-1, 1)) for amount in amounts]
        index.append([200 * sum(drawn[:3]) / sum(drawn), 200 * drawn[3] / sum(drawn)])
    off = np.abs(np.array(index) - 100)
    rows = figure.territories
    assert [row.expected_deviation for row in rows] == pytest.approx(off.mean(axis=0))
    assert [row.worst_deviation for row in rows] == pytest.approx(off.max(axis=0))
    assert [row.kept for row in rows] == pytest.approx((off <= 30).mean(axis=0))
    assert figure.kept == pytest.approx((off <= 30).all(axis=1).mean())
    assert figure.expected_out == pytest.approx((off > 30).sum(axis=1).mean())
    assert [row.index_low for row in rows] == pytest.approx(np.quantile(index, 0.05, axis=0))
    assert sum(row.first for row in rows) == round(150 * (1 - figure.kept))


def test_an_error_that_all_share_moves_nothing(tmp_path: Path) -> None:
    """When every estimate is off alike the targets are too; targets from a column stay and are missed."""
    model = error_model(tiny(tmp_path), 1e-12, CommonError(column="segment", spread=0.5))
    factors = list(draw_factors(model, 20, 0))
    band = band_of(tiny(tmp_path), Plan(np.array([0, 0, 1, 1])), "potential")
    assert band.ratios(factors) == pytest.approx(np.tile([0.6, 1.4], (20, 1)))
    fixed = Band(band.amount, band.row, band.seat, band.share, band.target, False, band.tolerance)
    assert np.ptp(fixed.ratios(factors)[:, 0]) > 0.1


def test_common_errors_are_shared_by_group_only(tmp_path: Path) -> None:
    """Units with an equal value have the same common error, others their own, of the asked width."""
    case = tiny(tmp_path)
    model = error_model(case, 1e-12, CommonError(column="kind", spread=0.3))
    factor = np.concatenate(list(draw_factors(model, 4000, 1)))
    assert factor[:, 0] == pytest.approx(factor[:, 1]) and factor[:, 2] == pytest.approx(factor[:, 3])
    assert abs(np.corrcoef(factor[:, 0], factor[:, 2])[0, 1]) < 0.06
    assert factor.std(axis=0) == pytest.approx(0.3 / np.sqrt(3), rel=0.05)
    assert np.abs(factor - 1).max() <= 0.3


def test_no_errors_within_the_safe_spread_break_the_band(tmp_path: Path) -> None:
    """Every corner of the box of errors keeps the band at the safe spread, and one breaks it just beyond."""
    band = band_of(tiny(tmp_path), Plan(np.array([0, 0, 0, 1])), "potential")
    corners = np.array(list(product((-1.0, 1.0), repeat=4)))
    for seat, safe in enumerate(safe_spreads(band)):
        assert 0.05 < safe < 0.3
        assert band.in_band(band.ratios([1 + safe * (1 - 1e-9) * corners]))[:, seat].all()
        assert not band.in_band(band.ratios([1 + (safe + 1e-6) * corners]))[:, seat].all()


def test_parts_of_a_split_unit_have_one_error(tmp_path: Path) -> None:
    """A unit that two territories share is off by the same share in both."""
    units = "id,lat,lon,hours,revenue\nA,50.0,10.0,90,900\nB,50.0,10.1,10,100\n"
    part = {"units": {"file": "units.csv", "id": "id"}, "limits": {"oversize": "split"}}
    case = case_of(tmp_path, {"measures": BANDED} | part, {"units.csv": units})
    halves = np.flatnonzero(case.row_of == 0)
    owners = np.zeros(len(case.row_of), dtype=np.int32)
    owners[halves[: len(halves) // 2]] = 1
    band = band_of(case, Plan(owners), "potential")
    factor = np.array([[1.5, 1.0]])
    assert band.ratios([factor])[0] == pytest.approx([(450 * 1.5 + 100) * 2 / 1450, 450 * 1.5 * 2 / 1450])


def test_spreads_share_their_draws_and_seeds_repeat(tmp_path: Path) -> None:
    """The same seed gives the same figures, and twice the spread is twice the error, draw by draw."""
    case = tiny(tmp_path)
    one, two = (np.concatenate(list(draw_factors(error_model(case, s, None), 5, 3))) - 1 for s in (0.1, 0.2))
    assert two == pytest.approx(2 * one)
    answer = given_answer(case, Plan(np.array([0, 0, 0, 1])))
    first, again = (robustness(answer, "potential", 0.2, None, 50, 3) for _ in range(2))
    assert first == again and len(robust_rows([first]).cells) == 2


def test_what_cannot_be_asked_is_said(tmp_path: Path) -> None:
    """A measure without a band, an unknown measure and an unknown column are findings."""
    answer = given_answer(tiny(tmp_path), Plan(np.array([0, 0, 0, 1])))
    for measure, common, code in (
        ("workload", None, "no-band"),
        ("potentail", None, "unknown-measure"),
        ("potential", CommonError(column="knd", spread=0.1), "unknown-column"),
    ):
        with pytest.raises(InputError) as refused:
            robustness(answer, measure, 0.1, common, 10, 0)
        assert the(refused.value.findings, code).hint.startswith("Maybe")


@pytest.mark.parametrize(
    ("hedge", "code"),
    [
        ({"measure": "workload", "spread": 0.1}, "no-band"),
        ({"measure": "sales", "spread": 0.1}, "unknown-measure"),
        ({"spread": 0.1, "common": {"column": "regoin", "spread": 0.1}}, "unknown-column"),
        ({"spread": 1.5}, "invalid-value"),
    ],
)
def test_a_hedge_that_means_nothing_is_found_before_solving(tmp_path: Path, hedge: dict[str, Any], code: str) -> None:
    """A hedge without a band or by an unknown column is an error of the scenario."""
    assert the(found(tmp_path, {"measures": BANDED, "limits": {"hedge": hedge}}), code).hint.startswith("Maybe")
