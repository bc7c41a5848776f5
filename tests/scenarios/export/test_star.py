"""The star joins without loss, adds up to the plan, and keeps its keys."""

import io
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from scenarios.export.star.schema import TABLES
from scenarios.export.written import WrittenPlan
from tests.scenarios.accounts_study import changes, files
from tests.scenarios.export.studies import REPS, made, table, written
from tests.scenarios.tiny_study import case_of


@pytest.fixture
def plan(tmp_path: Path) -> WrittenPlan:
    """The tiny accounts, one of them of somebody who is not in the list."""
    text = {name: part.replace("Four,,", "Four,R7,") for name, part in files().items()}
    return written(tmp_path / "out", case_of(tmp_path, changes(), text | {"reps.csv": REPS}), [0, 1, 1])


def test_every_key_of_a_fact_is_in_its_dimension(plan: WrittenPlan) -> None:
    """A join loses no row: keys are unique in their dimension, and every reference is found there."""
    made_files = made(plan, "star").files
    frames = {
        name[:-8]: pq.read_table(io.BytesIO(data)).to_pandas() for name, data in made_files.items() if "parq" in name
    }
    keys = {field.name: frames[t.name][field.name] for t in TABLES for field in t.fields if field.refers == "key"}
    assert all(key.is_unique for key in keys.values())
    for star_table in TABLES:
        for field in star_table.fields:
            if star_table.name in frames and field.refers.startswith("dim_"):
                assert set(frames[star_table.name][field.name]) - {""} <= set(keys[field.name]), star_table.name
    assert len(frames["dim_plan"]) == 2 and len(frames["fact_account"]) == 8


def test_facts_add_up_to_the_report(plan: WrittenPlan) -> None:
    """Summing the units of a plan gives the loads of its territories, today's too."""
    made_files = made(plan, "star").files
    units, loads = (pd.DataFrame(table(made_files, f"fact_{name}_measure.csv")) for name in ("unit", "territory"))
    by = ["plan_key", "territory_key", "measure_key"]
    summed = units.astype({"amount": float}).groupby(by)["amount"].sum()
    told = loads.astype({"load": float}).set_index(by)["load"]
    assert (summed - told).dropna().abs().max() < 1e-9
    assert set(told[told > 0].index) <= set(summed.index)


def test_csv_and_parquet_agree_and_the_dictionary_is_complete(plan: WrittenPlan) -> None:
    """Both formats have the same rows, text stays text, and every column is explained."""
    made_files = made(plan, "star").files
    explained = {(row["table"], row["column"]) for row in table(made_files, "dictionary.csv")}
    for name in [name[:-4] for name in made_files if name.endswith(".csv") and name != "dictionary.csv"]:
        parquet = pq.read_table(io.BytesIO(made_files[f"{name}.parquet"]))
        rows = table(made_files, f"{name}.csv")
        assert len(rows) == parquet.num_rows and list(rows[0]) == parquet.column_names
        assert {(name, column) for column in parquet.column_names} <= explained
    names = pq.read_table(io.BytesIO(made_files["dim_rep.parquet"]))["name"].to_pylist()
    assert "=Ann" in names and "'=Ann" in [row["name"] for row in table(made_files, "dim_rep.csv")]
    assert made_files == made(plan, "star").files


def test_the_docs_explain_every_column() -> None:
    """docs/reference/star.md says of every table and column what dictionary.csv says."""
    page = (Path(__file__).parents[3] / "docs" / "reference" / "star.md").read_text(encoding="utf-8")
    told = [line for line in page.splitlines() if line.startswith(("## ", "| `"))]
    assert told == [
        line
        for star_table in TABLES
        for line in (
            f"## {star_table.name}",
            *(f"| `{one.name}` | {one.kind} | {one.refers} | {one.about} |" for one in star_table.fields),
        )
    ]
