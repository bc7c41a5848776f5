"""Benchmark instances as a customer would write them: a scenario, its units, neighbours and reps in one folder."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.geography import Geography, counties, zip_points
from benchmarks.instances import SIZES, capped, homes_of

SCENARIO = "scenario.json"


def write_scenario(folder: Path, data: Path, size: str, seed: int, solve: dict[str, Any], **parts: Any) -> Path:
    """Write the family "real" of a size with fixed reps, and return the scenario's path.

    Parameters
    ----------
    folder : Path
        Exists.
    data : Path
        Directory of the Parquet files.
    size : str
        S to XL2.
    seed : int
        Of the homes.
    solve : dict
        The scenario's part of that name.
    **parts
        More parts of the scenario, in place of those here.
    """
    spec = SIZES[size]
    places = zip_points(data) if spec.zips else counties(data, spec.state)
    homes = homes_of(places, spec.n_reps, "real", np.random.default_rng(seed))
    _write_units(folder, data, places, capped(places.amount, spec.n_reps, spec.largest_unit), zips=spec.zips)
    links = pd.DataFrame(places.id[places.links], columns=["a", "b"])
    links.to_csv(folder / "edges.csv", index=False)
    reps = {"id": [f"R{i:04}" for i in range(spec.n_reps)], "lat": places.lat[homes], "lon": places.lon[homes]}
    pd.DataFrame(reps).to_csv(folder / "reps.csv", index=False)
    scenario = {
        "schema_version": 1,
        "name": f"Benchmark {size}",
        "units": {"file": "units.csv" if spec.zips else "units.parquet", "id": "unit"},
        "measures": {
            "workload": {"column": "workload", "tolerance": 0.10},
            "potential": {"column": "potential", "tolerance": 0.15},
        },
        "neighbours": {"file": "edges.csv"},
        "reps": {"file": "reps.csv"},
        "goals": {"travel": 1},
        "solve": solve,
    }
    path = folder / SCENARIO
    path.write_text(json.dumps(scenario | parts), encoding="utf-8")
    return path


def _write_units(folder: Path, data: Path, places: Geography, amount: npt.NDArray[np.float64], *, zips: bool) -> None:
    """Write points as CSV, counties with their shapes as GeoParquet."""
    workload, potential = np.rint(amount).astype(np.int64)
    table = pd.DataFrame({"unit": places.id, "workload": workload, "potential": potential})
    if zips:
        table.assign(lat=places.lat, lon=places.lon).to_csv(folder / "units.csv", index=False)
        return
    shapes = gpd.read_parquet(data / "us_counties.parquet", columns=["fips", "geometry"]).set_index("fips")
    gpd.GeoDataFrame(table, geometry=shapes.geometry.loc[places.id].to_numpy(), crs=shapes.crs).to_parquet(
        folder / "units.parquet"
    )
