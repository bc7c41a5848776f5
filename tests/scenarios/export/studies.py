"""Written plans to export: the tiny accounts, and a folder for them."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.plan import Plan
from scenarios.case import Case
from scenarios.export.files import plan_files
from scenarios.export.folder import write_files
from scenarios.export.form import Extras, Made
from scenarios.export.registry import make_form
from scenarios.export.written import WrittenPlan, read_written
from scenarios.report.answer import given_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from tests.scenarios.grid import STARTED

REPS = """id,name,lat,lon,status,manager,region,crm_user_id,email
R1,=Ann,50.05,10.05,active,Mia,North,0050000000AAAAA,ann@example.com
R2,Bo,50.05,10.25,active,Noa,South,0050000000AAAAB,bo@example.com
"""


def written(folder: Path, case: Case, owner: Sequence[int]) -> WrittenPlan:
    """Write a plan (a seat for each unit) into a folder and read it back."""
    answer = given_answer(case, Plan(np.array(owner, dtype=np.int32)))
    folder.mkdir(exist_ok=True)
    write_files(folder, plan_files(answer, build_report(answer, Run("score", STARTED, 0.0, "", "", None))))
    return read_written(folder)


def made(plan: WrittenPlan, form: str, **extras: Any) -> Made:
    """Make a form."""
    return make_form(form, plan, Extras(**extras))


def table(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """Return a CSV file as rows."""
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))
