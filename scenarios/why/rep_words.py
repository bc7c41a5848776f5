"""The paragraph about a rep."""

from collections.abc import Sequence

from scenarios.report.words import number
from scenarios.why.model import HandFigure, RepAnswer
from scenarios.why.question import Asked, seat_name, seat_of

NAMED = 3
"""Units or reasons named in a sentence before "and n more"."""


def rep_summary(asked: Asked, found: RepAnswer) -> str:
    """Return the answer in one paragraph."""
    name = seat_name(asked.answer, seat_of(asked, found.territory))
    if not found.gained and not found.lost:
        return f"{name} keeps all {_units(found.kept)} and gains none. {_figures(found)}"
    sentences = [
        f"{name} keeps {_units(found.kept)}, gains {len(found.gained)} and loses {len(found.lost)}.",
        _figures(found),
        _hands("Gained", "from", found.gained),
        _hands("Lost", "to", found.lost),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _figures(found: RepAnswer) -> str:
    parts = []
    for measure, after in found.after.items():
        before = found.before.get(measure)
        if after is not None:
            parts.append(f"{measure} {after:.0f}" + ("" if before is None else f", today {before:.0f}"))
    sentence = f"Index: {'; '.join(parts)}." if parts else ""
    if found.mean_km_after is None:
        return sentence
    today = "" if found.mean_km_before is None else f", today {found.mean_km_before:,.1f} km"
    return f"{sentence} Work lies {found.mean_km_after:,.1f} km away on average{today}.".strip()


def _hands(lead: str, link: str, hands: Sequence[HandFigure]) -> str:
    """Return units by the rep they come from or go to, and the reasons, the commonest first."""
    if not hands:
        return ""
    workload = sum(hand.measures["workload"] for hand in hands)
    units = [f"{hand.name or hand.unit} {link} {hand.other or 'nobody'}" for hand in hands[:NAMED]]
    more = f" and {len(hands) - NAMED} more" if len(hands) > NAMED else ""
    reasons: dict[str, int] = {}
    for hand in hands:
        reasons[hand.reason] = reasons.get(hand.reason, 0) + 1
    commonest = sorted(reasons.items(), key=lambda item: -item[1])[:NAMED]
    why = "; ".join(f"{reason} ({count})" for reason, count in commonest)
    return f"{lead}, with workload {number(workload)}: {', '.join(units)}{more}. Why: {why}."


def _units(count: int) -> str:
    return f"{count} unit{'' if count == 1 else 's'}"
