"""A PostgreSQL server of the test's own, from Debian's programs, under a user who is not root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []
USER = "territory"


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none."""
    found = shutil.which("initdb")
    return HOMES[-1] if HOMES else Path(found).parent if found else None


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Run a server in a new folder; give the URL of an empty database."""
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="territory-postgres-"))
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    port = free_port()

    def run(*command: str | Path) -> None:
        subprocess.run(
            command, check=True, user=owner.pw_uid, group=owner.pw_gid, cwd=folder, stdout=subprocess.DEVNULL
        )

    data = folder / "data"
    try:
        run(binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
        run(binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            run(binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", USER, "service")
            yield f"postgresql://{USER}@127.0.0.1:{port}/service"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
