"""What people write in a scenario file, right and wrong."""

import json
from pathlib import Path

import pytest

from geodata.findings import Finding, InputError, Level
from scenarios.document.scenario import Scenario
from scenarios.reading.source import parse, read

GOOD = """\
schema_version: 1
name: Small
units: {file: units.csv, id: fips}
measures:
  workload: {column: hours, tolerance: 0.05}
  potential:
reps: {count: 3}
"""


def refused(text: str, *, is_json: bool = False) -> tuple[Finding, ...]:
    """Return the findings of a text that must not be read."""
    with pytest.raises(InputError) as raised:
        parse(text, is_json=is_json)
    return raised.value.findings


def the_one(findings: tuple[Finding, ...]) -> Finding:
    """Return the only finding."""
    assert len(findings) == 1, findings
    return findings[0]


def test_scalars_reach_the_document_as_written() -> None:
    """Ids keep their zeros whether quoted or not, and YAML's own ideas of numbers, booleans and dates never apply."""
    rules = "rules: {lock: [{unit: 01001, rep: 0x1F}, {unit: '2027-01-01', rep: no}]}\n"
    scenario, _ = parse(GOOD + rules, is_json=False)
    assert isinstance(scenario.rules.lock, list)
    assert [(rule.unit, rule.rep) for rule in scenario.rules.lock] == [("01001", "0x1F"), ("2027-01-01", "no")]


def test_blank_fields_have_their_defaults() -> None:
    """A heading whose lines are all commented out means the default, not an error."""
    scenario, findings = parse(GOOD + "limits:\nrules:\n  lock:\ngoals: ~\nsolve: null\n", is_json=False)
    assert scenario == parse(GOOD, is_json=False)[0]
    assert findings == ()


def test_json_and_yaml_are_the_same_document() -> None:
    """JSON numbers and booleans are read like their text in YAML."""
    written = {
        "schema_version": 1,
        "name": "Small",
        "units": {"file": "units.csv", "id": "fips"},
        "measures": {"workload": {"column": "hours", "tolerance": 0.05}, "potential": {}},
        "reps": {"count": 3},
        "skills": [{"column": "segment", "required": True}],
    }
    yaml = GOOD + "skills: [{column: segment, required: true}]\n"
    assert parse(json.dumps(written), is_json=True) == parse(yaml, is_json=False)


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("name: [\n- x", "syntax", 2),
        ("name: a\x00b", "syntax", None),
        ("name: a\nname: b\n", "duplicate-field", 2),
        ("a: &x 1\n", "yaml-anchor", 1),
        ("a: *x\n", "yaml-alias", 1),
        ("a: !!int 1\n", "yaml-tag", 1),
        ("a: 1\n---\nb: 2\n", "several-documents", 2),
        ("? [a, b]\n: 1\n", "invalid-key", 1),
        ("a: " + "[" * 100_000, "too-deep", 1),
    ],
)
def test_only_one_plain_document_is_yaml_here(text: str, code: str, row: int | None) -> None:
    """YAML features that change what the text says, or cost without end, are refused with their line."""
    finding = the_one(refused(text))
    assert (finding.code, finding.row, finding.level) == (code, row, Level.ERROR)
    assert finding.hint.startswith("Maybe")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('{"a": 1,\n}', "syntax", 2),
        ('{"a": 1, "a": 2}', "duplicate-field", None),
        ('{"a": NaN}', "invalid-value", None),
        ('{"a": -Infinity}', "invalid-value", None),
        ("[" * 100_000, "too-deep", None),
        ('{"a":' * 40 + "1" + "}" * 40, "too-deep", None),
    ],
)
def test_json_is_read_strictly(text: str, code: str, row: int | None) -> None:
    """What Python's JSON reader lets pass (NaN, repeated names) is refused too."""
    finding = the_one(refused(text, is_json=True))
    assert (finding.code, finding.row) == (code, row)


