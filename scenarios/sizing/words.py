"""What a headcount curve says, in a paragraph a sales leader understands."""

from scenarios.sizing.model import SizePoint, Sizing


def sizing_story(sizing: Sizing) -> str:
    """Return the paragraph: the best size, the flat range, today, the next rep, where to hire, whose vacancy hurts."""
    sentences = (_best(sizing), _flat(sizing), _today(sizing), _next(sizing), _home(sizing), _vacancy(sizing))
    return " ".join(sentence for sentence in (*sentences, _room(sizing), _broken(sizing)) if sentence)


def amount(sizing: Sizing, value: float) -> str:
    """Return an amount with its unit: money in whole numbers, an index with one decimal."""
    return f"{value:,.1f} points" if sizing.unit == "index" else f"{value:,.0f} {sizing.unit}"


def _at(sizing: Sizing, reps: int) -> SizePoint | None:
    return next((point for point in sizing.points if point.reps == reps), None)


def _best(sizing: Sizing) -> str:
    best = max(sizing.points, key=lambda point: point.reps == sizing.best)
    kept = "Of the sizes whose plan keeps every hard rule, " if any(point.broken for point in sizing.points) else ""
    sentence = f"{kept}{sizing.best} reps contribute most, {amount(sizing, best.contribution)} in the first year"
    if not kept and len(sizing.points) > 1 and best is sizing.points[-1]:
        return f"{sentence}; the curve still rises there, so look further up."
    if not kept and len(sizing.points) > 1 and best is sizing.points[0]:
        return f"{sentence}; the curve still rises towards fewer, so look further down."
    return f"{sentence}."


def _flat(sizing: Sizing) -> str:
    if len(sizing.flat) < 2:
        return ""
    return f"Any number from {min(sizing.flat)} to {max(sizing.flat)} comes within 1 % of that."


def _today(sizing: Sizing) -> str:
    today = _at(sizing, sizing.today)
    if today is None or sizing.today == sizing.best:
        return ""
    return (
        f"Today's {sizing.today} seats, realigned by the same rules, contribute {amount(sizing, today.contribution)}."
    )


def _next(sizing: Sizing) -> str:
    one_more = _at(sizing, sizing.today + 1)
    if one_more is None or one_more.marginal is None or not one_more.marginal_cost:
        return ""
    worth, cost = amount(sizing, one_more.marginal), amount(sizing, one_more.marginal_cost)
    return f"One more rep brings {worth} before the rep's cost of {cost}."


def _home(sizing: Sizing) -> str:
    return f"The best home for the next rep is {sizing.homes[0].name}." if sizing.homes else ""


def _vacancy(sizing: Sizing) -> str:
    if not sizing.vacancies:
        return ""
    least = sizing.vacancies[0]
    gain = "brings" if least.change >= 0 else "costs"
    return f"The seat of {least.name} is missed least: leaving it empty {gain} {amount(sizing, abs(least.change))}."


def _room(sizing: Sizing) -> str:
    """Return how far the plans may be from the most possible, so that nobody reads more into small differences."""
    rooms = [
        (point.bound - point.contribution) / abs(point.contribution)
        for point in sizing.points
        if point.bound is not None and point.contribution
    ]
    if not rooms:
        return ""
    return f"Each size may have a plan up to {100 * max(rooms):.1f} % better, so smaller differences are not proven."


def _broken(sizing: Sizing) -> str:
    broken = [str(point.reps) for point in sizing.points if point.broken]
    if not broken:
        return ""
    many = ", ".join(broken)
    return f"With {many} reps no plan that keeps every hard rule was found; more --effort may find one."
