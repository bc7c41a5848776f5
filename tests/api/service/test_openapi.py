"""The description of the API is true: whatever it allows is answered as it says, and nothing is our fault."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.http.app import create_app, open_service
from api.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 3
"""Requests for each call: the short form."""


@pytest.fixture(scope="session")
def described() -> Iterator[BaseSchema]:
    """Give the OpenAPI document of a service in this process."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'service.db'}"
        given = Settings(database_url=url, log_level="error", hosts="*", requests_per_minute=1_000_000)
        app = create_app(given)
        app.state.service = open_service(given)
        document = schemathesis.openapi.from_asgi("/openapi.json", app)
        yield document
        app.state.service.close()


schema = schemathesis.pytest.from_fixture("described").exclude(path_regex="/events$|^/v1/solve$")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_random_requests_get_described_answers(case: Case) -> None:
    """A generated client can rely on the document, and no input is a 500."""
    case.call_and_validate(checks=CHECKS)
