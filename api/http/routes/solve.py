"""Small scenarios, solved while one waits; nothing is kept."""

import json

from fastapi import APIRouter

from api.http.models.jobs import SmallGiven, SmallShown
from api.http.problems import ProblemError
from api.http.service import Asked

router = APIRouter(prefix="/v1", tags=["small solves"])


@router.post("/solve")
def solve_now(call: Asked, given: SmallGiven) -> SmallShown:
    """Solve a small scenario at once. Its files come with it as texts, and nothing is kept."""
    answer = call.service.small.solve(json.dumps(given.scenario), given.files)
    if answer is None:
        message = "Another small scenario is being solved. Maybe try again, or submit a job."
        raise ProblemError("busy", message, {"Retry-After": "10"})
    return SmallShown.model_validate(answer)
