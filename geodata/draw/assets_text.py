"""The scripts and styles that pages are made of, as text."""

import re
from importlib.resources import files


def asset(name: str) -> str:
    """Return a file of ours."""
    return (files("geodata.draw") / "assets" / name).read_text(encoding="utf-8")


def leaflet(name: str) -> str:
    """Return a file of Leaflet, without what a browser would look for elsewhere."""
    text: str = (files("xstatic.pkg.leaflet") / "data" / name).read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=.*", "", text)


def leaflet_style() -> str:
    """Return Leaflet's style without the pictures of controls that are not used here."""
    return re.sub(r"url\([^)]*\)", "none", leaflet("leaflet.css"))
