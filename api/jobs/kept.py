"""The store as a job sees it."""

from api.jobs.bench import Bench
from api.plans.cases import Cases


class JobKept:
    """The store with room for as many prepared scenarios as the job reads."""

    def __init__(self, bench: Bench, most: int) -> None:
        self.store, self.cases = bench.store, Cases(bench.store, most, bench.settings.units_limit)
