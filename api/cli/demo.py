"""`territory demo`: the bundled Texas scenario, copied beside its results and solved."""

from importlib.resources import as_file, files
from pathlib import Path

from api.cli.screen import Screen
from api.cli.solve import Wish, solve_scenario
from scenarios.export.folder import prepare_folder, write_files

SAMPLE = "texas"
SCENARIO = "scenario.yaml"


def solve_demo(screen: Screen, out: Path, *, draws_map: bool) -> int:
    """Copy the sample to a folder inside `out`, so that it can be changed and solved again, and solve it."""
    copy = out / SAMPLE
    prepare_folder(copy)
    with as_file(files("scenarios") / "samples" / SAMPLE) as sample:
        write_files(copy, {path.name: path.read_bytes() for path in sorted(sample.iterdir()) if path.is_file()})
    screen.say(f"The scenario is in {copy / SCENARIO}: edit it and solve it again.")
    return solve_scenario(screen, copy / SCENARIO, Wish(out, draws_map=draws_map))
