#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-options.py MESON SOURCE: the tree configures with each option the other way."""

import subprocess
import sys
import tempfile

OPTIONS = ["server=false", "postgresql=disabled", "display_tests=disabled", "speech=disabled"]


def main():
    meson, source = sys.argv[1:]
    n_wrong = 0
    print("1..%d" % len(OPTIONS))
    for number, option in enumerate(OPTIONS, 1):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([meson, "setup", folder, source, "-D" + option], text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        for line in done.stdout.splitlines() if done.returncode != 0 else []:
            print("# " + line)
        print("%s %d - %s" % ("not ok" if done.returncode != 0 else "ok", number, option))
        n_wrong += done.returncode != 0
    return 1 if n_wrong > 0 else 0


sys.exit(main())
