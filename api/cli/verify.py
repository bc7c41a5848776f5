"""`territory verify`: what was proved again, what is wrong, and what must be taken on trust."""

from pathlib import Path

from api.cli.exits import Exit
from api.cli.screen import Screen
from scenarios.verify.check import Verdict
from scenarios.verify.verify import verify


def verify_folder(screen: Screen, folder: Path, scenario: Path | None) -> int:
    """Check a folder and return the exit code: 5 where anything in it does not hold."""
    checks = verify(folder, scenario)
    wrong = [check for check in checks if check.verdict is Verdict.WRONG]
    for check in checks:
        line = f"{check.verdict.value:<15} {check.subject}: {check.text}"
        if check.verdict is Verdict.WRONG:
            screen.fail(line)
        else:
            screen.say(line)
    screen.say("The plan does not hold." if wrong else "The plan holds.")
    code = Exit.BROKEN_PLAN if wrong else Exit.DONE
    listed = [{"subject": check.subject, "verdict": check.verdict.value, "text": check.text} for check in checks]
    screen.answer({"exit_code": code, "checks": listed})
    return code
