"""Units: ids, segments, places, geographies."""

import json
from pathlib import Path

import numpy as np
import pytest

from geodata.findings import Level
from tests.scenarios.tiny_study import UNITS, case_of, found, map_case, squares, the

BY_SEGMENT = """id,market,lat,lon,hours,revenue
A,smb,50,10.0,10,100
A,big,50,10.0,20,200
B,smb,50,10.1,30,300
B,,50,10.1,40,400
"""


def test_points_become_units_with_their_own_place(tmp_path: Path) -> None:
    """A plain table with lat and lon is enough."""
    case = case_of(tmp_path)
    assert list(case.units["unit"]) == ["A", "B", "C", "D"]
    assert list(case.units["name"]) == ["Ashby", "Bray", "Corfe", "Dale"]
    assert case.problem.distance_km[0].tolist() == pytest.approx([0.0, 21.44], abs=0.01)
    assert case.findings == ()


def test_a_polygon_lies_at_its_centre(tmp_path: Path) -> None:
    """Travel is measured from the middle of a unit."""
    case = map_case(tmp_path, "AB")
    assert case.units[["lat", "lon"]].to_numpy()[0].tolist() == pytest.approx([50.05, 10.05], abs=1e-3)


def test_rows_join_their_geography_by_key(tmp_path: Path) -> None:
    """Figures and map may come from two files; a geography without a row is no unit, and that is said."""
    units = {"file": "units.csv", "id": "id", "geography": {"file": "map.geojson", "id": "id", "key": "area"}}
    rows = "id,area,hours,revenue\n1,A,1,1\n2,B,2,2\n"
    files = {"units.csv": rows, "map.geojson": squares("ABC")}
    case = case_of(tmp_path, {"units": units}, files)
    assert list(case.units["geography"]) == ["A", "B"]
    assert list(zip(case.links["a"], case.links["b"], strict=True)) == [("1", "2")]
    assert the(case.findings, "unused-geography").level is Level.NOTE


def test_a_key_that_a_spreadsheet_changed_finds_its_geography(tmp_path: Path) -> None:
    """Lost zeros and decimals mean one geography only; the planner is told where, and other files may name either."""
    units = {"file": "units.csv", "id": "id", "geography": {"file": "map.geojson", "id": "id", "key": "id"}}
    drawn = squares("AB").replace('"A"', '"01001"').replace('"B"', '"01003"')
    files = {"units.csv": "id,hours,revenue\n1001,1,1\n1003.0,1,1\n", "map.geojson": drawn}
    files |= {"edges.csv": "a,b\n01001,1003\n", "matrix.csv": "unit,rep,cost\n1001.0,R1,1\n01003,R1,2\n1001,R2,3\n"}
    changes = {"units": units, "neighbours": {"file": "edges.csv"}, "travel": {"file": "matrix.csv"}}
    case = case_of(tmp_path, changes, files)
    finding = the(tuple(one for one in case.findings if one.file == "units.csv"), "key-zeros")
    assert (finding.row, finding.value, finding.level) == (1, "1001", Level.WARNING)
    assert list(case.units["geography"]) == ["01001", "01003"] and list(case.units["unit"]) == ["1001", "1003.0"]
    assert list(zip(case.links["a"], case.links["b"], strict=True)) == [("1001", "1003.0")]


def test_a_key_whose_digits_are_gone_is_offered_what_it_may_mean(tmp_path: Path) -> None:
    """What an exponent cut off can't be guessed; the planner gets the row and the ids it may be."""
    units = {"file": "units.csv", "id": "id", "geography": {"file": "map.geojson", "id": "id", "key": "id"}}
    drawn = squares("AB").replace('"A"', '"120001"').replace('"B"', '"130000"')
    files = {"units.csv": "id,hours,revenue\n1.2E+05,1,1\n130000,1,1\n", "map.geojson": drawn}
    finding = the(found(tmp_path, {"units": units}, files), "unmatched-key")
    assert (finding.row, finding.level, finding.hint) == (1, Level.ERROR, "Maybe 120001; digits were cut off.")


def test_a_geography_drawn_twice_is_an_error(tmp_path: Path) -> None:
    """It would be unclear which of the two shapes counts."""
    units = {"file": "units.csv", "id": "id", "geography": {"file": "map.geojson", "id": "id", "key": "id"}}
    files = {"units.csv": "id,hours,revenue\nA,1,1\n", "map.geojson": squares("AA")}
    finding = the(found(tmp_path, {"units": units}, files), "duplicate-id")
    assert "features 1 and 2" in finding.message


def test_a_geography_without_shapes_is_an_error(tmp_path: Path) -> None:
    """A table can't stand in for the map."""
    units = {"file": "units.csv", "id": "id", "geography": {"file": "reps.csv", "id": "id", "key": "id"}}
    assert the(found(tmp_path, {"units": units}), "no-geometry").level is Level.ERROR


def test_ids_that_repeat_across_segments_are_told_apart(tmp_path: Path) -> None:
    """A unit is geography x segment, and its links stay within its segment."""
    units = {"file": "units.csv", "id": "id", "segment": "market"}
    case = case_of(tmp_path, {"units": units}, {"units.csv": BY_SEGMENT})
    assert list(case.units["unit"]) == ["A/smb", "A/big", "B/smb", "B"]
    assert list(case.units["geography"]) == ["A", "A", "B", "B"]
    assert case.problem.part.tolist() == [0, 1, 0, 2]
    assert list(zip(case.links["a"], case.links["b"], strict=True)) == [("A/smb", "B/smb")]
    assert the(case.findings, "unit-ids").level is Level.NOTE


