"""Neighbours computed from the map: polygons by their borders, points by their Voronoi cells."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.arrays import GeometryArray
from geodata.findings import Finding
from geodata.neighbours import Links, Rule, overlap_findings, polygon_links
from geodata.places import NOWHERE, locate
from geodata.segments import segment_links
from geodata.voronoi import cell_findings, cells, point_links
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.near_names import listed
from scenarios.prepare.countries import Countries
from scenarios.prepare.unit_table import UnitTable

Computed = tuple[IntArray, IntArray, npt.NDArray[np.str_], FloatArray]
"""a, b, kind and border_km of links, as in `RowLinks`."""


def computed_links(
    table: UnitTable, part: IntArray, rule: Rule, countries: Countries
) -> tuple[Computed, tuple[Finding, ...]]:
    """Return the neighbours among rows, and what is doubtful about the map.

    Geographies are linked first; units of the same segment are neighbours where their geographies are, and across
    geographies that hold no unit of their segment. Where a map holds both, a point is also linked to the polygon that
    holds it. Named accounts have no neighbours, and no link crosses the border of a country.
    """
    geography, first = table.geography, table.first_rows
    between, findings = _geography_links(table, first, rule)
    here, there = first[between["a"]], first[between["b"]]
    findings += countries.closed_borders(here, there)
    between = between[countries.same(here, there)]
    units = segment_links(len(first), between["a"], between["b"], geography, part)
    ends = np.sort(np.stack([geography[units.a], geography[units.b]]), axis=0)
    met = pd.DataFrame({"a": ends[0], "b": ends[1]}).merge(between, how="left", on=["a", "b"])
    kind = np.where(units.kind == "across", "across", met["kind"].fillna("border").to_numpy(dtype=str))
    return (units.a, units.b, kind, met["border_km"].to_numpy(dtype=np.float64)), findings


def _geography_links(table: UnitTable, first: IntArray, rule: Rule) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Link geographies; ends are positions in `first`, the first row of each geography."""
    shapes: GeometryArray = table.units.geometry.to_numpy()[first]
    names = [table.ids[row] for row in first]
    is_point = np.array([shape.geom_type == "Point" for shape in shapes], dtype=np.bool_)
    touching = polygon_links(shapes, rule)
    found = [_frame(touching, np.where(touching.border_km > 0, "border", "point"))]
    findings = _at_rows(overlap_findings(touching, shapes, names, table.label), table.file_row[first])
    points = np.flatnonzero(is_point)
    if len(points):
        place = table.units[["lon", "lat"]].to_numpy()[first[points]]
        divided = cells(place[:, 0], place[:, 1])
        links = _frame(point_links(divided), "voronoi")
        found.append(links.assign(a=points[links["a"]], b=points[links["b"]]))
        doubtful = cell_findings(divided, [names[i] for i in points], table.label)
        findings += _at_rows(doubtful, table.file_row[first[points]])
        found.append(_inside(place, points, shapes, is_point))
    return pd.concat(found, ignore_index=True), findings


def _at_rows(findings: tuple[Finding, ...], file_row: npt.NDArray[np.int64]) -> tuple[Finding, ...]:
    """Return findings about the k-th of some geometries (row k + 1) with the rows these have in their file."""
    return listed(replace(finding, row=int(file_row[(finding.row or 1) - 1])) for finding in findings)


def _frame(links: Links, kind: npt.NDArray[np.str_] | str) -> pd.DataFrame:
    return pd.DataFrame({"a": links.a, "b": links.b, "kind": kind, "border_km": links.border_km})


def _inside(
    place: FloatArray, points: npt.NDArray[np.int64], shapes: GeometryArray, is_point: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Link each point to the polygon that holds it."""
    areas = np.flatnonzero(~is_point)
    at = locate(place[:, 0], place[:, 1], shapes[areas]) if len(areas) else np.full(len(points), NOWHERE)
    held = at != NOWHERE
    ends = np.sort(np.stack([points[held], areas[at[held]]]), axis=0)
    return pd.DataFrame({"a": ends[0], "b": ends[1], "kind": "point", "border_km": np.nan})
