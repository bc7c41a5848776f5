"""What is done for each kind of job, and of part of one."""

from collections.abc import Mapping

from api.jobs.bench import Do
from api.jobs.choosing import choose_kind
from api.jobs.comparing import compare_kind
from api.jobs.exporting import export_kind
from api.jobs.solving import solve_kind
from api.jobs.what_if import point_kind
from scenarios.store.parts import CHOICE, POINT

SOLVE, SWEEP, COMPARE, EXPORT = "solve", "sweep", "compare", "export"
DONE: Mapping[str, Do] = {
    SOLVE: solve_kind,
    COMPARE: compare_kind,
    EXPORT: export_kind,
    CHOICE: choose_kind,
    POINT: point_kind,
}
"""By the kind. A sweep itself is never begun: its parts are."""
