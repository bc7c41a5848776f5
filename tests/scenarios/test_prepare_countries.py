"""Countries: borders that no territory crosses unless somebody builds a bridge."""

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.findings import Level
from scenarios.case import Case
from tests.scenarios.tiny_study import UNITS, case_of, found, squares, the

FRANCE = "ABE"


def bordered(drawing: str, rename: dict[str, str] | None = None) -> str:
    """Return squares with a country each: FR for A, B and E, else ES."""
    document = json.loads(squares(drawing))
    for feature in document["features"]:
        name = feature["properties"]["id"]
        feature["properties"]["land"] = (rename or {}).get(name, "FR" if name in FRANCE else "ES")
    return json.dumps(document)


def land_case(folder: Path, drawing: str, neighbours: dict[str, Any], **files: str) -> Case:
    """Prepare squares of two countries."""
    units = {"file": "units.geojson", "id": "id"}
    texts = {"units.geojson": bordered(drawing), **{f"{name}.csv": text for name, text in files.items()}}
    return case_of(folder, {"units": units, "neighbours": {"country": "land", **neighbours}}, texts)


def links(case: Case) -> list[str]:
    """Return links as letters, e.g. "AB"."""
    return [a + b for a, b in zip(case.links["a"], case.links["b"], strict=True)]


def test_a_country_border_is_a_barrier(tmp_path: Path) -> None:
    """A shared border of two countries makes no neighbours, and the planner reads how many links that cost."""
    case = land_case(tmp_path, "ABCD", {})
    assert links(case) == ["AB", "CD"]
    finding = the(case.findings, "country-border")
    assert (finding.level, finding.value) == (Level.NOTE, "FR, ES") and "left out: 1." in finding.message
    assert not [f for f in case.findings if f.code in ("disconnected", "isolated")]


def test_a_bridge_crosses_a_country_border(tmp_path: Path) -> None:
    """Whoever sells on both sides names the link that may be used."""
    case = land_case(tmp_path, "ABCD", {"bridges": "bridges.csv"}, bridges="a,b\nB,C\n")
    assert links(case) == ["AB", "BC", "CD"]


def test_nearest_bridges_stay_within_a_country(tmp_path: Path) -> None:
    """An island joins its own country, not the nearer coast of another one."""
    case = land_case(tmp_path, "AB.CDE", {"bridges": "nearest"})
    assert links(case) == ["AB", "BE", "CD"]


def test_edges_of_a_file_stop_at_a_country_border_too(tmp_path: Path) -> None:
    """A list of all neighbours may come from a map that knows no countries."""
    case = land_case(tmp_path, "ABCD", {"file": "edges.csv"}, edges="a,b\nA,B\nB,C\nC,D\n")
    assert links(case) == ["AB", "CD"]


def test_sparse_segments_do_not_meet_through_another_country(tmp_path: Path) -> None:
    """A and E of one country are no neighbours because the empty places between them lie in another one."""
    rows = "id,segment,place,land,hours,revenue\n1,x,A,FR,1,1\n2,y,B,FR,1,1\n3,y,C,ES,1,1\n4,x,E,FR,1,1\n"
    units = {"file": "units.csv", "id": "id", "segment": "segment"}
    units |= {"geography": {"file": "map.geojson", "id": "id", "key": "place"}}  # type: ignore[dict-item]
    files = {"units.csv": rows, "map.geojson": squares("ABCE")}
    everywhere = case_of(tmp_path, {"units": units}, files)
    within = case_of(tmp_path, {"units": units, "neighbours": {"country": "land"}}, files)
    assert links(everywhere) == ["14", "23"] and links(within) == []


@pytest.mark.parametrize(
    ("column", "rows", "code", "row"),
    [
        ("lnd", UNITS, "unknown-column", None),
        ("kind", UNITS.replace("400,y", "400,"), "missing-value", 4),
        ("kind", UNITS.replace("B,Bray", "A,Bray"), "country-conflict", 3),
    ],
)
def test_a_country_must_be_known_and_clear(tmp_path: Path, column: str, rows: str, code: str, row: int | None) -> None:
    """A blank or contradictory country would silently open or close a border."""
    units = {"file": "units.csv", "id": "id"}
    if code == "country-conflict":
        units |= {"segment": "name"}
        rows = rows.replace("C,Corfe", "A,Corfe")
    findings = found(tmp_path, {"units": units, "neighbours": {"country": column}}, {"units.csv": rows})
    assert the(findings, code).level is Level.ERROR and the(findings, code).row == row
