"""Maps for slides: the plan, and today's territories in the same colours."""

from dataclasses import replace
from functools import cached_property

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodata.draw.picture import draw_listed_map, draw_plan_map
from geodata.draw.projection import FlatScene, flatten
from geodata.draw.scene import scene
from geodata.draw.sheet import SOFT, new_page, page_bytes, write
from geodata.draw.view import MapView

HEIGHT = 0.79
"""Height of the plan's map, as a share of the page."""


class DeckMaps:
    """A view made ready to be drawn several times."""

    def __init__(self, view: MapView) -> None:
        self._scene = scene(view)

    @cached_property
    def _plan(self) -> FlatScene:
        return flatten(self._scene)

    @cached_property
    def _today(self) -> FlatScene | None:
        if self._scene.today is None:
            return None
        return flatten(replace(self._scene, proposed=self._scene.today, today=None))

    def draw_plan(self, page: Figure) -> None:
        """Draw the plan's map below the title of a page, with the list of territories."""
        draw_listed_map(page, self._plan, HEIGHT)

    def draw_half(self, axes: Axes, *, is_today: bool) -> None:
        """Draw a map without a list; says so where there is nothing today."""
        flat = self._today if is_today else self._plan
        if flat is None:
            axes.set_axis_off()
            write(axes, (0.5, 0.5), "Nobody has anything today.", ha="center", color=SOFT, size=12)
        else:
            draw_plan_map(axes, flat)

    def plan_png(self) -> bytes:
        """Return what `draw_plan` draws, a picture as large as a slide."""
        page = new_page()
        self.draw_plan(page)
        return page_bytes(page, "png")

    def half_png(self, *, is_today: bool, width_in: float, height_in: float) -> bytes:
        """Return what `draw_half` draws, as a picture of this size."""
        page = new_page((width_in, height_in))
        self.draw_half(page.add_axes((0.0, 0.0, 1.0, 1.0)), is_today=is_today)
        return page_bytes(page, "png")
