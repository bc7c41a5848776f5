"""Invalid polygons made valid where that hardly changes them, refused where it would."""

from collections.abc import Sequence

import numpy as np
import shapely

from geodata import antimeridian
from geodata.arrays import BoolArray, FloatArray, GeometryArray
from geodata.findings import Finding, Level
from geodata.sphere import area_km2

LARGEST_CHANGE = 0.01
"""Largest share of its area that a repair may add to or take from a polygon."""

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def repair(geometries: GeometryArray, ids: Sequence[str], label: str) -> tuple[GeometryArray, tuple[Finding, ...]]:
    """Return points and valid polygons, cut at the antimeridian, and what was done to them.

    Parameters
    ----------
    geometries : (n,) object
        Shapely geometries in longitude and latitude; None stays None.
    ids : n texts
        Name of each geometry in the findings.
    label : str
        File name in the findings.

    Returns
    -------
    geometries : (n,) object
        Points, polygons and multipolygons; None where a finding refuses one.
    findings : tuple of Finding
        Errors `unsupported-geometry` and `polygon-refused`; warnings `polygon-repaired`; notes
        `antimeridian-crossing`.
    """
    out = np.array(geometries, dtype=object)
    findings = _refuse_other_types(out, ids, label)
    polygons = np.isin(shapely.get_type_id(out), _POLYGONS)
    crossing = polygons & antimeridian.crosses(out)
    out[crossing] = antimeridian.unwrap(out[crossing])
    broken = np.flatnonzero(polygons & ~shapely.is_valid(out))
    findings += _make_valid(out, broken, ids, label)
    out[crossing] = antimeridian.cut(out[crossing])
    findings += [_crossing(int(i), ids[int(i)], label) for i in np.flatnonzero(crossing)]
    return out, tuple(findings)


def _refuse_other_types(out: GeometryArray, ids: Sequence[str], label: str) -> list[Finding]:
    """Set what is neither point nor polygon to None, unwrapping collections of a single point."""
    kinds = shapely.get_type_id(out)
    single = (kinds == shapely.GeometryType.MULTIPOINT) & (shapely.get_num_geometries(out) == 1)
    out[single] = shapely.get_geometry(out[single], 0)
    refused = np.flatnonzero(~np.isin(kinds, (-1, shapely.GeometryType.POINT, *_POLYGONS)) & ~single)
    findings = []
    for i in refused.tolist():
        kind = out[i].geom_type
        message = f"Unit {ids[i]} is a {kind}; units are polygons or points."
        hint = "Maybe keep only its polygons, or take the map layer that holds areas."
        findings.append(
            Finding(Level.ERROR, "unsupported-geometry", message, hint, label, int(i) + 1, "geometry", kind)
        )
        out[i] = None
    return findings


def _make_valid(out: GeometryArray, broken: np.ndarray, ids: Sequence[str], label: str) -> list[Finding]:
    before_km2 = area_km2(out[broken])
    whole = shapely.make_valid(out[broken], method="structure", keep_collapsed=False)
    kept = np.isin(shapely.get_type_id(whole), _POLYGONS) & ~shapely.is_empty(whole)
    change = _relative_change(before_km2, area_km2(whole))
    findings = []
    for k, i in enumerate(broken):
        reason = shapely.is_valid_reason(out[i])
        if kept[k] and abs(change[k]) <= LARGEST_CHANGE:
            out[i] = whole[k]
            findings.append(_repaired(int(i), ids[int(i)], label, reason, float(change[k])))
        else:
            out[i] = None
            findings.append(_refused(int(i), ids[int(i)], label, reason, _why(float(change[k]), bool(kept[k]))))
    return findings


def _relative_change(before_km2: FloatArray, after_km2: FloatArray) -> FloatArray:
    change = np.full(len(before_km2), np.inf)
    has_area: BoolArray = before_km2 > 0.0
    np.divide(after_km2 - before_km2, before_km2, out=change, where=has_area)
    return change


def _repaired(i: int, name: str, label: str, reason: str, change: float) -> Finding:
    message = f"The polygon of unit {name} was invalid ({reason}) and was repaired; its area changed by {change:+.3%}."
    hint = "Maybe check its border in a map program."
    return Finding(Level.WARNING, "polygon-repaired", message, hint, label, i + 1, "geometry", reason)


def _why(change: float, kept: bool) -> str:
    if not kept:
        return "nothing is left of it when repaired"
    return f"a repair would change its area by {change:+.1%}" if np.isfinite(change) else "it encloses no area"


def _refused(i: int, name: str, label: str, reason: str, why: str) -> Finding:
    message = f"The polygon of unit {name} is invalid ({reason}) and {why}."
    hint = "Maybe draw it again; its border may cross itself."
    return Finding(Level.ERROR, "polygon-refused", message, hint, label, i + 1, "geometry", reason)


def _crossing(i: int, name: str, label: str) -> Finding:
    message = f"The polygon of unit {name} crosses the antimeridian and was cut there."
    return Finding(Level.NOTE, "antimeridian-crossing", message, "", label, i + 1, "geometry")
