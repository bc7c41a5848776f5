import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.neighbours import polygon_links
from geodata.segments import UnitLinks, segment_links
from tests.geodata.drawn import drawn


def _row(n: int) -> tuple[list[int], list[int]]:
    return list(range(n - 1)), list(range(1, n))


def _listed(links: UnitLinks) -> list[tuple[int, int, str]]:
    return list(zip(links.a.tolist(), links.b.tolist(), links.kind.tolist(), strict=True))


def test_a_segment_everywhere_has_the_neighbours_of_its_geographies() -> None:
    """Where every geography holds a unit, units touch exactly where geographies do."""
    links = segment_links(4, *_row(4), [3, 2, 1, 0], [0, 0, 0, 0])
    assert _listed(links) == [(0, 1, "border"), (1, 2, "border"), (2, 3, "border")]


def test_units_meet_across_geographies_without_their_segment() -> None:
    """Units at both ends of empty geographies are neighbours, marked as such."""
    links = segment_links(6, *_row(6), [0, 4, 5], [7, 7, 7])
    assert _listed(links) == [(0, 1, "across"), (1, 2, "border")]


def test_segments_never_mix() -> None:
    """Units of different segments are not linked, not even in one geography."""
    assert _listed(segment_links(2, *_row(2), [0, 0, 1], [1, 2, 2])) == [(1, 2, "border")]


def test_units_of_one_geography_and_segment_are_neighbours() -> None:
    """Several units of one segment in one place touch each other and the same others."""
    assert _listed(segment_links(2, *_row(2), [0, 0, 1], [1, 1, 1])) == [
        (0, 1, "border"),
        (0, 2, "border"),
        (1, 2, "border"),
    ]


def test_a_unit_without_geography_has_no_neighbours() -> None:
    """Named accounts stand outside the map."""
    assert _listed(segment_links(2, *_row(2), [0, -1, 1], [1, 1, 1])) == [(0, 2, "border")]


def test_pieces_of_the_map_stay_apart() -> None:
    """A segment is not linked over water where its geographies are not."""
    assert _listed(segment_links(4, [0, 2], [1, 3], [0, 3], [1, 1])) == []


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 30))
def test_a_sparse_segment_is_connected_planar_and_not_a_clique(seed: int, n_units: int) -> None:
    """On a connected map, every segment's own map is connected and planar, however sparse."""
    _, shapes = drawn("ABCDEF\nGHIJKL\nMNOPQR\nSTUVWX\nabcdef")
    links = polygon_links(shapes, "rook")
    rng = np.random.default_rng(seed)
    geography = rng.permutation(len(shapes))[:n_units]
    segment = rng.integers(0, 3, n_units)
    found = segment_links(len(shapes), links.a, links.b, geography, segment)
    for name in np.unique(segment):
        graph = nx.Graph()
        graph.add_nodes_from(np.flatnonzero(segment == name).tolist())
        graph.add_edges_from((a, b) for a, b, _ in _listed(found) if segment[a] == name)
        assert nx.is_connected(graph) and nx.check_planarity(graph)[0]
