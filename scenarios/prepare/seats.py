"""Territories to be filled: one a rep who stays, or as many free ones as the scenario counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.findings import Finding, Level
from scenarios.case import Rep, Seat
from scenarios.document.scenario import Reps
from scenarios.prepare.id_offers import IdOffers

LEAVING = "leaving"


@dataclass(frozen=True)
class Team:
    """Who is there, and which seat each fills.

    Attributes
    ----------
    reps : tuple of Rep
        Everybody in the list, leaving reps included.
    seats : tuple of Seat
        One a territory; `rep` is None for free ones.
    label : str
        Name of the reps' file in the scenario.
    removed : frozenset of str
        Ids of reps that the scenario leaves out.
    """

    reps: tuple[Rep, ...]
    seats: tuple[Seat, ...]
    label: str
    removed: frozenset[str] = frozenset()

    @property
    def is_free(self) -> bool:
        """Whether territories are designed first and matched to reps afterwards."""
        return any(seat.rep is None for seat in self.seats)

    @property
    def seated(self) -> tuple[Rep, ...]:
        """The reps of the seats, in their order; empty where the seats are free."""
        return tuple(self.reps[seat.rep] for seat in self.seats if seat.rep is not None)

    def row(self, seat: int) -> int:
        """Return the row of a seat's rep among the reps, 1 = first."""
        rep = self.seats[seat].rep
        return 0 if rep is None else rep + 1

    def seat_by_rep(self) -> dict[str, int]:
        """Return the seat of each rep who has one, by rep id."""
        return {self.reps[seat.rep].id: i for i, seat in enumerate(self.seats) if seat.rep is not None}

    def leaving(self) -> frozenset[str]:
        """Return the ids of the reps who leave."""
        return frozenset(rep.id for rep in self.reps if rep.status == LEAVING)

    def offers(self) -> IdOffers:
        """Return what unknown rep ids probably stand for."""
        return IdOffers(rep.id for rep in self.reps)


def build_team(document: Reps, reps: tuple[Rep, ...]) -> tuple[Team, tuple[Finding, ...]]:
    """Give every rep who stays a seat, or `count` free seats where the scenario counts.

    Free seats bear codes T001 .. in their order here; the report renames them from west to east.
    """
    label = document.file or ""
    if document.count is not None:
        width = max(3, len(str(document.count)))
        codes = [f"T{i + 1:0{width}d}" for i in range(document.count)]
        return Team(reps, tuple(Seat(code, code, None) for code in codes), label), _unequal(reps, label)
    seats = tuple(_seat(i, rep) for i, rep in enumerate(reps) if rep.status != LEAVING)
    team = Team(reps, seats, label, frozenset(document.remove))
    if reps and not seats:
        return team, (_nobody(label, f"Every rep in {label} is leaving."),)
    return team, tuple(_repeated_codes(seats, reps, label))


def _seat(i: int, rep: Rep) -> Seat:
    return Seat(rep.territory or rep.id, rep.territory or rep.name or rep.id, i)


def _unequal(reps: Sequence[Rep], label: str) -> tuple[Finding, ...]:
    """Return a warning where people of different capacity await territories designed alike."""
    if len({rep.capacity for rep in reps if rep.status != LEAVING}) < 2:
        return ()
    message = "Reps differ in capacity, but free territories are designed alike and matched to them afterwards."
    hint = "Maybe leave out reps.count."
    return (Finding(Level.WARNING, "capacity-without-reps", message, hint, label, field="capacity"),)


def _nobody(label: str, message: str) -> Finding:
    return Finding(Level.ERROR, "no-reps", message, "Maybe add reps, or give `count`.", label, field="reps")


def _repeated_codes(seats: Sequence[Seat], reps: Sequence[Rep], label: str) -> Iterable[Finding]:
    """Yield reps whose id, standing in for a missing code, is the code of another; repeated codes were found before."""
    first: dict[str, int] = {}
    for seat in seats:
        rep = seat.rep or 0
        before = first.setdefault(seat.code, rep)
        if before != rep and not (reps[before].territory and reps[rep].territory):
            message = f"The territory of {reps[before].id} and of {reps[rep].id} would both be called {seat.code}."
            hint = "Maybe fill in the column territory for both."
            yield Finding(Level.ERROR, "duplicate-territory", message, hint, label, rep + 1, "territory", seat.code)
