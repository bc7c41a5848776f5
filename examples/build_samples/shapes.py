"""Small shapes: simplified together, so that neighbours keep sharing their borders."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from examples.build_samples.sources import PLANE


def simplified(areas: gpd.GeoDataFrame, tolerance_m: float, plane: str = PLANE, decimals: int = 4) -> gpd.GeoDataFrame:
    """Return the areas in EPSG:4326, simplified as one coverage and rounded (four decimals are about 10 m).

    A vertex of two neighbours is moved or dropped for both, so no gap and no overlap appears.
    """
    flat = areas.to_crs(plane)
    shapes = shapely.coverage_simplify(flat.geometry.to_numpy(), tolerance_m)
    small = flat.set_geometry(gpd.GeoSeries(shapes, index=flat.index, crs=plane)).to_crs("EPSG:4326")
    rounded = shapely.transform(small.geometry.to_numpy(), lambda xy: np.round(xy, decimals))
    broken = small.index[~shapely.is_valid(rounded)]
    if len(broken):
        raise ValueError(f"simplified to invalid shapes: {list(broken)}. Maybe keep more decimals.")
    return small.set_geometry(gpd.GeoSeries(rounded, index=small.index, crs="EPSG:4326"))


def write_geojson(areas: gpd.GeoDataFrame, path: Path) -> None:
    """Write the areas as GeoJSON (RFC 7946), one feature a line."""
    columns = areas.drop(columns="geometry").to_dict("records")
    lines = [
        json.dumps(
            {"type": "Feature", "properties": row, "geometry": shapely.geometry.mapping(shape)},
            separators=(",", ":"),
            ensure_ascii=False,
        )
        for row, shape in zip(columns, areas.geometry, strict=True)
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
