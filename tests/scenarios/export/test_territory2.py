"""Salesforce takes the territories: names by its rules, parents first, and changes that arrive and come back."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.findings import InputError
from scenarios.accounts.crm_ids import bare_id, long_id
from scenarios.export.crm.names import developer_names, is_developer_name
from scenarios.export.written import WrittenPlan
from tests.scenarios.accounts_study import ACCOUNTS, changes, files
from tests.scenarios.export.studies import REPS, made, table, written
from tests.scenarios.tiny_study import case_of

IDS = [f"0010000000AAAA{letter}" for letter in "abcd"]
R3 = "R3,Cleo,50.05,10.28,vacant,Noa,South,,\n"


def plan_of(folder: Path, owner: list[int], reps: str = REPS + R3) -> WrittenPlan:
    """Return a plan whose accounts have record ids."""
    text = ACCOUNTS
    for name, record in zip(("a1", "a2", "a3", "a4"), IDS, strict=True):
        text = text.replace(f"\n{name},", f"\n{record},").replace(f",{name},", ",,")
    folder.mkdir(exist_ok=True)
    case = case_of(folder, changes(), files(text) | {"reps.csv": reps})
    return written(folder / "out", case, owner)


@pytest.fixture
def plan(tmp_path: Path) -> WrittenPlan:
    """=Ann has A; Bo has B and C; Cleo's seat is vacant."""
    return plan_of(tmp_path / "old", [0, 1, 1])


@dataclass
class Org:
    """A CRM that refuses what Salesforce refuses: unknown parents and territories, doubles, deletes of nothing."""

    territories: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: set[tuple[str, str, str]] = field(default_factory=set)

    def load(self, action: str, name: str, rows: list[dict[str, str]]) -> None:
        """Load one file."""
        for row in rows:
            if name == "Territory2":
                self._node(action, row)
            else:
                record = row["UserId"] if name == "UserTerritory2Association" else row["ObjectId"]
                self._link(action, (name, bare_id(record), row["Territory2.DeveloperName"]))

    def _node(self, action: str, row: dict[str, str]) -> None:
        name, parent = row["DeveloperName"], row["ParentTerritory2.DeveloperName"]
        assert (name in self.territories) == (action != "insert")
        if action == "delete":
            assert not any(above == name for _, above in self.territories.values())
            assert not any(territory == name for _, _, territory in self.links)
            del self.territories[name]
        else:
            assert not parent or parent in self.territories
            self.territories[name] = (row["Name"], parent)

    def _link(self, action: str, link: tuple[str, str, str]) -> None:
        assert (link in self.links) == (action == "delete") and link[2] in self.territories
        self.links ^= {link}


def loaded(org: Org, made_files: Mapping[str, bytes], prefix: str) -> Org:
    """Load the steps of a delta in their order."""
    steps = [name for name in made_files if name.startswith("rollback") == prefix.startswith("rollback")]
    for name in sorted(steps):
        action, object_name = name.removeprefix("rollback-").split("-", 1)[1].removesuffix(".csv").split("-")
        org.load(action, object_name, table(made_files, name))
    return org


def full(plan: WrittenPlan) -> Org:
    """Load a full set into an empty CRM."""
    org, made_files = Org(), made(plan, "territory2").files
    for name in ("Territory2", "UserTerritory2Association", "ObjectTerritory2Association"):
        org.load("insert", name, table(made_files, f"{name}.csv"))
    return org


@given(st.lists(st.text(max_size=100) | st.sampled_from(["A", "a", "A_2", "é", "_", "1", "x" * 90]), max_size=12))
def test_developer_names_are_as_salesforce_takes_them(wanted: list[str]) -> None:
    """Letters, digits, single underscores, a letter first, none last, at most 80, and no two the same in any case."""
    names = developer_names(wanted)
    assert all(is_developer_name(name) for name in names)
    assert len({name.casefold() for name in names}) == len(wanted)


@pytest.mark.parametrize("name", ["", "_a", "a_", "a__b", "1a", "a b", "ä", "a-b", "a" * 81])
def test_other_names_are_none(name: str) -> None:
    """The rule itself is strict."""
    assert not is_developer_name(name)


