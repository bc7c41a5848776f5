"""Merging parts: agreement is kept, disagreement is listed, nothing is decided."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scenarios.family.merge import PartPlan, merge
from scenarios.family.part_files import merge_files, part_names

OWNERS = st.sampled_from(["R1", "R2", "R3"])
PARTS = st.lists(
    st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(OWNERS, st.booleans()), max_size=6), min_size=2, max_size=4
)


def part(name: str, units: dict[str, tuple[str, bool]]) -> PartPlan:
    """Return a part from owner and frozen by unit."""
    owners = {unit: (("", rep, "1"),) for unit, (rep, _) in units.items()}
    return PartPlan(name, owners, dict.fromkeys(units, ""), frozenset(u for u, (_, frozen) in units.items() if frozen))


@given(PARTS)
def test_every_unit_is_decided_by_its_planners_or_listed(given_parts: list[dict[str, tuple[str, bool]]]) -> None:
    """A unit has the one owner its planners gave it; where they differ it has nobody and all owners are listed."""
    merged = merge([part(str(i), units) for i, units in enumerate(given_parts)])
    listed = {row[1]: row[4:] for row in merged.conflicts.cells if row[0] == "unit"}
    rows = {row[0]: row[3] for row in merged.plan.cells}
    assert len(rows) == len(merged.plan.cells) and set(rows) == {unit for units in given_parts for unit in units}
    for unit, owner in rows.items():
        having = [units[unit] for units in given_parts if unit in units]
        claims = {rep for rep, frozen in having if not frozen} or {rep for rep, _ in having}
        assert (unit in listed) == (len(claims) > 1)
        assert owner == ("" if unit in listed else claims.pop())
        if unit in listed:
            assert list(listed[unit]) == [units[unit][0] if unit in units else "" for units in given_parts]


def test_files_of_two_planners(tmp_path: Path) -> None:
    """Folders are read with split units and guarded ids; a territory with two reps is a conflict too."""
    head = "unit,name,territory,rep,share,locked,reason\n"
    for name, text in {
        "west": head
        + "A,Ash,T1,R1,1,false,\nB,Bray,T1,R1,0.5,false,\nB,Bray,T2,R2,0.5,false,\nC,,T3,R3,1,true,outside the scope\n",
        "east": head + "A,Ash,T1,R9,1,true,outside the scope\nB,Bray,T2,R2,1,false,\nC,,T2,R2,1,false,\n",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.csv").write_text(text, encoding="utf-8")
    merged = merge_files([tmp_path / "west", tmp_path / "east"])
    assert merged.plan.cells == (
        ("A", "Ash", "T1", "R1", "1", "west"),
        ("B", "Bray", "", "", "1", ""),
        ("C", "", "T2", "R2", "1", "east"),
    )
    assert merged.conflicts.cells == (
        ("unit", "B", "Bray", "", "T1 R1 0.5 + T2 R2 0.5", "T2 R2"),
        ("territory", "", "", "T1", "R1", "R9"),
    )


def test_parts_are_told_apart(tmp_path: Path) -> None:
    """Folders of the same name are called by as much of their path as is needed."""
    paths = [tmp_path / "a" / "out", tmp_path / "b" / "out"]
    for path in paths:
        path.mkdir(parents=True)
    assert part_names(paths) == ["a/out", "b/out"]
