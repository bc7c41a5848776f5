"""A CRM export rolled up to units: every account in the right unit, and every sum right."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geodata.findings import Level
from scenarios.case import Case
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read
from tests.scenarios.accounts_study import ACCOUNTS, MAP, MEASURES, POINT, amounts, changes, edited, files, unit_of
from tests.scenarios.tiny_study import case_of, found, squares, the

SAMPLES = Path(__file__).parents[2] / "scenarios" / "samples"
SEGMENT = {"segment": "Market"}


@pytest.mark.parametrize("geography", ["Key", POINT])
def test_accounts_add_up_to_their_units(tmp_path: Path, geography: Any) -> None:
    """By key or by place, a unit has the sums of its accounts; one without accounts stays, with zeros."""
    case = case_of(tmp_path, changes({"geography": geography}), files())
    assert amounts(case) == {"A": [15.0, 300.3, 2.0], "B": [21.0, 50.0, 2.0], "C": [0.0, 0.0, 0.0]}
    assert case.units["accounts"].tolist() == [2, 2, 0]
    assert unit_of(case) == {"a1": "A", "a2": "A", "a3": "B", "a4": "B"}
    assert list(zip(case.links["a"], case.links["b"], strict=True)) == [("A", "B"), ("B", "C")]


def test_units_have_the_rep_of_most_potential(tmp_path: Path) -> None:
    """Today's plan comes from the accounts where the units don't tell it; what belongs to others is counted."""
    case = case_of(tmp_path, changes(), files())
    assert case.units["current"].tolist() == ["R2", "R2", ""]
    assert the(case.findings, "mixed-owners").row == 1
    equal = case_of(tmp_path, changes(), edited("200.20", "100.10"))
    assert equal.units["current"].tolist()[0] == "R1"


def test_a_column_of_todays_reps_in_the_units_wins(tmp_path: Path) -> None:
    """Who wrote down today's plan is believed; accounts keep their own owners."""
    drawn = files() | {"map.geojson": files()["map.geojson"].replace('"id": "A"', '"id": "A", "rep": "R1"')}
    case = case_of(tmp_path, changes(units=MAP | {"current": "rep"}), drawn)
    assert case.units["current"].tolist() == ["R1", "", ""]
    assert case.accounts is not None and case.accounts["owner"].tolist() == ["R1", "R2", "R2", ""]


def test_accounts_with_segments_make_units_of_geography_and_segment(tmp_path: Path) -> None:
    """Each segment of a geography is a unit of its own; a geography without accounts stays one unit."""
    case = case_of(tmp_path, changes(SEGMENT), files())
    assert amounts(case) == {
        "A/big": [5.0, 200.2, 1.0], "A/smb": [10.0, 100.1, 1.0], "B/smb": [21.0, 50.0, 2.0], "C": [0.0, 0.0, 0.0]
    }  # fmt: skip
    assert list(zip(case.links["a"], case.links["b"], strict=True)) == [("A/smb", "B/smb")]


def test_accounts_find_the_segment_that_units_have(tmp_path: Path) -> None:
    """Where the units' table lists geography x segment, each account goes to its own, however units are called."""
    rows = "unit,area,market,lat,lon\nu1,A,smb,50,10\nu2,A,big,50,10\nu3,B,smb,50,10.1\n"
    units = {"file": "units.csv", "id": "unit", "segment": "market"}
    units["geography"] = {"file": "map.geojson", "id": "id", "key": "area"}
    case = case_of(tmp_path, changes(SEGMENT, units=units), files() | {"units.csv": rows})
    assert unit_of(case) == {"a1": "u1", "a2": "u2", "a3": "u3", "a4": "u3"}


def test_a_segment_that_a_geography_lacks_is_unmatched(tmp_path: Path) -> None:
    """The place is known, the unit isn't: `nearest` looks for the nearest unit of that segment."""
    rows = "unit,area,market,lat,lon\nu1,A,smb,50,10\nu2,B,big,50,10\nu3,B,smb,50,10.1\n"
    units = {"file": "units.csv", "id": "unit", "segment": "market"}
    units["geography"] = {"file": "map.geojson", "id": "id", "key": "area"}
    given = files() | {"units.csv": rows}
    error = the(found(tmp_path, changes(SEGMENT, units=units), given), "unmatched-account")
    assert error.row == 2 and "lies in A, which has no unit of the segment big" in error.message
    case = case_of(tmp_path, changes(SEGMENT | {"unmatched": "nearest"}, units=units), given)
    assert unit_of(case)["a2"] == "u2"


