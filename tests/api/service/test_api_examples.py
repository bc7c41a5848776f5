"""The API's description has an example for every call, as it was sent and answered on a walk through all of them."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from api.http.app import create_app
from api.http.examples import examples
from api.settings import Settings

Bodies = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The API's description."""
    return dict(create_app(Settings()).openapi())


def calls(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every call with its description."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def bodies(operation: dict[str, Any]) -> Iterator[Bodies]:
    """Yield the described bodies of a call: of the request, and of the answer where all goes well."""
    yield operation.get("requestBody", {}).get("content", {})
    answers = operation["responses"].items()
    yield from (answer.get("content", {}) for status, answer in answers if status in ("200", "201", "202"))


def test_every_call_has_an_example_of_its_request_and_its_answer(document: dict[str, Any]) -> None:
    """A script writer sees what each call takes and gives; an example of a call that is gone is found."""
    found = dict(calls(document))
    assert set(examples()) == set(found), "Maybe walk again: python -m tests.api.service.walk"
    bare = [call for call, operation in found.items() for body in bodies(operation) if body and not told(body)]
    assert bare == []


def told(content: Bodies) -> list[Bodies]:
    """Return the media types of a body that have an example."""
    return [media for media in content.values() if "example" in media]


def test_every_example_is_as_the_description_says(document: dict[str, Any]) -> None:
    """Nobody copies a request that is refused, or reads an answer that never comes."""
    for call, operation in calls(document):
        for body in bodies(operation):
            for media in told(body):
                schema = {**media["schema"], "components": document["components"]}
                wrong = [
                    error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(media["example"])
                ]
                assert not wrong, (call, wrong)
