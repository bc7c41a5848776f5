"""One peer on one instance: PYTHON peer_methods.py METHOD INSTANCE.npz OWNER.npy SEED CPU_SECONDS.

Runs in the peers' own environment, so nothing of this project is imported. The instance holds xyz_m (n, 3), load
(2, n), links (n_links, 2), n_reps and tolerance; the answer is the territory of each unit. A method writes its best
plan so far as often as it has one, so that the limit on processor time leaves something to judge.
"""

import resource
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np

RECOM_STEPS = 100_000
"""More than the time limit allows."""
BURST = 20
"""Steps of a short burst, after which the chain goes on from the burst's best plan (Cannon et al. 2023)."""


def main() -> None:
    """Run a method and leave its plan."""
    method, instance, out, seed, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    given = SimpleNamespace(**dict(np.load(instance)), out=Path(out), seed=int(seed))
    given.n_reps, given.tolerance = int(given.n_reps), float(given.tolerance)
    METHODS[method](given)


def metis(given: SimpleNamespace) -> None:
    """Metis, one measure, contiguous parts."""
    import pymetis

    options = pymetis.Options(contig=True, seed=given.seed)
    adjacency = _adjacency(given)
    _keep(given, pymetis.part_graph(given.n_reps, adjacency=adjacency, vweights=_whole(given), options=options)[1])


def metis_recursive(given: SimpleNamespace) -> None:
    """Metis by recursive bisection, one measure."""
    import pymetis

    options = pymetis.Options(seed=given.seed)
    found = pymetis.part_graph(
        given.n_reps, adjacency=_adjacency(given), vweights=_whole(given), recursive=True, options=options
    )
    _keep(given, found[1])


def recom(given: SimpleNamespace) -> None:
    """Short bursts of recombination from Metis' parts, for the smallest worst deviation of both measures.

    gerrychain's own start, a recursive tree partition, found no cut on these uneven loads within a minute.
    """
    import random
    from functools import partial

    import networkx as nx
    from gerrychain import Graph, MarkovChain, Partition, accept, constraints, updaters
    from gerrychain.proposals import recom as recombine
    from gerrychain.tree import bipartition_tree

    random.seed(given.seed)
    plain: nx.Graph = nx.Graph()
    for node, (first, second) in enumerate(given.load.T):  # in the order of the units, by which gerrychain numbers them
        plain.add_node(node, first=float(first), second=float(second))
    plain.add_edges_from(given.links.tolist())
    graph = Graph.from_networkx(plain)
    ideal = float(given.load[0].sum() / given.n_reps)
    tallies = {name: updaters.Tally(name) for name in ("first", "second")}
    metis(given)
    best = Partition(graph, dict(enumerate(np.load(given.out).tolist())), updaters=tallies)
    cut = partial(bipartition_tree, max_attempts=50, allow_pair_reselection=True)
    for _ in range(RECOM_STEPS // BURST):
        loads = np.array(list(best["first"].values()))
        epsilon = max(given.tolerance, float(np.abs(loads / ideal - 1.0).max()))
        proposal = partial(recombine, pop_col="first", pop_target=ideal, epsilon=epsilon, node_repeats=1, method=cut)
        chain = MarkovChain(proposal, [constraints.contiguous], accept.always_accept, best, BURST)
        better = min(chain, key=_worst)
        if _worst(better) < _worst(best):
            _keep(given, [better.assignment[node] for node in range(len(plain))])
        best = min(best, better, key=_worst)


def max_p(given: SimpleNamespace) -> None:
    """spopt's max-p regions; the threshold is what a territory must hold, the number of regions its own."""
    from spopt.region import MaxPHeuristic

    threshold = (1.0 - given.tolerance) * given.load[0].sum() / given.n_reps
    model = MaxPHeuristic(_frame(given), _weights(given), ["x", "y", "z"], "first", threshold, 2)
    model.solve()
    _keep(given, model.labels_)


def skater(given: SimpleNamespace) -> None:
    """spopt's SKATER on places."""
    from spopt.region import Skater

    model = Skater(_frame(given), _weights(given), ["x", "y", "z"], n_clusters=given.n_reps, floor=1)
    model.solve()
    _keep(given, model.labels_)


def region_k_means(given: SimpleNamespace) -> None:
    """spopt's contiguous k-means on places."""
    from spopt.region import RegionKMeansHeuristic

    model = RegionKMeansHeuristic(given.xyz_m / 1000.0, given.n_reps, _weights(given))
    model.solve()
    _keep(given, model.labels_)


def k_means_constrained(given: SimpleNamespace) -> None:
    """k-means with limits on the number of units."""
    from k_means_constrained import KMeansConstrained

    mean = len(given.xyz_m) / given.n_reps
    low, high = int((1.0 - given.tolerance) * mean), int(np.ceil((1.0 + given.tolerance) * mean))
    model = KMeansConstrained(given.n_reps, size_min=low, size_max=high, random_state=given.seed, n_init=3)
    _keep(given, model.fit_predict(given.xyz_m / 1000.0))


def k_means(given: SimpleNamespace) -> None:
    """Weighted k-means of scikit-learn, without any balance."""
    from sklearn.cluster import KMeans

    model = KMeans(given.n_reps, random_state=given.seed, n_init=3)
    _keep(given, model.fit_predict(given.xyz_m / 1000.0, sample_weight=given.load[0]))


METHODS: dict[str, Callable[[SimpleNamespace], None]] = {
    "metis": metis,
    "metis-recursive": metis_recursive,
    "recom": recom,
    "max-p": max_p,
    "skater": skater,
    "region-k-means": region_k_means,
    "k-means-constrained": k_means_constrained,
    "k-means": k_means,
}


def _worst(partition: "object") -> float:
    """Return the largest deviation of either measure from an equal share."""
    loads = np.array([list(partition[name].values()) for name in ("first", "second")])  # type: ignore[index]
    return float(np.abs(loads / loads.mean(axis=1, keepdims=True) - 1.0).max())


def _keep(given: SimpleNamespace, owner: "object") -> None:
    part = given.out.with_suffix(".part.npy")
    np.save(part, np.asarray(owner, dtype=np.int64))
    part.replace(given.out)


def _whole(given: SimpleNamespace) -> list[int]:
    """Return the first measure in whole numbers that 32 bits hold."""
    return np.maximum(np.rint(given.load[0] * (1e8 / given.load[0].sum())), 1).astype(int).tolist()


def _adjacency(given: SimpleNamespace) -> list[list[int]]:
    around: list[list[int]] = [[] for _ in range(len(given.xyz_m))]
    for a, b in given.links.tolist():
        around[a].append(b)
        around[b].append(a)
    return around


def _weights(given: SimpleNamespace) -> "object":
    from libpysal.weights import W

    return W(dict(enumerate(_adjacency(given))), silence_warnings=True)


def _frame(given: SimpleNamespace) -> "object":
    import geopandas as gpd

    columns = dict(zip("xyz", given.xyz_m.T / 1000.0, strict=True)) | {"first": given.load[0]}
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(given.xyz_m[:, 0], given.xyz_m[:, 1]))


if __name__ == "__main__":
    main()
