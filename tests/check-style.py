#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-style.py SOURCE: what no tool of the compiler's says: a licence in every file, nothing that
jumps, sleeps in a test or was left open, and no call that is dangerous by itself."""

import pathlib
import re
import sys

FOLDERS = ("data", "flatpak", "po", "src", "tests", "tools", "ui")
LICENSED = {".c", ".h", ".ui", ".py", ".mjs", ".sh", ".sql", ".css", ".build", ".in", ".policy",
            ".calendar", ".svg"}
LICENCE = "SPDX-License-Identifier:"
UNLICENSED = {"po/POTFILES.in"}

COMMENT_OR_LITERAL = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                                re.DOTALL)

# What is forbidden in C, and why.
IN_CODE = (
    (r"\bgoto\b", "scope undoes, nothing jumps"),
    (r"\b(?:gint|gchar|gdouble|gfloat|glong|gshort)\b", "int, char, double, float, long, short"),
    (r"\b(?:strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|g_alloca|g_newa)\s*\(",
     "has no bound"),
    (r"\b(?:system|popen|g_spawn_command_line_\w+)\s*\(", "goes through a shell or splits words"),
    (r"\bgtk_label_set_markup\s*\(|\bjson_parser_new\b|\bsoup_logger_new\b", "unsafe with text from "
     "outside"),
)
IN_SRC = ((r"\b(?:atoi|atol|atoll|atof)\s*\(", "does not say that it failed"),)
IN_TESTS = ((r"\b(?:sleep|usleep|nanosleep|g_usleep)\s*\(", "a test never sleeps"),)
IN_TEXT = ((r"\b(?:TODO|FIXME|XXX)\b", "left open"),)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_file(path, shown):
    text = path.read_text(encoding="utf-8")
    name = shown.as_posix()
    if path.suffix in LICENSED and name not in UNLICENSED and LICENCE not in text[:2000]:
        yield f"{name}:1: no line {LICENCE}"
    if "\r" in text or (text and not text.endswith("\n")):
        yield f"{name}: lines end with one line feed, the last one too"

    rules = []
    if path.suffix in (".c", ".h"):
        code = COMMENT_OR_LITERAL.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
        rules += [(code, *rule) for rule in IN_CODE]
        if name.startswith("src/"):
            rules += [(code, *rule) for rule in IN_SRC]
        if name.startswith("tests/"):
            rules += [(code, *rule) for rule in IN_TESTS]
    if path.suffix in LICENSED and path.name != pathlib.Path(__file__).name:
        rules += [(text, *rule) for rule in IN_TEXT]
    for searched, pattern, why in rules:
        for match in re.finditer(pattern, searched):
            yield f"{name}:{line_of(searched, match.start())}: “{match.group(0).strip()}”: {why}"


def main():
    source = pathlib.Path(sys.argv[1])
    paths = [path for folder in FOLDERS for path in sorted((source / folder).rglob("*"))
             if path.is_file() and (path.suffix in LICENSED or path.name == "meson.build")]
    problems = [problem for path in paths for problem in check_file(path, path.relative_to(source))]
    for problem in problems:
        print(problem)
    return 1 if problems or not paths else 0


sys.exit(main())
