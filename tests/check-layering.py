#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-layering.py SOURCE: each layer includes only itself and the layers below it, and the layers
that must run the same anywhere ask nobody for the time, for chance or for a file.

Core gets everything as arguments. Store and sync have one file each that meets the world,
amends-environment.c, which a test replaces."""

import pathlib
import re
import sys

BELOW = {
    "core": [],
    "paper": ["core"],
    "store": ["core"],
    "sync": ["store", "core"],
    "server": ["sync", "store", "core"],
    "cli": ["sync", "store", "paper", "core"],
    "app": ["sync", "store", "paper", "core"],
}
GENERATED = {"config.h"}

# Headers of the system, by the first layers that may not have them.
FORBIDDEN_HEADERS = {
    "core": r"gio/|glib/gstdio\.h|sqlite3\.h|libsoup/|sys/socket\.h|netinet/|time\.h|sys/time\.h"
            r"|sys/random\.h|fcntl\.h|gtk/|adwaita\.h|libsecret/|microhttpd\.h|zlib\.h",
    "paper": r"gio/|sqlite3\.h|libsoup/|gtk/|adwaita\.h|microhttpd\.h",
    "store": r"libsoup/|sys/socket\.h|netinet/|gtk/|adwaita\.h|microhttpd\.h",
    "sync": r"gtk/|adwaita\.h|microhttpd\.h",
}

CLOCKS = r"g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|g_date_set_time\w*" \
         r"|clock_gettime|gettimeofday|time|localtime(?:_r)?"
CHANCE = r"rand|random|rand_r|drand48|getrandom|getentropy|arc4random\w*|g_random_\w+|g_rand_new" \
         r"|g_uuid_string_random|randombytes\w*"
FILES = r"fopen|freopen|open|openat|creat|g_fopen|g_open|g_file_\w+|g_mkdir\w*|g_unlink|g_getenv" \
        r"|getenv|g_spawn_\w+|socket|connect|system|popen"
FORBIDDEN_CALLS = {
    "core": "|".join((CLOCKS, CHANCE, FILES)),
    "paper": "|".join((CLOCKS, CHANCE)),
    "store": "|".join((CLOCKS, CHANCE)),
    "sync": "|".join((CLOCKS, CHANCE)),
}
ENVIRONMENT = "amends-environment.c"

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
COMMENT_OR_LITERAL = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                                re.DOTALL)


def blank(match):
    """The same lines, without what is no code."""
    return re.sub(r"[^\n]", " ", match.group(0))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_file(path, shown, layer):
    text = path.read_text(encoding="utf-8")
    allowed = {layer, *BELOW[layer]}
    for match in INCLUDE.finditer(text):
        own, system = match.groups()
        where = f"{shown}:{line_of(text, match.start())}"
        if own is not None and own not in GENERATED:
            if own.split("/", 1)[0] not in BELOW or "/" not in own:
                yield f"{where}: \"{own}\" does not name its layer"
            elif own.split("/", 1)[0] not in allowed:
                yield f"{where}: {layer} may not include \"{own}\""
        if system is not None and layer in FORBIDDEN_HEADERS:
            if re.match(FORBIDDEN_HEADERS[layer], system):
                yield f"{where}: {layer} may not include <{system}>"

    if layer in FORBIDDEN_CALLS and path.name != ENVIRONMENT:
        code = COMMENT_OR_LITERAL.sub(blank, text)
        for match in re.finditer(rf"(?<![\w.>])({FORBIDDEN_CALLS[layer]})\s*\(", code):
            yield f"{shown}:{line_of(code, match.start())}: {layer} may not call {match.group(1)} ()"


def main():
    source = pathlib.Path(sys.argv[1])
    n_files = 0
    problems = []
    for layer in BELOW:
        for path in sorted((source / "src" / layer).rglob("*.[ch]")):
            n_files += 1
            problems += check_file(path, path.relative_to(source), layer)
    for problem in problems:
        print(problem)
    if n_files == 0:
        print("No source was found")
    return 1 if problems or n_files == 0 else 0


sys.exit(main())
