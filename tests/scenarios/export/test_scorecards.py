"""Every rep gets one page that tells what the plan does to them."""

import io
from pathlib import Path

import pypdf

from tests.scenarios.accounts_study import ACCOUNTS, changes, files
from tests.scenarios.export.studies import REPS, made, written
from tests.scenarios.tiny_study import case_of


def test_a_page_a_rep_with_what_is_gained_and_lost(tmp_path: Path) -> None:
    """Names, gains, losses and accounts stand on the rep's own page, and the same plan gives the same bytes."""
    text = ACCOUNTS.replace("a1,One,R1", "a1,One <b>,R2")
    plan = written(tmp_path / "out", case_of(tmp_path, changes(), files(text) | {"reps.csv": REPS}), [0, 1, 1])
    form = made(plan, "scorecards")
    ann, bo = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(form.files["scorecards.pdf"])).pages)
    assert "=Ann" in ann and "Gained: 1 unit, potential 300" in ann and "from Bo" in ann and "Nothing leaves." in ann
    assert "One <b>" in ann and "manager Mia, North" in ann
    assert "Lost: 1 unit, potential 300" in bo and "to =Ann" in bo and "Largest of 2 accounts" in bo
    assert form.files == made(plan, "scorecards").files
