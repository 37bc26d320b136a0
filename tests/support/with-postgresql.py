#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""with-postgresql.py [--durable] SOURCE PROGRAM ARGUMENT…: runs a test beside a PostgreSQL cluster of its own.

The cluster is in a folder that goes away, speaks through a socket in it and through nothing else, and ends
with the test, however that ends. Nobody needs to be root, and PostgreSQL refuses to be. The test finds the
folder in AMENDS_TEST_POSTGRESQL, a database "amends_template" to make others from, and PostgreSQL's
programs on PATH; "admin" may do anything there. A benchmark wants it --durable, as a landlord's is."""

import ctypes
import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

PR_SET_PDEATHSIG = 1
READY = b"database system is ready to accept connections"

# A cluster whose machine never fails needs not to wait for its disk. What the server asks for is there.
SETTINGS = ("listen_addresses=", "max_connections=40", "logging_collector=off",
            "log_min_messages=warning")
VOLATILE = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB")


def find_programs():
    told = shutil.which("pg_config")
    folders = [subprocess.run([told, "--bindir"], check=True, capture_output=True,
                              encoding="utf-8").stdout.strip()] if told else []
    folders += sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    for folder in folders:
        if os.access(os.path.join(folder, "initdb"), os.X_OK):
            return folder
    sys.exit("with-postgresql.py: PostgreSQL's server is not installed")


class Cluster:
    def __init__(self, source, is_durable):
        self.settings = SETTINGS if is_durable else SETTINGS + VOLATILE
        self.programs = find_programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="amends-pg-"))
        self.process = None
        self.is_stopping = False
        self.user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8",
                            "PATH": self.programs + os.pathsep + os.environ.get("PATH", ""),
                            "AMENDS_TEST_POSTGRESQL": str(self.folder)}
        for name in [name for name in self.environment if name.startswith("PG")]:
            del self.environment[name]
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.server = pathlib.Path(source) / "data" / "server" / "postgresql"

    def become_user(self):
        """In the child. The last line comes last: changing the user forgets it."""
        if self.user:
            os.setgroups([])
            os.setgid(self.user.pw_gid)
            os.setuid(self.user.pw_uid)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)

    def start(self):
        data = self.folder / "data"
        made = subprocess.run(["initdb", "-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8",
                               "--locale=C.UTF-8", "--no-sync", "--no-instructions",
                               "--data-checksums"],
                              env=self.environment, cwd=self.folder, preexec_fn=self.become_user,
                              stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
        if made.returncode != 0:
            sys.exit(made.stderr)
        self.process = subprocess.Popen(
            ["postgres", "-D", data, "-k", self.folder]
            + [word for setting in self.settings for word in ("-c", setting)],
            env=self.environment, cwd=self.folder, preexec_fn=self.become_user,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        seen = []
        for line in self.process.stderr:
            seen.append(line.decode("utf-8", "replace"))
            if READY in line:
                break
        else:
            sys.exit("".join(seen))
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        """What the database complains of stands beside what the test says."""
        for line in self.process.stderr:
            if not self.is_stopping:
                os.write(2, b"postgresql: " + line)

    def psql(self, database, *arguments):
        subprocess.run(["psql", "-h", self.folder, "-U", "admin", "-d", database, "-X", "-q",
                        "-v", "ON_ERROR_STOP=1", *arguments], env=self.environment, check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def prepare(self):
        self.psql("postgres", "-f", self.server / "roles.sql")
        self.psql("postgres", "-c", "CREATE DATABASE amends_template")
        for schema in sorted(self.server.glob("schema-*.sql")):
            self.psql("amends_template", "-f", schema)

    def stop(self):
        self.is_stopping = True
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    is_durable = sys.argv[1] == "--durable"
    source, *command = sys.argv[2 if is_durable else 1:]
    cluster = Cluster(source, is_durable)
    try:
        cluster.start()
        cluster.prepare()
        with subprocess.Popen(command, env=cluster.environment) as test:
            try:
                status = test.wait()
                return status if status >= 0 else 128 - status
            finally:
                if test.poll() is None:
                    test.terminate()
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
