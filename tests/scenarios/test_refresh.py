"""A new data file in an old scenario: every kind of change is told, and edits and plans go on by id."""

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from geodata.findings import InputError
from optimizer.problem import NOBODY
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from scenarios.refresh.model import Change, DataFile, Kind, PlanRows, Refresh
from scenarios.refresh.refresh import Wish, refresh
from tests.scenarios.tiny_study import UNITS, squares, write

HEAD = UNITS.splitlines()[0]
ROWS = dict(zip("ABCD", UNITS.splitlines()[1:], strict=True))
PLAN = "unit,territory,rep\nA,R1,R1\nB,R2,R2\nC,R2,R2\nD,R2,R2\n"
"""B was moved by hand: its owner is R1."""


def table(*rows: str) -> str:
    """Return a units table; a letter stands for the row of the tiny scenario."""
    return "\n".join([HEAD, *(ROWS.get(row, row) for row in rows)]) + "\n"


def refreshed(
    folder: Path,
    new: str,
    *,
    changes: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    plan: str | None = None,
    name: str = "new.csv",
) -> Refresh:
    """Write the tiny scenario and refresh it with a new file into `folder / "out"`."""
    scenario = write(folder, changes, files)
    (folder / name).write_text(new, encoding="utf-8")
    if plan is not None:
        (folder / "plan.csv").write_text(plan, encoding="utf-8")
    wish = Wish(scenario, folder / name, folder / "out", None if plan is None else folder / "plan.csv")
    return refresh(wish)[0]


def told(result: Refresh, of: str = "unit") -> list[tuple[str, str, str]]:
    """Return kind, id and new id of every change of one thing."""
    return [(change.kind.value, change.id, change.new_id) for change in result.changes if change.of == of]


def only(result: Refresh, of: str) -> Change:
    """Return the only change of one thing."""
    (change,) = [change for change in result.changes if change.of == of]
    return change


def document(folder: Path) -> dict[str, Any]:
    """Return the refreshed scenario as written."""
    return dict(yaml.safe_load((folder / "out" / "scenario.yaml").read_text(encoding="utf-8")))


def owners(folder: Path) -> dict[str, str]:
    """Return the territory of each unit in the carried plan, which the refreshed scenario must be able to judge."""
    case = prepare(read(folder / "out" / "scenario.yaml"))
    plan, _ = read_plan(folder / "out" / "plan.csv", case)
    rows = csv.DictReader((folder / "out" / "plan.csv").read_text(encoding="utf-8-sig").splitlines())
    held = {row["unit"]: row["territory"] for row in rows}
    codes = ["" if seat == NOBODY else case.seats[seat].code for seat in plan.owner.tolist()]
    assert [held[case.units["unit"].iloc[row]] for row in case.row_of.tolist()] == codes
    return held


def test_the_same_file_changes_nothing(tmp_path: Path) -> None:
    """A refresh with what is there already keeps the scenario, its rules and its plan."""
    rules = {"lock": [{"unit": "A", "rep": "R1"}], "together": [{"units": ["C", "D"]}]}
    result = refreshed(tmp_path, UNITS, changes={"rules": rules}, plan=PLAN)
    assert result.changes == [] and result.counts == {}
    assert document(tmp_path)["rules"] == rules
    assert document(tmp_path)["units"]["file"] == "../new.csv"
    assert owners(tmp_path) == {"A": "R1", "B": "R2", "C": "R2", "D": "R2"}


def test_new_closed_and_reowned_units(tmp_path: Path) -> None:
    """Ids tell what came and went, and the owner's column who changed."""
    result = refreshed(tmp_path, table("A", "B,Bray,50.0,10.1,20,200,x,R2,2", "C", "E,Ely,50,10.4,1,1,x,R2,1"))
    assert told(result) == [("new", "E", "E"), ("closed", "D", ""), ("reowned", "B", "B")]
    reowned = result.changes[2]
    assert (reowned.before, reowned.after, reowned.file, reowned.row) == ("R1", "R2", "../new.csv", 2)
    assert (result.changes[1].file, result.changes[1].row) == ("units.csv", 4)
    assert result.counts == {"closed unit": 1, "new unit": 1, "reowned unit": 1}


