"""`territory check`: read and prepare, and say what was found."""

from dataclasses import asdict
from pathlib import Path

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.findings import Level
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read


def check_scenario(screen: Screen, path: Path) -> int:
    """List the findings of a scenario; errors raise InputError."""
    case = prepare(read(path))
    problem = case.problem
    screen.findings(case.findings)
    doubtful = any(finding.level is Level.WARNING for finding in case.findings)
    screen.say(
        f"{case.scenario.name}: {len(case.units):,} units, {problem.n_reps} territories, "
        f"measures {', '.join(problem.measures)}. It can be solved{'; mind the warnings' if doubtful else ''}."
    )
    screen.answer(
        {
            "exit_code": Exit.DONE,
            "name": case.scenario.name,
            "units": len(case.units),
            "territories": problem.n_reps,
            "measures": list(problem.measures),
            "findings": [asdict(finding) for finding in case.findings],
        }
    )
    return Exit.DONE
