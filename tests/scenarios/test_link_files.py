"""Files about pairs of units, and of units and reps."""

from pathlib import Path

import pandas as pd
import pytest

from geodata.findings import Level
from scenarios.reading.link_files import read_links
from scenarios.reading.matrix_file import read_matrix


def written(folder: Path, content: str) -> Path:
    """Write a CSV."""
    path = folder / "t.csv"
    path.write_text(content)
    return path


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("a,b", []),
        ("b,a", []),
        ("A,B,km", ["guessed-column"]),
        ("from,to", ["guessed-column"]),
        ("fips_a,fips_b,rook", ["guessed-column"]),
        ("here,there", ["guessed-column"]),
    ],
)
def test_the_ends_of_a_link_are_found(tmp_path: Path, header: str, codes: list[str]) -> None:
    """a and b, or the usual other names of a pair, hold the ids, zeros intact."""
    rest = ",1" * (header.count(",") - 1)
    links, findings = read_links(written(tmp_path, f"{header}\n01,02{rest}\n"), "t.csv", "neighbours.file")
    assert sorted(links.iloc[0]) == ["01", "02"]
    assert [finding.code for finding in findings] == codes


def test_bad_links_are_findings(tmp_path: Path) -> None:
    """A blank end is an error, a unit linked to itself a warning; files without a pair of columns are refused."""
    links, findings = read_links(written(tmp_path, "a,b\n01,02\n03,\n04,04\n"), "t.csv", "neighbours.file")
    assert list(links.index + 1) == [1, 2]
    assert [(finding.code, finding.level, finding.row) for finding in findings] == [
        ("missing-id", Level.ERROR, 2),
        ("self-link", Level.WARNING, 3),
    ]
    _, findings = read_links(written(tmp_path, "x,y,z\n1,2,3\n"), "t.csv", "neighbours.file")
    assert [(finding.code, finding.value) for finding in findings] == [("unknown-column", "a"), ("unknown-column", "b")]
    assert read_links(tmp_path / "no.csv", "no.csv", "neighbours.file")[1][0].code == "missing-file"


def test_a_matrix_is_read(tmp_path: Path) -> None:
    """Costs are numbers, ids text."""
    matrix, findings = read_matrix(written(tmp_path, "rep,unit,cost\nR1,01,12.5\nR1,02,0\n"), "t.csv")
    assert matrix.to_dict("list") == {"unit": ["01", "02"], "rep": ["R1", "R1"], "cost": [12.5, 0.0]}
    assert findings == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("01,R1,3", "duplicate-pair"),
        (",R1,3", "missing-id"),
        ("01,,3", "missing-id"),
        ("02,R1,-3", "negative-value"),
        ("02,R1,inf", "not-finite"),
        ("02,R1,far", "invalid-number"),
        ("02,R1,", "missing-value"),
        ("02,R1", "ragged-row"),
    ],
)
def test_bad_costs_are_errors(tmp_path: Path, row: str, code: str) -> None:
    """A pair has one cost, finite and at or above 0."""
    _, findings = read_matrix(written(tmp_path, f"unit,rep,cost\n01,R1,3\n{row}\n"), "t.csv")
    assert [(finding.code, finding.level, finding.row) for finding in findings] == [(code, Level.ERROR, 2)]


def test_a_matrix_without_its_columns_is_refused(tmp_path: Path) -> None:
    """Each missing column offers the nearest."""
    matrix, findings = read_matrix(written(tmp_path, "unit,rep,costs\n01,R1,3\n"), "t.csv")
    assert len(matrix) == 0
    assert [(finding.code, finding.hint) for finding in findings] == [("unknown-column", "Maybe costs.")]


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize("damage", ["", "decimal comma", "blank", "far", "twice", "ragged"])
def test_the_short_way_for_large_files_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, damage: str
) -> None:
    """A matrix of millions of rows takes another way than a small one, to the same frame and the same findings."""
    rows = [[f"0{i}", f"R{j}", f"{i * 1.5 + j:.1f}"] for i in range(40) for j in range(5)]
    if damage == "decimal comma":
        rows = [[unit, rep, f'"{cost}"'.replace(".", ",") if ending == ".csv" else cost] for unit, rep, cost in rows]
    elif damage in ("blank", "far"):
        rows[77][2] = "" if damage == "blank" else damage
    elif damage == "twice":
        rows[78][:2] = rows[77][:2]
    path = written(tmp_path, "unit,rep,cost\n" + "\n".join(map(",".join, rows)) + "\n")
    if damage == "ragged":
        path.write_text(path.read_text() + "1,2,3,4\n")
    if ending == ".parquet":
        frame = pd.DataFrame(rows, columns=["unit", "rep", "cost"])
        path = tmp_path / "t.parquet"
        frame.to_parquet(path)
    small = read_matrix(path, path.name)
    monkeypatch.setattr("scenarios.tables.large_table.LARGE_BYTES", 0)
    large = read_matrix(path, path.name)
    assert small[0].astype({"unit": str, "rep": str}).equals(large[0].astype({"unit": str, "rep": str}))
    assert small[1] == large[1] and (damage in ("", "decimal comma") or small[1] or ending == ".parquet")
