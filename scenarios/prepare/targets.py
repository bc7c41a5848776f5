"""What every territory should have of each measure."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray, LoadArray
from scenarios.document.scenario import Measure, Scenario
from scenarios.prepare.measures import LARGEST_TOTAL, measure_names
from scenarios.prepare.seats import Team
from scenarios.tables.numbers import parse_numbers
from scenarios.tables.table import column
from scenarios.team.reps import read_rep_table


def measure_of(measures: Mapping[str, Measure], name: str) -> Measure:
    """Return what the scenario asks of a measure; the potential it leaves out has workload's targets and no limits."""
    if name in measures:
        return measures[name]
    return measures["workload"].model_copy(update={"tolerance": None, "min": None, "max": None})


def target_columns(measures: Mapping[str, Measure]) -> dict[str, str]:
    """Return the columns of the reps' file that targets are taken from, each with the first field that names it."""
    fields = {m.target: f"measures.{name}.target" for name, m in reversed(list(measures.items()))}
    return {target: field for target, field in fields.items() if target not in ("capacity", "equal")}


def read_quotas(scenario: Scenario, folder: Path, team: Team) -> tuple[dict[str, FloatArray], tuple[Finding, ...]]:
    """Read the columns of the reps' file that measures take their targets from.

    Returns
    -------
    quotas : dict of (n_seats,) float64
        By column name; NaN where a finding refuses a cell.
    findings : tuple of Finding
    """
    asked = target_columns(scenario.measures)
    if not asked:
        return {}, ()
    if team.is_free:
        return {}, tuple(_free_target(target, field) for target, field in asked.items())
    findings: list[Finding] = []
    # The file's own troubles were found when the reps were read, one rep a row.
    table, _ = read_rep_table(scenario.reps, folder, asked)
    frame = table.frame
    quotas = {target: _quota(frame, target, field, team, findings) for target, field in asked.items()}
    return quotas, table.placed(findings, team.label)


def targets(
    measures: Mapping[str, Measure],
    load: LoadArray,
    load_per_amount: FloatArray,
    team: Team,
    quotas: Mapping[str, FloatArray],
) -> FloatArray:
    """Return the balanced load of each seat, (n_measures, n_seats) float64 in integer load units."""
    n = len(team.seats)
    capacity = np.ones(n) if team.is_free else np.array([rep.capacity for rep in team.seated])
    capacity /= capacity.max()
    out = np.empty((len(load), n))
    for i, name in enumerate(measure_names(measures)):
        target = measure_of(measures, name).target
        if target in quotas:
            out[i] = quotas[target] * load_per_amount[i]
        else:
            shares = capacity / capacity.sum() if target == "capacity" else np.full(n, 1.0 / n)
            out[i] = shares * float(load[i].sum())
    return out


def _free_target(target: str, field: str) -> Finding:
    message = f"{field} names the column {target} of the reps, but free territories belong to no rep yet."
    hint = "Maybe use `equal`, or leave out reps.count."
    return Finding(Level.ERROR, "target-without-reps", message, hint, field=field, value=target)


def _quota(frame: pd.DataFrame, target: str, field: str, team: Team, findings: list[Finding]) -> FloatArray:
    cells, missing = column(frame, target, team.label, field)
    findings.extend(missing)
    if missing or len(frame) != len(team.reps):
        return np.full(len(team.seats), np.nan)
    seated = cells.iloc[[team.row(i) - 1 for i in range(len(team.seats))]]
    amounts, found = parse_numbers(seated, team.label, target, low=0.0, high=LARGEST_TOTAL)
    findings.extend(found)
    return amounts
