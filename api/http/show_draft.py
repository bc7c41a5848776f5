"""From a draft to what the calls answer."""

from sqlalchemy.orm import Session

from api.http import show
from api.http.models.drafts import DraftColumn, DraftField, DraftFile, DraftShown
from scenarios.init.columns import Profile
from scenarios.store import drafts
from scenarios.store.datasets import find_dataset

ROWS = 8
"""First rows that are shown of each file."""
EXAMPLES = 3
MOST_LETTERS = 200
"""Of a cell."""


def draft(session: Session, workspace_id: str, made: drafts.DataDraft) -> DraftShown:
    """Return a draft with the first rows of its files."""
    guessed = [
        DraftField(field=".".join(choice.path), why=choice.why, is_doubtful=choice.is_doubtful)
        for choice in made.draft.choices
    ]
    return DraftShown(
        document=made.draft.document,
        guessed=guessed,
        files=[_file(session, workspace_id, file) for file in made.files],
        findings=show.findings(made.draft.findings),
    )


def _file(session: Session, workspace_id: str, file: drafts.DraftFile) -> DraftFile:
    row = find_dataset(session, workspace_id, file.dataset_id)
    first = [column.cells.iloc[:ROWS].astype(str).str.slice(0, MOST_LETTERS).tolist() for column in file.columns]
    return DraftFile(
        dataset_id=row.id,
        name=row.name,
        role=file.role,
        is_map=file.is_map,
        rows=row.rows,
        columns=[_column(column) for column in file.columns],
        first_rows=[list(cells) for cells in zip(*first, strict=True)],
    )


def _column(column: Profile) -> DraftColumn:
    given = column.cells[column.cells != ""]
    return DraftColumn(
        name=column.name,
        examples=[str(text)[:MOST_LETTERS] for text in given.iloc[:200].unique()[:EXAMPLES]],
        is_number=column.numbers is not None,
        is_unique=column.unique,
        blank=len(column.cells) - len(given),
    )
