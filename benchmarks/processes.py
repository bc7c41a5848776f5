"""What other processes of a measurement have used."""

import os
from contextlib import suppress
from pathlib import Path


def below_cpu_s() -> float:
    """Return the processor time of all living processes below this one, in s, as Linux tells it."""
    parent: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            process = int(stat.parent.name)
            parent[process], ticks[process] = int(fields[1]), int(fields[11]) + int(fields[12])
    below = {os.getpid()}
    while found := {process for process, above in parent.items() if above in below} - below:
        below |= found
    return sum(ticks.get(process, 0) for process in below - {os.getpid()}) / os.sysconf("SC_CLK_TCK")
