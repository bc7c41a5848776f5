"""Neighbours: computed or given, bridged, cut; contiguity and pieces."""

from pathlib import Path

import pytest

from geodata.findings import Level
from scenarios.case import Case
from tests.scenarios.tiny_study import case_of, found, map_case, squares, the


def linked(case: Case) -> set[str]:
    return {f"{a}{b}" for a, b in zip(case.links["a"], case.links["b"], strict=True)}


def test_rook_needs_a_border_and_queen_a_point(tmp_path: Path) -> None:
    """The two rules of the contract, with the border's length."""
    rook = map_case(tmp_path, "AB CD")
    assert linked(rook) == {"AB", "AC", "BD", "CD"}
    assert rook.links["border_km"].min() == pytest.approx(7.15, abs=0.02)
    queen = map_case(tmp_path, "AB CD", {"neighbours": {"rule": "queen"}})
    assert linked(queen) == {"AB", "AC", "BD", "CD", "AD", "BC"}
    assert sorted(queen.links["kind"]) == ["border"] * 4 + ["point"] * 2


def test_points_are_neighbours_where_their_cells_touch(tmp_path: Path) -> None:
    """Postal code points need no map."""
    case = case_of(tmp_path)
    assert linked(case) == {"AB", "BC", "CD"}
    assert set(case.links["kind"]) == {"voronoi"}


def test_a_file_replaces_the_computed_neighbours(tmp_path: Path) -> None:
    """Who knows the roads better may say so; rows about other places are passed over and told."""
    case = map_case(tmp_path, "AB CD", {"neighbours": {"file": "edges.csv"}}, edges="a,b\nA,D\nD,A\nC,D\nD,X\n")
    assert linked(case) == {"AD", "CD"}
    assert the(case.findings, "unknown-unit").level is Level.WARNING


def test_an_edge_file_of_other_units_is_an_error(tmp_path: Path) -> None:
    """A file of which nothing fits is the wrong file, or its ids are damaged."""
    units = {"file": "u.geojson", "id": "id"}
    files = {"u.geojson": squares("AB"), "edges.csv": "a,b\nX,Y\n"}
    findings = found(tmp_path, {"units": units, "neighbours": {"file": "edges.csv"}}, files)
    assert [(f.code, f.value) for f in findings if f.level is Level.ERROR] == [
        ("unknown-unit", "X"),
        ("unknown-unit", "Y"),
    ]


def test_bridges_add_and_barriers_remove(tmp_path: Path) -> None:
    """Ferries and mountains; a barrier where nothing is linked is doubtful."""
    neighbours = {"bridges": "bridges.csv", "barriers": "barriers.csv"}
    case = map_case(tmp_path, "AB CD", {"neighbours": neighbours}, bridges="a,b\nA,D\n", barriers="a,b\nB,A\nB,C\n")
    assert linked(case) == {"AC", "AD", "BD", "CD"}
    assert case.links.set_index(["a", "b"]).loc[("A", "D"), "kind"] == "bridge"
    assert "B - C" in the(case.findings, "idle-barrier").message


def test_an_unknown_bridge_end_is_an_error(tmp_path: Path) -> None:
    """A short list written by hand has no other places in it."""
    findings = found(tmp_path, {"neighbours": {"bridges": "b.csv"}}, {"b.csv": "a,b\nA,E\n"})
    assert (the(findings, "unknown-unit").level, the(findings, "unknown-unit").row) == (Level.ERROR, 1)


def test_pieces_are_told_with_their_nearest_link(tmp_path: Path) -> None:
    """Contiguity over water fails without a bridge: which units, and which link would help."""
    case = map_case(tmp_path, "AB.C")
    finding = the(case.findings, "isolated")
    assert finding.level is Level.WARNING
    assert "C - B, 7.1 km" in finding.message
    assert the(map_case(tmp_path, "AB..CD").findings, "disconnected").value in {"A, B", "B, C", "C, B"}


def test_nearest_bridges_join_all_pieces_and_are_listed(tmp_path: Path) -> None:
    """One word in the scenario makes an archipelago one country."""
    case = map_case(tmp_path, "A.B.C", {"neighbours": {"bridges": "nearest"}})
    assert linked(case) == {"AB", "BC"}
    assert [finding.value for finding in case.findings if finding.code == "bridge-added"] == ["A, B", "B, C"]
    assert not [finding for finding in case.findings if finding.level is Level.WARNING]


def test_pieces_do_not_matter_where_contiguity_is_off(tmp_path: Path) -> None:
    """No warning about what nobody asked for."""
    case = map_case(tmp_path, "AB.C", {"limits": {"contiguity": "off"}})
    assert case.findings == ()
    assert case.problem.contiguity.tolist() == [0, 0, 0]


def test_very_many_pieces_are_one_finding(tmp_path: Path) -> None:
    """A map of dust must not bury the other findings."""
    letters = "".join(chr(0x4E00 + i) + "." for i in range(120))
    finding = the(map_case(tmp_path, letters).findings, "disconnected")
    assert "120 pieces" in finding.message


def test_contiguity_may_differ_by_segment(tmp_path: Path) -> None:
    """Segments that are not named are required to be contiguous."""
    units = {"file": "units.csv", "id": "id", "segment": "kind"}
    case = case_of(tmp_path, {"units": units, "limits": {"contiguity": {"x": "preferred"}}})
    assert case.problem.contiguity.tolist() == [1, 1, 2, 2]


def test_an_unknown_segment_of_contiguity_is_an_error(tmp_path: Path) -> None:
    """A misspelt segment would silently stay required."""
    units = {"file": "units.csv", "id": "id", "segment": "kind"}
    finding = the(found(tmp_path, {"units": units, "limits": {"contiguity": {"z": "off"}}}), "unknown-segment")
    assert finding.field == "limits.contiguity.z"


def test_a_sparse_segment_is_linked_across_empty_geographies(tmp_path: Path) -> None:
    """A segment with two far customers is one region, not two islands."""
    rows = "id,area,market,hours,revenue\n1,A,s,1,1\n2,B,b,1,1\n3,C,s,1,1\n"
    units = {
        "file": "units.csv",
        "id": "id",
        "segment": "market",
        "geography": {"file": "map.geojson", "id": "id", "key": "area"},
    }
    case = case_of(tmp_path, {"units": units}, {"units.csv": rows, "map.geojson": squares("ABC")})
    assert case.links[["a", "b", "kind"]].to_numpy().tolist() == [["1", "3", "across"]]


def test_a_point_belongs_to_the_polygon_around_it(tmp_path: Path) -> None:
    """A map of both is one graph."""
    drawn = squares("AB").replace(
        '"features": [',
        '"features": [{"type": "Feature", "properties": {"id": "P", "hours": 1, "revenue": 1}, '
        '"geometry": {"type": "Point", "coordinates": [10.15, 50.05]}}, ',
    )
    case = case_of(tmp_path, {"units": {"file": "u.geojson", "id": "id"}}, {"u.geojson": drawn})
    assert linked(case) == {"AB", "PB"}
