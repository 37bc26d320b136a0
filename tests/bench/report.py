# SPDX-License-Identifier: GPL-3.0-or-later
"""Medians as one table, each figure of Amends as a ratio to those of the others."""

import dataclasses
import statistics


@dataclasses.dataclass
class Line:
    """A line of the table: @limit is the most that Amends ÷ floor (or Amends alone) may be, or the
    least that Amends alone may be."""

    label: str
    operation: str
    field: str
    unit: str
    limit: float = None
    is_absolute: bool = False
    is_least: bool = False


OTHERS = {"fossil": "Fossil", "pouch": "PouchDB"}  # have a column if they took part

LINES = [
    Line("upload", "upload", "wall_ms", "ms", 1.5),
    Line("… whole process", "upload", "process_ms", "ms"),
    Line("upload, wire", "upload", "wire_bytes", "kB", 0.5),
    Line("upload, requests", "upload", "requests", ""),
    Line("fresh pull", "pull", "wall_ms", "ms", 2),
    Line("… whole process", "pull", "process_ms", "ms"),
    Line("fresh pull, wire", "pull", "wire_bytes", "kB", 0.5),
    Line("fresh pull, requests", "pull", "requests", ""),
    Line("nothing to do", "nothing", "wall_ms", "ms", 1.5),
    Line("… whole process", "nothing", "process_ms", "ms"),
    Line("nothing to do, wire", "nothing", "wire_bytes", "kB", 1.5),
    Line("nothing to do, requests", "nothing", "requests", "", 1, True),
    Line("push one", "push_one", "wall_ms", "ms", 1.5),
    Line("push one, wire", "push_one", "wire_bytes", "kB", 1.5),
    Line("push one, requests", "push_one", "requests", "", 1, True),
    Line("pull one", "pull_one", "wall_ms", "ms", 1.5),
    Line("pull one, wire", "pull_one", "wire_bytes", "kB", 1.5),
    Line("pull one, requests", "pull_one", "requests", "", 1, True),
    Line("300 ms away: upload", "far_upload", "wall_ms", "ms", 1.5),
    Line("… requests", "far_upload", "requests", ""),
    Line("300 ms away: fresh pull", "far_pull", "wall_ms", "ms", 2),
    Line("… requests", "far_pull", "requests", ""),
    Line("300 ms away: nothing to do", "far_nothing", "wall_ms", "ms", 1.5),
    Line("client peak, upload", "upload", "client_peak_kb", "MB", 40, True),
    Line("client peak, fresh pull", "pull", "client_peak_kb", "MB", 40, True),
    Line("… whole process", "pull", "process_peak_kb", "MB"),
    Line("server peak, upload", "upload", "server_peak_kb", "MB"),
    Line("server peak, fresh pull", "pull", "server_peak_kb", "MB"),
    Line("server CPU, upload", "upload", "server_cpu_ms", "ms"),
    Line("client disk", "upload", "client_disk_bytes", "MB"),
    Line("server disk", "upload", "server_disk_bytes", "MB"),
    Line("cut at half: sent twice", "cut", "twice_bytes", "kB", 64, True),
    Line("cut at half: share twice", "cut", "twice_share", "%", 1, True),
    Line("cut at half: lost", "cut", "n_lost", "", 0, True),
    Line("cut at half: doubled", "cut", "n_doubled", "", 0, True),
    Line("save one act, durable", "save", "wall_ms", "ms", 2),
    Line("clocks computed per second", "clocks", "per_second", "", 100000, True, True),
]

DIVISORS = {("wire_bytes", "kB"): 1000, ("twice_bytes", "kB"): 1024, ("client_peak_kb", "MB"): 1024,
            ("process_peak_kb", "MB"): 1024,
            ("server_peak_kb", "MB"): 1024, ("client_disk_bytes", "MB"): 1e6,
            ("server_disk_bytes", "MB"): 1e6, ("twice_share", "%"): 0.01}


def median(rows, peer, line):
    values = [row[line.field] for row in rows
              if row["peer"] == peer and row["operation"] == line.operation
              and row.get(line.field) is not None]
    if not values:
        return None
    return statistics.median(values) / DIVISORS.get((line.field, line.unit), 1)


def figure(value, unit=""):
    if value is None:
        return "–"
    digits = 0 if unit == "" or value >= 1000 else 1 if value >= 100 else 2
    return ("%.*f %s" % (digits, value, unit)).strip()


def ratio(value, base):
    return "–" if value is None or not base else "%.2f ×" % (value / base)


def verdict(line, amends, floor):
    """The aim, and whether it is met."""
    if line.limit is None:
        return "", ""
    aim = "%s %g %s" % ("≥" if line.is_least else "≤", line.limit,
                        line.unit if line.is_absolute else "× floor")
    if amends is None or (floor is None and not line.is_absolute):
        return aim.strip(), ""
    reached = amends if line.is_absolute else amends / floor
    is_met = reached >= line.limit if line.is_least else reached <= line.limit
    return aim.strip(), "yes" if is_met else "NO"


def print_table(all_rows, n_cases, n_runs):
    rows = [row for row in all_rows if row["cases"] == n_cases]
    print("\n%d cases of 12 events, %s\n" % (n_cases, "median of %d runs" % n_runs
                                             if n_runs > 1 else "one run"))
    others = [peer for peer in OTHERS if any(row["peer"] == peer for row in rows)]
    table = [["", "floor", "Amends", "÷ floor", "aim", "met"]]
    for peer in others:
        table[0] += [OTHERS[peer], "Amends ÷ " + OTHERS[peer]]
    for line in LINES:
        floor, amends = (median(rows, peer, line) for peer in ("floor", "amends"))
        table.append([line.label, figure(floor, line.unit), figure(amends, line.unit),
                      ratio(amends, floor), *verdict(line, amends, floor)])
        for peer in others:
            value = median(rows, peer, line)
            table[-1] += [figure(value, line.unit), ratio(amends, value)]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for number, row in enumerate(table):
        print("| " + " | ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                                for column, (cell, width) in enumerate(zip(row, widths))) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(flush=True)
