"""Tables of any make end as the same text cells, or as findings with a row."""

from pathlib import Path

import pandas as pd
import pytest

from geodata.findings import Finding, Level
from scenarios.tables.table import Table, column, read_table


def table_of(folder: Path, content: str | bytes, name: str = "t.csv") -> Table:
    """Write a file and read it as a table."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, name)


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, Level, int | None]]:
    """Return code, level and row of each finding."""
    return [(finding.code, finding.level, finding.row) for finding in findings]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "utf-16-be"])
def test_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """The cells are the same however the CSV was saved, line breaks in quotes included; every guess is a note."""
    lines = [["id", "name"], ["007", f'"Café{delimiter}\nBar"'], ["1,5", '"a ""b"""']]
    rows = [delimiter.join(f'"{cell}"' if cell == "1,5" else cell for cell in line) for line in lines]
    table = table_of(tmp_path, "\r\n".join(rows).encode(encoding))
    assert table.frame.to_numpy().tolist() == [["007", f"Café{delimiter}\nBar"], ["1,5", 'a "b"']]
    guesses = ["guessed-encoding"] if encoding in ("cp1252", "utf-16-le", "utf-16-be") else []
    guesses += ["guessed-delimiter"] if delimiter != "," else []
    assert [finding.code for finding in table.findings] == guesses
    assert {finding.level for finding in table.findings} <= {Level.NOTE}
    assert all("Café" in finding.value for finding in table.findings if finding.code == "guessed-encoding")


def test_commas_inside_values_do_not_mislead(tmp_path: Path) -> None:
    """A semicolon file full of decimal commas is split at its semicolons."""
    table = table_of(tmp_path, "id;hours;revenue\n1;2,5;3,5\n2;4,5;5,5\n")
    assert list(table.frame.columns) == ["id", "hours", "revenue"]


def test_excel_directive_is_obeyed(tmp_path: Path) -> None:
    """A first line `sep=|`, as Excel writes it, names the delimiter and is no header."""
    table = table_of(tmp_path, "sep=|\r\nid|name\r\n1|a,b\r\n")
    assert table.frame.to_dict("records") == [{"id": "1", "name": "a,b"}]
    assert table.findings == ()


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("", "empty-file", None),
        ("\n , \n", "empty-file", None),
        ("id,name\n", "no-rows", None),
        ("id,id\n1,2\n", "duplicate-column", None),
        ("id,name\n1,a\n2,b,c\n", "ragged-row", 2),
        ("id,name\n1,a\n2\n", "ragged-row", 2),
        ('id,name\n1,"a\n', "broken-quotes", 1),
        ('id,name\n1,"a"b\n', "broken-quotes", 1),
        (b"\x81\x8d\x8f,\xff", "wrong-encoding", 1),
        (b"id,n\n\x00\x01\x02\x03,\xc3\xa9x", "unreadable-file", None),
    ],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, content: str | bytes, code: str, row: int | None) -> None:
    """Broken tables are refused with the row, never read halfway in silence."""
    assert brief(table_of(tmp_path, content).findings) == [(code, Level.ERROR, row)]


@pytest.mark.parametrize(
    ("content", "finding", "cells"),
    [
        ("id,n\n 1 ,a\n", ("blanks", Level.NOTE, 1), ["1", "a"]),
        ("id,n\n1,a\u202e\n", ("control-character", Level.WARNING, 1), ["1", "a"]),
        ("id,n\n1,\ufffd\n", ("lost-characters", Level.WARNING, 1), ["1", "\ufffd"]),
        ("id,,n\n1,x,a\n", ("unnamed-column", Level.WARNING, None), ["1", "a"]),
    ],
)
def test_what_was_cleaned_is_said(
    tmp_path: Path, content: str, finding: tuple[str, Level, int | None], cells: list[str]
) -> None:
    """Invisible things are taken away, and a finding tells so."""
    table = table_of(tmp_path, content)
    assert brief(table.findings) == [finding]
    assert table.frame.to_dict("records") == [dict(zip(["id", "n"], cells, strict=True))]


def test_blank_rows_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    """Row numbers in later findings are those of the file behind blank rows too; blank cells at an end are no cells."""
    table = table_of(tmp_path, "id,n\n1,a\n\n,\n2,b,,\n\n")
    assert list(table.frame.index + 1) == [1, 4]
    assert brief(table.findings) == [("blank-rows", Level.NOTE, 2)]


def test_many_bad_rows_end_in_a_count(tmp_path: Path) -> None:
    """A file that is wrong in every row gives a hundred findings and a count, not a flood."""
    findings = table_of(tmp_path, "id,n\n" + "1\n" * 500).findings
    assert len(findings) == 101
    assert findings[-1].message.startswith("400 more rows")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.xls", "id", "unknown-format"),
        ("t.xlsx", "id,name", "unreadable-file"),
        ("t.parquet", "id,name", "unreadable-file"),
        ("t.csv", b"PK\x03\x04", "unreadable-file"),
    ],
)
def test_the_ending_has_to_be_true(tmp_path: Path, name: str, content: str | bytes, code: str) -> None:
    """A file that is not what its name says is refused, with a hint."""
    table = table_of(tmp_path, content, name)
    assert brief(table.findings) == [(code, Level.ERROR, None)]
    assert table.findings[0].hint.startswith("Maybe")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """A missing file offers the nearest name beside it; a folder, or a name no system allows, is no file either."""
    (tmp_path / "reps.csv").write_text("id\n1\n")
    missing = read_table(tmp_path / "rep.csv", "rep.csv").findings
    assert brief(missing) == [("missing-file", Level.ERROR, None)]
    assert missing[0].hint == "Maybe reps.csv."
    assert read_table(tmp_path, "here").findings[0].code == "unreadable-file"
    assert read_table(tmp_path / "a\0b.csv", "a").findings[0].code in ("missing-file", "unreadable-file")
    assert read_table(tmp_path / ("x" * 5000 + ".csv"), "x").findings[0].code in ("missing-file", "unreadable-file")


def test_too_large_a_file_is_not_opened(tmp_path: Path) -> None:
    """A size limit is checked before a byte is read."""
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(600_000_000)
    assert brief(read_table(path, "big.csv").findings) == [("too-large", Level.ERROR, None)]


def test_an_unknown_column_offers_the_nearest() -> None:
    """The hint names the column somebody meant; case and punctuation do not matter."""
    frame = pd.DataFrame({"County FIPS": ["1"], "name": ["a"]}, dtype=str)
    texts, findings = column(frame, "county_fips", "u.csv", "units.id")
    assert list(texts) == [""]
    assert [(finding.code, finding.field, finding.hint) for finding in findings] == [
        ("unknown-column", "units.id", "Maybe County FIPS.")
    ]
    assert column(pd.DataFrame(), "id", "u.csv", "units.id")[1] == ()


@pytest.mark.parametrize("above", ["Sales 2027\n", "Sales, 2027\n\nmade by;\n", ";;\n", "\n", '"Sales;\nall";;\n'])
def test_a_title_above_the_header_is_left_out(tmp_path: Path, above: str) -> None:
    """Reports have titles, merged cells and blank rows above their table; rows are counted below the header."""
    table = table_of(tmp_path, above + "id;name;hours\n007;Ann;1\n;;\n008;Bo;x\n")
    assert list(table.frame.columns) == ["id", "name", "hours"] and list(table.frame.index) == [0, 2]
    notes = [finding.code for finding in table.findings]
    assert notes == ["guessed-delimiter", "title-rows", "blank-rows"]
