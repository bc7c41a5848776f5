"""cells.json: the units of a scenario, their shapes and all that no plan changes."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from geodata.draw.encode import encode_numbers
from geodata.draw.packed import packed_shapes
from optimizer.graph import IntArray
from scenarios.case import Case

PER_DEGREE = 100_000
"""Steps a degree of the units' places: about a metre."""
MOST_KINDS = 300
"""Different values up to which a column of the customer's is offered to filter by."""
MOST_COLUMNS = 12
NOBODY = -1


def cells_json(case: Case, rows: IntArray | None = None) -> dict[str, Any]:
    """Return the units column by column, or only some rows; texts of numbers are those of `encode_numbers`.

    `lat` and `lon` (in steps of 1 / `per_degree`) are where distances are measured to. `today` is each unit's place in
    `owners`, -1 for nobody. `links` are the pairs of units that hang together, `bridges` the added ones among them;
    `contiguity` is 0 off, 1 preferred, 2 required, and only units of one `part` are asked to hang together.
    """
    homes = [rep.lon for rep in case.reps if rep.lon is not None and rows is None]
    rows = np.arange(len(case.units), dtype=np.int32) if rows is None else rows
    units = case.units.iloc[rows]
    first = _first_part(case)[rows]
    owners = sorted(set(units["current"].astype(str)) - {""})
    return {
        "shapes": packed_shapes(units.geometry.to_numpy(), homes),
        "unit": units["unit"].astype(str).tolist(),
        "name": units["name"].astype(str).tolist(),
        "per_degree": PER_DEGREE,
        "lat": encode_numbers(np.round(units["lat"].to_numpy(dtype=float) * PER_DEGREE)),
        "lon": encode_numbers(np.round(units["lon"].to_numpy(dtype=float) * PER_DEGREE)),
        "measures": [
            {"name": name, "amounts": amounts.tolist()}
            for name, amounts in zip(case.problem.measures, case.amounts[:, rows], strict=True)
        ],
        "owners": owners,
        "today": encode_numbers(pd.Index(owners).get_indexer(pd.Index(units["current"].astype(str)))),
        "links": _links(case, rows),
        "bridges": _bridges(case, set(units["unit"])),
        "contiguity": encode_numbers(case.problem.contiguity[first]),
        "part": encode_numbers(case.problem.part[first]),
        "fit_class": encode_numbers(case.problem.fit_class[first]),
        "columns": _columns(case, rows),
    }


def _first_part(case: Case) -> IntArray:
    """Return a unit of the Problem for each row: parts of a row are alike in all but their share."""
    first = np.zeros(len(case.units), dtype=np.int32)
    first[case.row_of[::-1]] = np.arange(len(case.row_of), dtype=np.int32)[::-1]
    return first


def _links(case: Case, rows: IntArray) -> dict[str, str]:
    """Return each link between two of the rows once, by their places among them."""
    place = np.full(len(case.units), NOBODY, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    a, b = (place[case.row_of[end]] for end in case.problem.graph.links())
    ends = np.sort(np.column_stack([a, b])[(a != b) & (a >= 0) & (b >= 0)], axis=1)
    pairs = np.unique(ends, axis=0)
    return {"a": encode_numbers(pairs[:, 0]), "b": encode_numbers(pairs[:, 1])}


def _bridges(case: Case, units: Collection[str]) -> list[list[str]]:
    ends = case.links.loc[case.links["kind"] == "bridge", ["a", "b"]].astype(str)
    found: list[list[str]] = ends[ends.isin(units).all(axis=1)].to_numpy().tolist()
    return found


def _columns(case: Case, rows: IntArray) -> list[dict[str, Any]]:
    """Return the columns with few different values: the segment, then the customer's own."""
    own = case.attributes.iloc[rows].astype(str)
    offered = {"segment": case.units["segment"].iloc[rows].astype(str), **dict(own.items())}
    found = []
    for name, values in offered.items():
        codes, kinds = pd.factorize(values, sort=True)
        if 1 < len(kinds) <= MOST_KINDS and len(kinds) < len(values):
            found.append({"name": str(name), "kinds": list(kinds), "kind": encode_numbers(codes)})
    return found[:MOST_COLUMNS]
