"""Today's owners: of each account, and of the units that accounts are in."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from geodata.places import NOWHERE
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, FloatArray
from scenarios.accounts.rows import AccountRows
from scenarios.accounts.values import majority
from scenarios.accounts.wording import rows_text
from scenarios.near_names import listed
from scenarios.prepare.seats import Team
from scenarios.prepare.wording import counted
from scenarios.tables.columns import Column
from scenarios.team.names import RepNames


def known_owners(rows: AccountRows, team: Team) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return the owners as rep ids, and what is doubtful about them.

    Anybody whom `RepNames` does not find stays as written, with a warning.
    """
    names = RepNames(team.reps)
    found = {owner: names.find(owner) for owner in rows.owner.unique() if owner}
    owner = rows.owner.map({"": "", **{name: rep or name for name, rep in found.items()}})
    if not team.reps:
        return owner, ()
    unknown = rows.owner.isin([name for name, rep in found.items() if rep == ""]).to_numpy()
    return owner, (*_recognised(rows, owner), *listed(_unknown(rows, unknown, team)))


def current_owners(
    rows: AccountRows, owner: pd.Series, row: IntArray, weight: FloatArray, n: int
) -> tuple[np.ndarray, tuple[Finding, ...]]:
    """Return the owner of most potential in each of n units, the first in text order among equals, "" for none.

    Accounts of others move unless their unit goes to their owner; a note counts them.
    """
    current = majority(owner, row, weight, n)
    others = (row != NOWHERE) & (owner != "").to_numpy() & (current[row] != owner.to_numpy())
    return current, tuple(_mixed(rows, others))


def _recognised(rows: AccountRows, owner: pd.Series) -> Iterator[Finding]:
    changed = rows.owner.index[rows.owner != owner]
    if len(changed):
        first = changed[0]
        many = counted(len(changed), "account names its", "accounts name their")
        message = (
            f"{many} owner by another id of the same rep, e.g. {rows.owner[first]} for "
            f"{owner[first]}: {rows_text(changed)}."
        )
        yield Finding(
            Level.NOTE,
            "owner-id",
            message,
            "",
            rows.label,
            int(first) + 1,
            rows.document.owner or "",
            rows.owner[first],
        )


def _unknown(rows: AccountRows, unknown: BoolArray, team: Team) -> Iterator[Finding]:
    column = Column(rows.owner, rows.label, rows.document.owner or "")
    hints: Mapping[str, str] = {
        name: team.offers().hint(name, "Maybe they left, or belong in the list of reps.")
        for name in rows.owner[unknown].unique()
    }
    for i in np.flatnonzero(unknown).tolist():
        wrong = f"owns {rows.id.iloc[i]} and is nobody in {team.label}"
        yield column.bad(i, "unknown-owner", wrong, hints[rows.owner.iloc[i]], Level.WARNING)


def _mixed(rows: AccountRows, others: BoolArray) -> Iterator[Finding]:
    if others.any():
        index = rows.frame.index[others]
        message = (
            f"The rep of a unit today is the owner of most potential in it; {len(index)} accounts belong to somebody "
            f"else: {rows_text(index)}."
        )
        yield Finding(Level.NOTE, "mixed-owners", message, "", rows.label, int(index[0]) + 1, rows.document.owner or "")
