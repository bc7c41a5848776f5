"""GeoJSON as RFC 7946 asks: longitude first, rings by the right-hand rule, cut at the antimeridian, UTF-8.

The same frame gives the same text: one feature a line, coordinates to seven decimals (a centimetre).
"""

import json
import math
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.antimeridian import cut, unwrap
from geodata.arrays import FloatArray, GeometryArray

DECIMALS = 7


def geojson_text(frame: gpd.GeoDataFrame) -> str:
    """Return a FeatureCollection of a frame in EPSG:4326; NaN and missing places become null."""
    names = [name for name in frame.columns if name != frame.geometry.name]
    columns = [frame[name].tolist() for name in names]
    rows = zip(*columns, strict=True) if names else iter([()] * len(frame))
    lines = [
        f'{{"type":"Feature","properties":{_json(dict(zip(names, row, strict=True)))},"geometry":{shape}}}'
        for row, shape in zip(rows, geometry_texts(frame.geometry.to_numpy()), strict=True)
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def geometry_texts(shapes: GeometryArray) -> list[str]:
    """Return each geometry as GeoJSON, "null" where there is none."""
    known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    proper = shapely.orient_polygons(cut(unwrap(shapes[known])), exterior_cw=False)
    texts = np.full(len(shapes), "null", dtype=object)
    texts[known] = [_json(shapely.geometry.mapping(shape)) for shape in shapely.transform(proper, _rounded)]
    return texts.tolist()


def _rounded(places: FloatArray) -> FloatArray:
    return np.round(places, DECIMALS) + 0.0


def _json(value: dict[str, Any]) -> str:
    finite = {key: None if isinstance(item, float) and not math.isfinite(item) else item for key, item in value.items()}
    return json.dumps(finite, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
