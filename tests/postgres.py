"""A PostgreSQL server of the test's own, from Debian's programs, under a user who is not root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []
USER = "territory"


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none."""
    found = shutil.which("initdb")
    return HOMES[-1] if HOMES else Path(found).parent if found else None


@dataclass(frozen=True)
class Server:
    """A server that runs in a folder of its own, and can be stopped and started again."""

    binaries: Path
    folder: Path
    port: int

    def run(self, program: str, *arguments: str | Path) -> None:
        """Run one of the server's programs as its owner."""
        owner = _owner()
        command = (self.binaries / program, *arguments)
        subprocess.run(
            command, check=True, user=owner.pw_uid, group=owner.pw_gid, cwd=self.folder, stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off"
        self.run("pg_ctl", "-D", self.folder / "data", "-o", options, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def database(self, name: str) -> str:
        """Create an empty database and return its URL."""
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, name)
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def server(binaries: Path) -> Iterator[Server]:
    """Run a server in a new folder."""
    folder = Path(tempfile.mkdtemp(prefix="territory-postgres-"))
    owner = _owner()
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    made = Server(binaries, folder, free_port())
    try:
        made.run("initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
