"""Build the bundled geography `us-counties`: the counties of the fifty states and the District of Columbia, 2016.

Run `python -m examples.build_samples.us_counties` from the top of the repository.
"""

from pathlib import Path

import pandas as pd

from examples.build_samples.shapes import simplified
from examples.build_samples.sources import PLANE, read_counties

OUT = Path("geodata/bundled/us_counties.parquet")
PLANES = {"AK": "EPSG:3338", "HI": "ESRI:102007"}
"""Equal-area projections of the states outside the lower 48."""
TERRITORIES = ["AS", "GU", "MP", "PR", "VI"]
TOLERANCE_M = 600


def main() -> None:
    """Write fips, name, state and simplified polygons as GeoParquet."""
    counties = read_counties()
    counties = counties[~counties["state"].isin(TERRITORIES)]
    region = counties["state"].where(counties["state"].isin(PLANES), "")
    parts = [
        simplified(counties[region == name], TOLERANCE_M, PLANES.get(name, PLANE), decimals=5) for name in ["", *PLANES]
    ]
    together = pd.concat(parts).sort_index().reset_index()
    together.to_parquet(OUT, index=False, compression="zstd", geometry_encoding="WKB")


if __name__ == "__main__":
    main()
