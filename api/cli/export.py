"""`territory export`: a plan as pictures, a map book, an outline map or map layers."""

from pathlib import Path

from api.cli.exits import Exit
from api.cli.screen import Screen
from scenarios.export.forms import write_forms


def export_plan(screen: Screen, folder: Path, forms: list[str]) -> int:
    """Write a folder's plan in further forms."""
    names, findings = write_forms(folder, forms)
    screen.findings(findings)
    screen.say(f"Written to {folder}: {', '.join(names)}.")
    screen.answer({"exit_code": Exit.DONE, "files": names})
    return Exit.DONE
