"""Locks laid onto a prepared scenario: the same as preparing it anew, or not at all."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenarios.document.scenario import Scenario
from scenarios.prepare.relock import relocked
from tests.scenarios.tiny_study import DOCUMENT, case_of

LOCKS: dict[str, Any] = {
    "none": [],
    "one": [{"unit": "B", "rep": "R2", "reason": "knows them"}],
    "each": [{"unit": unit, "rep": "R1"} for unit in "ABCD"],
    "one twice": [{"unit": "C", "rep": "R2"}, {"unit": "C", "rep": "R2", "reason": "again"}],
}
ANEW: dict[str, Any] = {
    "many units at once": {"lock": [{"where": {"kind": "x"}, "rep": "R1"}]},
    "an unknown unit": {"lock": [{"unit": "Z", "rep": "R1"}]},
    "an unknown rep": {"lock": [{"unit": "A", "rep": "R9"}]},
    "two reps for one unit": {"lock": [{"unit": "A", "rep": "R1"}, {"unit": "A", "rep": "R2"}]},
    "a rule that may forbid it": {"lock": [{"unit": "A", "rep": "R1"}], "forbid": [{"unit": "A", "rep": "R1"}]},
    "a rule that binds another unit": {"lock": [{"unit": "A", "rep": "R1"}], "together": [{"units": ["A", "D"]}]},
}


def written(rules: Any) -> Scenario:
    """Return the tiny document with other rules."""
    return Scenario.model_validate({**DOCUMENT, "rules": rules})


@pytest.mark.parametrize("name", LOCKS)
def test_other_locks_are_as_if_prepared_anew(name: str, tmp_path: Path) -> None:
    """Editing by hand is fast because nothing is read again, and right because nothing differs."""
    before = case_of(tmp_path, {"rules": {"lock": [{"unit": "A", "rep": "R1", "reason": "before"}]}})
    rules = {"lock": LOCKS[name]}
    case, anew = relocked(before, written(rules)), case_of(tmp_path, {"rules": rules})
    assert case is not None
    np.testing.assert_array_equal(case.problem.locked, anew.problem.locked)
    assert case.units["reason"].tolist() == anew.units["reason"].tolist()
    assert case.scenario.rules == anew.scenario.rules


@pytest.mark.parametrize("name", ANEW)
def test_what_other_rules_may_contradict_is_prepared_anew(name: str, tmp_path: Path) -> None:
    """A lock that the full reading would refuse or widen never slips in by the short way."""
    assert relocked(case_of(tmp_path), written(ANEW[name])) is None
