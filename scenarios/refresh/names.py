"""The ids that edits and plans name, told in today's ids."""

from dataclasses import dataclass

from scenarios.prepare.unit_table import UnitTable
from scenarios.refresh.succession import Succession


@dataclass(frozen=True, eq=False)
class Names:
    """Units of the earlier table and of today's."""

    old: UnitTable
    new: UnitTable
    found: Succession

    def now(self, name: str) -> tuple[str, ...]:
        """Return what a name means today: itself where it is still known, else its successors; nothing where closed.

        A name may be a unit or, where units are geography x segment, a geography: then its successors are the one
        geography that all its units have become, or else those units.
        """
        if self.new.rows_of(name) is not None:
            return (name,)
        rows = self.old.rows_of(name)
        if rows is None:
            return ()
        units = [self.found.now[unit] for unit in (self.old.ids[row] for row in rows) if unit in self.found.now]
        geographies = {self._geography(unit) for unit in units}
        if len(units) > 1 and len(geographies) == 1:
            whole = geographies.pop()
            rows = self.new.rows_of(whole)
            if rows is not None and {self.new.ids[row] for row in rows} == set(units):
                return (whole,)
        return tuple(dict.fromkeys(units))

    def _geography(self, unit: str) -> str:
        rows = self.new.rows_of(unit)
        return "" if rows is None else str(self.new.units["geography"].iloc[rows[0]])
