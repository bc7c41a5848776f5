"""`territory map`: map.html again, from the files of a folder alone."""

from pathlib import Path

from api.cli.exits import Exit
from api.cli.screen import Screen
from geodata.draw.folium_map import draw_map
from scenarios.export.files import MAP
from scenarios.export.folder import write_files
from scenarios.export.stored import stored_view


def redraw(screen: Screen, folder: Path) -> int:
    """Draw the map of a folder's plan."""
    write_files(folder, {MAP: draw_map(stored_view(folder)).encode()})
    screen.say(f"The map is in {folder / MAP}.")
    screen.answer({"exit_code": Exit.DONE, "files": [MAP]})
    return Exit.DONE
