"""The page's files for somebody limited to some units: complete for these, silent about all others."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata.draw.encode import decode_numbers
from optimizer.plan import Plan
from scenarios.case import Case
from scenarios.report.answer import given_answer
from scenarios.workspace.files import alignment_bytes, cells_bytes
from scenarios.workspace.within import alignment_within, cells_within
from tests.scenarios.tiny_study import case_of, squares

DRAWING = "abCD\nefGH"
WEST = frozenset("abef")
REPS = "id,name,lat,lon\nR1,Ann,49.95,10.05\nR2,Bo,49.95,10.15\n{east}"
EAST = "R3,Cy,49.95,10.25\nR4,Di,49.95,10.35\n"
HELD = {"a": "R1", "e": "R1", "b": "R2", "f": "R2", "C": "R2", "G": "R3", "D": "R3", "H": "R4"}


def prepared(folder: Path, east: Any = None, reps: str = EAST, lock: str = "R4") -> Case:
    """Prepare eight squares, the west in small letters; `east` may change the properties and shape of the others."""
    features = json.loads(squares(DRAWING))
    for feature in features["features"]:
        own = feature["properties"]
        own |= {"name": f"Unit {own['id']}", "owner": HELD[own["id"]], "kind": "west" if own["id"] in WEST else "east"}
        if east is not None and own["id"] not in WEST:
            east(feature)
    document = {
        "units": {"file": "units.geojson", "id": "id", "name": "name", "current": "owner"},
        "measures": {"workload": {"column": "hours", "tolerance": 0.5}, "potential": {"column": "revenue"}},
        "limits": {"contiguity": "preferred"},
        "rules": {"lock": [{"unit": "H", "rep": lock, "reason": lock}, {"unit": "a", "rep": "R1", "reason": "mine"}]},
    }
    folder.mkdir(exist_ok=True)
    return case_of(folder, document, {"units.geojson": json.dumps(features), "reps.csv": REPS.format(east=reps)})


def planned(case: Case) -> tuple[bytes, bytes]:
    """Return the page's files of today's plan, whole."""
    seat_of = {seat.code: at for at, seat in enumerate(case.seats)}
    owner = np.array([seat_of[owner] for owner in case.units["current"].iloc[case.row_of]], dtype=np.int32)
    return cells_bytes(case), alignment_bytes(given_answer(case, Plan(owner)))


def seen(case: Case) -> tuple[bytes, bytes]:
    """Return what of them somebody sees who sees the west."""
    return cells_within(case, WEST), alignment_within(planned(case)[1], case, WEST)


def renamed(feature: Any) -> None:
    """Give an eastern unit another name and kind."""
    feature["properties"] |= {"name": "Elsewhere", "kind": "far"}


def swapped(feature: Any) -> None:
    """Change what single eastern units are worth, but not their sum."""
    feature["properties"]["hours"] = feature["properties"]["revenue"] = 15 if feature["properties"]["id"] in "CH" else 5


def moved(feature: Any) -> None:
    """Shift the further border of an eastern unit."""
    ring = feature["geometry"]["coordinates"][0]
    feature["geometry"]["coordinates"] = [[[x + (0.04 if x > 10.25 else 0), y] for x, y in ring]]


CHANGES = {"names and kinds": renamed, "amounts": swapped, "shapes": moved}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_elsewhere_leaves_no_trace(what: str, tmp_path: Path) -> None:
    """The bytes for the west are the same whatever the east's names, figures, shapes, homes, reps or locks are."""
    plain = prepared(tmp_path / "plain")
    homes = EAST.replace("10.35", "10.45").replace("Di", "Dora")
    other = prepared(tmp_path / "other", CHANGES[what], homes, lock="R3")
    assert planned(other) != planned(plain)
    assert seen(other) == seen(plain)


def test_what_is_theirs_is_complete(tmp_path: Path) -> None:
    """Units, links, amounts and today's owners are those of the whole files; a shared territory tells no target."""
    case = prepared(tmp_path / "study")
    cells, alignment = (json.loads(data) for data in seen(case))
    whole, _ = (json.loads(data) for data in planned(case))
    rows = [whole["unit"].index(unit) for unit in cells["unit"]]
    assert sorted(cells["unit"]) == sorted(WEST) and cells["owners"] == ["R1", "R2"]
    assert cells["shapes"]["n_cells"] == 4 and [column["kinds"] for column in cells["columns"]] == [["R1", "R2"]]
    for mine, theirs in zip(cells["measures"], whole["measures"], strict=True):
        assert mine["amounts"] == [theirs["amounts"][row] for row in rows]
    a, b = (decode_numbers(cells["links"][end]).tolist() for end in "ab")
    links = {frozenset((cells["unit"][i], cells["unit"][j])) for i, j in zip(a, b, strict=True)}
    assert links == {frozenset(pair) for pair in ("ab", "ae", "bf", "ef")}
    own, shared = alignment["territories"]
    assert (own["code"], own["rep_name"], own["is_whole"]) == ("R1", "Ann", True) and own["lat"] == 49.95
    assert (shared["code"], shared["rep_name"], shared["is_whole"], shared["lat"]) == ("R2", None, False, None)
    assert alignment["targets"][0] == [20.0, None]
    held = [alignment["territories"][seat]["code"] for seat in decode_numbers(alignment["owner"])]
    assert held == [HELD[unit] for unit in cells["unit"]]
    assert alignment["reasons"] == {str(cells["unit"].index("a")): "mine"}