@pytest.mark.parametrize(
    ("hours", "share"),
    [("12", None), ("12.01", 0.201), ("8", None), ("7.99", -0.201), ("0", -1.0)],
)
def test_only_far_changes_of_amounts_are_listed(tmp_path: Path, hours: str, share: float | None) -> None:
    """A fifth more or less is a usual year; beyond it the planner should look."""
    result = refreshed(tmp_path, table(f"A,Ashby,50.0,10.0,{hours},100,x,R1,1", "B", "C", "D"))
    assert [change.share for change in result.changes] == ([] if share is None else [pytest.approx(share)])
    assert all((change.before, change.after) == (10.0, float(hours)) for change in result.changes)


def test_an_amount_out_of_nothing_has_no_share(tmp_path: Path) -> None:
    """What was 0 cannot grow by a percentage, but is listed."""
    files = {"units.csv": UNITS.replace("10,100", "10,0")}
    change = only(refreshed(tmp_path, UNITS, files=files), "unit")
    assert (change.field, change.before, change.after, change.share) == ("potential", 0.0, 100.0, None)


def test_lost_zeros_are_the_same_ids(tmp_path: Path) -> None:
    """A spreadsheet that eats zeros must not close and open every unit; edits and plan follow the new ids."""
    old = UNITS.replace("\nA,", "\n01,").replace("\nB,", "\n02,")
    new = old.replace("\n01,", "\n1,").replace("\n02,", "\n2.0,")
    changes = {"rules": {"lock": [{"unit": "02", "rep": "R1"}]}}
    plan = PLAN.replace("\nA,", "\n01,").replace("\nB,", "\n02,")
    result = refreshed(tmp_path, new, changes=changes, files={"units.csv": old}, plan=plan)
    assert told(result) == [("renamed", "01", "1"), ("renamed", "02", "2.0")]
    assert "leading zeros" in result.changes[0].how
    assert document(tmp_path)["rules"]["lock"] == [{"unit": "2.0", "rep": "R1"}]
    assert owners(tmp_path) == {"1": "R1", "2.0": "R2", "C": "R2", "D": "R2"}


def test_the_same_name_at_the_same_place_is_the_same_unit(tmp_path: Path) -> None:
    """Renumbered units are recognised, and it is said how."""
    result = refreshed(tmp_path, table("X,ASHBY,50.0,10.0,10,100,x,R1,1", "B", "C", "D"))
    assert told(result) == [("renamed", "A", "X")]
    assert result.changes[0].how == "same name and same place"


def test_a_lone_place_is_the_same_unit(tmp_path: Path) -> None:
    """A unit that changed id and name, but is the only one at its place, goes on."""
    result = refreshed(tmp_path, table("X,Xanten,50.0,10.0,10,100,x,R1,1", "B", "C", "D"))
    assert told(result) == [("renamed", "A", "X")] and "only one" in result.changes[0].how


def test_merged_points_are_recognised_by_name_and_place(tmp_path: Path) -> None:
    """A duplicate that was cleaned up is part of the row that stays; amounts are compared with their sum."""
    files = {"units.csv": table("A", "A2,Ashby,50.0,10.0,5,50,x,R1,1", "B", "C", "D")}
    result = refreshed(tmp_path, table("A,Ashby,50.0,10.0,15,150,x,R1,1", "B", "C", "D"), files=files)
    assert told(result) == [("merged", "A2", "A")]


def test_what_cannot_be_told_apart_is_unclear(tmp_path: Path) -> None:
    """Two new rows of the same name and place: nobody guesses, and the planner sees the candidates."""
    rows = ("X,Ashby,50.0,10.0,5,50,x,R1,1", "Y,Ashby,50.0,10.0,5,50,x,R1,1")
    result = refreshed(tmp_path, table(*rows, "B", "C", "D"))
    assert told(result) == [("new", "X", "X"), ("new", "Y", "Y"), ("unclear", "A", "")]
    assert "X, Y" in result.changes[2].how


