"""What each account adds to the measures and to the budgets of disruption."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level, has_errors
from optimizer.problem import FloatArray
from scenarios.accounts.rows import AccountRows
from scenarios.accounts.wording import rows_text
from scenarios.document.scenario import Scenario, WorkloadBuildUp
from scenarios.near_names import listed, maybe
from scenarios.prepare.histories import history_name
from scenarios.prepare.wording import counted
from scenarios.tables.columns import Column
from scenarios.tables.numbers import parse_numbers

ACCOUNTS, SALES, TENURE = "accounts", "sales", "tenure"


def account_amounts(
    rows: AccountRows, scenario: Scenario, unit_columns: Sequence[str]
) -> tuple[dict[str, FloatArray], tuple[Finding, ...]]:
    """Return the amounts of the accounts, (n,) float64, by measure or budget.

    Measures that the units' own table holds are not among them. Workload is built up from calls where the scenario
    says so; the measure `accounts` without a column counts. A column that both tables have is an error, since nobody
    could tell which is meant, as is one that neither has.

    Parameters
    ----------
    rows : AccountRows
    scenario : Scenario
    unit_columns : sequence of str
        Columns of the units' table.
    """
    findings: list[Finding] = []
    amounts: dict[str, FloatArray] = {}
    if rows.document.workload is not None:
        amounts["workload"] = _built_up(rows, rows.document.workload, findings)
        findings.extend(_not_read(scenario, rows))
    if ACCOUNTS not in scenario.measures or scenario.measures[ACCOUNTS].column is None:
        amounts[ACCOUNTS] = np.ones(len(rows))
    for name, (header, field) in _asked(scenario).items():
        if name in amounts:
            continue
        if header in rows.frame.columns and header in unit_columns:
            findings.append(_ambiguous(header, field, scenario, rows))
        elif header in rows.frame.columns:
            amounts[name] = _read(rows, header, findings)
        elif header not in unit_columns and name in scenario.measures:
            findings.append(_unknown(header, field, [*unit_columns, *map(str, rows.frame.columns)], scenario, rows))
            amounts[name] = np.full(len(rows), np.nan)
    return amounts, tuple(findings)


def potential_of(amounts: Mapping[str, FloatArray], n: int) -> FloatArray:
    """Return what accounts weigh against each other: potential, else workload, else each the same."""
    weight = amounts.get("potential", amounts.get("workload", np.ones(n)))
    return np.nan_to_num(weight)


def _asked(scenario: Scenario) -> dict[str, tuple[str, str]]:
    """Return the column of each measure, budget and history, and the field of the scenario that asks for it."""
    asked = {name: (measure.column or name, f"measures.{name}.column") for name, measure in scenario.measures.items()}
    limits = scenario.limits.disruption
    for name, share in ((SALES, limits.sales), (TENURE, limits.tenure)):
        if share is not None:
            asked.setdefault(name, (name, f"limits.disruption.{name}"))
    column = scenario.economics.disruption.sales if scenario.economics else None
    if column is not None and column not in scenario.measures:
        asked.setdefault(SALES, (column, "economics.disruption.sales"))
    for name, quota in scenario.quota.items():
        if quota.history is not None:
            asked[history_name(name)] = (quota.history, history_name(name))
    return asked


def _built_up(rows: AccountRows, build_up: WorkloadBuildUp, findings: list[Finding]) -> FloatArray:
    """Return calls x (call length + travel allowance), after Talley (1961)."""
    calls = _known(rows, build_up.calls, "accounts.workload.calls", findings)
    if build_up.call_h in rows.frame.columns:
        call_h = _read(rows, build_up.call_h, findings)
    else:
        call_h = _number(rows, build_up.call_h, findings)
    return np.asarray(calls * (call_h + build_up.travel_h))


def _known(rows: AccountRows, header: str, field: str, findings: list[Finding]) -> FloatArray:
    if header in rows.frame.columns:
        return _read(rows, header, findings)
    message = f"{rows.label} has no column {header}; {field} asks for it."
    hint = maybe(header, map(str, rows.frame.columns))
    findings.append(Finding(Level.ERROR, "unknown-column", message, hint, rows.label, field=field, value=header))
    return np.full(len(rows), np.nan)


def _number(rows: AccountRows, text: str, findings: list[Finding]) -> FloatArray:
    """Return the hours of a call that stand in the scenario itself."""
    field = "accounts.workload.call_h"
    hours, wrong = parse_numbers(pd.Series([text]), "", field, low=0.0)
    if has_errors(wrong):
        message = f"{field} is {text!r}, which is neither a column of {rows.label} nor hours."
        hint = maybe(text, map(str, rows.frame.columns))
        findings.append(Finding(Level.ERROR, "unknown-column", message, hint, rows.label, field=field, value=text))
    return np.full(len(rows), hours[0])


def _read(rows: AccountRows, header: str, findings: list[Finding]) -> FloatArray:
    """Read a column of amounts; blank and negative ones count 0, with a warning."""
    cells = rows.frame[header]
    amounts, found = parse_numbers(cells, rows.label, header, blank=0.0)
    findings.extend(found)
    column = Column(cells, rows.label, header)
    hint = "Maybe correct it; amounts are at or above 0."
    negative = np.flatnonzero(amounts < 0).tolist()
    findings.extend(
        listed(column.bad(i, "negative-value", "is negative and counts 0", hint, Level.WARNING) for i in negative)
    )
    findings.extend(_blanks(cells, rows))
    return np.where(amounts < 0, 0.0, amounts)


def _blanks(cells: pd.Series, rows: AccountRows) -> Iterator[Finding]:
    blank = cells.index[cells == ""]
    if len(blank):
        message = (
            f"{counted(len(blank), 'account has', 'accounts have')} no {cells.name}, counted as 0: {rows_text(blank)}."
        )
        hint, row = "Maybe fill it in.", int(blank[0]) + 1
        yield Finding(Level.WARNING, "blank-amount", message, hint, rows.label, row, str(cells.name))


def _not_read(scenario: Scenario, rows: AccountRows) -> Iterator[Finding]:
    header = scenario.measures["workload"].column
    if header is not None:
        message = f"The column {header} is not read as workload, since accounts.workload builds it up from calls."
        hint = "Maybe leave out one of the two."
        yield Finding(
            Level.WARNING,
            "workload-built-up",
            message,
            hint,
            rows.label,
            field="measures.workload.column",
            value=header,
        )


def _ambiguous(header: str, field: str, scenario: Scenario, rows: AccountRows) -> Finding:
    units = scenario.units.file if scenario.units else ""
    message = f"Both {units} and {rows.label} have a column {header}, so it is not clear which one {field} means."
    return Finding(
        Level.ERROR, "ambiguous-column", message, "Maybe rename one of them.", rows.label, field=field, value=header
    )


def _unknown(header: str, field: str, known: Sequence[str], scenario: Scenario, rows: AccountRows) -> Finding:
    files = f"{scenario.units.file} or {rows.label}" if scenario.units else rows.label
    message, hint = f"There is no column {header} in {files}; {field} asks for it.", maybe(header, known)
    return Finding(Level.ERROR, "unknown-column", message, hint, rows.label, field=field, value=header)
