#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-pitfalls.py SOURCE: tests/sync/PITFALLS.md has a row for each of its thirty numbers, and every
test that a row names is there. A row whose test is missing says “not yet”."""

import pathlib
import re
import sys

N_PITFALLS = 30
TABLE = "tests/sync/PITFALLS.md"
ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]*) \|$", re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")
IN_PYTHON = re.compile(r"(tests/\S+\.py): (test_\w+)")
TEST_FILES = ("test-*.c", "every.c", "scenarios.c")


def read(path):
    return path.read_text(encoding="utf-8")


def literals_of(source):
    """The parts that the paths of tests in C are made of, a file each."""
    return {path: set(re.findall(r'"([^"\n]+)"', read(path)))
            for pattern in TEST_FILES for path in sorted((source / "tests").rglob(pattern))}


def is_there(source, literals, name):
    """A benchmark is a file. A test in Python stands as a function; one in C as a literal, or as one of a folder and one of a
    name, in the same file."""
    if name.startswith("tests/bench/"):
        return (source / name).is_file()
    in_python = IN_PYTHON.fullmatch(name)
    if in_python:
        path = source / in_python.group(1)
        return path.is_file() and re.search(r"^def %s\(" % in_python.group(2), read(path),
                                            re.MULTILINE) is not None
    parts = [(name[:at + 1], name[at + 1:]) for at, letter in enumerate(name) if letter == "/"]
    if name.startswith("/every/"):
        return any(name[7:] in found for path, found in literals.items()
                   if path.name == "scenarios.c")
    return any(name in found or any(head in found and tail in found for head, tail in parts)
               for found in literals.values())


def problems_of(source):
    literals = literals_of(source)
    rows = ROW.findall(read(source / TABLE))
    numbers = [int(number) for number, _ in rows]
    if numbers != list(range(1, N_PITFALLS + 1)):
        yield f"{TABLE}: rows 1 to {N_PITFALLS}, each once"
    for number, shown_by in rows:
        names = [name for name in NAMED.findall(shown_by) if name.startswith(("/", "tests/"))]
        if not names and "not yet" not in shown_by:
            yield f"{TABLE}: {number} names no test"
        for name in names:
            if not is_there(source, literals, name):
                yield f"{TABLE}: {number}: there is no {name}"


def main():
    problems = list(problems_of(pathlib.Path(sys.argv[1])))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


sys.exit(main())
