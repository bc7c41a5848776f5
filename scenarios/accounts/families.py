"""Account families: everybody below the same highest parent."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from scenarios.accounts.crm_ids import bare_id
from scenarios.accounts.rows import AccountRows
from scenarios.accounts.wording import rows_text
from scenarios.prepare.wording import counted


def families(rows: AccountRows) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return the family of each account, named like its highest parent (a bare id); "" for a family of one.

    A parent that is not in the file still makes a family of the accounts that name it. Parents that go round in a
    circle are one family, named like its first id in text order.
    """
    own = rows.id.map(bare_id)
    parent = {name: bare_id(above) for name, above in zip(own, rows.parent, strict=True) if above}
    head = {name: _head(name, parent) for name in dict.fromkeys([*own, *parent.values()])}
    family = own.map(head)
    size = family.map(family.value_counts())
    return family.where(size > 1, ""), (*_cycles(rows, own, parent), *_unknown(rows, own))


def _head(name: str, parent: Mapping[str, str]) -> str:
    path = [name]
    while (above := parent.get(path[-1], "")) not in ("", path[-1]):
        if above in path:
            return min(path[path.index(above) :])
        path.append(above)
    return path[-1]


def _cycles(rows: AccountRows, own: pd.Series, parent: Mapping[str, str]) -> Iterator[Finding]:
    circular = np.array([_comes_back(name, parent) for name in own], dtype=np.bool_)
    if circular.any():
        index = rows.frame.index[circular]
        message = f"The parents of {len(index)} accounts go round in a circle, which is one family: {rows_text(index)}."
        field, row = rows.document.parent or "", int(index[0]) + 1
        hint = "Maybe leave one of the parents blank."
        yield Finding(Level.WARNING, "parent-cycle", message, hint, rows.label, row, field, str(rows.parent[index[0]]))


def _comes_back(name: str, parent: Mapping[str, str]) -> bool:
    seen = {name}
    above = parent.get(name, "")
    while above not in seen and above != "":
        seen.add(above)
        above = parent.get(above, "")
    return above == name


def _unknown(rows: AccountRows, own: pd.Series) -> Iterator[Finding]:
    unknown = (rows.parent != "") & ~rows.parent.map(bare_id).isin(set(own))
    if unknown.any():
        index = rows.frame.index[unknown]
        many = counted(len(index), "account has", "accounts have")
        message = (
            f"{many} a parent that is not in {rows.label}; those of the same parent are a family: {rows_text(index)}."
        )
        field, row = rows.document.parent or "", int(index[0]) + 1
        hint = "Maybe the parent was left out of the export."
        yield Finding(
            Level.WARNING, "unknown-parent", message, hint, rows.label, row, field, str(rows.parent[index[0]])
        )
