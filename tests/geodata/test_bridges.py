import networkx as nx
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import bridges, sphere
from geodata.neighbours import polygon_links
from tests.geodata.drawn import drawn, pairs

ISLANDS = """
    AAB...C
    AAB...C
    .......
    D..EE..
"""


def _drawn_pieces() -> tuple[list[str], np.ndarray, np.ndarray]:
    names, shapes = drawn(ISLANDS)
    links = polygon_links(shapes, "rook")
    return names, shapes, bridges.pieces(len(shapes), links.a, links.b)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12))
def test_pieces_are_the_connected_components(n: int, ends: list[tuple[int, int]]) -> None:
    """Pieces equal networkx's components and are numbered by their first unit."""
    links = [(a % n, b % n) for a, b in ends]
    found = bridges.pieces(n, [a for a, _ in links], [b for _, b in links])
    graph = nx.Graph(links)
    graph.add_nodes_from(range(n))
    for k, members in enumerate(sorted(nx.connected_components(graph), key=min)):
        assert set(np.flatnonzero(found == k).tolist()) == members


def test_drawn_islands_are_joined_by_their_shortest_gaps() -> None:
    """Each island gets its shortest link, and no link more than is needed."""
    names, shapes, piece = _drawn_pieces()
    found = bridges.nearest_bridges(shapes, piece)
    assert pairs(names, found.a, found.b) == {"AD", "BE", "CE"}
    assert len(set(bridges.pieces(5, [*found.a, 0], [*found.b, 1]))) == 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 60.0, -80.0]))
def test_no_shorter_set_of_links_joins_random_points(seed: int, lat: float) -> None:
    """The links weigh as much as a minimum spanning tree over all pairs of points of different pieces."""
    rng = np.random.default_rng(seed)
    east = (rng.uniform(170.0, 190.0, 25) + 180.0) % 360.0 - 180.0
    north = rng.uniform(lat, lat + 8.0, 25)
    piece = np.unique(rng.integers(0, 6, 25), return_inverse=True)[1].astype(np.int32)
    found = bridges.nearest_bridges(np.array(shapely.points(east, north)), piece)
    xyz_m = sphere.to_xyz_m(east, north)
    km = sphere.distance_km(xyz_m, xyz_m)
    graph = nx.Graph()
    for i, j in zip(*np.triu_indices(25, 1), strict=True):
        graph.add_edge(int(i), int(j), km=0.0 if piece[i] == piece[j] else float(km[i, j]))
    best = sum(d["km"] for _, _, d in nx.minimum_spanning_edges(graph, weight="km", data=True))
    assert len(found.a) == piece.max() and np.isclose(found.gap_km.sum(), best, rtol=1e-5)


def test_a_gap_is_measured_between_borders_not_centres() -> None:
    """Two squares one degree apart on the equator leave a gap of one degree."""
    shapes = np.array([shapely.box(0, -1, 1, 1), shapely.box(2, -1, 3, 1)])
    found = bridges.nearest_bridges(shapes, np.array([0, 1], dtype=np.int32))
    assert np.isclose(found.gap_km[0], 111.195, rtol=1e-3)


def test_offers_name_each_cut_off_piece_and_its_link() -> None:
    """A warning tells which units are cut off and the link that would join them."""
    names, shapes, piece = _drawn_pieces()
    offers = bridges.nearest_link_offers(shapes, piece)
    findings = bridges.piece_findings(offers, piece, names, "islands.geojson")
    assert [finding.code for finding in findings] == ["isolated"] * 3
    assert [names[a] for a in offers.a] == ["C", "D", "E"]
    assert findings[1].value == "D, A" and "Unit D" in findings[1].message and "km" in findings[1].message


def test_a_piece_of_several_units_is_called_disconnected() -> None:
    """A group of islands is one finding that lists its units."""
    names, shapes = drawn("AABCC.DDEE")
    links = polygon_links(shapes, "rook")
    piece = bridges.pieces(5, links.a, links.b)
    (finding,) = bridges.piece_findings(bridges.nearest_link_offers(shapes, piece), piece, names, "x")
    assert finding.code == "disconnected" and "Units D, E are cut off" in finding.message and finding.value == "D, C"


def test_units_without_a_place_are_left_alone() -> None:
    """A missing geometry can't be bridged and disturbs no other bridge."""
    shapes = np.array([shapely.Point(0, 0), None, shapely.Point(1, 0)])
    found = bridges.nearest_bridges(shapes, np.array([0, 1, 2], dtype=np.int32))
    assert (found.a.tolist(), found.b.tolist()) == ([0], [2])
