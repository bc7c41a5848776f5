"""Reps added, changed and removed by the scenario, put into the table of the reps' file as if they stood there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.document.scenario import Reps
from scenarios.near_names import listed, maybe, plain
from scenarios.team.columns import REP_FIELDS, rep_columns

Cell = tuple[int, str]
"""Row number (1 = first) and column."""


@dataclass(frozen=True, eq=False)
class Edited:
    """A table of reps with the scenario's edits in it.

    Attributes
    ----------
    frame : DataFrame
        The table; rows that were added come last.
    places : mapping
        The field of the scenario behind each cell, and behind each added row (column ""), that it wrote.
    findings : tuple of Finding
        What is wrong with the edits themselves.
    """

    frame: pd.DataFrame
    places: Mapping[Cell, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def placed(self, findings: Iterable[Finding], label: str) -> tuple[Finding, ...]:
        """Return findings on the table's cells, those on cells that the scenario wrote with their place in it."""
        return tuple(self._placed(finding, label) for finding in findings)

    def _placed(self, finding: Finding, label: str) -> Finding:
        if finding.file != label or finding.row is None:
            return finding
        place = self.places.get((finding.row, finding.field)) or self.places.get((finding.row, ""))
        if place is None:
            return finding
        message = finding.message.replace(f"{label}, row {finding.row}: {finding.field}", place, 1)
        return replace(finding, message=message, file="", row=None, field=place)


def edited(frame: pd.DataFrame, reps: Reps, extra: Iterable[str] = ()) -> Edited:
    """Return the table of the reps' file with `reps.change`, `reps.remove` and `reps.add` applied, in this order.

    `extra` are names of further columns that may be given: skills, and columns of targets.
    """
    if not (reps.add or reps.change or reps.remove):
        return Edited(frame)
    table = _Table(frame.copy(), reps, set(extra))
    for rep, fields in reps.change.items():
        table.change(rep, fields)
    for i, fields in enumerate(reps.add):
        table.add(i, fields)
    for i, rep in enumerate(reps.remove):
        table.remove(i, rep)
    return Edited(table.frame, table.places, listed(table.findings))


class _Table:
    """A table of reps that is being edited."""

    def __init__(self, frame: pd.DataFrame, reps: Reps, extra: set[str]) -> None:
        columns = {} if frame.columns.empty else rep_columns(frame, reps, sorted(extra), ())[0]
        self._headers = {name: column.field for name, column in columns.items() if column.field in frame.columns}
        self._known = [*REP_FIELDS, *sorted(extra)]
        self.frame = frame
        self.places: dict[Cell, str] = {}
        self.findings: list[Finding] = []
        self._next = int(frame.index.max()) + 1 if len(frame) else 0

    def change(self, rep: str, fields: Mapping[str, str]) -> None:
        """Put other values into the row of a rep."""
        place = f"reps.change.{rep}"
        rows = self._rows(rep)
        if not rows:
            self._unknown(rep, place)
        for index in rows:
            self._put(index, fields, place)

    def add(self, i: int, fields: Mapping[str, str]) -> None:
        """Append a row."""
        place = f"reps.add[{i}]"
        if "id" not in fields:
            message = f"{place} has no id."
            self._refuse("missing-field", message, "Maybe add `id` with the rep's id.", place)
            return
        self.frame.loc[self._next] = dict.fromkeys(self.frame.columns, "")
        self.places[self._next + 1, ""] = place
        self._put(self._next, fields, place)
        self._next += 1

    def remove(self, i: int, rep: str) -> None:
        """Leave out the row of a rep."""
        rows = self._rows(rep)
        if not rows:
            self._unknown(rep, f"reps.remove[{i}]")
        self.frame = self.frame.drop(index=rows)

    def _rows(self, rep: str) -> list[int]:
        header = self._headers.get("id", "id")
        return self.frame.index[self.frame[header] == rep].tolist() if header in self.frame.columns else []

    def _put(self, index: int, fields: Mapping[str, str], place: str) -> None:
        for name, text in fields.items():
            header = self._header(name, f"{place}.{name}")
            if header is not None:
                self.frame.loc[index, header] = text
                self.places[index + 1, header] = f"{place}.{name}"

    def _header(self, name: str, place: str) -> str | None:
        """Return the column of a field, a new one where the table has none; None, with an error, for no field."""
        own = {plain(str(header)): str(header) for header in self.frame.columns}
        header = self._headers.get(name) or own.get(plain(name))
        if header is None and name not in self._known:
            message = f"{place} is no field of a rep and no skill."
            self._refuse("unknown-field", message, maybe(name, self._known), place, name)
            return None
        if header is None:
            header = self._headers[name] = name
            self.frame[name] = ""
        return header

    def _unknown(self, rep: str, place: str) -> None:
        header = self._headers.get("id", "id")
        known = list(self.frame[header]) if header in self.frame.columns else []
        self._refuse("unknown-rep", f"There is no rep {rep} to change or remove.", maybe(rep, known), place, rep)

    def _refuse(self, code: str, message: str, hint: str, place: str, value: str = "") -> None:
        self.findings.append(Finding(Level.ERROR, code, message, hint, field=place, value=value))
