"""A written plan as a map layer: one row a unit and rep, in the format that the file's ending names."""

import tempfile
from pathlib import Path

import geopandas as gpd

from geodata.writers.writers import write_layer
from scenarios.export.form import Made
from scenarios.export.written import WrittenPlan

FILES: dict[str, str] = {
    "gpkg": "plan.gpkg",
    "shp": "plan.zip",
    "kml": "plan.kml",
    "fgb": "plan.fgb",
    "parquet": "plan.parquet",
}
"""File of each layer by the word that asks for it."""


def layer(plan: WrittenPlan, form: str) -> Made:
    """Write a plan as a layer of plain columns."""
    frame = gpd.GeoDataFrame.from_features(plan.document["features"], crs="EPSG:4326")
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        path = Path(folder) / FILES[form]
        findings = write_layer(frame, path)
        return Made({path.name: path.read_bytes()}, findings)
