# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL cluster in a folder that goes away, which speaks through a socket in it and through nothing else.

Nobody needs to be root, and PostgreSQL refuses to be."""

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
READY = b"database system is ready to accept"

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
    sys.exit("PostgreSQL's server is not installed")


class Cluster:
    def __init__(self, source, is_durable):
        self.settings = SETTINGS if is_durable else SETTINGS + VOLATILE
        self.programs = find_programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="amends-pg-"))
        self.data = self.folder / "data"
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

    def run(self, *words):
        made = subprocess.run(words, env=self.environment, cwd=self.folder, preexec_fn=self.become_user,
                              stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
        if made.returncode != 0:
            sys.exit(made.stderr)

    def start(self):
        self.run("initdb", "-D", self.data, "-U", "admin", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync", "--no-instructions", "--data-checksums")
        self.serve()

    def start_replica_of(self, primary):
        """Streams what @primary does, and may be asked."""
        self.run("pg_basebackup", "-h", primary.folder, "-U", "admin", "-D", self.data, "-R",
                 "-X", "stream", "-c", "fast", "--no-sync")
        self.serve()

    def serve(self):
        self.process = subprocess.Popen(
            ["postgres", "-D", self.data, "-k", self.folder]
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
            if not self.is_stopping and b" LOG:  " not in line:
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

    def leave(self):
        """A replica gets nothing more from its primary."""
        self.psql("postgres", "-c", "ALTER SYSTEM SET primary_conninfo = ''", "-c",
                  "SELECT pg_reload_conf()")

    def promote(self):
        self.psql("postgres", "-c", "SELECT pg_promote(true)")

    def kill(self):
        """As when its machine fails; what it has on the disk stays there."""
        self.is_stopping = True
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def stop(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
