"""GeoParquet through geopandas (GeoParquet 1.x)."""

from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.arrow_text import as_text
from geodata.raw_layer import RawLayer, refuse


def has_geometry(path: Path) -> bool:
    """Return whether a Parquet file says that it holds geometry; False for anything that is no Parquet."""
    try:
        return b"geo" in (pq.read_schema(path).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def read_geoparquet(path: Path, label: str) -> RawLayer:
    """Read the primary geometry and, as text, every other column that is no geometry."""
    try:
        frame = gpd.read_parquet(path)
        places = [str(name) for name in frame.columns[frame.dtypes == "geometry"]]
        names = [name for name in pq.read_schema(path).names if name not in places]
        table = pq.read_table(path, columns=[name for name in names if name in frame.columns])
    except (OSError, ValueError, TypeError, KeyError, pa.ArrowException, shapely.errors.ShapelyError) as error:
        message = f"{label} cannot be read as GeoParquet: {str(error).splitlines()[0][:200]}"
        refuse("unreadable-file", label, message, "Maybe write it again with geopandas to_parquet.")
    return RawLayer(as_text(table), frame.geometry.to_numpy(), frame.crs)
