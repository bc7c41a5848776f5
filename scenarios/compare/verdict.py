"""Which plan is better and why, in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scenarios.compare.model import TODAY, Figure, Pair, Verdict
from scenarios.compare.side import Side

ABOUT_EQUAL = 0.01
"""Relative difference below which two plans are called alike in a figure."""


@dataclass(frozen=True)
class Count:
    """A figure that people judge plans by: how being ahead in it is called."""

    figure: str
    ahead: str


COUNTS = (
    Count("broken", "fewer broken rules"),
    Count("in_band", "more territories in band"),
    Count("contribution_total", "more contribution"),
    Count("mean_km", "less travel"),
    Count("workload_spread", "more even workload"),
    Count("potential_spread", "more even potential"),
    Count("fit", "better skills"),
    Count("moved_potential", "less potential changing hands"),
    Count("moved_accounts", "fewer accounts changing hands"),
)
"""What the words look at, the most important first."""


def verdict(sides: Sequence[Side], figures: Sequence[Figure], pairs: Sequence[Pair]) -> Verdict:
    """Return the verdict: by value where it can be compared, else by what each plan is ahead in."""
    names = {side.key: f"\u201c{side.name}\u201d" for side in sides}
    told = {figure.name: figure for figure in figures}
    if len(sides) == 1:
        return _alone(sides[0].key, names, told)
    if all(pair.relation != "unknown" for pair in pairs):
        return _by_value(sides, names, told, pairs)
    return _by_counts(sides, names, told, pairs)


def _alone(key: str, names: Mapping[str, str], told: Mapping[str, Figure]) -> Verdict:
    """Return the verdict on one plan, held against today's."""
    names = {**names, TODAY: "Today"}
    beside = {
        name: figure.model_copy(update={"amounts": {**figure.amounts, TODAY: figure.today}})
        for name, figure in told.items()
    }
    return Verdict(headline=f"{names[key]} against today.", text=_trade(beside, names, [key, TODAY]), best=[])


def _by_value(
    sides: Sequence[Side], names: Mapping[str, str], told: Mapping[str, Figure], pairs: Sequence[Pair]
) -> Verdict:
    """Return the verdict on plans of equal goals and data."""
    first = min(sides, key=lambda side: side.report.value)
    tied = [side.key for side in sides if side is first or _relation(first.key, side.key, pairs) == "tie"]
    if len(tied) == len(sides):
        text = f"{_tie_reason(pairs, sides)} {_trade(told, names, [side.key for side in sides])}"
        return Verdict(headline=f"{_join(names.values())} tie.", text=text.strip(), best=tied)
    best = _join(names[key] for key in tied)
    verb = (
        "is the better plan" if len(sides) == 2 else "is the best plan" if len(tied) == 1 else "tie as the best plans"
    )
    others = [side for side in sides if side.key not in tied]
    margins = "; ".join(_margin(first, side, names) for side in others)
    text = f"All goals counted, {margins} (smaller is better, and the difference is more than the proof leaves open)."
    trade = " ".join(_trade(told, names, [first.key, side.key]) for side in others)
    return Verdict(headline=f"{best} {verb}.", text=f"{text} {trade}".strip(), best=tied)


def _relation(left: str, right: str, pairs: Sequence[Pair]) -> str:
    found = next(pair for pair in pairs if {pair.left, pair.right} == {left, right})
    return found.relation


def _margin(first: Side, other: Side, names: Mapping[str, str]) -> str:
    a, b = first.report.value, other.report.value
    return f"{names[first.key]} scores {a:.2f} and {names[other.key]} {b:.2f}"


def _tie_reason(pairs: Sequence[Pair], sides: Sequence[Side]) -> str:
    values = _join(f"{side.report.value:.2f}" for side in sides)
    largest = max(pairs, key=lambda pair: abs(pair.difference or 0.0))
    if largest.open is None or not largest.difference:
        return f"All goals counted, they score the same: {values}."
    return (
        f"All goals counted, they score {values} (smaller is better). That is closer together than the "
        f"{largest.open:.2f} by which the weaker one could still be improved, so neither is proven better."
    )


