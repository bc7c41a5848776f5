"""Territories that nobody fills yet, called alike in two plans where they are much the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from optimizer.matching import match_territories
from optimizer.problem import FloatArray
from scenarios.compare.side import Side
from scenarios.report.model import TerritoryFigure

POTENTIAL = "potential"


def align(first: Side, other: Side) -> Side:
    """Return the other plan with its open territories called as those of the first that they share most potential with.

    Codes of open territories run from west to east in each plan, so equal codes need not mean the same place. A
    territory without a counterpart keeps its code, told apart by the plan's key where the first plan has that code too.
    """
    here, there = _open(first), _open(other)
    if not here or not there:
        return other
    shared = _shared(first, other, here, there)
    matched = match_territories(-shared).tolist()
    new = {
        code: here[at] if at >= 0 and shared[i, at] > 0 else f"{code} ({other.key})" if code in here else code
        for i, (code, at) in enumerate(zip(there, matched, strict=True))
    }
    report = other.report.model_copy(update={"territories": [_called(row, new) for row in other.report.territories]})
    features = [
        feature | {"properties": _renamed(feature["properties"], new)} for feature in other.document["features"]
    ]
    accounts = other.accounts
    if accounts is not None:
        accounts = {name: (new.get(holder, holder), owner) for name, (holder, owner) in accounts.items()}
    return replace(other, report=report, document={**other.document, "features": features}, accounts=accounts)


def _open(side: Side) -> list[str]:
    return [row.territory for row in side.report.territories if row.rep is None]


def _shared(first: Side, other: Side, here: list[str], there: list[str]) -> FloatArray:
    """Return the potential that each open territory of the other plan shares with each of the first."""
    held: dict[str, dict[str, float]] = {}
    for row in first.rows:
        held.setdefault(row.unit, {})[row.holder] = row.share
    column = {code: i for i, code in enumerate(here)}
    line = {code: i for i, code in enumerate(there)}
    shared = np.zeros((len(there), len(here)))
    for row in other.rows:
        for holder, share in held.get(row.unit, {}).items():
            if row.holder in line and holder in column:
                whole = row.loads.get(POTENTIAL, 0.0) / (row.share or 1.0)
                shared[line[row.holder], column[holder]] += whole * min(share, row.share)
    return shared


def _called(row: TerritoryFigure, new: Mapping[str, str]) -> TerritoryFigure:
    if row.rep is not None:
        return row
    code = new[row.territory]
    return row.model_copy(update={"territory": code, "name": code if row.name == row.territory else row.name})


def _renamed(fields: Mapping[str, object], new: Mapping[str, str]) -> dict[str, object]:
    if fields["rep"]:
        return dict(fields)
    return {**fields, "territory": new.get(str(fields["territory"]), fields["territory"])}


def aligned(sides: Sequence[Side]) -> tuple[Side, ...]:
    """Return the plans with the open territories of all but the first called as the first's."""
    return (sides[0], *(align(sides[0], other) for other in sides[1:]))
