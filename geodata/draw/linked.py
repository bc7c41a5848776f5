"""Several plans on maps that move together: their data and script, for a page of somebody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely

from geodata.draw import palette
from geodata.draw.assets_text import asset, leaflet, leaflet_style
from geodata.draw.encode import encode_shapes
from geodata.draw.outline import Outlines, outlines, touching
from geodata.draw.shapes import NOWHERE, Cells, IndexArray, cells, unroll
from geodata.draw.text import clean, script_json

Holders = Sequence[tuple[int, str, float]]
"""Rows of a plan: number of the unit, who holds it ("" for nobody), share."""


@dataclass(frozen=True)
class LinkedPlan:
    """One of the maps.

    Attributes
    ----------
    key, title : str
        Id of the map on the page, and its heading.
    holders : sequence of (unit, holder, share)
    homes : mapping of (lon, lat) by holder
    """

    key: str
    title: str
    holders: Holders
    homes: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class LinkedView:
    """What is drawn.

    Attributes
    ----------
    units : GeoDataFrame
        EPSG:4326, one row a unit: unit, name, geometry (polygon, point or None).
    plans : tuple of LinkedPlan
        In the order shown.
    names : mapping
        Readable name by holder.
    """

    units: gpd.GeoDataFrame
    plans: tuple[LinkedPlan, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class LinkedMaps:
    """What a page needs to show the maps.

    Attributes
    ----------
    styles : str
        Text of a style element.
    scripts : str
        Whole elements, for the end of the page. They draw into elements `map-<key>`, are steered by the selects
        `map-colour` and `map-holder`, and tell what is pointed at in `map-reading`.
    colours : mapping
        Colour of each holder on all maps.
    """

    styles: str
    scripts: str
    colours: Mapping[str, str]


def linked_maps(view: LinkedView) -> LinkedMaps:
    """Draw the maps of a view."""
    labels, places = _labels(view), _cells(view)
    drawn = [_outlined(plan, labels, places) for plan in view.plans]
    colours = [palette.TERRITORIES[colour] for colour in _colours(len(labels), drawn)]
    data = script_json(_payload(view, labels, colours, drawn, places))
    own = '(() => {\n"use strict";\n' + asset("decode.js") + asset("linked.js") + "\n})();"
    scripts = (
        f'<script type="application/json" id="plan-data">{data}</script>\n'
        f"<script>{leaflet('leaflet.js')}</script>\n<script>{own}</script>"
    )
    return LinkedMaps(leaflet_style() + asset("linked.css"), scripts, dict(zip(labels, colours, strict=True)))


def _payload(
    view: LinkedView, labels: Sequence[str], colours: Sequence[str], drawn: Sequence["_Drawn"], places: Cells
) -> dict[str, object]:
    return {
        "labels": [clean(label) for label in labels],
        "names": [clean(view.names.get(label, label)) for label in labels],
        "colour": list(colours),
        "nobody": palette.NOBODY,
        "bounds": _bounds(places),
        "units": {
            "shapes": encode_shapes(places.shapes),
            "cell": places.of_row.tolist(),
            "id": [clean(unit) for unit in view.units["unit"]],
            "name": [clean(name) for name in view.units["name"]],
        },
        "plans": [
            _plan(plan, labels, one.outlines, places, len(view.units))
            for plan, one in zip(view.plans, drawn, strict=True)
        ],
    }


def _plan(plan: LinkedPlan, labels: Sequence[str], drawn: Outlines, places: Cells, n: int) -> dict[str, object]:
    number = {label: i for i, label in enumerate(labels)}
    owners: list[list[object]] = [[] for _ in range(n)]
    for unit, holder, share in plan.holders:
        owners[unit].append([number.get(holder, -1), round(share, 4)])
    homes = [
        [number[holder], round(float(unroll([lon], places.cut)[0]), 4), round(lat, 4)]
        for holder, (lon, lat) in plan.homes.items()
        if holder in number
    ]
    return {
        "key": plan.key,
        "title": clean(plan.title),
        "owners": owners,
        "homes": homes,
        "areas": encode_shapes(drawn.areas),
    }


@dataclass(frozen=True, eq=False)
class _Drawn:
    outlines: Outlines
    neighbours: "nx.Graph[int]"


def _labels(view: LinkedView) -> list[str]:
    return list(dict.fromkeys(holder for plan in view.plans for _, holder, _ in plan.holders if holder))


def _cells(view: LinkedView) -> Cells:
    homes = [lon for plan in view.plans for lon, _ in plan.homes.values()]
    return cells(view.units.geometry.to_numpy(), homes)


def _outlined(plan: LinkedPlan, labels: Sequence[str], places: Cells) -> _Drawn:
    number = {label: i for i, label in enumerate(labels)}
    units: IndexArray = np.array([unit for unit, *_ in plan.holders], dtype=np.intp)
    owner: IndexArray = np.array([number.get(holder, -1) for _, holder, _ in plan.holders], dtype=np.intp)
    rows = replace(places, of_row=places.of_row[units] if len(units) else np.empty(0, dtype=np.intp))
    drawn = outlines(rows, owner, len(labels))
    return _Drawn(drawn, touching(rows, owner, drawn.areas))


def _colours(n: int, drawn: Sequence[_Drawn]) -> list[int]:
    """Return the colour of each holder: those who touch on any of the maps differ where that can be had."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(edge for one in drawn for edge in one.neighbours.edges)
    return palette.colours(graph)


def _bounds(places: Cells) -> list[float]:
    shown = places.shapes[np.unique(places.of_row[places.of_row != NOWHERE])]
    if len(shown) == 0:
        return [-180.0, -60.0, 180.0, 75.0]
    return [round(edge, 4) for edge in shapely.total_bounds(shown).tolist()]
