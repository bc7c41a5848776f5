"""Response curves found again in simulated data, and refused where the data cannot show them."""

from pathlib import Path

import numpy as np
import pytest

from optimizer.plan import Plan
from optimizer.problem import FloatArray
from scenarios.economics.calibration import calibrate
from scenarios.economics.contribution import contribution
from scenarios.economics.curves import Curve, Form
from tests.scenarios.tiny_study import case_of, found, the

SEEDS = 40


def simulated(
    curve: Curve, seed: int, n: int, noise: float, spread: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Draw coverages within a spread and the shares sold, with every twelfth point far off."""
    rng = np.random.default_rng(seed)
    coverage = np.exp(rng.uniform(*np.log(spread), n))
    sold = curve.at(coverage) * np.exp(noise * rng.standard_normal(n))
    sold[::12] *= rng.choice([0.4, 2.0], len(sold[::12]))
    return coverage, sold


@pytest.mark.parametrize(
    ("form", "parameters", "spread"),
    [("power", (0.12, 0.3), (0.3, 2.0)), ("adbudg", (0.02, 0.2, 2.0, 0.8), (0.1, 4.0))],
)
def test_known_parameters_are_found_within_their_intervals(
    form: Form, parameters: tuple[float, ...], spread: tuple[float, float]
) -> None:
    """Of 40 simulated studies the 95 % intervals hold the truth in at least 85 %, and estimates are near it."""
    inside = np.zeros(len(parameters))
    estimates = []
    for seed in range(SEEDS):
        result = calibrate(form, *simulated(Curve(form, parameters), seed, 120, 0.05, spread), {})
        assert result.curve is not None, result.trouble
        inside += [low <= true <= high for true, (low, high) in zip(parameters, result.interval, strict=True)]
        estimates.append(result.curve.parameters)
    assert (inside >= 0.85 * SEEDS).all()
    assert np.median(estimates, axis=0) == pytest.approx(parameters, rel=0.05)


@pytest.mark.parametrize(
    ("n", "noise", "spread", "says"),
    [
        (6, 0.05, (0.3, 2.0), "too few"),
        (60, 0.05, (0.97, 1.03), "alike"),
        (40, 0.4, (0.8, 1.2), "could be anything"),
    ],
)
def test_data_that_cannot_show_a_curve_are_refused(
    n: int, noise: float, spread: tuple[float, float], says: str
) -> None:
    """Nobody gets a curve out of noise."""
    result = calibrate("power", *simulated(Curve("power", (0.12, 0.3)), 1, n, noise, spread), {})
    assert result.curve is None
    assert says in result.trouble


def test_given_parameters_are_held() -> None:
    """Who knows where the curve starts gets the rest from the data."""
    data = simulated(Curve("adbudg", (0.0, 0.2, 2.0, 0.8)), 3, 80, 0.05, (0.1, 4.0))
    result = calibrate("adbudg", *data, {"min": 0.0})
    assert result.curve is not None
    assert (result.curve.parameters[0], result.interval[0]) == (0.0, (0.0, 0.0))


def table(coverage: FloatArray, sold: FloatArray) -> str:
    """Write past data as people would."""
    rows = [f"{1000 * t:.3f},1000,{5000 * share:.3f},5000" for t, share in zip(coverage, sold, strict=True)]
    return "\n".join(["hours,workload,sales,potential", *rows, "0,1000,0,5000"])


def test_a_scenario_is_calibrated_from_its_file(tmp_path: Path) -> None:
    """The file of past data decides the contribution, which is then called calibrated."""
    curve = Curve("power", (0.2, 0.5))
    past = table(*simulated(curve, 1, 80, 0.02, (0.3, 2.0)))
    economics = {"margin": 0.5, "response": [{"file": "past.csv"}], "rep_cost": 1}
    case = case_of(tmp_path, {"economics": economics}, {"past.csv": past})
    result = contribution(case, Plan(np.array([0, 0, 1, 1], dtype=np.int32)))
    expected = 0.5 * (300 * curve.at(np.array([50 / 30]))[0] + 700 * curve.at(np.array([50 / 70]))[0])
    assert result.label == "calibrated"
    assert result.gross == pytest.approx(expected, rel=0.03)
    assert "past.csv" in case.input_hashes


def test_a_file_that_shows_nothing_is_an_error(tmp_path: Path) -> None:
    """The scenario is refused with the reason, not solved by a made-up curve."""
    past = table(*simulated(Curve("power", (0.2, 0.5)), 1, 80, 0.02, (0.99, 1.01)))
    findings = found(tmp_path, {"economics": {"response": [{"file": "past.csv"}]}}, {"past.csv": past})
    assert "alike" in the(findings, "unidentified-response").message
    lacking = found(tmp_path, {"economics": {"response": [{"file": "past.csv"}]}}, {"past.csv": "hours,sales\n1,2\n"})
    assert {item.value for item in lacking if item.code == "unknown-column"} == {"workload", "potential"}
