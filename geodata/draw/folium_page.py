"""Folium's map and figure without the network: own page template, counted ids, a content security policy."""

import folium
from branca.element import Element, Figure
from folium.template import Template

from geodata.draw.policy import EMPTY_POLICY, with_policy


class PlanPage(Figure):
    """A Folium figure in English whose policy allows only the scripts and styles that stand in the file.

    `title` must be inert (`text.inert`): Folium puts it into the page as it is. `start` is the script that runs when
    the map is there.
    """

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        + EMPTY_POLICY
        + '\n<meta name="viewport" content="width=device-width, initial-scale=1">'
        "\n<title>{{ this.title }}</title>\n{{ this.header.render(**kwargs) }}\n</head>\n<body>\n"
        "{{ this.html.render(**kwargs) }}\n<script>{{ this.script.render(**kwargs) }}</script>\n"
        "<script>{{ this.start }}</script>\n</body>\n</html>\n"
    )

    def __init__(self, title: str, start: str) -> None:
        super().__init__(title=title)
        self._id = "page"
        self.start = start

    def render(self, **kwargs: object) -> str:
        """Return the page with the hashes of its scripts and styles in its policy."""
        html: str = super().render(**kwargs)
        return with_policy(html)


class PlanMap(folium.Map):
    """A Folium map on a plain ground, without tiles and without anything to download."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <main class="stage" aria-label="Map"><div class="folium-map" id="{{ this.get_name() }}"></div></main>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const planMap = L.map("{{ this.get_name() }}", {
            center: {{ this.location | tojson }}, ...{{ this.options | tojavascript }}
        });
        {% endmacro %}
        """
    )

    def __init__(self, lat: float, lon: float) -> None:
        super().__init__(
            location=(lat, lon),
            zoom_start=5,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.75,
            prefer_canvas=True,
        )
        self._id = "plan"
        self.default_js = []
        self.default_css = []


class Verbatim(Element):
    """Text that goes into the page as it is; Folium must not read it as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._name, self._id, self.text = name, "plan", text
