"""The bundled scenarios, to begin with."""

from dataclasses import asdict

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.http import show
from api.http.models.scenarios import SampleShown, ScenarioShown
from api.http.replies import Identity, Reply, etag, once
from api.http.service import Asked
from api.jobs.samples import load_sample, samples

router = APIRouter(prefix="/v1/samples", tags=["samples"])


@router.get("")
def get_samples(_call: Asked) -> list[SampleShown]:
    """List the bundled scenarios: real maps, made-up companies."""
    return [SampleShown(**asdict(sample)) for sample in samples()]


@router.post("/{name}", status_code=201, response_model=ScenarioShown)
def take_sample(call: Asked, name: str, identity: Identity) -> Response:
    """Make a scenario of a sample: its files are sent, its document is written."""

    def work(session: Session) -> Reply:
        study = load_sample(session, call.who, name)
        call.record(session, "scenario.create", study.id, name=study.name)
        headers = {"ETag": etag(study.revision), "Location": f"/v1/scenarios/{study.id}"}
        return Reply(show.scenario(study), 201, headers)

    return once(call, identity, work)