def test_segmented_units_need_segmented_accounts(tmp_path: Path) -> None:
    """Nobody guesses which of a geography's units an account belongs to."""
    rows = "unit,area,market,lat,lon\nu1,A,smb,50,10\nu2,A,big,50,10\n"
    units = {"file": "units.csv", "id": "unit", "segment": "market"}
    units["geography"] = {"file": "map.geojson", "id": "id", "key": "area"}
    finding = the(found(tmp_path, changes(units=units), files() | {"units.csv": rows}), "missing-field")
    assert finding.field == "accounts.segment"


def test_named_accounts_are_units_outside_the_map(tmp_path: Path) -> None:
    """A named account has its own unit, rep, place and measures, no neighbours, and doesn't count in its geography."""
    case = case_of(tmp_path, changes({"named": "Star"}), edited("200.20,big,", "200.20,big,x"))
    assert amounts(case) == {
        "A": [10.0, 100.1, 1.0], "B": [21.0, 50.0, 2.0], "C": [0.0, 0.0, 0.0], "a2": [5.0, 200.2, 1.0]
    }  # fmt: skip
    assert case.units.iloc[3][["name", "current", "geography"]].tolist() == ["Two", "R2", ""]
    assert case.units.iloc[3][["lat", "lon"]].tolist() == [50.05, 10.06]
    assert case.problem.contiguity.tolist() == [2, 2, 2, 0]
    assert "a2" not in {*case.links["a"], *case.links["b"]}
    assert the(case.findings, "named-accounts").row == 2


def test_a_rule_finds_a_named_account_by_either_form_of_its_record_id(tmp_path: Path) -> None:
    """A CRM tells a record with 15 characters or with 18; a lock may use the one and the export the other."""
    short, long = "0015000000GgUXQ", "0015000000GgUXQAA3"
    given = edited("a2,Two,R2,,A,5,200.20,big,,", f"{long},Two,R2,,A,5,200.20,big,x,")
    case = case_of(tmp_path, changes({"named": "Star"}, rules={"lock": [{"unit": short, "rep": "R1"}]}), given)
    assert {unit: case.problem.locked[i] for i, unit in enumerate(case.units["unit"])}[long] == 0


def test_a_named_account_has_nothing_of_its_geographys_measures(tmp_path: Path) -> None:
    """What a county has stays the county's; other columns of it (a state, an industry) hold for the account too."""
    drawn = files() | {"map.geojson": squares("ABC").replace('"id": "A"', '"id": "A", "state": "TX"')}
    given = drawn | {"accounts.csv": ACCOUNTS.replace("200.20,big,", "200.20,big,x")}
    measures = {"workload": {"column": "hours"}, "potential": {"column": "Revenue"}}
    case = case_of(tmp_path, changes({"named": "Star"}, measures=measures), given)
    assert case.amounts[0].tolist() == [10.0, 10.0, 10.0, 0.0]
    assert case.attributes["state"].tolist() == ["TX", "", "", "TX"]


def test_an_oversize_named_account_stays_whole(tmp_path: Path) -> None:
    """It is assigned by its name: only places are split."""
    given = edited("5,200.20,big,", "500,200.20,big,x")
    case = case_of(tmp_path, changes({"named": "Star"}, limits={"oversize": "split"}), given)
    assert (case.row_of == 3).sum() == 1
    finding = the(case.findings, "oversize-unit")
    assert (finding.file, finding.row, finding.value) == ("accounts.csv", 2, "a2")


def test_an_oversize_named_account_may_be_shared(tmp_path: Path) -> None:
    """Several reps may serve it together, wherever they are."""
    given = edited("5,200.20,big,", "500,200.20,big,x")
    case = case_of(tmp_path, changes({"named": "Star"}, limits={"oversize": "share"}), given)
    shares = case.share[case.row_of == 3]
    assert len(shares) > 1 and shares.sum() == pytest.approx(1.0)
    assert the(case.findings, "unit-shared").value == case.units["unit"].iloc[3]


