#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-quiet.py COMMAND…: fails when a command fails, and when it warns but says that it did not.
flatpak-builder reports an unknown key of a manifest so."""

import subprocess
import sys


def main():
    done = subprocess.run(sys.argv[1:], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    warnings = [line for line in done.stdout.splitlines()
                if "warning" in line.lower() or line.startswith("**")]
    if done.returncode != 0:
        print(done.stdout)
    for warning in warnings:
        print(warning)
    return 1 if done.returncode != 0 or warnings else 0


sys.exit(main())
