"""The travel matrix carried to a new table."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from scenarios.refresh.model import Change, Kind
from scenarios.refresh.names import Names

TRAVEL = "travel"


@dataclass(frozen=True, eq=False)
class CarriedTravel:
    """A matrix in today's ids: its columns unit, rep, cost, and one change for each unit of another id."""

    matrix: pd.DataFrame
    changes: tuple[Change, ...]


def carry_travel(matrix: pd.DataFrame, label: str, names: Names) -> CarriedTravel | None:
    """Tell a matrix in today's ids; None where it serves as it is.

    A successor that has costs of its own keeps them, and of several merged units those of the first count. Rows of
    units that are no more stay: a matrix may cover more than one scenario.
    """
    now = {name: names.now(name) for name in matrix["unit"].cat.categories if names.old.rows_of(name) is not None}
    changed = {name: successors for name, successors in now.items() if successors and successors != (name,)}
    if not changed:
        return None
    written = matrix.astype({"unit": object, "rep": object})
    own = ~written["unit"].isin(list(changed))
    told = written[~own].assign(unit=written["unit"][~own].map(changed)).explode("unit")
    every = pd.concat([written[own], told]).drop_duplicates(["unit", "rep"]).sort_index(kind="stable")
    first = written["unit"].drop_duplicates()
    rows = dict(zip(first, first.index, strict=True))
    return CarriedTravel(every, tuple(_change(name, changed[name], label, rows[name] + 1) for name in sorted(changed)))


def _change(name: str, successors: Sequence[str], label: str, row: int) -> Change:
    return Change(
        kind=Kind.CARRIED,
        of=TRAVEL,
        id=name,
        new_id="; ".join(successors),
        file=label,
        row=int(row),
        field="unit",
        before=name,
        after="; ".join(successors),
        how="its unit has another id",
    )
