"""A PostgreSQL of the tests' own: on a socket in its folder, without a port, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from itertools import count
from pathlib import Path

import psycopg

READY = b"database system is ready to accept connections"
OWNER = "postgres"
"""As root, whom PostgreSQL does not serve, it runs as the user of its Debian package."""


def program(name: str) -> str:
    """Return a program of the newest PostgreSQL on this machine; one that is missing fails the test."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    path = str(found[-1]) if found else shutil.which(name)
    assert path, f"{name} of PostgreSQL is not here; on Debian: apt-get install postgresql"
    return path


class Cluster:
    """A server with databases that are made for each test."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="antrean-pg-"))
        self._owner = OWNER if os.geteuid() == 0 else None
        if self._owner:
            entry = pwd.getpwnam(self._owner)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        self._names = count(1)
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "antrean", "-A", "trust", "--no-sync", "-E", "UTF8")
        self._server = self._started(durable=durable)
        self._log = threading.Thread(target=self._drain, daemon=True)
        self._wait_until_ready()
        self._log.start()

    def database(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"region_{next(self._names)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    @property
    def pid(self) -> int:
        """The id of the server's first process, which starts all others."""
        return self._server.pid

    def restart(self) -> None:
        """Kill the server as a power cut would, and start it again."""
        self._server.kill()
        self._server.wait()
        self._log.join()
        self._server = self._started(durable=True)
        self._log = threading.Thread(target=self._drain, daemon=True)
        self._wait_until_ready()
        self._log.start()

    def end(self) -> None:
        """End the server at once."""
        self._server.send_signal(3)
        self._server.wait(30)
        self._log.join()
        shutil.rmtree(self.folder)

    def _url(self, name: str) -> str:
        return f"postgresql://antrean@/{name}?host={self.folder}"

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [program(name), *arguments], cwd=self.folder, user=self._owner, capture_output=True, check=True, timeout=60
        )

    def _started(self, *, durable: bool) -> subprocess.Popen[bytes]:
        options = ["-k", str(self.folder), "-h", "", *([] if durable else ["-F"])]
        return subprocess.Popen(
            [program("postgres"), "-D", f"{self.folder}/data", *options],
            cwd=self.folder, user=self._owner, stderr=subprocess.PIPE,
        )  # fmt: skip

    def _wait_until_ready(self) -> None:
        assert self._server.stderr
        told = []
        for line in self._server.stderr:
            told.append(line)
            if READY in line:
                return
        raise AssertionError(b"".join(told).decode())

    def _drain(self) -> None:
        assert self._server.stderr
        for _ in self._server.stderr:
            pass
        self._server.stderr.close()
