"""Variants: what a base and its differences become, and where mistakes are told."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from geodata.findings import Finding, InputError
from scenarios.case import Case
from scenarios.document.fields import all_paths
from scenarios.document.file_names import EACH, FILE_FIELDS
from scenarios.document.schema import json_schema
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from tests.scenarios.tiny_study import write


def variant(folder: Path, changes: dict[str, Any], name: str = "v.json", extends: str = "scenario.json") -> Path:
    """Write a variant of the tiny scenario."""
    document = {"schema_version": 1, "extends": extends, "name": name, "changes": changes}
    assert jsonschema.Draft202012Validator(json_schema()).is_valid(document) or "nonsense" in str(changes)
    path = folder / name
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return path


def prepared(folder: Path, changes: dict[str, Any], base: dict[str, Any] | None = None) -> Case:
    """Return the case of a variant."""
    write(folder, base)
    return prepare(read(variant(folder, changes)))


def refused(path: Path) -> tuple[Finding, ...]:
    """Return the findings that keep a variant from being used."""
    with pytest.raises(InputError) as raised:
        prepare(read(path))
    return raised.value.findings


def test_changes_are_laid_over_the_base(tmp_path: Path) -> None:
    """Fields join the base's, values and lists replace, blanks fall back to the default, the rest stays."""
    base = {
        "limits": {"max_distance_km": 90, "home": "inside"},
        "measures": {
            "workload": {"column": "hours", "tolerance": 0.9},
            "potential": {"column": "revenue"},
            "years": {},
        },
    }
    changes = {"limits": {"max_distance_km": None}, "measures": {"workload": {"tolerance": 0.5}, "years": None}}
    scenario = prepared(tmp_path, changes, base).scenario
    assert scenario.name == "v.json"
    assert (scenario.limits.home, scenario.limits.max_distance_km) == ("inside", None)
    assert scenario.measures["workload"].model_dump(exclude_defaults=True) == {"column": "hours", "tolerance": 0.5}
    assert list(scenario.measures) == ["workload", "potential"]


def test_reps_are_edited_by_id(tmp_path: Path) -> None:
    """Added, changed and removed reps stand in the team as if the file said so, in its order."""
    changes = {
        "reps": {
            "change": {"R1": {"capacity": 0.5, "status": "vacant"}},
            "add": [{"id": "R3", "lat": 50, "lon": 10.1, "name": "New"}],
            "remove": ["R2"],
        }
    }
    case = prepared(tmp_path, changes)
    assert [(rep.id, rep.name, rep.capacity, rep.status) for rep in case.reps] == [
        ("R1", "R1", 0.5, "vacant"),
        ("R3", "New", 1.0, "active"),
    ]
    assert [finding.code for finding in case.findings if finding.code == "unknown-owner"] == ["unknown-owner"]


def test_a_team_without_a_file(tmp_path: Path) -> None:
    """Reps may be written in the scenario alone."""
    case = prepared(tmp_path, {"reps": {"file": None, "add": [{"id": "R1"}, {"id": "R2", "capacity": "2"}]}})
    assert [(rep.id, rep.capacity) for rep in case.reps] == [("R1", 1.0), ("R2", 2.0)]


def test_lists_of_edits_go_on_through_a_chain_of_folders(tmp_path: Path) -> None:
    """A variant of a variant adds to what was added, and names of files stay right from any folder."""
    (tmp_path / "base").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    write(tmp_path / "base")
    grow = {"measure": "potential", "by": 0.5}
    changes = {"reps": {"add": [{"id": "R3"}]}, "growth": [grow]}
    variant(tmp_path / "a", changes, "one.json", "../base/scenario.json")
    changes = {"reps": {"add": [{"id": "R4"}]}, "growth": [{**grow, "where": {"kind": "x"}}]}
    source = read(variant(tmp_path / "a" / "b", changes, "two.json", "../one.json"))
    case = prepare(source)
    assert [rep.id for rep in case.reps] == ["R1", "R2", "R3", "R4"]
    assert case.amounts[1].tolist() == pytest.approx([225, 450, 450, 600])
    assert set(case.input_hashes) == {
        "../../base/units.csv",
        "../../base/reps.csv",
        "../one.json",
        "../../base/scenario.json",
    }


