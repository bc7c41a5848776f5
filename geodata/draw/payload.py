"""What the map's script gets: plain lists, foreign text cleaned, coordinates encoded."""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.draw import palette
from geodata.draw.encode import encode_shapes
from geodata.draw.outline import Outlines, outlines
from geodata.draw.scene import Scene, Side, bounds, unmapped
from geodata.draw.text import clean

CHANGE_LETTER = {"kept": "k", "moved": "m", "new": "n"}


def payload(scene: Scene, *, with_cells: bool) -> dict[str, object]:
    """Return the data of the page; without cells only the territories' outlines are drawn."""
    view = scene.view
    return {
        "title": clean(view.title),
        "subtitle": clean(view.subtitle),
        "date": clean(view.date),
        "gap": clean(view.gap),
        "summary": clean(view.summary),
        "attribution": clean(view.attribution),
        "figures": [[clean(f.value), clean(f.label), clean(f.note)] for f in view.figures],
        "broken": [clean(text) for text in view.broken],
        "findings": [clean(text) for text in view.findings],
        "unmapped": [clean(unit) for unit in unmapped(scene)],
        "measures": [_measure(view.amounts[m.name], m.name, m.unit, m.tolerance) for m in view.measures],
        "colours": {
            "territories": list(palette.TERRITORIES),
            "nobody": palette.NOBODY,
            "balance": list(palette.BALANCE),
            "amount": list(palette.AMOUNT),
        },
        "labels": [clean(code) for code in scene.labels],
        "labelColour": scene.colour,
        "segments": _segments(scene),
        "proposed": _side(scene, scene.proposed),
        "today": None if scene.today is None else _side(scene, scene.today),
        "bounds": [_number(edge, 4) for edge in bounds(scene)],
        "bridges": [[_number(value, 4) for value in bridge] for bridge in scene.bridges],
        "units": _units(scene) if with_cells else None,
    }


def _segments(scene: Scene) -> list[str]:
    """Return the segments in order; nothing where all units are of one."""
    found = sorted(set(scene.view.units["segment"]))
    return [clean(name) for name in found] if len(found) > 1 else []


def _measure(amounts: pd.Series, name: str, unit: str, tolerance: float | None) -> dict[str, object]:
    """Return a measure with the edges between five equally full classes of its amounts."""
    finite = amounts[np.isfinite(amounts)]
    edges = np.quantile(finite, [0.2, 0.4, 0.6, 0.8]) if len(finite) else []
    return {
        "name": clean(name),
        "unit": clean(unit),
        "tolerance": tolerance,
        "edges": [_number(edge, 3) for edge in edges],
    }


def _side(scene: Scene, side: Side) -> dict[str, object]:
    """Return the territories of one alignment, with their outlines for all units and for each segment."""
    table = side.alignment.territories
    label = pd.Index(scene.labels).get_indexer(pd.Index(table["territory"]))
    measures = [m.name for m in scene.view.measures]
    figures = [
        [_number(load, 2), _number(target, 2), _number(index, 1), None if pd.isna(in_band) else int(in_band)]
        for load, target, index, in_band in side.alignment.figures(measures).itertuples(index=False)
    ]
    return {
        "label": label.tolist(),
        "name": [clean(name) for name in table["name"]],
        "rep": [clean(rep) for rep in table["rep"]],
        **{key: _numbers(table[key], 1) for key in ("units", "mean_km", "max_km", "moved", "pieces")},
        "fit": _numbers(table["fit"], 3),
        "home": [_place(lon, lat) for lon, lat in scene.homes(side.alignment).tolist()],
        "facts": [[clean(name), [clean(text) for text in texts]] for name, texts in side.alignment.facts.items()],
        "loads": [figures[i : i + len(measures)] for i in range(0, len(figures), max(len(measures), 1))],
        "outlines": [_outlines(part) for part in _outlines_by_segment(scene, side)],
    }


def _outlines_by_segment(scene: Scene, side: Side) -> Iterable[Outlines]:
    yield side.outlines
    segment = scene.view.units["segment"].to_numpy()
    for name in sorted(set(segment)) if len(_segments(scene)) else []:
        owner = np.where(segment == name, side.owner, -1)
        yield outlines(scene.cells, owner, len(scene.labels))


def _outlines(part: Outlines) -> dict[str, object]:
    anchors = [[_number(value, 4) for value in anchor] for anchor in part.anchors.tolist()]
    return {"areas": encode_shapes(part.areas), "anchors": anchors}


def _units(scene: Scene) -> dict[str, object]:
    """Return the units column by column."""
    units = scene.view.units
    segments = sorted(set(units["segment"]))
    today = scene.today.owner if scene.today is not None else np.full(len(units), -1)
    return {
        "shapes": encode_shapes(scene.cells.shapes),
        "cell": scene.cells.of_row.tolist(),
        "id": [clean(unit) for unit in units["unit"]],
        "name": [clean(name) for name in units["name"]],
        "segment": pd.Index(segments).get_indexer(pd.Index(units["segment"])).tolist(),
        "proposed": scene.proposed.owner.tolist(),
        "today": today.tolist(),
        "change": "".join(CHANGE_LETTER[change] for change in units["change"]),
        "locked": np.flatnonzero(units["locked"].to_numpy(dtype=bool)).tolist(),
        "reason": {row: clean(text) for row, text in enumerate(units["reason"]) if text},
        "share": {row: _number(share, 4) for row, share in enumerate(units["share"]) if share != 1},
        "fit": _numbers(units["fit"], 3) if units["fit"].notna().any() else None,
        "amounts": [_numbers(scene.view.amounts[m.name], 2) for m in scene.view.measures],
    }


def _place(lon: float, lat: float) -> list[float | int | None] | None:
    return None if math.isnan(lon) or math.isnan(lat) else [_number(lon, 4), _number(lat, 4)]


def _number(value: float, digits: int) -> float | int | None:
    """Return a rounded number, whole ones as int, and None where unknown."""
    if not math.isfinite(value):
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded == int(rounded) else rounded


def _numbers(column: pd.Series, digits: int) -> list[float | int | None]:
    values: npt.NDArray[np.float64] = column.to_numpy(dtype=float)
    return [_number(value, digits) for value in values.tolist()]