def test_ids_unique_across_segments_stay_as_they_are(tmp_path: Path) -> None:
    """Customers keep their own ids wherever they can."""
    units = {"file": "units.csv", "id": "id", "segment": "kind"}
    case = case_of(tmp_path, {"units": units})
    assert list(case.units["unit"]) == ["A", "B", "C", "D"]
    assert case.problem.part.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("B,Bray", "A,Bray", "duplicate-id", 2),
        ("B,Bray", ",Bray", "missing-id", 2),
        ("50.0,10.2", "10.2,150", "swapped-coordinates", None),
        ("50.0,10.2", "5000,10.2", "out-of-range", 3),
        ("50.0,10.2", ",10.2", "missing-value", 3),
        ("50.0,10.2", "0,0", "zero-coordinates", 3),
        ("A,Ashby", "1.2E+05,Ashby", "exponent-id", 1),
    ],
)
def test_doubtful_rows_are_found_at_their_place(tmp_path: Path, old: str, new: str, code: str, row: int | None) -> None:
    """Every wrong cell comes with its row."""
    if code == "swapped-coordinates":
        new, row = "110.2,50", 3
    assert the(found(tmp_path, None, {"units.csv": UNITS.replace(old, new)}), code).row == row


def test_a_place_swapped_within_the_range_is_doubtful(tmp_path: Path) -> None:
    """In Europe swapped coordinates are still coordinates, of another continent."""
    finding = the(found(tmp_path, None, {"units.csv": UNITS.replace("50.0,10.2", "10.2,50.0")}), "stray-place")
    assert (finding.level, finding.row) == (Level.WARNING, 3)


def test_points_at_the_same_place_are_told_by_their_row(tmp_path: Path) -> None:
    """Rows are counted as in the file, blank ones included."""
    rows = UNITS.replace("C,Corfe", ",,,,,,,,\nC,Corfe").replace("50.0,10.2", "50.0,10.1")
    assert the(found(tmp_path, None, {"units.csv": rows}), "same-place").row == 4


def test_shapes_that_another_map_replaces_are_noted(tmp_path: Path) -> None:
    """Two maps for the same units: the planner learns which one counts."""
    units = {"file": "a.geojson", "id": "id", "geography": {"file": "b.geojson", "id": "id", "key": "id"}}
    files = {"a.geojson": squares("AB"), "b.geojson": squares("AB")}
    assert the(case_of(tmp_path, {"units": units}, files).findings, "unused-geometry").level is Level.NOTE


def test_a_unit_without_geometry_is_an_error(tmp_path: Path) -> None:
    """Nothing could be said of its travel and neighbours."""
    document = json.loads(squares("AB"))
    document["features"][1]["geometry"] = None
    units = {"file": "units.geojson", "id": "id"}
    findings = found(tmp_path, {"units": units}, {"units.geojson": json.dumps(document)})
    assert (the(findings, "no-place").row, the(findings, "no-place").value) == (2, "B")


def test_units_of_one_geography_at_two_places_are_doubtful(tmp_path: Path) -> None:
    """Links follow the first; the planner should know."""
    units = {"file": "units.csv", "id": "id", "segment": "market"}
    moved = BY_SEGMENT.replace("A,big,50,10.0", "A,big,51,10.0")
    assert the(found(tmp_path, {"units": units}, {"units.csv": moved}), "geography-moved").row == 2


def test_an_invalid_polygon_is_repaired_and_said(tmp_path: Path) -> None:
    """A hair-thin spike must neither stop the planner nor pass in silence."""
    document = json.loads(squares("AB"))
    ring = document["features"][0]["geometry"]["coordinates"][0]
    ring[2:2] = [[10.1, 50.02], [10.2, 50.02], [10.1, 50.02]]
    units = {"file": "units.geojson", "id": "id"}
    findings = found(tmp_path, {"units": units}, {"units.geojson": json.dumps(document)})
    assert the(findings, "polygon-repaired").row == 1


def test_all_errors_come_in_one_go(tmp_path: Path) -> None:
    """Nobody mends a file error by error."""
    changes = {
        "measures": {"workload": {"column": "hour"}},
        "limits": {"contiguity": {"smb": "off"}},
        "rules": {"lock": [{"unit": "E", "rep": "R9"}], "together": [{"column": "colour"}]},
        "skills": [{"column": "kinds"}],
        "neighbours": {"file": "nowhere.csv"},
    }
    codes = {finding.code for finding in found(tmp_path, changes, {"units.csv": UNITS.replace("B,Bray", "A,Bray")})}
    expected = {"duplicate-id", "unknown-column", "unknown-segment", "unknown-unit", "unknown-rep", "missing-file"}
    assert expected <= codes


def test_an_empty_map_is_an_error(tmp_path: Path) -> None:
    """A file without features is no scenario, and stops it without a traceback."""
    units = {"file": "units.geojson", "id": "id"}
    files = {"units.geojson": '{"type": "FeatureCollection", "features": []}'}
    assert the(found(tmp_path, {"units": units}, files), "no-features").level is Level.ERROR


def test_tenure_may_be_blank(tmp_path: Path) -> None:
    """Unknown tenure is no error and counts nothing."""
    units = {"file": "units.csv", "id": "id", "current": "owner", "tenure": "years"}
    case = case_of(tmp_path, {"units": units}, {"units.csv": UNITS.replace("R1,1\n", "R1,\n")})
    assert np.isnan(case.units["tenure"].iloc[0])
    assert case.units["tenure"].iloc[1] == 2.0