def _by_counts(
    sides: Sequence[Side], names: Mapping[str, str], told: Mapping[str, Figure], pairs: Sequence[Pair]
) -> Verdict:
    """Return the verdict on plans that no single value ranks."""
    keys = [side.key for side in sides]
    ahead = {key: [count for count in COUNTS if key in _leaders(told.get(count.figure), keys)] for key in keys}
    behind = {key: [count for count in COUNTS if _trails(told.get(count.figure), key, keys)] for key in keys}
    why = _join(dict.fromkeys(reason for pair in pairs for reason in pair.reasons))
    because = f"No single score ranks these plans, because {why}; so the figures are held side by side."
    winners = [key for key in keys if ahead[key] and not behind[key]]
    unsound = [side.key for side in sides if side.report.broken]
    if len(unsound) == len(sides) - 1:
        (sound,) = (key for key in keys if key not in unsound)
        headline = f"{names[sound]} is the only plan that keeps every hard rule."
    elif len(winners) == 1:
        headline = f"{names[winners[0]]} is ahead, and behind in nothing that is compared."
    else:
        headline = _trade_off(names, {key: len(ahead[key]) - len(behind[key]) for key in keys})
    text = f"{because} {_ranked(names, pairs)} {_trade(told, names, keys)}".replace("  ", " ")
    return Verdict(headline=headline, text=text.strip(), best=winners if len(winners) == 1 else [])


def _trade_off(names: Mapping[str, str], lead: Mapping[str, int]) -> str:
    """Return the headline where no plan is ahead without being behind in something; `lead` is ahead less behind."""
    most = max(lead.values())
    leading = [key for key, count in lead.items() if count == most]
    if len(leading) == 1 and most > 0:
        return f"It is a trade-off: {names[leading[0]]} is ahead in most, but not in everything."
    return f"It is a trade-off between {_join(names.values())}: none is ahead in most."


def _ranked(names: Mapping[str, str], pairs: Sequence[Pair]) -> str:
    """Return what the score says of those plans that it does rank."""
    sentences = []
    for pair in pairs:
        left, right = names[pair.left], names[pair.right]
        if pair.relation == "tie":
            sentences.append(f"{left} and {right} tie by their score.")
        elif pair.relation != "unknown":
            better, other = (left, right) if pair.relation == "left" else (right, left)
            sentences.append(f"By its score {better} is better than {other}.")
    return " ".join(sentences)


def _trade(told: Mapping[str, Figure], names: Mapping[str, str], keys: Sequence[str]) -> str:
    """Return what each of the plans is ahead in, with amounts."""
    sentences = []
    for key in keys:
        parts = [
            f"{count.ahead} ({_amounts(told[count.figure], key, keys)})"
            for count in COUNTS
            if key in _leaders(told.get(count.figure), keys)
        ]
        if parts:
            sentences.append(f"{names[key]} has {_join(parts)}.")
    return " ".join(sentences) or "In the figures that are compared they are alike."


def _amounts(figure: Figure, key: str, keys: Sequence[str]) -> str:
    own = amount_text(figure, figure.amounts[key])
    others = [amount_text(figure, figure.amounts[other]) for other in keys if other != key]
    return f"{own} against {_join(others)}"


def amount_text(figure: Figure, amount: float | None) -> str:
    """Return an amount of a figure with its unit, for a sentence."""
    if amount is None:
        return "none"
    return f"{amount:,.{figure.decimals}f}{f' {figure.unit}' if figure.unit else ''}"


def _leaders(figure: Figure | None, keys: Sequence[str]) -> list[str]:
    """Return the plan that is clearly ahead of all others in a figure, in a list; none where it is close or alone."""
    known = _known(figure, keys)
    if figure is None or figure.better is None or len(known) < max(len(keys), 2):
        return []
    order = sorted(known, key=lambda key: known[key], reverse=figure.better == "higher")
    return order[:1] if apart(figure, known[order[0]], known[order[1]]) else []


def is_leader(figure: Figure, key: str, keys: Sequence[str]) -> bool:
    """Return whether a plan is clearly ahead of all others in a figure in which one way is better."""
    return _leaders(figure, keys) == [key]


def _trails(figure: Figure | None, key: str, keys: Sequence[str]) -> bool:
    """Return whether a plan is clearly behind some other in a figure."""
    known = _known(figure, keys)
    if figure is None or figure.better is None or len(known) < len(keys):
        return False
    best = max(known.values()) if figure.better == "higher" else min(known.values())
    return apart(figure, known[key], best)


def _known(figure: Figure | None, keys: Sequence[str]) -> dict[str, float]:
    if figure is None:
        return {}
    return {key: amount for key in keys if (amount := figure.amounts.get(key)) is not None}


def apart(figure: Figure, amount: float, other: float) -> bool:
    """Return whether two amounts of a figure differ clearly, and also as they are shown."""
    shown = round(amount, figure.decimals) != round(other, figure.decimals)
    return shown and abs(amount - other) > ABOUT_EQUAL * max(abs(amount), abs(other))


def _join(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else ""
