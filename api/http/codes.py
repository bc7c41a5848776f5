"""Every code of a problem that the service answers with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A kind of problem: its HTTP status, and what it means to whoever meets it."""

    status: int
    meaning: str


CODES = {
    "unauthenticated": Code(401, "the API key or session is missing, unknown, revoked or expired"),
    "forbidden": Code(403, "the role of the key does not allow this"),
    "region": Code(403, "the user is a viewer limited to a region, and the answer would tell of others"),
    "foreign-origin": Code(403, "a page of another site tried to change something, or the request names another host"),
    "csrf": Code(403, "a browser session changes things only with its token in X-CSRF-Token"),
    "not-found": Code(404, "there is no such thing in this workspace"),
    "method-not-allowed": Code(405, "the path knows other methods only"),
    "conflict": Code(409, "somebody else did the same at the same moment; read again"),
    "scenario-closed": Code(409, "a submitted, approved or archived scenario is not edited; fork it"),
    "wrong-state": Code(409, "the scenario is not in the state that this step starts from"),
    "own-submission": Code(409, "nobody approves or rejects their own submission"),
    "own-account": Code(409, "nobody changes their own role or shuts themselves out; another admin does"),
    "no-plan": Code(409, "the scenario has no present plan yet"),
    "needs-job": Code(409, "this is too large to be answered at once; submit a job"),
    "job-over": Code(409, "the job has ended"),
    "job-not-over": Code(409, "the job has not ended yet, or ended without a plan"),
    "locks-in-dataset": Code(409, "the locks stand in a data set; they are changed by sending another one"),
    "nothing-to-undo": Code(409, "no move led to the present plan"),
    "nothing-to-redo": Code(409, "no undo led to the present plan"),
    "stale": Code(412, "it was changed since it was read; read it again and repeat the change"),
    "too-large": Code(413, "the body is larger than the service takes"),
    "unsupported-media-type": Code(415, "the body is of a type that this call does not read"),
    "invalid-request": Code(422, "a parameter or field is missing or wrong; `errors` say which"),
    "invalid-input": Code(
        422, "a scenario, file or plan cannot be used; `errors` are findings as of `territory check`"
    ),
    "idempotency-reuse": Code(422, "the Idempotency-Key was used for another request"),
    "precondition-required": Code(428, "the call needs If-Match with the ETag that was read"),
    "rate-limited": Code(429, "too many requests; Retry-After says when to go on"),
    "too-many-jobs": Code(429, "the user has as many active jobs as the service allows"),
    "internal": Code(500, "our fault; the log has the `trace_id`"),
    "busy": Code(503, "too much of this kind is under way already; Retry-After says when to try again"),
    "unavailable": Code(503, "the database does not answer or the disk is full; Retry-After says when to try again"),
}
"""By the code that stands in a problem."""
