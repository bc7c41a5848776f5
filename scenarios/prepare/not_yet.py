"""What the contract names and this version cannot do yet: refused by name, never ignored."""

from geodata.findings import Finding, Level
from scenarios.document.scenario import Scenario


def refuse(scenario: Scenario) -> tuple[Finding, ...]:
    """Return a `not-yet` error for every part of the scenario that is not available yet."""
    refused = []
    if scenario.limits.oversize == "share":
        refused.append(_not_yet("limits.oversize", "sharing a unit among reps", "Maybe use `split`.", "share"))
    return tuple(refused)


def _not_yet(field: str, feature: str, hint: str, value: str = "") -> Finding:
    return Finding(Level.ERROR, "not-yet", f"{field}: {feature} is not available yet.", hint, field=field, value=value)
