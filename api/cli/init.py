"""`territory init`: a first scenario guessed from a planner's own files, shown, corrected and checked."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.check import check_scenario
from api.cli.screen import Screen
from geodata.draw.text import clean
from geodata.findings import Finding, InputError, Level
from scenarios.export.folder import prepare_folder, write_files
from scenarios.init.guess import Guess, guess

QUESTION = "Enter writes the scenario; FIELD=COLUMN changes a line: "


def init_scenario(screen: Screen, paths: Sequence[Path], out: Path, mapped: Sequence[str], *, asks: bool) -> int:
    """Guess a scenario from files, let a person correct it, write it, and check it."""
    if out.exists():
        raise InputError([_exists(out)])
    prepare_folder(out.parent)
    found = guess(paths, out.parent, pairs(mapped))
    screen.findings(found.findings)
    _show(screen, found)
    if asks and sys.stdin.isatty() and not (screen.as_json or screen.quiet):
        found = _corrected(screen, paths, out.parent, pairs(mapped), found)
    write_files(out.parent, {out.name: found.text.encode()})
    screen.say(f"The scenario is in {out}.")
    return check_scenario(screen, out)


def pairs(mapped: Sequence[str]) -> dict[str, str]:
    """Return FIELD=COLUMN texts as a mapping; raises InputError for a text without an equals sign."""
    wrong = [text for text in mapped if "=" not in text]
    if wrong:
        raise InputError([_no_pair(text) for text in wrong])
    split = [text.split("=", 1) for text in mapped]
    return {field.strip(): column.strip() for field, column in split}


def _corrected(screen: Screen, paths: Sequence[Path], folder: Path, mapping: Mapping[str, str], found: Guess) -> Guess:
    """Ask until the person is content; a correction that doesn't fit is told and dropped."""
    while answer := screen.ask(QUESTION):
        try:
            wanted = {**mapping, **pairs([answer])}
            found, mapping = guess(paths, folder, wanted), wanted
            _show(screen, found)
        except InputError as error:
            screen.findings(error.findings)
    return found


def _show(screen: Screen, found: Guess) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("field", "is", "because"):
        table.add_column(title)
    for choice in found.mapping:
        table.add_row(*(Text(clean(text)) for text in (".".join(choice.path), str(choice.value), choice.why)))
    screen.say(table)


def _exists(out: Path) -> Finding:
    hint = "Maybe choose another name with --out, or remove it first."
    return Finding(Level.ERROR, "file-exists", f"{out} is there already and is never overwritten.", hint, str(out))


def _no_pair(text: str) -> Finding:
    message, hint = f"{text!r} doesn't say which column a field has.", "Maybe write it as units.id=GEOID."
    return Finding(Level.ERROR, "invalid-value", message, hint, field="--map", value=text)
