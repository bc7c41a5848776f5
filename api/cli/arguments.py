"""Arguments and options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

ScenarioPath = Annotated[Path, typer.Argument(help="Scenario document, YAML or JSON.", show_default=False)]
PlanPath = Annotated[Path, typer.Argument(help="Plan, as plan.csv.", show_default=False)]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder that solve or score wrote.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the results.", show_default=False)]
NoMap = Annotated[bool, typer.Option("--no-map", help="Don't draw map.html.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


class Form(StrEnum):
    """A further form of a plan."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    BOOK = "book"
    OUTLINES = "outlines"
    GPKG = "gpkg"
    SHP = "shp"
    KML = "kml"
    FGB = "fgb"
    PARQUET = "parquet"
