#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-hardening.py [--fortified] PROGRAM…: reads from each program that it was built
position-independent, with its relocations read-only and bound at start, without an executable
stack or a search path, with the stack protector and, where --fortified, with _FORTIFY_SOURCE."""

import re
import subprocess
import sys


# With _FORTIFY_SOURCE every call of these becomes one of __printf_chk () and so on.
ALWAYS_FORTIFIED = re.compile(r"\s(v?(?:f|d|s|sn|as)?printf|v?syslog)@")


def readelf(*arguments):
    return subprocess.run(("readelf", "--wide", *arguments), check=True, text=True,
                          stdout=subprocess.PIPE, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout


def problems_of(program, is_fortified):
    header = readelf("--file-header", program)
    segments = readelf("--program-headers", program)
    dynamic = readelf("--dynamic", program)
    symbols = readelf("--dyn-syms", program)

    if not re.search(r"Type:\s+DYN", header) or not re.search(r"FLAGS_1.*\bPIE\b", dynamic):
        yield "not position-independent"
    if "GNU_RELRO" not in segments:
        yield "relocations are not made read-only"
    if not re.search(r"BIND_NOW|FLAGS_1.*\bNOW\b", dynamic):
        yield "symbols are not bound at start"
    stack = re.search(r"GNU_STACK\s+(?:0x\w+\s+){5}(\S+)", segments)
    if stack is None or "E" in stack.group(1):
        yield "the stack is executable"
    if re.search(r"\b(?:RPATH|RUNPATH)\b", dynamic):
        yield "looks for libraries in a folder of its own"
    if "__stack_chk_fail" not in symbols:
        yield "no stack protector"
    if is_fortified:
        for name in sorted(set(ALWAYS_FORTIFIED.findall(symbols))):
            yield f"calls {name} () unfortified"


def main():
    arguments = sys.argv[1:]
    is_fortified = "--fortified" in arguments
    programs = [argument for argument in arguments if not argument.startswith("--")]
    problems = [f"{program}: {problem}" for program in programs
                for problem in problems_of(program, is_fortified)]
    for problem in problems:
        print(problem)
    return 1 if problems or not programs else 0


sys.exit(main())
