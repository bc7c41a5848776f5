"""A scenario that is written and read again is the same scenario."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.document.plan_columns import PLAN_COLUMNS
from scenarios.document.scenario import Scenario
from scenarios.reading.source import dump, dump_json, parse

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)
plain_words = st.one_of(
    st.sampled_from(["01001", "1e5", "null", "~", "off", "2027-01-01", "- a", "a: b", "#", " x "]), words
)
files = plain_words.map(lambda word: f"in/{word}")
shares = st.floats(0, 1)
amounts = st.floats(0, 1e12)
positives = st.floats(1e-9, 1e9)
modes = st.sampled_from(["required", "preferred", "off"])
notes = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


def fields(**given_fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return dicts with any of the fields."""
    return st.fixed_dictionaries({}, optional=given_fields)


pair_rules = st.one_of(
    st.fixed_dictionaries({"unit": plain_words, "rep": plain_words}, optional={"reason": notes}),
    st.fixed_dictionaries(
        {"where": st.dictionaries(plain_words, plain_words, min_size=1, max_size=2), "rep": plain_words}
    ),
)
groups = st.fixed_dictionaries({"units": st.lists(plain_words, min_size=2, max_size=3)}, optional={"reason": notes})
columns = st.fixed_dictionaries({"column": plain_words})
measures = fields(column=plain_words, target=plain_words, tolerance=amounts, aim=shares, min=amounts)
scenarios = st.fixed_dictionaries(
    {
        "schema_version": st.just(1),
        "name": plain_words,
        "units": st.fixed_dictionaries({"file": files, "id": plain_words}, optional={"lat": plain_words}),
        "measures": st.dictionaries(
            plain_words.filter(lambda word: word not in PLAN_COLUMNS), measures, max_size=2
        ).map(lambda given: {"workload": {}, **given}),
        "reps": st.fixed_dictionaries({"count": st.integers(1, 10**6)}, optional={"file": files}),
    },
    optional={
        "plan": fields(**{"year": st.integers(1900, 2200), "from": st.dates().map(str), "currency": plain_words}),
        "accounts": st.fixed_dictionaries(
            {
                "file": files,
                "id": plain_words,
                "geography": plain_words | st.fixed_dictionaries({"lat": plain_words, "lon": plain_words}),
            }
        ),
        "neighbours": fields(rule=st.sampled_from(["rook", "queen"]), bridges=files, barriers=files),
        "skills": st.lists(
            st.fixed_dictionaries({"column": plain_words}, optional={"required": st.booleans(), "weight": positives}),
            max_size=2,
        ),
        "goals": fields(travel=amounts, fit=amounts, balance=amounts, disruption=amounts),
        "limits": fields(
            contiguity=modes | st.dictionaries(plain_words, modes, max_size=2),
            max_distance_km=positives,
            disruption=fields(units=shares, tenure=shares),
        ),
        "rules": fields(
            lock=st.lists(pair_rules, max_size=2) | files,
            together=st.lists(groups | columns, max_size=2) | columns | files,
            apart=st.lists(groups, max_size=2) | files,
        ),
        "solve": fields(time_limit_s=positives, gap=amounts, seed=st.integers(0, 2**31 - 1)),
    },
)


@settings(max_examples=200, deadline=None)
@given(scenarios)
def test_writing_and_reading_changes_nothing(written: dict[str, Any]) -> None:
    """YAML and JSON both bring back the same document, whatever the texts look like to a YAML reader."""
    scenario = Scenario.model_validate(written)
    assert parse(dump(scenario), is_json=False)[0] == scenario
    assert parse(dump_json(scenario), is_json=True)[0] == scenario