def test_a_home_is_inside_a_geography_not_a_named_account(tmp_path: Path) -> None:
    """`home: inside` asks for the place a rep lives at, whoever has the account next door."""
    named = {"named": "Star", "geography": POINT}
    given = edited("200.20,big,", "200.20,big,x") | {"reps.csv": "id,lat,lon\nR1,50.05,10.06\nR2,50.05,10.15\n"}
    case = case_of(tmp_path, changes(named, limits={"home": "inside"}), given)
    assert [units.tolist() for units in case.problem.home_units] == [[0], [1]]


def test_workload_is_built_up_from_calls(tmp_path: Path) -> None:
    """Calls x (call length + travel allowance), the call length from a column or as a number."""
    by_number = changes({"workload": {"calls": "Hours", "call_h": "0,5", "travel_h": 0.25}}, measures={"workload": {}})
    assert case_of(tmp_path, by_number, files()).amounts[0].tolist() == [11.25, 15.75, 0.0]
    by_column = changes({"workload": {"calls": "Hours", "call_h": "Revenue"}}, measures=MEASURES)
    case = case_of(tmp_path, by_column, files())
    assert case.amounts[0].tolist() == [2002.0, 1000.0, 0.0]
    assert the(case.findings, "workload-built-up").value == "Hours"


def test_families_are_kept_together(tmp_path: Path) -> None:
    """One rep gets every unit that holds an account of the family, under the field's name or the export's."""
    for column in ("parent", "Parent"):
        rules = {"together": [{"column": column}]}
        case = case_of(tmp_path, changes({"parent": "Parent"}, rules=rules), files())
        assert [group.tolist() for group in case.problem.together] == [[0, 1]]


def test_rules_and_skills_may_look_at_columns_of_the_accounts(tmp_path: Path) -> None:
    """A unit has the value of most of its potential; where others are mixed in, that is said."""
    rules = {"forbid": [{"where": {"Market": "big"}, "rep": "R1"}]}
    case = case_of(tmp_path, changes(rules=rules), files())
    assert case.problem.forbidden.tolist() == [[0, 0]]
    assert "A" in the(case.findings, "mixed-values").message
    together = case_of(tmp_path, changes(rules={"together": {"column": "Market"}}), files())
    assert [group.tolist() for group in together.problem.together] == [[0, 1]]


def test_budgets_count_accounts_sales_and_tenure_of_the_accounts(tmp_path: Path) -> None:
    """Disruption is limited in what the accounts hold, as far as their unit has a rep today."""
    text = ACCOUNTS.replace("Hours,", "Hours,sales,tenure,").replace("A,10,", "A,10,7,2,").replace("A,5,", "A,5,1,3,")
    text = text.replace("B,20,", "B,20,4,5,").replace("B,1,", "B,1,2,0,")
    limits = {"disruption": {"accounts": 0.5, "sales": 0.5, "tenure": 0.5}}
    case = case_of(tmp_path, changes(limits=limits), files(text))
    weights = {budget.name: (budget.weight.tolist(), budget.limit) for budget in case.problem.budgets}
    assert weights == {"accounts": ([2, 2, 0], 2), "sales": ([8, 6, 0], 7), "tenure": ([5, 5, 0], 5)}


def test_accounts_alone_make_units_of_their_places(tmp_path: Path) -> None:
    """Without units each place is one, called like its first account; accounts at one place share it."""
    given = edited("50.05,10.06", "50.05,10.05")
    case = case_of(tmp_path, changes({"geography": POINT}, units=None), given)
    assert amounts(case) == {"a1": [15.0, 300.3, 2.0], "a3": [20.0, 50.0, 1.0], "a4": [1.0, 0.0, 1.0]}
    assert case.units["name"].tolist() == ["One", "Three", "Four"]
    assert (case.findings[0].file or "accounts.csv") == "accounts.csv"