def test_merged_polygons_are_recognised_by_area(tmp_path: Path) -> None:
    """Two counties that became one: both are part of it, and its territory is that of most potential."""
    new = json.loads(squares("AABC"))
    features = {feature["properties"]["id"]: feature for feature in json.loads(squares("ABCD"))["features"]}
    wide = features["A"]
    wide["properties"] = {"id": "AB", "hours": 20, "revenue": 20}
    east = features["B"]["geometry"]["coordinates"][0][1]
    ring = wide["geometry"]["coordinates"][0]
    ring[1], ring[2] = [east[0], ring[1][1]], [east[0], ring[2][1]]
    new["features"] = [wide, features["C"], features["D"]]
    old = squares("ABCD").replace('"hours": 10, "revenue": 10', '"hours": 10, "revenue": 11', 1)
    changes = {"units": {"file": "units.geojson", "id": "id"}}
    result = refreshed(
        tmp_path, json.dumps(new), changes=changes, files={"units.geojson": old}, plan=PLAN, name="new.geojson"
    )
    assert told(result) == [("merged", "A", "AB"), ("merged", "B", "AB")]
    assert owners(tmp_path)["AB"] == "R1"
    assert ("merged", "B", "AB") in told(result, "plan row")


RULES: dict[str, Any] = {
    "lock": [{"unit": "A", "rep": "R1", "reason": "key"}, {"where": {"kind": "y"}, "rep": "R2"}],
    "forbid": [{"unit": "D", "rep": "R1"}],
    "together": [{"units": ["B", "C", "D"]}],
    "apart": [{"units": ["A", "D"]}],
}


def test_edits_that_no_longer_apply_are_listed_in_full(tmp_path: Path) -> None:
    """Rules on closed units leave the scenario, told with what was written and why; the others stay."""
    result = refreshed(tmp_path, table("A", "B", "C"), changes={"rules": RULES})
    assert told(result, "lock") == []
    forbid, together, apart = (only(result, of) for of in ("forbid", "together", "apart"))
    assert (forbid.kind, forbid.before, forbid.field) == ("dropped", '{"unit": "D", "rep": "R1"}', "rules.forbid[0]")
    assert together.kind == "narrowed" and json.loads(str(together.after)) == {"units": ["B", "C"]}
    assert apart.kind == "dropped" and "no unit D" in apart.how
    rules = document(tmp_path)["rules"]
    assert rules == {"lock": RULES["lock"], "together": [{"units": ["B", "C"]}]}


@pytest.mark.parametrize(
    ("new", "how"),
    [
        (table("A", "B"), "No unit has y"),
        (table("A", "B", "C", "D").replace("kind", "sort"), "no column kind"),
    ],
)
def test_a_rule_on_values_that_are_gone_is_dropped(tmp_path: Path, new: str, how: str) -> None:
    """`where` and a column of together pick nothing where the new file lacks the value or the column."""
    rules = {"lock": [RULES["lock"][1]]}
    change = only(refreshed(tmp_path, new, changes={"rules": rules}), "lock")
    assert change.kind == "dropped" and how in change.how
    assert "rules" not in document(tmp_path)


def test_locks_to_a_rep_who_left_are_dropped(tmp_path: Path) -> None:
    """The list of reps may have changed too; its rules must not keep the scenario from being read."""
    files = {"reps.csv": "id,lat,lon,status\nR1,50.0,10.0,leaving\nR2,50.0,10.3,active\n"}
    change = only(refreshed(tmp_path, UNITS, changes={"rules": {"lock": RULES["lock"][:1]}}, files=files), "lock")
    assert change.kind == "dropped" and "R1 is leaving" in change.how


def test_rules_that_clash_once_units_merge(tmp_path: Path) -> None:
    """Two locks on one unit: the first stays, the other is told; the refreshed scenario passes check."""
    files = {"units.csv": table("A", "A2,Ashby,50.0,10.0,5,50,x,R1,1", "B", "C", "D")}
    rules = {"lock": [{"unit": "A", "rep": "R1"}, {"unit": "A2", "rep": "R2"}], "apart": [{"units": ["A", "A2"]}]}
    result = refreshed(tmp_path, UNITS, changes={"rules": rules}, files=files)
    assert only(result, "lock").kind == "dropped" and "locks it to R1" in only(result, "lock").how
    assert only(result, "apart").how == "its units are one now, A"
    assert document(tmp_path)["rules"] == {"lock": [{"unit": "A", "rep": "R1"}]}


