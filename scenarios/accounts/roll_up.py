"""A CRM export rolled up to units: where each account lies, and what the units sum up to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level, has_errors
from geodata.places import NOWHERE
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.accounts.amounts import ACCOUNTS, TENURE, account_amounts, potential_of
from scenarios.accounts.base import bundled_base, point_base
from scenarios.accounts.families import families
from scenarios.accounts.matching import Matched, match_by_key, match_by_point
from scenarios.accounts.owners import current_owners, known_owners
from scenarios.accounts.points import Points, read_points, usual_columns
from scenarios.accounts.rows import AccountRows, read_account_rows
from scenarios.accounts.units import RolledUnits, rolled_units
from scenarios.accounts.unmatched import place_unmatched
from scenarios.accounts.values import asked_columns, groups_by_column, with_values
from scenarios.document import Accounts, Scenario
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import some
from scenarios.rule_files import RuleLists
from scenarios.tables import column


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
    if len(rows) == 0 or has_errors(findings):
        return None, findings
    matched, base, about_places = _match(rows, units)
    findings += about_places
    if len(base) == 0:
        return None, (*findings, *_nothing(rows, findings))
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
        units=_counted(rolled.table, sums),
        attributes=attributes,
        rolled=sums,
        groups=groups_by_column(rows, rolled, rules, family),
    )
    divided = _undivided(scenario, rolled, [*sums], unit_columns)
    findings += (*about_amounts, *about_families, *about_values, *divided)
    return RollUp(rows, table, rolled.row, potential), findings


def with_owners(rolled: RollUp, team: Team, *, keep_current: bool) -> tuple[UnitTable, pd.DataFrame, tuple[Finding, ...]]:
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


def _match(rows: AccountRows, units: UnitTable | None) -> tuple[Matched, UnitTable, tuple[Finding, ...]]:
    """Return where the accounts lie, and the units before any account."""
    geography = rows.document.geography
    nowhere = Points(np.full(len(rows), np.nan), np.full(len(rows), np.nan))
    unplaced = Matched(np.full(len(rows), NOWHERE, dtype=np.int32), nowhere, np.full(len(rows), ""))
    if isinstance(geography, str):
        keys, findings = column(rows.frame, geography, rows.label, "accounts.geography")
        base, guessed = (units, ()) if units is not None else bundled_base(rows, keys)
        if findings or len(base) == 0:
            return unplaced, base, (*findings, *guessed)
        matched, about_keys = match_by_key(rows, keys, base)
        matched, about_points = _with_own_places(rows, matched)
        return matched, base, (*guessed, *about_keys, *about_points)
    points, findings = read_points(rows, geography)
    base = units if units is not None else point_base(rows, points)
    if has_errors(findings) or len(base) == 0:
        return unplaced, base, findings
    matched, about_points = match_by_point(rows, points, geography, base)
    return matched, base, (*findings, *about_points)
