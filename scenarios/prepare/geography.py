"""Rows of a units table joined to the geographies they lie in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.arrays import GeometryArray
from geodata.findings import Finding, Level
from geodata.layers.bundled import ID_COLUMNS, bundled_layer
from geodata.repair import repair
from scenarios.accounts.keys import Keys
from scenarios.document.scenario import Geography
from scenarios.near_names import listed
from scenarios.prepare.id_offers import IdOffers
from scenarios.prepare.unit_rows import UnitRows, read_rows
from scenarios.prepare.wording import counted, some
from scenarios.tables.table import column


def join_geography(
    keys: pd.Series, label: str, geography: Geography, folder: Path
) -> tuple[pd.Series, GeometryArray, tuple[Finding, ...]]:
    """Return the geography and geometry of each row by its key.

    Parameters
    ----------
    keys : Series of str
        Geography of each row; index + 1 is the row in the file.
    label : str
        Name of the units file.
    geography : Geography
    folder : Path

    Returns
    -------
    ids : Series of str
        The geography's own id, where a damaged key can mean only that; else the key.
    geometry : (n,) object
        None where a key has no geography, which is an error.
    findings : tuple of Finding
        Geographies of a file without a row are no units, which is noted.
    """
    rows, id_column, findings = _read(geography, folder)
    name = rows.label
    nothing: GeometryArray = np.full(len(keys), None, dtype=object)
    if rows.frame.empty or rows.geometry is None:
        return keys, nothing, (*findings, *_no_map(rows, findings))
    ids, missing = column(rows.frame, id_column, name, "units.geography.id")
    if missing:
        return keys, nothing, (*findings, *missing)
    ids = ids.str.strip()
    place = pd.Series(np.arange(len(ids)), index=ids)
    place = place[~place.index.duplicated()]
    meant, recognised = Keys(place.index).match(keys.rename(geography.key), label)
    keys = meant.where(meant != "", keys)
    at = place.reindex(keys)
    found = at.notna().to_numpy()
    shapes, repaired = repair(rows.geometry, ids.tolist(), name)
    nothing[found] = shapes[at[found].astype(np.int64)]
    return (
        keys,
        nothing,
        (
            *findings,
            *recognised,
            *repaired,
            *listed(_repeated(ids, name, id_column)),
            *listed(_unmatched(keys[~found], label, rows.label, geography.key, list(place.index))),
            *(() if geography.bundled else _unused(list(place.index[~place.index.isin(keys)]), name)),
        ),
    )


def _read(geography: Geography, folder: Path) -> tuple[UnitRows, str, tuple[Finding, ...]]:
    """Return the rows of the map, its id column and findings."""
    if geography.bundled is not None:
        frame = bundled_layer(geography.bundled).frame
        ids = ID_COLUMNS[geography.bundled]
        return UnitRows(frame[[ids]], frame.geometry.to_numpy(), geography.bundled), ids, ()
    name = geography.file or ""
    rows, findings = read_rows(folder / name, name)
    return rows, geography.id or "", findings


def _no_map(rows: UnitRows, findings: Sequence[Finding]) -> Iterator[Finding]:
    if not any(finding.level is Level.ERROR for finding in findings):
        message = f"{rows.label} holds no polygons or points."
        hint = "Maybe name a map file, or leave out geography and give lat and lon."
        yield Finding(Level.ERROR, "no-geometry", message, hint, rows.label, field="units.geography.file")


def _repeated(ids: pd.Series, label: str, field: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for row, name in enumerate(ids.tolist(), start=1):
        if first.setdefault(name, row) != row:
            message = f"The geography {name} stands in features {first[name]} and {row} of {label}."
            hint = "Maybe dissolve its parts into one feature."
            yield Finding(Level.ERROR, "duplicate-id", message, hint, label, row, field, name)


def _unmatched(keys: pd.Series, label: str, name: str, field: str, known: Sequence[str]) -> Iterator[Finding]:
    offers = IdOffers(known) if len(keys) else IdOffers(())
    for index, key in zip(keys.index.tolist(), keys.tolist(), strict=True):
        message = f"{name} has no geography {key or '(blank)'}."
        hint = offers.hint(key, "Maybe the map is of another year, or the row belongs elsewhere.")
        yield Finding(Level.ERROR, "unmatched-key", message, hint, label, index + 1, field, key)


def _unused(names: Sequence[str], label: str) -> Iterator[Finding]:
    if names:
        many = counted(len(names), "geography has", "geographies have")
        message = f"Of {label} {many} no row, and so no unit: {some(names, range(len(names)))}."
        yield Finding(Level.NOTE, "unused-geography", message, "", label)