def test_rules_in_files_stay_files(tmp_path: Path) -> None:
    """A file of rules is named on while it applies as a whole, else written anew beside the scenario."""
    files = {
        "locks.csv": "unit,rep,reason\nA,R1,key\nD,R2,\n-Z,R2,\n",
        "groups.csv": "units\nB;C\n",
        "units.csv": UNITS + "-Z,Zet,50.0,10.5,1,1,x,R2,1\n",
    }
    rules = {"lock": "locks.csv", "together": "groups.csv"}
    new = table("A", "B", "C", "-Z,Zet,50.0,10.5,1,1,x,R2,1")
    result = refreshed(tmp_path, new, changes={"rules": rules}, files=files)
    assert document(tmp_path)["rules"] == {"lock": "lock.csv", "together": "../groups.csv"}
    assert (only(result, "lock").file, only(result, "lock").row) == ("locks.csv", 2)
    assert prepare(read(tmp_path / "out" / "scenario.yaml")).problem.locked.tolist() == [0, -1, -1, 1]


def test_bridges_and_barriers_follow_their_units(tmp_path: Path) -> None:
    """A link to a closed unit would keep the scenario from being read; it is left out and told."""
    neighbours = {"bridges": "bridges.csv", "barriers": "barriers.csv"}
    files = {"bridges.csv": "a,b\nA,C\nA,D\n", "barriers.csv": "a,b\nB,C\n"}
    result = refreshed(
        tmp_path,
        table("X,Ashby,50.0,10.0,10,100,x,R1,1", "B", "C"),
        changes={"neighbours": neighbours},
        files=files,
    )
    assert told(result, "bridges") == [("carried", "A, C", "X, C"), ("dropped", "A, D", "")]
    assert document(tmp_path)["neighbours"] == {"bridges": "bridges.csv", "barriers": "../barriers.csv"}
    links = prepare(read(tmp_path / "out" / "scenario.yaml")).links
    assert [tuple(pair) for pair in links[["a", "b"]].to_numpy()] == [("X", "B"), ("X", "C")]


def test_bridges_that_are_all_gone_leave_the_scenario(tmp_path: Path) -> None:
    """An empty file of bridges could not be read."""
    files = {"bridges.csv": "a,b\nA,D\n"}
    refreshed(tmp_path, table("A", "B"), changes={"neighbours": {"bridges": "bridges.csv"}}, files=files)
    assert not document(tmp_path).get("neighbours") and not (tmp_path / "out" / "bridges.csv").exists()


def test_a_travel_matrix_follows_its_units(tmp_path: Path) -> None:
    """Costs go on under the new id; one's own costs win over those of a unit that is merged into it."""
    matrix = "unit,rep,cost\n" + "".join(f"{unit},{rep},{cost}\n" for unit, rep, cost in _COSTS)
    new = table("X,Ashby,50.0,10.0,10,100,x,R1,1", "B", "C")
    files = {"matrix.csv": matrix}
    result = refreshed(tmp_path, new, changes={"travel": {"file": "matrix.csv"}}, files=files)
    assert told(result, "travel") == [("carried", "A", "X")]
    assert document(tmp_path)["travel"] == {"file": "travel.csv"}
    case = prepare(read(tmp_path / "out" / "scenario.yaml"))
    assert case.problem.travel_cost.tolist() == [[1, 5], [2, 6], [3, 7]]
    (tmp_path / "same").mkdir()
    same = refreshed(tmp_path / "same", UNITS, changes={"travel": {"file": "matrix.csv"}}, files=files)
    assert same.changes == [] and document(tmp_path / "same")["travel"] == {"file": "../matrix.csv"}


_COSTS = [(unit, rep, 1 + i + 4 * j) for i, unit in enumerate("ABCD") for j, rep in enumerate(("R1", "R2"))]


def test_free_territories_keep_their_codes(tmp_path: Path) -> None:
    """Before anybody is matched the code says where a unit belongs; it goes on by id."""
    plan = "unit,territory,rep\nA,T002,R1\nB,T002,R1\nC,T001,R2\nD,T001,R2\n"
    changes = {"reps": {"count": 2, "file": "reps.csv"}}
    result = refreshed(tmp_path, table("A", "B", "C"), changes=changes, plan=plan)
    assert owners(tmp_path) == {"A": "T002", "B": "T002", "C": "T001"}
    assert told(result, "plan row") == [("dropped", "D", "")]


