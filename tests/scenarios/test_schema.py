"""The JSON Schema describes what is read."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scenarios.document.schema import json_schema
from scenarios.reading.source import parse

SAMPLES = sorted((Path(__file__).parents[2] / "scenarios" / "samples").glob("*/scenario.yaml"))
SMALL: dict[str, Any] = {
    "schema_version": 1,
    "name": "x",
    "units": {"file": "u.csv", "id": "id"},
    "measures": {"workload": {}},
    "reps": {"count": 3},
}


def accepts(document: Any) -> bool:
    """Return whether the schema takes the document as YAML and JSON libraries load it."""
    return bool(jsonschema.Draft202012Validator(json_schema()).is_valid(json.loads(json.dumps(document, default=str))))


def test_it_is_a_schema_and_stays_the_same() -> None:
    """Editors can use it, and it is the same text on every call."""
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.dumps(json_schema()) == json.dumps(json_schema())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_every_sample_keeps_it(path: Path) -> None:
    """The samples are valid for an editor too."""
    document = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    jsonschema.validate(document, json_schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "more",
    [
        {"rules": {"lock": [{"unit": 48201, "rep": 7}], "forbid": "forbid.csv", "together": {"column": "parent"}}},
        {"limits": {"contiguity": False, "hours": False, "disruption": {"units": "0.2"}}},
        {"limits": {"contiguity": {"SMB": "preferred"}}},
        {"limits": None, "rules": {"lock": None}, "goals": None},
        {"solve": {"time_limit_s": "60", "workers": "2"}},
        {"skills": [{"column": "segment", "required": "true"}]},
    ],
)
def test_it_takes_what_the_reader_takes(more: dict[str, Any]) -> None:
    """Numbers as ids, texts as numbers, blanks and YAML's false for `off` are fine in both."""
    assert accepts(SMALL | more)
    text = json.dumps(SMALL | more).replace("false", '"off"')
    parse(text, is_json=True)


@pytest.mark.parametrize(
    "more",
    [
        {"nam": "x"},
        {"measures": {"hours": {}}},
        {"schema_version": 2},
        {"limits": {"contiguity": "always"}},
        {"limits": {"disruption": {"units": 20}}},
        {"rules": {"forbid": {"unit": "a"}}},
        {"solve": {"workers": 0}},
    ],
)
def test_it_refuses_what_the_reader_refuses(more: dict[str, Any]) -> None:
    """An editor underlines unknown fields and impossible values."""
    assert not accepts(SMALL | more)


def test_everything_is_described() -> None:
    """Each field and part of the document says what it means."""
    schema = json_schema()
    parts = {"scenario": schema, **schema["$defs"]}
    for name, part in parts.items():
        assert part.get("description"), name
        for field, content in part["properties"].items():
            described = content.get("description") or "$ref" in json.dumps(content)
            assert described, f"{name}.{field}"
