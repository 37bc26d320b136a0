# SPDX-License-Identifier: GPL-3.0-or-later
"""What a benchmark builds for itself."""

import os
import subprocess

import harness


def build_tools(folder):
    folder.mkdir()
    for name, libraries in (("measure", []), ("floor-store", ["-lsqlite3", "-lsodium", "-lz"])):
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-std=gnu17", "-o", folder / name,
                        harness.HERE / (name + ".c"), *libraries], check=True)
    return folder
