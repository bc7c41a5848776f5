"""Size of the HTML map and seconds until it can be used, in headless Chromium.

    python -m benchmarks.maps [--chromium /usr/bin/chromium] [--repeats 3]

Cells are the bundled counties and the cells around the bundled postal codes; territories are drawn by the nearest of
seeded places. "ready" is the best of the repeats, from opening the file until the page says that it can be used.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, sync_playwright
from scipy.spatial import cKDTree

from benchmarks.geography import on_sphere
from geodata.draw.folium_map import draw_map, draw_outlines
from geodata.draw.view import Alignment, MapView, Measure
from geodata.layers.bundled import ID_COLUMNS, bundled_layer
from geodata.sphere import centroids
from geodata.voronoi import cells

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Case:
    """A map to draw, and what it may be and take at most."""

    name: str
    bundled: str
    n_territories: int
    draw: Callable[[MapView], str]
    most_mb: float
    most_s: float | None


CASES = (
    Case("counties", "us-counties", 150, draw_map, 2.0, 2.0),
    Case("postal codes", "us-zips", 500, draw_map, 12.0, 6.0),
    Case("postal codes, outlines only", "us-zips", 150, draw_outlines, 1.0, None),
)


def main() -> None:
    """Print one row a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    print(
        "| map | cells | territories | draw s | MB | at most | ready s | at most |\n|---|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=ARGUMENTS)
        for case in CASES:
            print(_row(case, browser, Path(folder) / "map.html", asked.repeats), flush=True)
        browser.close()


def _row(case: Case, browser: Browser, path: Path, repeats: int) -> str:
    view = map_view(case.bundled, case.n_territories)
    before_s = time.process_time()
    path.write_text(case.draw(view), encoding="utf-8")
    draw_s = time.process_time() - before_s
    ready_s = min(_ready_s(browser, path) for _ in range(repeats))
    mb = path.stat().st_size / 1e6
    limit = "" if case.most_s is None else f"{case.most_s:g}"
    figures = f"{draw_s:.1f} | {mb:.2f} | {case.most_mb:g} | {ready_s:.1f} | {limit}"
    return f"| {case.name} | {len(view.units):,} | {case.n_territories} | {figures} |"


def _ready_s(browser: Browser, path: Path) -> float:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    before_s = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=120_000)
    ready_s = time.perf_counter() - before_s
    page.close()
    return ready_s


def map_view(bundled: str, n_territories: int) -> MapView:
    """Return a plan of the lower 48 drawn by the nearest of seeded places; today's is drawn by others."""
    frame = bundled_layer(bundled).frame
    shapes = frame.geometry.to_numpy()
    if shapes[0].geom_type == "Point":
        shapes = cells(frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()).polygons
    place = centroids(shapes)
    rng = np.random.default_rng(1)
    proposed, today = (_nearest(place, n_territories, rng) for _ in range(2))
    codes = np.array([f"T{i + 1:03d}" for i in range(n_territories)], dtype=object)
    ids = frame[ID_COLUMNS[bundled]].to_numpy(dtype=object)
    units = gpd.GeoDataFrame(
        {
            "unit": ids,
            "name": frame["name"].to_numpy() if "name" in frame else ids,
            "segment": "",
            "territory": codes[proposed],
            "share": 1.0,
            "current": codes[today],
            "change": np.where(proposed == today, "kept", "moved"),
            "locked": False,
            "reason": "",
            "fit": 1.0,
        },
        geometry=shapes,
        crs=4326,
    )
    amounts = pd.DataFrame({name: rng.gamma(2.0, 100.0, len(units)).round(1) for name in ("workload", "potential")})
    measures = (Measure("workload", "h", 0.1), Measure("potential", "USD", 0.15))
    return MapView(
        title="Benchmark",
        subtitle="2027",
        date="",
        gap="No plan can be better by more than 2 %.",
        summary="",
        figures=(),
        measures=measures,
        units=units,
        amounts=amounts,
        proposed=_alignment(codes, proposed, amounts, place),
        today=_alignment(codes, today, amounts, place),
    )


def _nearest(place: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """Return which of n places drawn among (n, 2) lon, lat is nearest to each."""
    xyz_m = on_sphere(place[:, 1], place[:, 0])
    nearest: np.ndarray = cKDTree(xyz_m[rng.choice(len(place), n, replace=False)]).query(xyz_m)[1]
    return nearest


def _alignment(codes: np.ndarray, label: np.ndarray, amounts: pd.DataFrame, place: np.ndarray) -> Alignment:
    n = len(codes)
    sizes = np.bincount(label, minlength=n)
    middle = np.stack([np.bincount(label, place[:, axis], n) / np.maximum(sizes, 1) for axis in range(2)], axis=1)
    territories = pd.DataFrame(
        {
            "territory": codes,
            "name": [f"Territory {code}" for code in codes],
            "rep": [f"Rep {code}" for code in codes],
            "units": sizes,
            **dict.fromkeys(("mean_km", "max_km", "moved"), 10.0),
            "fit": 1.0,
            "pieces": 1,
            "home_lon": middle[:, 0],
            "home_lat": middle[:, 1],
        }
    )
    loads = [
        (code, name, load, amounts[name].sum() / n, 100.0 * load * n / amounts[name].sum(), True)
        for name in amounts.columns
        for code, load in zip(codes, np.bincount(label, amounts[name], n), strict=True)
    ]
    return Alignment(
        territories, pd.DataFrame(loads, columns=["territory", "measure", "load", "target", "index", "in_band"])
    )


if __name__ == "__main__":
    main()
