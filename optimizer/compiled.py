"""Compiling the search kernels, once for each version of their sources."""

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

Kernel = Callable[..., Any]


def kernel(function: Kernel) -> Kernel:
    """Compile a function that Python calls; the machine code is kept on disk and the interpreter lock is released."""
    numba.config.CACHE_DIR = cache_dir()  # type: ignore[attr-defined]
    return _compiled(function, cache=bool(cache_dir()))


def inner(function: Kernel) -> Kernel:
    """Compile a function that only kernels call."""
    return _compiled(function)


def inlined(function: Kernel) -> Kernel:
    """Compile a short or seldom named function that only kernels call, into its callers: a call copies all arrays."""
    return _compiled(function, forceinline=True)


def _compiled(function: Kernel, **options: bool) -> Kernel:
    """Compile without reference counts: kernels make no arrays, and counting took half of their time."""
    njit: Any = numba.njit
    compiled: Kernel = njit(nogil=True, _nrt=False, **options)(function)
    return compiled


@functools.cache
def cache_dir() -> str:
    """Return a writable directory for machine code made from the present sources; empty where there is none.

    Numba looks for changes only in the file of the outermost function. With a hash of all kernel sources in the path, a
    change in any of them starts afresh.
    """
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    homes = [Path(chosen)] if chosen else [Path.home() / ".cache", Path(tempfile.gettempdir())]
    for home in homes:
        directory = home / "territory-optimizer" / _sources_hash()
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(directory, os.W_OK):
            return str(directory)
    return ""


def _sources_hash() -> str:
    sources = [
        Path(__file__),
        *sorted(Path(__file__).parent.glob("local_search/*.py")),
        *sorted(Path(__file__).parent.glob("bound/*.py")),
    ]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
