"""Colours of territories."""

from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.draw.palette import ALIKE, TERRITORIES, colours
from geodata.draw.scene import scene
from geodata.draw.view import Alignment
from tests.geodata.draw_views import grid_view

# Machado, Oliveira and Fernandes (2009), severity 1: how protan, deutan and tritan vision changes linear RGB.
VISION = {
    "usual": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: str, vision: str) -> np.ndarray:
    """Return CIE L*a*b* of a colour as somebody sees it."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(np.array(VISION[vision]) @ linear, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def least_difference(first: str, second: str) -> float:
    return min(float(np.linalg.norm(lab(first, vision) - lab(second, vision))) for vision in VISION)


def test_colour_blind_people_can_tell_the_colours_apart() -> None:
    """No two colours are nearer than 12 for anybody, and all nearer than 20 are listed to be kept apart."""
    apart = {
        (a, b): least_difference(TERRITORIES[a], TERRITORIES[b]) for a, b in combinations(range(len(TERRITORIES)), 2)
    }
    assert min(apart.values()) > 12
    assert {pair for pair, distance in apart.items() if distance < 20} == set(ALIKE)


@pytest.mark.parametrize("seed", range(5))
def test_neighbours_never_share_a_colour(seed: int) -> None:
    """On any flat map eight colours are enough, and nearly no neighbours are easily mistaken."""
    points = shapely.points(np.random.default_rng(seed).random((300, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    left, right = shapely.STRtree(cells).query(cells, predicate="touches")
    graph = nx.Graph(zip(left.tolist(), right.tolist(), strict=True))
    chosen = colours(graph)
    assert all(chosen[a] != chosen[b] for a, b in graph.edges)
    mistaken = sum((min(chosen[a], chosen[b]), max(chosen[a], chosen[b])) in ALIKE for a, b in graph.edges)
    assert mistaken <= 0.05 * graph.number_of_edges()


def test_neighbours_of_today_differ_where_they_can() -> None:
    """Today's map is told apart too, though the proposed one comes first."""
    apart = nx.Graph()
    apart.add_nodes_from(range(2))
    assert len(set(colours(apart, [(0, 1)]))) == 2


def test_neighbours_of_one_segment_differ_where_many_overlap() -> None:
    """Many segments on the same ground need more colours than there are, yet each alone has differing neighbours."""
    view = grid_view(size=4)
    layers = []
    for number in range(6):
        codes = [f"S{number}-{code}" for code in view.units["territory"]]
        layers.append(view.units.assign(segment=f"s{number}", territory=codes, unit=view.units["unit"] + f"/{number}"))
    units = pd.concat(layers, ignore_index=True)
    table = pd.concat([view.proposed.territories.assign(territory=codes) for codes in _codes(units)])
    proposed = Alignment(table.reset_index(drop=True), view.proposed.loads)
    amounts = pd.DataFrame(1.0, index=units.index, columns=view.amounts.columns)
    drawn = scene(replace(view, units=units, amounts=amounts, proposed=proposed, today=None))
    for segment in units["segment"].unique():
        labels = sorted(set(drawn.proposed.owner[(units["segment"] == segment).to_numpy()]))
        assert len({drawn.colour[label] for label in labels}) == 4


def _codes(units: pd.DataFrame) -> list[list[str]]:
    return [sorted(set(codes)) for _, codes in units.groupby("segment")["territory"]]
