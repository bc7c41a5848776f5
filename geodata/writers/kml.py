"""KML 2.2: one placemark a row, its columns as extended data, so that ids stay text."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import geopandas as gpd
import numpy as np
import shapely

from geodata.antimeridian import cut, unwrap
from geodata.draw.text import clean

DECIMALS = 7


def kml_text(frame: gpd.GeoDataFrame, title: str) -> str:
    """Return a document of a frame in EPSG:4326; the placemarks are named by the column `name`, else the first."""
    names = [name for name in frame.columns if name != frame.geometry.name]
    label = "name" if "name" in names else next(iter(names), None)
    shapes = frame.geometry.to_numpy()
    known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes[known] = shapely.orient_polygons(cut(unwrap(shapes[known])), exterior_cw=False)
    columns = {name: frame[name].tolist() for name in names}
    marks = [
        _placemark({name: values[row] for name, values in columns.items()}, label, shapes[row] if known[row] else None)
        for row in range(len(frame))
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return f"{head}<name>{_text(title)}</name>\n{''.join(marks)}</Document></kml>\n"


def _placemark(row: dict[str, object], label: str | None, shape: shapely.Geometry | None) -> str:
    data = "".join(f"<Data name={quoteattr(clean(k))}><value>{_text(v)}</value></Data>" for k, v in row.items())
    name = "" if label is None else f"<name>{_text(row[label])}</name>"
    place = "" if shape is None else "".join(_geometry([shape]))
    return f"<Placemark>{name}<ExtendedData>{data}</ExtendedData>{place}</Placemark>\n"


def _geometry(shapes: Iterable[shapely.Geometry]) -> Iterable[str]:
    for shape in shapes:
        if isinstance(shape, shapely.Polygon):
            holes = "".join(f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in shape.interiors)
            yield f"<Polygon><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{holes}</Polygon>"
        elif isinstance(shape, shapely.Point):
            yield f"<Point>{_coordinates(shape)}</Point>"
        else:
            yield f"<MultiGeometry>{''.join(_geometry(shapely.get_parts(shape)))}</MultiGeometry>"


def _ring(ring: shapely.Geometry) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: shapely.Geometry) -> str:
    places = np.round(shapely.get_coordinates(shape), DECIMALS) + 0.0
    return f"<coordinates>{' '.join(f'{lon!r},{lat!r}' for lon, lat in places.tolist())}</coordinates>"


def _text(value: object) -> str:
    return escape(clean("" if isinstance(value, float) and np.isnan(value) else value))