def test_named_accounts_alone_need_no_map(tmp_path: Path) -> None:
    """A team of key account managers has no geography at all, and the home rule finds nothing to ask for."""
    given = files(ACCOUNTS.replace("smb,,", "smb,x,").replace("big,,", "big,x,"))
    section = {"geography": POINT, "named": "Star"}
    case = case_of(tmp_path, changes(section, units=None, limits={"home": "inside"}), given)
    assert case.units["unit"].tolist() == ["a1", "a2", "a3", "a4"]
    assert len(case.links) == 0 and not case.problem.contiguity.any()


def test_accounts_alone_with_postal_codes_stand_where_these_are(tmp_path: Path) -> None:
    """ZIP codes are looked up offline, and counties by their code as well; nothing else is guessed."""
    text = ACCOUNTS.replace(",A,", ",78701,").replace(",B,", ",2139,")
    case = case_of(tmp_path, changes(units=None), files(text))
    assert case.units["unit"].tolist() == ["02139", "78701"]
    assert case.units["lat"].round(1).tolist() == [42.4, 30.3]
    assert the(case.findings, "guessed-geography").value == "us-zips"
    fips = ACCOUNTS.replace("Key", "FIPS").replace(",A,", ",48201,").replace(",B,", ",1001,")
    counties = case_of(tmp_path, changes({"geography": "FIPS"}, units=None), files(fips))
    assert counties.units["name"].tolist() == ["Autauga, AL", "Harris, TX"]
    assert the(found(tmp_path, changes(units=None), files()), "no-places").level is Level.ERROR


def test_bundled_units_need_no_file(tmp_path: Path) -> None:
    """Counties and postal codes come with the product."""
    rows = "area,hours,revenue\n48201,1,1\n48339,2,2\n"
    units = {"file": "units.csv", "id": "area", "geography": {"bundled": "us-counties", "key": "area"}}
    case = case_of(tmp_path, {"units": units}, {"units.csv": rows})
    assert [shape.geom_type for shape in case.units.geometry] == ["MultiPolygon", "Polygon"]
    assert len(case.links) == 1 and {finding.code for finding in case.findings} == {"home-far"}
    units["geography"] = {"bundled": "us-zips", "key": "area"}
    findings = found(tmp_path, {"units": units}, {"units.csv": "area,hours,revenue\n78701,1,1\n2139,2,2\n"})
    assert the(findings, "key-zeros").value == "2139"


@pytest.fixture(scope="module")
def sample() -> Case:
    """Return the sample of accounts as every user meets it."""
    return prepare(read(SAMPLES / "texas-accounts" / "scenario.yaml"))


def test_the_sample_adds_up_as_pandas_says(sample: Case) -> None:
    """An independent reading of the export gives the same sums for every unit."""
    path = SAMPLES / "texas-accounts" / "accounts.csv"
    raw = pd.read_csv(path, dtype=str, keep_default_na=False).drop_duplicates("Id")
    money = raw["AnnualRevenue"].str.replace(r"[$,]", "", regex=True).replace("", "0").astype(float).clip(lower=0)
    hours = raw["CallsAYear"].astype(float) * (0.75 + 0.35)
    assert sample.accounts is not None
    unit = raw["Id"].map(dict(zip(sample.accounts["account"], sample.accounts["unit"], strict=True)))
    sums = pd.DataFrame({"hours": hours, "money": money}).groupby(unit).sum().reindex(sample.units["unit"]).fillna(0)
    assert np.allclose(sample.amounts, sums.to_numpy().T, rtol=1e-12)
    assert sample.units["accounts"].sum() == len(raw) - (unit == "").sum()


def test_the_samples_dirt_is_found(sample: Case) -> None:
    """Everything that README.md says is wrong with the export is among the findings, and nothing stops the planner."""
    counts = pd.Series([finding.code for finding in sample.findings]).value_counts()
    expected = {"repeated-account": 25, "unmatched-account": 50, "swapped-coordinates": 15, "negative-value": 5}
    assert {code: counts[code] for code in expected} == expected
    assert counts["unknown-owner"] == 15
    assert {"blank-amount", "unknown-parent", "blanks"} <= set(counts.index)
