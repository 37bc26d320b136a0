#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""with-postgresql.py [--durable] SOURCE PROGRAM ARGUMENT…: runs a test beside a PostgreSQL cluster of its own.

The cluster (cluster.py) ends with the test, however that ends. The test finds its folder in
AMENDS_TEST_POSTGRESQL, a database "amends_template" to make others from, and PostgreSQL's programs on PATH;
"admin" may do anything there. A benchmark wants it --durable, as a landlord's is."""

import pathlib
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from cluster import Cluster  # noqa: E402


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
