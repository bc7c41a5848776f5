"""Further forms of a stored plan: whatever stands in the one list of forms."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.plans.compared import Chosen
from api.plans.files import FORM_OF, Kept, lay_out_plan, made_file
from scenarios.export.form import Extras, Form, Made, Need
from scenarios.export.forms import download
from scenarios.export.registry import FORMS, find_form, make_form, missing
from scenarios.export.written import WrittenPlan, read_written

PAGE_EACH, MANY_TERRITORIES = ("book", "scorecards"), 40
"""Forms with a page for each territory, and from how many on they take longer than a person waits for."""
DRAWN, MANY_UNITS = ("deck", "deck-pdf", "pdf", "png"), 2000
"""Forms with maps of all units, and from how many on they do."""


@contextmanager
def written(kept: Kept, chosen: Chosen) -> Iterator[WrittenPlan]:
    """Give a stored plan as forms read it; its folder is there until the end."""
    with tempfile.TemporaryDirectory(prefix="territory-") as folder:
        yield read_written(lay_out_plan(kept, *chosen, Path(folder)))


def forms_of(kept: Kept, chosen: Chosen) -> list[tuple[Form, tuple[Need, ...], bool]]:
    """Return every form, what it needs that the plan alone does not have, and whether it takes long."""
    with written(kept, chosen) as plan:
        return [(form, missing(form, plan, Extras()), _is_slow(form, plan)) for form in FORMS]


def _is_slow(form: Form, plan: WrittenPlan) -> bool:
    if form.name in PAGE_EACH:
        return len(plan.report.territories) > MANY_TERRITORIES
    return form.name in DRAWN and sum(row.units for row in plan.report.territories) > MANY_UNITS


def exported(
    kept: Kept, chosen: Chosen, name: str, earlier: Chosen | None = None, mapping: bytes | None = None
) -> tuple[str, bytes]:
    """Return file name and bytes of a form, a zip where it has several files.

    Raises
    ------
    InputError
        Where there is no such form, or it needs something that is not there.
    """
    form = find_form(name)
    if form.file in FORM_OF and not form.takes:
        return form.file, made_file(kept, *chosen, form.file)
    return download(form, made_form(kept, chosen, name, earlier, mapping))


def made_form(
    kept: Kept, chosen: Chosen, name: str, earlier: Chosen | None = None, mapping: bytes | None = None
) -> Made:
    """Make a form; raises InputError as `exported` does."""
    with written(kept, chosen) as plan, tempfile.TemporaryDirectory(prefix="territory-") as old:
        before = None if earlier is None else lay_out_plan(kept, *earlier, Path(old))
        return make_form(name, plan, Extras(before, mapping))