def test_ids_that_look_like_formulas_come_back(tmp_path: Path) -> None:
    """Ids that a spreadsheet would run are marked in the files and still found."""
    old = UNITS.replace("\nA,", "\n=A,")
    files = {"units.csv": old, "locks.csv": "unit,rep\n'=A,R1\nD,R2\n"}
    refreshed(tmp_path, old.replace("\nD,", "\n=D,"), changes={"rules": {"lock": "locks.csv"}}, files=files, plan=PLAN)
    assert prepare(read(tmp_path / "out" / "scenario.yaml")).problem.locked.tolist() == [0, -1, -1, 1]
    assert "\n'=A," in (tmp_path / "out" / "plan.csv").read_text(encoding="utf-8-sig")


def test_rows_of_a_plan_go_on(tmp_path: Path) -> None:
    """Hand moves stay; closed units leave; a new unit goes to its owner, or waits for somebody."""
    new = table("A", "B", "C", "E,Ely,50,10.4,1,1,x,R2,1", "F,Fry,50,10.5,1,1,x,,1")
    result = refreshed(tmp_path, new, plan=PLAN)
    assert owners(tmp_path) == {"A": "R1", "B": "R2", "C": "R2", "E": "R2", "F": ""}
    assert told(result, "plan row") == [("dropped", "D", ""), ("assigned", "E", "E"), ("open", "F", "F")]
    assert result.plan is not None and (result.plan.rows, result.plan.units, result.plan.open) == (4, 4, 1)


def test_a_successor_inherits_the_rows_of_a_leaver(tmp_path: Path) -> None:
    """The territory code outlasts the rep; without a successor the unit waits, and that is told."""
    reps = (
        "id,lat,lon,status,territory\nR1,50.0,10.0,leaving,WEST\nR3,50.0,10.0,active,WEST\nR2,50.0,10.3,active,EAST\n"
    )
    plan = "unit,territory,rep\nA,WEST,R1\nB,GONE,R1\nC,EAST,R2\nD,EAST,R2\n"
    result = refreshed(tmp_path, UNITS, files={"reps.csv": reps}, plan=plan)
    assert owners(tmp_path) == {"A": "WEST", "B": "", "C": "EAST", "D": "EAST"}
    assert told(result, "plan row") == [("inherited", "A", "A"), ("open", "B", "B")]
    assert "WEST has R3 now" in result.changes[0].how


def test_a_unit_that_is_split_no_longer_has_one_row(tmp_path: Path) -> None:
    """Shares of a unit that became lighter go to the territory with most of it; the other is told."""
    heavy = table("A", "B", "C", "D,Dale,50.0,10.3,400,400,y,R2,4")
    changes = {"limits": {"oversize": "split"}, "measures": {"workload": {"column": "hours", "tolerance": 0.1}}}
    plan = "unit,rep,share\nA,R1,1\nB,R1,1\nC,R1,1\nD,R1,0.25\nD,R2,0.75\n"
    result = refreshed(tmp_path, UNITS, changes=changes, files={"units.csv": heavy}, plan=plan)
    assert owners(tmp_path)["D"] == "R2"
    assert told(result, "plan row") == [("merged", "D", "D")]


def test_a_table_keeps_the_shapes_of_the_map(tmp_path: Path) -> None:
    """New figures without places come for an old map: its shapes serve on, and a note says so."""
    changes = {"units": {"file": "units.geojson", "id": "id"}}
    new = "id,hours,revenue\nA,10,10\nB,10,10\nC,30,10\n"
    result = refreshed(tmp_path, new, changes=changes, files={"units.geojson": squares("ABC")})
    assert told(result) == [("changed", "C", "C")]
    assert document(tmp_path)["units"]["geography"] == {"file": "../units.geojson", "id": "id", "key": "id"}
    assert "refresh-shapes" in [finding.code for finding in result.findings]


CRM = """Id,Name,Owner,Zip,Revenue,Hours,Key
a1,Acme,R1,A,100,1,
a2,Acme,R1,A,50,1,
a3,Bolt,R1,B,200,2,
a4,Core,R2,C,300,3,yes
a5,Dash,R2,D,400,4,
"""
CRM_CHANGES: dict[str, Any] = {
    "units": {"file": "units.csv", "id": "id", "name": "name"},
    "accounts": {
        "file": "crm.csv", "id": "Id", "name": "Name", "owner": "Owner", "geography": "Zip", "named": "Key"
    },
    "measures": {"workload": {"column": "Hours"}, "potential": {"column": "Revenue"}},
}  # fmt: skip


