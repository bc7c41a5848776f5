"""Why units are locked, as the planner wrote it."""

from collections.abc import Iterable

import numpy as np

from scenarios.case import Case
from scenarios.document import PairRule


def lock_reasons(case: Case) -> dict[str, str]:
    """Return the reason of each locked unit that has one, by unit id."""
    rules = case.scenario.rules.lock
    if isinstance(rules, str):
        return {}
    return {unit: rule.reason for rule in rules if rule.reason for unit in _units(case, rule)}


def _units(case: Case, rule: PairRule) -> Iterable[str]:
    if rule.unit is not None:
        return (rule.unit,)
    meant = np.ones(len(case.units), dtype=np.bool_)
    for column, value in (rule.where or {}).items():
        meant &= (case.attributes[column].astype(str) == value).to_numpy()
    return [str(unit) for unit in case.units["unit"].to_numpy()[meant]]
