"""Further forms of a written plan, into a folder or as one download."""

from collections.abc import Sequence
from pathlib import Path

from scenarios.export.archive import zipped
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.form import Extras, Form, Made
from scenarios.export.registry import find_form, make_form
from scenarios.export.written import read_written


def write_forms(
    folder: Path, forms: Sequence[str], extras: Extras | None = None, out: Path | None = None
) -> tuple[list[str], dict[str, Made]]:
    """Write a folder's plan in further forms.

    Parameters
    ----------
    folder : Path
        What solve or score wrote.
    forms : sequence of str
        Names of forms.
    extras : Extras, optional
        What some forms need beside the plan.
    out : Path, optional
        Where to write; `folder` by default.

    Returns
    -------
    tuple
        Names of the files written, relative to `out`, and what was made by form.

    Raises
    ------
    InputError
        Where the folder's files are missing, damaged or cannot be written, a form is unknown or lacks
        what it needs.
    """
    made, names = make_forms(folder, forms, extras), []
    for name, form in made.items():
        inside = find_form(name).folder
        prepare_folder((out or folder) / inside)
        write_files((out or folder) / inside, form.files)
        names += [f"{inside}/{file}".lstrip("/") for file in form.files]
    return names, made


def make_forms(folder: Path, forms: Sequence[str], extras: Extras | None = None) -> dict[str, Made]:
    """Make forms of a folder's plan and write nothing; raises InputError as `write_forms` does."""
    wanted = [find_form(name) for name in dict.fromkeys(forms)]
    plan = read_written(folder)
    return {form.name: make_form(form.name, plan, extras or Extras()) for form in wanted}


def download(form: Form, made: Made) -> tuple[str, bytes]:
    """Return name and bytes of what a person gets: the one file, or a zip of all."""
    if form.folder:
        return f"{form.folder}.zip", zipped(made.files)
    (file,) = made.files.items()
    return file
