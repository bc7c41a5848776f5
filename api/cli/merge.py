"""`territory merge`: planners' parts as one plan, with their conflicts."""

from collections.abc import Sequence
from pathlib import Path

from api.cli.exits import Exit
from api.cli.screen import Screen
from scenarios.export.files import PLAN
from scenarios.export.folder import prepare_folder, write_files
from scenarios.family.part_files import CONFLICTS, merge_files, merged_files

MOST_LINES = 20


def merge_parts(screen: Screen, parts: Sequence[Path], out: Path) -> int:
    """Write the merged plan and its conflicts, and return 5 where there are any."""
    merged = merge_files(parts)
    prepare_folder(out)
    files = merged_files(merged)
    write_files(out, files)
    conflicts = merged.conflicts.cells
    units = len({row[0] for row in merged.plan.cells})
    open_units = len({row[0] for row in merged.plan.cells if not row[2] and not row[3]})
    screen.say(
        f"{units:,} units of {len(parts)} parts; {len(conflicts):,} conflicts; {open_units:,} units have nobody."
    )
    owners = merged.conflicts.columns[4:]
    for kind, unit, name, territory, *held in conflicts[:MOST_LINES]:
        told = ", ".join(f"{part}: {owner or 'not there'}" for part, owner in zip(owners, held, strict=True))
        place = f"{unit} {name}" if name and name != unit else unit or territory
        screen.say(f"  - {kind} {place}: {told}")
    if len(conflicts) > MOST_LINES:
        screen.say(f"  ... and {len(conflicts) - MOST_LINES} more in {CONFLICTS}")
    if conflicts:
        screen.say(f"Units in conflict have nobody in {PLAN}: decide, and fill them in.")
    screen.say(f"Files in {out}: {', '.join(files)}")
    code = Exit.BROKEN_PLAN if conflicts else Exit.DONE
    listed = [dict(zip(merged.conflicts.columns, row, strict=True)) for row in conflicts]
    screen.answer(
        {"exit_code": int(code), "out": str(out), "files": list(files), "open_units": open_units, "conflicts": listed}
    )
    return code