def test_growth_by_a_field_of_todays_rep(tmp_path: Path) -> None:
    """Where units have no region, the region of their rep picks them."""
    files = {"reps.csv": "id,lat,lon,region\nR1,50,10,West\nR2,50,10.3,East\n"}
    write(tmp_path, files=files)
    case = prepare(
        read(variant(tmp_path, {"growth": [{"measure": "workload", "by": -0.1, "where": {"region": "East"}}]}))
    )
    assert case.amounts[0].tolist() == pytest.approx([10, 20, 27, 36])


def test_rules_are_added_and_removed_wherever_they_stand(tmp_path: Path) -> None:
    """A lock of a file is taken away by its fields, another is added beside the rest."""
    write(tmp_path, {"rules": {"lock": "lock.csv"}}, {"lock.csv": "unit,rep,reason\nA,R1,old\nD,R2,stays\n"})
    changes = {"rules": {"remove": {"lock": [{"unit": "A"}]}, "add": {"lock": [{"unit": "B", "rep": "R2"}]}}}
    case = prepare(read(variant(tmp_path, changes)))
    assert case.problem.locked.tolist() == [-1, 1, -1, 1]


@pytest.mark.parametrize(
    ("changes", "code", "file", "field"),
    [
        ({"measures": {"workload": {"nonsense": 1}}}, "unknown-field", "", "changes.measures.workload.nonsense"),
        ({"rules": {"lock": [{"unit": "A", "rep": "R9"}]}}, "unknown-rep", "", "changes.rules.lock[0]"),
        ({"reps": {"change": {"R1": {"capacity": "big"}}}}, "invalid-number", "", "changes.reps.change.R1.capacity"),
        ({"reps": {"change": {"R9": {"capacity": 1}}}}, "unknown-rep", "", "changes.reps.change.R9"),
        ({"reps": {"add": [{"id": "R1"}]}}, "duplicate-id", "", "changes.reps.add[0].id"),
        ({"reps": {"add": [{"id": "R3", "nonsense": 1}]}}, "unknown-field", "", "changes.reps.add[0].nonsense"),
        ({"growth": [{"measure": "sale", "by": 1}]}, "unknown-measure", "", "changes.growth[0].measure"),
        ({"name": "nonsense"}, "unknown-field", "", "changes.name"),
        ({"solve": {"seed": 1}}, "invalid-value", "scenario.json", "solve.gap"),
    ],
)
def test_a_finding_names_the_place_it_was_written_at(
    tmp_path: Path, changes: dict[str, Any], code: str, file: str, field: str
) -> None:
    """Whoever made the mistake finds it: in the variant or in its base, with the line."""
    write(tmp_path, {"solve": {"gap": "x" if file else "0.1"}})
    found = [finding for finding in refused(variant(tmp_path, changes)) if finding.code == code]
    assert [(finding.file, finding.field) for finding in found] == [(file, field)]
    assert found[0].row is not None


def test_a_missing_base_and_a_circle_are_refused(tmp_path: Path) -> None:
    """Neither is followed, and both are told with their names."""
    path = variant(tmp_path, {}, "a.json", "b.json")
    assert [finding.code for finding in refused(path)] == ["missing-file"]
    variant(tmp_path, {}, "b.json", "a.json")
    (found,) = refused(path)
    assert found.code == "extends-cycle" and "a.json -> b.json -> a.json" in found.message


def test_every_field_that_names_a_file_is_told_from_the_variants_folder() -> None:
    """A file of a base is found from any folder, also in fields that are added later."""
    known = {".".join(part for part in path if part != EACH) for path in FILE_FIELDS}
    assert {path for name, path in all_paths() if name in ("file", "bridges", "barriers")} <= known
