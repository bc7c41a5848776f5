"""Rules mean the same inline and in a CSV file."""

from pathlib import Path

from geodata.findings import Level
from scenarios.document.scenario import Apart, PairRule, Rules, Together
from scenarios.reading.rule_files import Placed, read_rules


def test_inline_rules_keep_their_place(tmp_path: Path) -> None:
    """A finding on an inline rule can name its place in the document, also of a single `together`."""
    rules = Rules(
        lock=[PairRule(unit="1", rep="a"), PairRule(where={"segment": "SMB"}, rep="b")],
        together=Together(column="parent"),
    )
    lists, findings = read_rules(rules, tmp_path)
    assert [placed.field for placed in lists.lock] == ["rules.lock[0]", "rules.lock[1]"]
    assert lists.together == (Placed(Together(column="parent"), "", None, "rules.together"),)
    assert (lists.forbid, lists.apart, findings) == ((), (), ())


def test_files_hold_the_same_rules(tmp_path: Path) -> None:
    """Each kind of rule can come from a CSV, ids separated by semicolons or blanks, with file and row kept."""
    (tmp_path / "lock.csv").write_text("Unit,where,rep,reason\n01,,a,key\n,segment=SMB; area=North,b,\n")
    (tmp_path / "together.csv").write_text("units,column\n01; New York;02,\n01 02,\n,parent\n")
    (tmp_path / "apart.csv").write_text("units\n01;02\n")
    rules = Rules(lock="lock.csv", forbid="lock.csv", together="together.csv", apart="apart.csv")
    lists, findings = read_rules(rules, tmp_path)
    assert findings == ()
    assert lists.lock == (
        Placed(PairRule(unit="01", rep="a", reason="key"), "lock.csv", 1, "rules.lock"),
        Placed(PairRule(where={"segment": "SMB", "area": "North"}, rep="b"), "lock.csv", 2, "rules.lock"),
    )
    assert [placed.rule for placed in lists.forbid] == [placed.rule for placed in lists.lock]
    assert [placed.rule for placed in lists.together] == [
        Together(units=["01", "New York", "02"]),
        Together(units=["01", "02"]),
        Together(column="parent"),
    ]
    assert [placed.rule for placed in lists.apart] == [Apart(units=["01", "02"])]


def test_bad_rows_are_findings(tmp_path: Path) -> None:
    """A row that is no rule is an error with its row; the other rows stay rules; unknown columns are doubted."""
    (tmp_path / "lock.csv").write_text("unit,where,rep,resaon\n01,,a,x\n,,a,x\n01,area=N,a,x\n01,,,x\n,area,a,x\n")
    lists, findings = read_rules(Rules(lock="lock.csv"), tmp_path)
    assert [placed.row for placed in lists.lock] == [1]
    assert [(finding.code, finding.level, finding.row) for finding in findings] == [
        ("unused-column", Level.WARNING, None),
        ("missing-field", Level.ERROR, 2),
        ("conflicting-fields", Level.ERROR, 3),
        ("missing-field", Level.ERROR, 4),
        ("invalid-value", Level.ERROR, 5),
    ]
    assert findings[0].hint == "Maybe reason."


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    """Rules that cannot be read are an error, not no rules."""
    _, findings = read_rules(Rules(apart="apart.csv"), tmp_path)
    assert [finding.code for finding in findings] == ["missing-file"]
