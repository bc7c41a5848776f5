"""Files of a plan: those that are kept, and those that are made when somebody asks for them first."""

import tempfile
from pathlib import Path
from typing import Protocol

from api.plans.cases import Cases
from scenarios.by_hand import plan_from_text
from scenarios.export.files import ACCOUNTS, GEOJSON, MAP, PLAN, REPORT, WORKBOOK, geojson_bytes
from scenarios.export.forms import write_forms
from scenarios.export.map import map_html
from scenarios.export.registry import FORMS
from scenarios.export.workbook import workbook_bytes
from scenarios.report.answer import given_answer
from scenarios.report.model import Report
from scenarios.store.database import Store
from scenarios.store.errors import NotFoundError
from scenarios.store.plans import add_file, plan_bytes
from scenarios.store.tables.studies import StoredPlan, Study
from scenarios.workspace.files import ALIGNMENT, CELLS, alignment_bytes, cells_bytes

FORM_OF = {form.file: form.name for form in FORMS if not form.needs and not form.folder}
"""The word of each further form that needs nothing but the plan, by the name of its file."""
PAGES = (GEOJSON, WORKBOOK, MAP, CELLS, ALIGNMENT)


class Kept(Protocol):
    """What files of plans are made of."""

    @property
    def store(self) -> Store:
        """The database."""

    @property
    def cases(self) -> Cases:
        """Prepared scenarios."""


def made_file(kept: Kept, study: Study, plan: StoredPlan, name: str) -> bytes:
    """Return a file of a plan, made and kept where nobody has asked for it before; raises NotFoundError."""
    data = _stored(kept, plan, name)
    if data is not None:
        return data
    if name not in (*PAGES, *FORM_OF):
        raise NotFoundError("file", f"{name[:100]} of plan {plan.id}")
    data = _form(kept, study, plan, name) if name in FORM_OF else _page(kept, study, plan, name)
    with kept.store.transaction() as session:
        add_file(session, plan.id, name, data)
    return data


def lay_out_plan(kept: Kept, study: Study, plan: StoredPlan, folder: Path) -> Path:
    """Write into a folder what comparisons and further forms read of a plan, and return the folder."""
    files = {name: made_file(kept, study, plan, name) for name in (PLAN, REPORT, GEOJSON)}
    accounts = _stored(kept, plan, ACCOUNTS)
    for name, data in (files if accounts is None else {**files, ACCOUNTS: accounts}).items():
        (folder / name).write_bytes(data)
    return folder


def _stored(kept: Kept, plan: StoredPlan, name: str) -> bytes | None:
    with kept.store.transaction() as session:
        return plan_bytes(session, plan.id, name)


def _page(kept: Kept, study: Study, plan: StoredPlan, name: str) -> bytes:
    """Make a file that needs the shapes of the scenario."""
    case = kept.cases.get(study, plan.scenario_version).case
    answer = given_answer(case, *plan_from_text(case, _need(kept, plan, PLAN)))
    report = Report.model_validate_json(_need(kept, plan, REPORT))
    makers = {
        GEOJSON: lambda: geojson_bytes(answer),
        WORKBOOK: lambda: workbook_bytes(answer, report),
        MAP: lambda: map_html(answer, report),
        CELLS: lambda: cells_bytes(answer.case),
        ALIGNMENT: lambda: alignment_bytes(answer),
    }
    return makers[name]()


def _form(kept: Kept, study: Study, plan: StoredPlan, name: str) -> bytes:
    """Make a further form, from the same files as `territory export`."""
    with tempfile.TemporaryDirectory(prefix="territory-") as temporary:
        folder = lay_out_plan(kept, study, plan, Path(temporary))
        write_forms(folder, [FORM_OF[name]])
        return (folder / name).read_bytes()


def _need(kept: Kept, plan: StoredPlan, name: str) -> bytes:
    data = _stored(kept, plan, name)
    if data is None:
        raise NotFoundError("file", f"{name} of plan {plan.id}")
    return data
