"""GeoParquet through geopandas (GeoParquet 1.x)."""

from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.layers.arrow_text import as_text
from geodata.layers.foreign import read_foreign
from geodata.layers.raw_layer import RawLayer


def has_geometry(path: Path) -> bool:
    """Return whether a Parquet file says that it holds geometry; False for anything that is no Parquet."""
    try:
        return b"geo" in (pq.read_schema(path).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def read_geoparquet(path: Path, label: str) -> RawLayer:
    """Read the primary geometry and, as text, every other column that is no geometry."""
    return read_foreign(lambda: _read(path), label)


def _read(path: Path) -> RawLayer:
    frame = gpd.read_parquet(path)
    texts = [name for name in pq.read_schema(path).names if name in frame.columns and frame[name].dtype != "geometry"]
    return RawLayer(as_text(pq.read_table(path, columns=texts)), frame.geometry.to_numpy(), frame.crs)
