"""Geography x segment from the scenario to the map: sparse segments hang together over the places they skip."""

from pathlib import Path
from typing import Any

import pytest

from geodata.draw.folium_map import draw_map
from geodata.findings import has_errors
from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import Contiguity
from optimizer.solve import solve
from scenarios.case import Case
from scenarios.export.geojson import plan_geojson
from scenarios.export.view import map_view
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.report.answer import given_answer, solved_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from tests.scenarios.grid import STARTED
from tests.scenarios.tiny_study import case_of, squares

MIDWEST = Path(__file__).parents[2] / "scenarios" / "samples" / "midwest-segments" / "scenario.yaml"
UNITS: dict[str, Any] = {
    "file": "units.csv",
    "id": "id",
    "segment": "market",
    "geography": {"file": "map.geojson", "id": "id", "key": "id"},
}
ROWS = "id,market,hours,revenue\n" + "".join(f"{name},smb,1,1\n" for name in "ABCDEF") + "".join(
    f"{name},big,1,1\n" for name in "ACF"
)  # fmt: skip


def sparse(folder: Path, contiguity: Any = "required") -> Case:
    """Prepare six counties in a row: `smb` is in all of them, `big` in the first, the third and the last."""
    changes = {"units": UNITS, "limits": {"contiguity": contiguity}}
    return case_of(folder, changes, {"units.csv": ROWS, "map.geojson": squares("ABCDEF")})


def plan_of(case: Case, second: str) -> Plan:
    """Return the plan in which the second rep has the named units and the first all others."""
    names = second.split()
    return Plan(case.units["unit"].isin(names).to_numpy(dtype="int32"))


def broken(case: Case, second: str) -> set[str]:
    """Return the names of the rules that such a plan breaks."""
    return {rule.rule for rule in judge(case.problem, plan_of(case, second)).broken}


def test_a_sparse_segment_has_neighbours_across_empty_counties(tmp_path: Path) -> None:
    """Links of a sparse segment skip what lies between, are marked, and never join two segments."""
    case = sparse(tmp_path)
    across = case.links[case.links["kind"] == "across"]
    assert across[["a", "b"]].to_numpy().tolist() == [["A/big", "C/big"], ["C/big", "F/big"]]
    assert all(a.split("/")[1] == b.split("/")[1] for a, b in zip(case.links["a"], case.links["b"], strict=True))
    assert not {"isolated", "disconnected"} & {finding.code for finding in case.findings}


def test_contiguity_holds_within_each_segment(tmp_path: Path) -> None:
    """A territory may jump over counties without its segment, but not over a unit of the segment that another has."""
    case = sparse(tmp_path)
    assert "contiguity" not in broken(case, "D/smb E/smb F/smb C/big F/big")
    assert "contiguity" not in broken(case, "A/smb B/smb F/big")
    assert "contiguity" in broken(case, "A/big F/big E/smb F/smb")
    assert "contiguity" in broken(case, "B/smb E/smb F/big")


def test_each_segment_may_have_its_own_contiguity(tmp_path: Path) -> None:
    """A mapping loosens one segment and leaves those it does not name required."""
    case = sparse(tmp_path, {"big": "off"})
    modes = dict(zip(case.units["segment"], case.problem.contiguity.tolist(), strict=True))
    assert modes == {"smb": Contiguity.REQUIRED, "big": Contiguity.OFF}
    assert "contiguity" not in broken(case, "A/big F/big E/smb F/smb")
    assert "contiguity" in broken(case, "B/smb E/smb F/big")


def test_a_sparse_segment_is_solved_and_drawn(tmp_path: Path) -> None:
    """The solver keeps contiguity within segments, and the map has a layer for each segment."""
    case = sparse(tmp_path)
    answer = solved_answer(case, solve(case.problem, SolveOptions(time_limit_s=None, effort=0.02, workers=1)))
    assert not answer.score.broken
    report = build_report(answer, Run("solve", STARTED, 0.0, "", "", None))
    page = draw_map(map_view(plan_geojson(answer), report))
    assert '"segments":["big","smb"]' in page.replace(": ", ":").replace(", ", ",")


def test_two_reps_of_one_county_are_both_on_the_map(tmp_path: Path) -> None:
    """Segments of a county may have different reps; the map's data tells them apart."""
    case = sparse(tmp_path)
    answer = given_answer(case, plan_of(case, "D/smb E/smb F/smb"))
    features = plan_geojson(answer)["features"]
    holders = {(f["properties"]["unit"], f["properties"]["rep"]) for f in features if f["properties"]["unit"][0] == "F"}
    assert holders == {("F/smb", "R2"), ("F/big", "R1")}


@pytest.fixture(scope="module")
def midwest() -> Case:
    """Return the bundled sample of specialists."""
    return prepare(read(MIDWEST))


def test_the_sample_of_specialists_hangs_together(midwest: Case) -> None:
    """Each segment of the sample has a connected map, though enterprise lives in one county out of ten."""
    assert not has_errors(midwest.findings)
    assert not {"isolated", "disconnected"} & {finding.code for finding in midwest.findings}
    kinds = midwest.links["kind"].value_counts()
    assert kinds["across"] > 300
    assert midwest.problem.part.max() == 2
