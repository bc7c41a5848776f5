"""`territory refresh`: a scenario with a new data file, its edits and plan carried, and all that changed."""

from api.cli.exits import Exit
from api.cli.screen import Screen
from scenarios.refresh.refresh import Wish, refresh
from scenarios.refresh.write import JSON, PLAN, SCENARIO


def refresh_scenario(screen: Screen, wish: Wish) -> int:
    """Write the refreshed scenario and say what changed; errors raise InputError."""
    told, findings, names = refresh(wish)
    screen.findings(findings)
    counts = ", ".join(f"{count:,} {what}" for what, count in told.counts.items())
    screen.say(f"{told.before.rows:,} {told.of} before, {told.after.rows:,} now. Changes: {counts or 'none'}.")
    if told.plan is not None:
        screen.say(f"The plan gives {told.plan.units:,} units to a territory, {told.plan.open:,} to nobody yet.")
        screen.say(f"Maybe go on with: territory solve {wish.out / SCENARIO} --from {wish.out / PLAN} --out DIR")
    screen.say(f"Files in {wish.out}: {', '.join(names)}; everything that changed is in {JSON}.")
    fields = told.model_dump(mode="json")
    screen.answer({"exit_code": int(Exit.DONE), "out": str(wish.out), "files": list(names), "refresh": fields})
    return Exit.DONE
