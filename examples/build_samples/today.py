"""A plan of today as history leaves it: compact, connected, and fair to nobody."""

from collections.abc import Mapping

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd

FAR_KM = 1e6
"""More than any way along neighbours."""


def drawn_by_distance(flat: gpd.GeoDataFrame, grown_from: Mapping[str, str]) -> pd.Series:
    """Give each area to the seat whose home area is nearest along neighbouring areas.

    Every territory is connected, because the way to an area's nearest seat leads through areas of the same seat. Only
    an area that no way leads to (an island) goes by the straight distance.

    Parameters
    ----------
    flat : GeoDataFrame
        Areas in a plane (metres), indexed by id.
    grown_from : mapping
        For each seat the id of its home area; all different.
    """
    graph = nx.Graph()
    graph.add_nodes_from(flat.index)
    centre = flat.geometry.centroid
    for a, b in zip(*flat.sindex.query(flat.geometry, predicate="touches"), strict=True):
        if a < b:
            graph.add_edge(flat.index[a], flat.index[b], km=centre.iloc[a].distance(centre.iloc[b]) / 1000)
    seats = sorted(grown_from)
    km = np.empty((len(seats), len(flat)))
    for row, seat in enumerate(seats):
        reached = nx.single_source_dijkstra_path_length(graph, grown_from[seat], weight="km")
        straight = centre.distance(centre[grown_from[seat]]) / 1000
        km[row] = [reached.get(area, FAR_KM + straight[area]) for area in flat.index]
    return pd.Series(np.array(seats)[km.argmin(axis=0)], index=flat.index)
