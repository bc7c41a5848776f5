"""Files for a CRM change what really changes, give it back, and send every postal code to its rep."""

from pathlib import Path

import pytest

from geodata.findings import InputError
from scenarios.accounts.crm_ids import suffix
from scenarios.export.written import WrittenPlan
from tests.scenarios.accounts_study import ACCOUNTS, changes, files
from tests.scenarios.export.studies import REPS, made, table, written
from tests.scenarios.tiny_study import case_of

ANN, BO = "0050000000AAAAA", "0050000000AAAAB"


@pytest.fixture
def plan(tmp_path: Path) -> WrittenPlan:
    """Accounts of Ann's (by her long id) and Bo's in A, B and C; Bo gets B and C."""
    text = ACCOUNTS.replace("One,R1", f"One,{ANN}{suffix(ANN)}").replace("a1", "007").replace("Three,R2", "Three,R1")
    case = case_of(tmp_path, changes(), files(text) | {"reps.csv": REPS})
    return written(tmp_path / "out", case, [0, 1, 1])


def test_owner_changes_are_real_and_come_back(plan: WrittenPlan) -> None:
    """Only accounts that change hands are listed, ids keep zeros, and the rollback gives today's owners back."""
    form = made(plan, "owners")
    changed = table(form.files, "owner-changes.csv")
    assert [(row["account"], row["new_owner"], row["old_owner"]) for row in changed] == [
        ("a2", ANN, BO),
        ("a3", BO, ANN),
        ("a4", BO, ""),
    ]
    back = table(form.files, "owner-changes-rollback.csv")
    assert {row["account"]: row["new_owner"] for row in back} == {"a2": BO, "a3": ANN}
    assert [finding.code for finding in form.findings] == ["no-old-owner"]
    assert changed[0]["new_owner_name"] == "'=Ann"


def test_a_rep_whom_the_crm_does_not_know_is_told_and_left_out(tmp_path: Path) -> None:
    """No account is sent to a user that does not exist."""
    case = case_of(tmp_path, changes(), files() | {"reps.csv": REPS.replace(BO, "")})
    form = made(written(tmp_path / "out", case, [1, 0, 0]), "owners")
    assert {row["new_owner"] for row in table(form.files, "owner-changes.csv")} == {ANN}
    assert "no-crm-user" in [finding.code for finding in form.findings]


def test_units_that_are_postal_codes_route_themselves(tmp_path: Path) -> None:
    """Where the scenario calls its ids postal codes, each goes to its territory and the CRM's user."""
    drawn = {name: text.replace('"id"', '"zip"') for name, text in files().items()}
    section = {**changes(), "units": {"file": "map.geojson", "id": "zip"}}
    case = case_of(tmp_path, section, drawn | {"reps.csv": REPS})
    rows = table(made(written(tmp_path / "out", case, [0, 1, 1]), "routing").files, "routing.csv")
    assert [(row["postal_code"], row["territory"], row["owner"]) for row in rows] == [
        ("A", "R1", ANN),
        ("B", "R2", BO),
        ("C", "R2", BO),
    ]


def test_units_without_postal_codes_are_refused(plan: WrittenPlan) -> None:
    """No routing table is made up where nobody knows the postal codes."""
    with pytest.raises(InputError, match="no postal codes"):
        made(plan, "routing")


def test_a_mapping_names_the_columns(plan: WrittenPlan) -> None:
    """Any CRM gets the columns it asks for, of what changes hands, and formulas stay text."""
    mapping = (
        b"rows: accounts\nonly: moved\ncolumns:\n- {column: Konto, from: account}\n- {column: An, from: rep_name}\n"
    )
    rows = table(made(plan, "mapped", mapping=mapping + b"- {column: Von, value: '=1+1'}\n").files, "mapped.csv")
    assert [tuple(row.values()) for row in rows] == [("a2", "'=Ann", "'=1+1"), ("a3", "Bo", "'=1+1")]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("rows: accounts\ncolumns: [{column: A, from: acount}]", "unknown-column"),
        ("rows: accounts\ncolumns: [{column: A}]", "conflicting-fields"),
        ("rows: reps\nonly: moved\ncolumns: [{column: A, value: b}]", "conflicting-fields"),
        ("rows: things\ncolumns: []", "invalid-value"),
        ("rows: [", "syntax"),
    ],
)
def test_a_wrong_mapping_is_told(plan: WrittenPlan, mapping: str, code: str) -> None:
    """A mistake in the mapping is a finding with a remedy, not a table with holes."""
    with pytest.raises(InputError) as error:
        made(plan, "mapped", mapping=mapping.encode())
    assert code in [finding.code for finding in error.value.findings]
    assert all(finding.hint.startswith("Maybe") for finding in error.value.findings)
