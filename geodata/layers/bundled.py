"""The geographies that ship with the product, read from the installed package."""

from importlib.resources import as_file, files

from geodata.layers.layers import Layer, read_layer

ID_COLUMNS = {"us-counties": "fips", "us-zips": "zip"}
"""Id column of each bundled geography."""


def bundled_layer(name: str) -> Layer:
    """Read a bundled geography by its name in the scenario, one of `ID_COLUMNS`."""
    with as_file(files("geodata") / "bundled" / f"{name.replace('-', '_')}.parquet") as path:
        return read_layer(path, name)
