"""A CRM export rolled up to units: where each account lies, and what the units sum up to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.findings import Finding, Level, has_errors
from geodata.places import NOWHERE
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.accounts.amounts import TENURE, account_amounts, potential_of
from scenarios.accounts.families import families
from scenarios.accounts.owners import current_owners, known_owners
from scenarios.accounts.place import place_accounts
from scenarios.accounts.rows import AccountRows, read_account_rows
from scenarios.accounts.units import RolledUnits, rolled_units
from scenarios.accounts.unmatched import place_unmatched
from scenarios.accounts.values import asked_columns, groups_by_column, with_values
from scenarios.document.scenario import Accounts, Scenario
from scenarios.near_names import listed
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.reading.rule_files import RuleLists
from scenarios.tables.columns import Column


@dataclass(frozen=True, eq=False)
class RollUp:
    """Accounts and the units they are in.

    Attributes
    ----------
    rows : AccountRows
    table : UnitTable
        Units with the sums of their accounts; today's reps of named accounts as written.
    row : (n_accounts,) int32
        Unit of each account, NOWHERE for nobody's.
    potential : (n_accounts,) float64
        What accounts weigh against each other.
    """

    rows: AccountRows
    table: UnitTable
    row: IntArray
    potential: FloatArray


def roll_up(
    scenario: Scenario, accounts: Accounts, folder: Path, units: UnitTable | None, rules: RuleLists
) -> tuple[RollUp | None, tuple[Finding, ...]]:
    """Read the accounts and roll them up.

    Parameters
    ----------
    scenario : Scenario
    accounts : Accounts
        Its section of accounts.
    folder : Path
        Folder that file names are relative to.
    units : UnitTable or None
        The units' own table; without one, units are made of the accounts.
    rules : RuleLists
        What names columns of the accounts.

    Returns
    -------
    roll_up : RollUp or None
        None where the accounts cannot be read or no unit comes of them, which is an error.
    findings : tuple of Finding
    """
    rows, findings = read_account_rows(accounts, folder)
    if len(rows) == 0:
        return None, findings
    matched, base, about_places = place_accounts(rows, units)
    findings += about_places
    if has_errors(about_places):
        return None, findings
    matched, unmatched = place_unmatched(rows, matched, base)
    rolled = rolled_units(rows, matched, base, keep_empty=units is not None)
    findings += (*unmatched, *_same_ids(rows, rolled))
    if len(rolled.table) == 0:
        return None, (*findings, *_nothing(rows, findings))
    unit_columns = [str(name) for name in base.attributes.columns]
    amounts, about_amounts = account_amounts(rows, scenario, unit_columns)
    family, about_families = families(rows)
    potential = potential_of(amounts, len(rows))
    attributes, about_values = with_values(rows, rolled, asked_columns(scenario, rules), potential)
    sums = {name: _sums(amount, rolled) for name, amount in amounts.items()}
    table = replace(
        rolled.table,
        units=_counted(rolled, sums),
        attributes=attributes,
        rolled=sums,
        groups=groups_by_column(rows, rolled, rules, family),
    )
    divided = _undivided(scenario, rolled, [*sums], unit_columns)
    findings += (*about_amounts, *about_families, *about_values, *divided)
    return RollUp(rows, table, rolled.row, potential), findings


def with_owners(
    rolled: RollUp, team: Team, *, keep_current: bool
) -> tuple[UnitTable, pd.DataFrame, tuple[Finding, ...]]:
    """Return the units with today's reps, `Case.accounts`, and what is doubtful about owners.

    `keep_current`: the units' own table says who has them today; named accounts belong to their owner either way.
    """
    rows, table = rolled.rows, rolled.table
    owner, findings = known_owners(rows, team)
    current, mixed = current_owners(rows, owner, rolled.row, rolled.potential, len(table))
    if keep_current:
        current, mixed = np.where(table.on_map, table.units["current"], current), ()
    unit = np.append(np.array(table.ids, dtype=object), "")[rolled.row]
    columns = {"account": rows.id, "name": rows.name, "unit": unit, "owner": owner, "potential": rolled.potential}
    accounts = pd.DataFrame(columns).reset_index(drop=True)
    return replace(table, units=table.units.assign(current=current)), accounts, (*findings, *mixed)


def _sums(amounts: FloatArray, rolled: RolledUnits) -> FloatArray:
    """Return the sum of each unit, without the dust that adding up binary fractions leaves behind the ninth decimal."""
    held = rolled.row != NOWHERE
    sums = pd.Series(amounts[held]).groupby(rolled.row[held]).sum()
    every = sums.reindex(range(len(rolled.table)), fill_value=0.0)
    return np.array([round(total, 9) for total in every.tolist()], dtype=np.float64)


def _counted(rolled: RolledUnits, sums: Mapping[str, FloatArray]) -> gpd.GeoDataFrame:
    """Return the units with the number of accounts, and the years of their owners where the units have none."""
    table = rolled.table
    count = np.bincount(rolled.row[rolled.row != NOWHERE], minlength=len(table))
    units = table.units.assign(accounts=count)
    if TENURE in sums and units["tenure"].isna().all():
        units = units.assign(tenure=sums[TENURE])
    return units


def _nothing(rows: AccountRows, findings: Sequence[Finding]) -> Iterator[Finding]:
    if not has_errors(findings):
        message = f"No account of {rows.label} has a place, so there are no units."
        hint = "Maybe add `units` with a map file."
        yield Finding(Level.ERROR, "no-units", message, hint, rows.label, field="accounts.geography")


def _same_ids(rows: AccountRows, rolled: RolledUnits) -> tuple[Finding, ...]:
    """Return an error for each named account that is called like a unit on the map."""
    table = rolled.table
    taken = set(table.units["unit"][table.on_map])
    cells = Column(rows.id, rows.label, rows.document.id)
    hint = "Maybe give the units other ids, e.g. with a letter in front."
    return listed(
        cells.bad(i, "duplicate-id", "is a named account and has the id of a unit", hint)
        for i in np.flatnonzero(rows.is_named).tolist()
        if rows.id.iloc[i] in taken
    )


def _undivided(
    scenario: Scenario, rolled: RolledUnits, summed: Sequence[str], unit_columns: Sequence[str]
) -> Iterator[Finding]:
    """Yield an error for each measure of the units' own table that would count in several segments."""
    for name, measure in scenario.measures.items():
        header = measure.column or name
        if rolled.is_divided and name not in summed and header in unit_columns:
            message = (
                f"{name} is a column of {rolled.table.label}, which cannot be divided among the accounts' segments."
            )
            hint = "Maybe give it in the accounts, or the segments in units.segment."
            field = f"measures.{name}.column"
            yield Finding(
                Level.ERROR, "undivided-measure", message, hint, rolled.table.label, field=field, value=header
            )
