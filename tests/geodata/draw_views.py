"""Small views to draw: a square grid of units, four territories, today's plan shifted by one column."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.draw.view import Alignment, KeyFigure, MapView, Measure

CODES = ("T1", "T2", "T3", "T4")


def plain(text: str) -> str:
    """Leave a name as it is."""
    return text


def grid_view(size: int = 6, west: float = 0.0, south: float = 0.0, name: Callable[[str], str] = plain) -> MapView:
    """Return `size` x `size` square units of one degree, split into quadrants."""
    row, column = np.divmod(np.arange(size * size), size)
    proposed = 2 * (row >= size // 2) + (column >= size // 2)
    today = 2 * (row >= size // 2) + (column >= size // 2 + 1)
    codes = np.array([name(code) for code in CODES], dtype=object)
    units = gpd.GeoDataFrame(
        {
            "unit": [name(f"{i:03d}") for i in range(size * size)],
            "name": [name(f"Unit {i}") for i in range(size * size)],
            "segment": "",
            "territory": codes[proposed],
            "share": 1.0,
            "current": codes[today],
            "change": np.where(proposed == today, "kept", "moved"),
            "locked": np.arange(size * size) == 0,
            "reason": [name("strategic") if i == 0 else "" for i in range(size * size)],
            "fit": np.linspace(0, 1, size * size),
        },
        geometry=shapely.box(west + column, south + row, west + column + 1, south + row + 1),
        crs=4326,
    )
    amounts = pd.DataFrame({name("workload"): np.ones(size * size), name("potential"): np.arange(size * size) * 1.5})
    measures = (Measure(name("workload"), name("h"), 0.05), Measure(name("potential"), name("USD"), None))
    return MapView(
        title=name("Grid plan"),
        subtitle=name("2027"),
        date=name("1 January 2027"),
        gap=name("No plan can be better by more than 2 %."),
        summary=name("Four of four territories are in band."),
        figures=(KeyFigure(name("4 of 4"), name("territories in band"), name("today 2")),),
        measures=measures,
        units=units,
        amounts=amounts,
        proposed=alignment(codes, [m.name for m in measures], corner=(west, south), size=size, name=name),
        today=alignment(codes, [m.name for m in measures], corner=(west, south), size=size, name=name),
        bridges=((west, south, west + 1, south + 1),),
        broken=(name("A broken rule"),),
        findings=(name("A finding"),),
        attribution=name("Made up."),
    )


def alignment(
    codes: Sequence[str], measures: Sequence[str], *, corner: tuple[float, float], size: int, name: Callable[[str], str]
) -> Alignment:
    """Return tables of four quadrants, the last without a home and out of band; the second measure has no band."""
    west, south = corner
    middle = np.array([0.25, 0.75]) * size
    territories = pd.DataFrame(
        {
            "territory": list(codes),
            "name": [name(f"Quadrant {i}") for i in range(4)],
            "rep": [name(f"Rep {i}") for i in range(4)],
            "units": size * size // 4,
            "mean_km": [10.0, 20.0, 30.0, np.nan],
            "max_km": [20.0, 30.0, 40.0, np.nan],
            "fit": [0.5, 0.6, 0.7, np.nan],
            "moved": [1, 2, 3, 4],
            "pieces": 1,
            "home_lon": [west + middle[0], west + middle[1], west + middle[0], np.nan],
            "home_lat": [south + middle[0], south + middle[0], south + middle[1], np.nan],
        }
    )
    loads = pd.DataFrame(
        [
            (code, m, 9.0, 9.0, 120.0 if code == codes[3] else 100.0, None if m == measures[1] else code != codes[3])
            for code in codes
            for m in measures
        ],
        columns=["territory", "measure", "load", "target", "index", "in_band"],
    )
    return Alignment(territories, loads)


def with_units(view: MapView, units: gpd.GeoDataFrame) -> MapView:
    """Return the view with other units, and equal amounts."""
    amounts = pd.DataFrame(1.0, index=units.index, columns=view.amounts.columns)
    return replace(view, units=units, amounts=amounts)