def test_accounts_are_compared_too(tmp_path: Path) -> None:
    """A CRM export is recognised by its id column; merged, re-owned, renamed, new and closed accounts are told."""
    new = (
        CRM.replace("a2,Acme,R1,A,50,1,\n", "")
        .replace("a1,Acme,R1,A,100", "a1,Acme,R1,A,150")
        .replace("a3,Bolt,R1", "a3,Bolt,R2")
        .replace("a4,Core", "b4,core")
        .replace("a5,Dash,R2,D,400,4,\n", "a6,Elan,R2,D,1,1,\n")
    )
    rules = {"lock": [{"unit": "a4", "rep": "R2"}]}
    plan = PLAN + "a4,R1,R1\n"
    changes = CRM_CHANGES | {"rules": rules}
    result = refreshed(tmp_path, new, changes=changes, files={"crm.csv": CRM}, plan=plan)
    assert result.of == "accounts"
    assert told(result, "account") == [
        ("new", "a6", "a6"),
        ("merged", "a2", "a1"),
        ("renamed", "a4", "b4"),
        ("closed", "a5", ""),
        ("reowned", "a3", "a3"),
        ("changed", "a1", "a1"),
    ]
    assert (result.changes[5].field, result.changes[5].before, result.changes[5].after) == ("workload", 2.0, 1.0)
    assert told(result, "unit") == [("renamed", "a4", "b4")]
    assert document(tmp_path)["rules"]["lock"] == [{"unit": "b4", "rep": "R2"}]
    assert owners(tmp_path)["b4"] == "R1"


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two runs write the same bytes, and a second run replaces the files of the first."""
    new = table("A", "C", "E,Ely,50,10.4,1,1,x,R2,1")
    refreshed(tmp_path, new, changes={"rules": RULES}, plan=PLAN)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    refreshed(tmp_path, new, changes={"rules": RULES}, plan=PLAN)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first
    assert set(first) == {"scenario.yaml", "plan.csv", "refresh.json", "refresh.csv"}
    Refresh.model_validate_json(first["refresh.json"])
    rows = list(csv.DictReader(first["refresh.csv"].decode("utf-8-sig").splitlines()))
    assert len(rows) == len(json.loads(first["refresh.json"])["changes"])


def test_a_refresh_without_a_plan_removes_an_older_one(tmp_path: Path) -> None:
    """A folder never holds the plan of another refresh."""
    refreshed(tmp_path, UNITS, plan=PLAN)
    refreshed(tmp_path, UNITS)
    assert not (tmp_path / "out" / "plan.csv").exists()


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("key,hours\nA,1\n", "unknown-column"),
        (table("A", "A", "C"), "duplicate-id"),
        (table("A", "B,Bray,50.0,10.1,many,200,x,R1,2"), "invalid-number"),
        ("", "empty-file"),
    ],
)
def test_a_bad_file_writes_nothing(tmp_path: Path, new: str, code: str) -> None:
    """What cannot be understood is told with its finding, and the folder stays as it was."""
    with pytest.raises(InputError) as caught:
        refreshed(tmp_path, new, plan=PLAN)
    assert code in [finding.code for finding in caught.value.findings]
    assert list((tmp_path / "out").glob("*")) == [] and list(tmp_path.glob(".territory-*")) == []


def test_nothing_is_written_over_an_input(tmp_path: Path) -> None:
    """The folder of the scenario, or one with somebody's own plan, is refused."""
    scenario = write(tmp_path)
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    with pytest.raises(InputError, match="written over the plan"):
        refresh(Wish(scenario, tmp_path / "units.csv", tmp_path, tmp_path / "plan.csv"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "scenario.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not written by a refresh"):
        refresh(Wish(scenario, tmp_path / "units.csv", tmp_path / "mine"))


def test_every_kind_and_field_is_documented() -> None:
    """Whoever reads refresh.json finds what each kind and field means, and nothing that is gone."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "refresh.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    documented = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    fields = set(Refresh.model_fields) | {f"changes.{name}" for name in Change.model_fields}
    fields |= {f"{side}.{name}" for side in ("before", "after") for name in DataFile.model_fields}
    fields |= {f"plan.{name}" for name in PlanRows.model_fields}
    assert documented == fields | {kind.value for kind in Kind}
