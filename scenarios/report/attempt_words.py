"""What became of loosening each kind of limit by itself, for those who wonder why it is not among the ways out."""

from collections.abc import Iterable, Iterator, Mapping

from optimizer.result import Attempt, AttemptEnd
from scenarios.report.model import AttemptFigure


def attempt_figures(attempts: Iterable[Attempt]) -> list[AttemptFigure]:
    """Return attempts with the limits in the words of the scenario."""
    return [
        AttemptFigure(
            rule=attempt.rule,
            measure=attempt.measure or None,
            end=attempt.end,
            text=_LIMITS[attempt.rule].format(attempt.measure),
        )
        for attempt in attempts
    ]


def attempts_in_words(attempts: Iterable[AttemptFigure]) -> Iterator[str]:
    """Yield one sentence for each ending that says what was not found or not searched."""
    limits: dict[AttemptEnd, list[str]] = {}
    for attempt in attempts:
        limits.setdefault(attempt.end, []).append(attempt.text)
    for end, lead in _LEADS.items():
        if end in limits:
            yield lead.format("; ".join(limits[end]))


_LEADS: Mapping[AttemptEnd, str] = {
    AttemptEnd.IMPOSSIBLE: "Proven not to be enough by itself, however far it is loosened: {}.",
    AttemptEnd.NOT_FOUND: "Searched, but by itself no amount was found that is enough: {}.",
    AttemptEnd.CUT_SHORT: "Time or effort ended before smaller amounts were tried: {}. Maybe give more.",
    AttemptEnd.UNSEARCHED: "Not searched, since time or effort ended before: {}. Maybe give more.",
}
_LIMITS: Mapping[str, str] = {
    "band": "the tolerance of {}",
    "min": "the smallest {}",
    "max": "the largest {}",
    "hours": "the hours",
    "max_distance": "the maximum distance",
    "disruption": "the {} that may change hands",
    "skill": "the skills",
    "forbid": "the bans",
    "lock": "the locks",
    "together": "the groups kept together",
    "apart": "the groups kept apart",
    "home": "the homes inside",
    "contiguity": "contiguity",
    "pairs": "two of these together",
}