def test_the_full_set_loads_into_an_empty_crm(plan: WrittenPlan) -> None:
    """Parents come before children; who fills a seat and every account is in it; a vacant seat has no user."""
    org = full(plan)
    assert org.territories["R1"] == ("'=Ann", "Mia") and org.territories["Mia"] == ("Mia", "North")
    users = {(record, territory) for name, record, territory in org.links if name.startswith("User")}
    assert users == {("0050000000AAAAA", "R1"), ("0050000000AAAAB", "R2")}
    accounts = {record: territory for name, record, territory in org.links if name.startswith("Object")}
    assert accounts == dict(zip(IDS, ["R1", "R1", "R2", "R2"], strict=True))
    rows = table(made(plan, "territory2").files, "ObjectTerritory2Association.csv")
    assert {len(row["ObjectId"]) for row in rows} == {18} and {row["AssociationCause"] for row in rows} == {
        "Territory2Manual"
    }


def test_a_delta_arrives_and_comes_back(plan: WrittenPlan, tmp_path: Path) -> None:
    """Loading the delta over the old plan gives the new one, its rollback the old one; the table tells all."""
    reps = (REPS + R3).replace("Mia,North", "Mia,South").replace("R3,Cleo", "R4,Cleo")
    new = plan_of(tmp_path / "new", [1, 1, 0], reps)
    delta = made(new, "territory2-delta", earlier=plan.folder)
    org = loaded(full(plan), delta.files, "")
    assert org == full(new)
    assert loaded(org, delta.files, "rollback") == full(plan)
    assert delta.changes is not None
    told = [cells[:4] for cells in delta.changes.cells]
    assert ("delete", "ObjectTerritory2Association", long_id(IDS[0]), "R1") in told
    assert ("insert", "ObjectTerritory2Association", long_id(IDS[0]), "R2") in told
    assert {(action, record) for action, name, record, _ in told if name == "Territory2"} == {
        ("insert", "R4"),
        ("update", "Mia"),
        ("delete", "R3"),
        ("delete", "North"),
    }


def test_the_same_plan_changes_nothing(plan: WrittenPlan) -> None:
    """A delta against itself has heads only."""
    delta = made(plan, "territory2-delta", earlier=plan.folder)
    assert delta.changes is not None and not delta.changes.cells
    assert all(len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) == 1 for data in delta.files.values())


def test_ids_out_of_the_crm_are_filled_in(plan: WrittenPlan, tmp_path: Path) -> None:
    """Against exported tables every delete has its record id; what rules assigned, and ids in 15 letters, stay."""
    crm = tmp_path / "crm"
    crm.mkdir()
    crm.joinpath("Territory2.csv").write_text(
        "Id,DeveloperName,Name,ParentTerritory2Id\n0MI0001,R1,R1,\n0MI0002,OLD,Old,\n"
    )
    head = "Id,ObjectId,Territory2Id,AssociationCause\n"
    rows = [f"0Ny1,{IDS[0]},0MI0001,Territory2Manual", f"0Ny2,{IDS[2]},0MI0002,Territory2Manual"]
    rule = f"0Ny3,{IDS[3]},0MI0002,Territory2AssignmentRule"
    crm.joinpath("ObjectTerritory2Association.csv").write_text(head + "\n".join([*rows, rule]) + "\n")
    delta = made(plan, "territory2-delta", earlier=crm)
    gone = table(delta.files, "1-delete-ObjectTerritory2Association.csv")
    assert [(row["Id"], row["ObjectId"]) for row in gone] == [("0Ny2", IDS[2])]
    come = table(delta.files, "6-insert-ObjectTerritory2Association.csv")
    assert {bare_id(row["ObjectId"]): row["Territory2Id"] for row in come} == {
        IDS[1]: "0MI0001",
        IDS[2]: "",
        IDS[3]: "",
    }
    assert [row["Id"] for row in table(delta.files, "7-delete-Territory2.csv")] == ["0MI0002"]
    assert "unknown-record-ids" not in [finding.code for finding in delta.findings]


def test_a_folder_without_territories_is_refused(plan: WrittenPlan, tmp_path: Path) -> None:
    """Nothing is deleted or inserted on a guess."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="neither an earlier plan"):
        made(plan, "territory2-delta", earlier=tmp_path / "empty")