@pytest.mark.parametrize(
    ("line", "code", "field", "value", "hint"),
    [
        ("tollerance: 1", "unknown-field", "tollerance", "1", "Maybe measures.<name>.tolerance."),
        ("nam: x", "unknown-field", "nam", "x", "Maybe name."),
        ("time_limit: 5", "unknown-field", "time_limit", "5", "Maybe solve.time_limit_s."),
        ("limits: {oversise: split}", "unknown-field", "limits.oversise", "split", "Maybe limits.oversize."),
        ("rules: {lock: [{unit: a}]}", "missing-field", "rules.lock[0].rep", "", "Maybe add `rep:` with a value."),
        ("rules: {lock: [{rep: a}]}", "missing-field", "rules.lock[0]", "", "Maybe add the unit's id."),
        ("rules: {forbid: {a: b}}", "invalid-value", "rules.forbid", "", "Maybe write it as a list or text."),
        ("rules: {together: {units: [a]}}", "invalid-value", "rules.together.units", "", "Maybe add more, or leave"),
        ("rules: {together: {units: [a, b], column: c}}", "conflicting-fields", "rules.together", "", "Maybe remove"),
        ("limits: {contiguity: requird}", "invalid-value", "limits.contiguity", "requird", "Maybe required."),
        ("limits: {contiguity: {SMB: of}}", "invalid-value", "limits.contiguity.SMB", "of", "Maybe off."),
        (
            "limits: {max_distance_km: 0}",
            "invalid-value",
            "limits.max_distance_km",
            "0",
            "Maybe write a number above 0.",
        ),
        ("limits: {disruption: {units: 20%}}", "invalid-value", "limits.disruption.units", "20%", "Maybe 0.2."),
        ("goals: {travel: '0,5'}", "invalid-value", "goals.travel", "0,5", "Maybe 0.5."),
        ("goals: {travel: 1e999}", "invalid-value", "goals.travel", "1e999", "Maybe leave the field out"),
        ("solve: {workers: 1.5}", "invalid-value", "solve.workers", "1.5", "Maybe write digits only"),
        ("solve: {time_limit_s: 5, effort: 1}", "conflicting-fields", "solve", "", "Maybe remove one of them."),
        ("solve: fast", "invalid-value", "solve", "fast", "Maybe indent"),
        ("skills: {column: a}", "invalid-value", "skills", "", "Maybe start each entry with a dash."),
        ("skills: [{column: a, required: maybe}]", "invalid-value", "skills[0].required", "maybe", "Maybe true."),
        ("plan: {from: 2027}", "invalid-value", "plan.from", "2027", "Maybe write year-month-day"),
        ("travel: {file: 'https://x/y.csv'}", "url-as-file", "travel.file", "https://x/y.csv", "Maybe download it"),
        ("travel: {file: 'dataset:7'}", "dataset-as-file", "travel.file", "dataset:7", "Maybe name a file."),
        ('travel: {file: "a\\tb"}', "control-character", "travel.file", "a\tb", "Maybe type the text again."),
        ('travel: {file: ""}', "invalid-value", "travel.file", "", "Maybe write a value or leave the field out."),
    ],
)
def test_every_mistake_names_its_place_and_a_remedy(line: str, code: str, field: str, value: str, hint: str) -> None:
    """A field that cannot be used is one finding with the dotted field, its line, its text and what to do."""
    finding = the_one(refused(GOOD + line + "\n"))
    assert (finding.code, finding.field, finding.value, finding.row) == (code, field, value, 8)
    assert finding.hint.startswith(hint)
    assert finding.level is Level.ERROR


def test_measures_are_checked() -> None:
    """Workload has to be there, a missing potential is said aloud, min stays below max, and no header stands twice."""
    assert the_one(refused(GOOD.replace("workload", "hours"))).code == "missing-measure"
    assert the_one(refused(GOOD.replace("potential:", "share: {}"))).code == "taken-name"
    assert the_one(refused(GOOD.replace("tolerance: 0.05", "min: 5, max: 4"))).code == "min-above-max"
    _, findings = parse(GOOD.replace("  potential:\n", ""), is_json=False)
    assert [(finding.code, finding.level) for finding in findings] == [("no-potential", Level.WARNING)]


def test_a_tolerance_in_percent_is_doubted() -> None:
    """`tolerance: 5` means 500 %, which nobody wants; the likely share is offered."""
    _, findings = parse(GOOD.replace("0.05", "5"), is_json=False)
    finding = the_one(findings)
    assert (finding.code, finding.row, finding.hint) == ("large-tolerance", 5, "Maybe 0.05.")


def test_all_mistakes_come_at_once() -> None:
    """One reading lists every mistake, in the order of the lines."""
    findings = refused(
        "schema_version: 2\nname: ''\nmeasures: {workload: {aim: x}}\nreps: {}\nunits: {file: 'http://a'}"
    )
    assert [(finding.row, finding.field) for finding in findings] == [
        (1, "schema_version"),
        (2, "name"),
        (3, "measures.workload.aim"),
        (4, "reps"),
        (5, "units.file"),
        (5, "units.id"),
    ]


def test_mistakes_in_json_have_their_lines_too() -> None:
    """Tabs, escaped slashes, quotes and signs beyond the basic plane are JSON, though not all of it is YAML."""
    text = """{
\t"schema_version": 1, "name": "a\\/b \\ud83d\\ude00 \\"x\\"",
\t"units": {"file": "units.csv", "id": "\\u0069d"},
\t"measures": {"workload": {"aim": "x"}},
\t"r\\u0065ps": {"count": 0}
}"""
    findings = refused(text, is_json=True)
    assert [(finding.row, finding.field) for finding in findings] == [(4, "measures.workload.aim"), (5, "reps.count")]


def test_files_of_any_unicode_encoding_are_read(tmp_path: Path) -> None:
    """A byte order mark decides; without one it is UTF-8, and other bytes are an error with their line."""
    path = tmp_path / "scenario.yaml"
    text = GOOD.replace("Small", "Größe")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(text.encode(encoding))
        source = read(path)
        assert (source.scenario.name, source.folder) == ("Größe", tmp_path)
    path.write_bytes(text.encode("cp1252"))
    with pytest.raises(InputError) as raised:
        read(path)
    assert [(finding.code, finding.row) for finding in raised.value.findings] == [("wrong-encoding", 2)]


def test_a_missing_scenario_is_a_finding(tmp_path: Path) -> None:
    """A mistyped file name offers the file that is there."""
    (tmp_path / "texas.yaml").write_text(GOOD)
    with pytest.raises(InputError) as raised:
        read(tmp_path / "texs.yaml")
    finding = the_one(raised.value.findings)
    assert (finding.code, finding.hint) == ("missing-file", "Maybe texas.yaml.")


def test_text_is_never_run(tmp_path: Path) -> None:
    """A YAML tag that would build a Python object only makes a finding."""
    target = tmp_path / "made"
    findings = refused(f"a: !!python/object/apply:pathlib.Path.touch ['{target}']\n")
    assert {finding.code for finding in findings} == {"yaml-tag"}
    assert not target.exists()


def test_the_document_is_frozen() -> None:
    """A scenario that was read cannot change under a running solve."""
    scenario: Scenario = parse(GOOD, is_json=False)[0]
    with pytest.raises(ValueError, match="frozen"):
        scenario.name = "other"
