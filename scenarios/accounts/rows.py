"""The rows of a CRM export: ids, owners, families and marks as text, each account once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from geodata.findings import Finding, Level
from optimizer.problem import BoolArray
from scenarios.accounts.crm_ids import bare_id
from scenarios.accounts.wording import rows_text
from scenarios.document.scenario import Accounts
from scenarios.near_names import listed
from scenarios.prepare.wording import counted
from scenarios.tables.columns import Column
from scenarios.tables.damaged_ids import looks_damaged
from scenarios.tables.ids import missing_ids
from scenarios.tables.table import column, read_table

UNMARKED = frozenset({"", "0", "0.0", "false", "f", "no", "n", "off", "-", "–", "none", "null", "nein", "non", "nej"})
"""Cells that mark no account as named; any other text does."""


@dataclass(frozen=True, eq=False)
class AccountRows:
    """The accounts of an export.

    Attributes
    ----------
    document : Accounts
        Which column is what.
    frame : DataFrame
        Every column of the file as text; index + 1 is the row in the file.
    id, name, owner, parent, segment : Series of str
        Same index; blank where the document names no column.
    is_named : (n,) bool
        Accounts that are units of their own.
    """

    document: Accounts
    frame: pd.DataFrame
    id: pd.Series
    name: pd.Series
    owner: pd.Series
    parent: pd.Series
    segment: pd.Series
    is_named: BoolArray

    def __len__(self) -> int:
        """Return the number of accounts."""
        return len(self.frame)

    @property
    def label(self) -> str:
        """The file's name in the scenario."""
        return self.document.file

    def row(self, position: int) -> int:
        """Return the row in the file, 1 = first data row."""
        return int(self.frame.index[position]) + 1

    def only(self, chosen: BoolArray) -> "AccountRows":
        """Return the chosen accounts."""
        texts = {name: getattr(self, name)[chosen] for name in ("frame", "id", "name", "owner", "parent", "segment")}
        return replace(self, **texts, is_named=self.is_named[chosen])


def read_account_rows(accounts: Accounts, folder: Path) -> tuple[AccountRows, tuple[Finding, ...]]:
    """Read the export.

    A row that stands there again word for word is left out with a `repeated-account` warning; another row of the same
    id is a `duplicate-id` error. An id of 15 and one of 18 characters may be the same.
    """
    table = read_table(folder / accounts.file, accounts.file, accounts.sheet)
    ids, findings = column(table.frame, accounts.id, accounts.file, "accounts.id")
    if not findings:
        findings = (*missing_ids(ids, accounts.file, accounts.id), *looks_damaged(ids, accounts.file, accounts.id))
        again, repeated = _again(table.frame, ids, accounts)
        frame, ids = table.frame[~again], ids[~again]
    else:
        frame, repeated = table.frame, ()
    cells, missing = _parts(frame, accounts)
    is_named = (~cells["named"].str.casefold().isin(UNMARKED)).to_numpy(dtype=bool)
    marked = _marked(cells.pop("named")[is_named], accounts)
    rows = AccountRows(accounts, frame, ids, **cells, is_named=is_named)
    return rows, (*table.findings, *findings, *missing, *repeated, *marked, *_without_segment(rows))


def _parts(frame: pd.DataFrame, accounts: Accounts) -> tuple[dict[str, pd.Series], tuple[Finding, ...]]:
    """Return the columns that the document names, blank ones for those that it doesn't, and errors for missing ones."""
    cells: dict[str, pd.Series] = {}
    findings: tuple[Finding, ...] = ()
    for field in ("name", "owner", "parent", "segment", "named"):
        header = getattr(accounts, field)
        if header is None:
            cells[field] = pd.Series("", index=frame.index, dtype=str)
        else:
            cells[field], missing = column(frame, header, accounts.file, f"accounts.{field}")
            findings = (*findings, *missing)
    return cells, findings


def _again(frame: pd.DataFrame, ids: pd.Series, accounts: Accounts) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return which rows repeat an earlier one, and what there is to say of rows with the same id."""
    bare = ids.map(bare_id)
    # The same account may stand there with its short and its long id.
    contents = frame.assign(**{accounts.id: bare})
    again = contents.duplicated() & (ids != "")
    first = dict(zip(bare[::-1], ids.index[::-1], strict=True))
    cells = Column(ids, accounts.file, accounts.id)
    findings = []
    for position, (name, is_again) in enumerate(zip(bare.tolist(), again.tolist(), strict=True)):
        row = int(first[name]) + 1
        if name == "" or cells.row(position) == row:
            continue
        if is_again:
            wrong, hint = f"stands in row {row} too, word for word; it counts once", "Maybe remove one of the rows."
            findings.append(cells.bad(position, "repeated-account", wrong, hint, Level.WARNING))
        else:
            wrong, hint = f"is in row {row} too, with other values", "Maybe remove the row that is out of date."
            findings.append(cells.bad(position, "duplicate-id", wrong, hint))
    return again, listed(findings)


def _without_segment(rows: AccountRows) -> Iterator[Finding]:
    blank = rows.frame.index[rows.segment == ""]
    field = rows.document.segment
    if field is not None and field in rows.frame.columns and len(blank):
        message = (
            f"{counted(len(blank), 'account has', 'accounts have')} no {field}, so no segment: {rows_text(blank)}."
        )
        row, hint = int(blank[0]) + 1, "Maybe fill it in."
        yield Finding(Level.WARNING, "blank-segment", message, hint, rows.label, row, field)


def _marked(marks: pd.Series, accounts: Accounts) -> tuple[Finding, ...]:
    if marks.empty:
        return ()
    values = " | ".join(marks.unique()[:5])
    many = counted(len(marks), "account is", "accounts are")
    message = f"{many} named, each a unit of its own, by {accounts.named}: {values}; {rows_text(marks.index)}."
    row = int(marks.index[0]) + 1
    return (Finding(Level.NOTE, "named-accounts", message, "", accounts.file, row, accounts.named or "", values),)
