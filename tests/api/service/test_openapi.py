"""The description of the API is true: whatever it allows is answered as it says, and nothing is our fault."""

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case
from schemathesis.checks import not_a_server_error
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
LONG = "/events$|^/v1/solve$"
"""Calls that wait for a job, or solve."""


def test_random_requests_get_described_answers(tmp_path: Path) -> None:
    """A generated client can rely on the document, and no input is a 500."""
    given_settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'service.db'}", log_level="error", hosts="*", requests_per_minute=1_000_000
    )
    app = create_app(given_settings)
    app.state.service = open_service(given_settings)
    document = schemathesis.openapi.from_asgi("/openapi.json", app)
    for operation in document.exclude(path_regex=LONG).get_all_operations():
        _ask(operation.ok().as_strategy())
    app.state.service.close()


def _ask(cases: SearchStrategy[Case]) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: Case) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
