#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-import.py AMENDSCTL SERVER SOURCE: a landlord's homes, people, staff and running cases from a
spreadsheet, by the command line, and that another device knows them again. Prints TAP.

One story: what one test leaves behind the next ones find."""

import csv
import datetime
import io
import os
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import DONE, TODAY, USAGE, Story, equal, play, refused  # noqa: E402

KEYS = {"applied", "new", "already_here", "updated", "changed", "changed_left_out", "cases",
        "entries", "bad", "bad_left_out", "error"}
HEADER = ["Old reference", "Scheme", "Date received", "Channel", "Complainant", "Home", "Issue",
          "issues.1.what", "Acknowledged", "case.acknowledged.channel", "Note"]


def day(n_ago, form="%Y-%m-%d"):
    return (TODAY - datetime.timedelta(n_ago)).strftime(form)


def sheet(*rows, header=None):
    """As a spreadsheet saves it: a mark of byte order, CRLF, quotes where they are needed."""
    text = io.StringIO()
    csv.writer(text).writerows([header or HEADER, *rows])
    return "\ufeff" + text.getvalue()


def row(number, **cells):
    return [{"Old reference": "FEN/10%d" % number, "Scheme": "oak",
             "Date received": day(9, "%d/%m/%Y"), "Channel": "Telephone",
             "Complainant": "Aldra Ashmère", "Home": "Flat %d" % number,
             "Issue": "The lift, again\nand \"again\"", "issues.1.what": "Nobody rang back",
             "Acknowledged": day(6), "case.acknowledged.channel": "letter",
             "Note": "The contractor comes on Monday", **cells}[name] for name in HEADER]


def do(scene, word, *rows, store=None, header=None):
    answer = scene.ctl(store or scene.first, "import", "running-cases", "-", word,
                       text=sheet(*rows, header=header))
    equal(set(answer.json), KEYS)
    return answer


def count(scene, store=None):
    return scene.take(store or scene.first, "status")["events"]


def test_begin(scene):
    scene.begin()


def test_used_wrongly(scene):
    for words in (["running-cases"], ["running-cases", "-"], ["ships", "-", "--check"],
                  ["running-cases", "-", "--check", "--apply"],
                  ["running-cases", "-", "--template"]):
        refused(scene.ctl(scene.first, "import", *words), USAGE, "usage")
    refused(scene.ctl(scene.first, "import", "running-cases", scene.folder / "none", "--check"),
            USAGE, "input")
    refused(scene.ctl(scene.first, "import", "running-cases", "-", "--check", text='a,b\n1,"2'),
            USAGE, "invalid")


def test_template(scene):
    printed = scene.run([scene.amendsctl, "import", "running-cases", "--template"])
    equal(printed.status, DONE)
    names = printed.output.strip().split(",")
    cells = {"former_reference": "T/1", "scheme": "oak", "received": day(3), "channel": "email",
             "issues.what": "Damp"}
    answer = do(scene, "--check", [cells.get(name, "") for name in names], header=names)
    equal((answer.status, answer.json["new"]), (DONE, 1))


def test_check(scene):
    before = count(scene)
    answer = do(scene, "--check", row(1), row(2))
    equal((answer.status, answer.json["applied"], answer.json["new"]), (DONE, False, 2))
    equal([(case["line"], case["former_reference"], case["id"]) for case in answer.json["cases"]],
          [(2, "FEN/101", None), (4, "FEN/102", None)])
    equal(count(scene), before)


def test_bad_lines(scene):
    """Each is named, with its line and column, and nothing is applied."""
    before = count(scene)
    answer = do(scene, "--apply", row(1), row(2, Channel="pigeon", Scheme="ash"),
                row(3, Acknowledged=day(12)), row(1), row(5, **{"case.acknowledged.channel": ""}))
    refused(answer, USAGE, "invalid")
    equal([(one["line"], one["column"]) for one in answer.json["bad"]],
          [(4, "Scheme"), (4, "Channel"), (6, "Acknowledged"), (8, None),
           (10, "case.acknowledged.channel")])
    assert all(one["message"] for one in answer.json["bad"])
    equal((answer.json["applied"], count(scene)), (False, before))
    plain = scene.ctl(scene.first, "import", "running-cases", "-", "--check",
                      text=sheet(row(1, Channel="pigeon")), plain=True)
    equal(plain.status, USAGE)
    assert plain.output.startswith("Line 2, Channel: "), plain.output


def test_bad_header(scene):
    answer = do(scene, "--apply", row(1),
                header=[{"Home": "Hat size", "Note": "Home", "Scheme": "Channel",
                         "Channel": "phone"}.get(name, name) for name in HEADER])
    refused(answer, USAGE, "invalid", "Hat size")
    equal([(one["line"], one["column"]) for one in answer.json["bad"]],
          [(1, "Hat size"), (1, "scheme")])
    twice = do(scene, "--apply", row(1), header=["scheme" if name == "Note" else name
                                                 for name in HEADER])
    equal([one["column"] for one in twice.json["bad"]], ["scheme"])


def test_apply(scene):
    answer = do(scene, "--apply", row(1), row(2))
    equal((answer.status, answer.json["applied"], answer.json["new"]), (DONE, True, 2))
    shown = scene.take(scene.first, "show", answer.json["cases"][0]["reference"])
    equal((shown["received"], shown["channel"], shown["complainant"]["home"], shown["stage"]),
          (day(9), "telephone", "Flat 1", "stage-1"))
    equal([issue["what"] for issue in shown["issues"]],
          ["The lift, again\nand \"again\"", "Nobody rang back"])
    equal(shown["acknowledged"], {"on": day(6), "channel": "letter"})
    equal([note["text"] for note in shown["notes"]], ["The contractor comes on Monday"])
    equal(shown["former_reference"], "FEN/101")
    equal([case["reference"] for case in scene.take(scene.first, "search", "FEN/101")],
          [shown["reference"]])


def test_again(scene):
    """It changes nothing; what a row says anew is named and left."""
    before = count(scene)
    answer = do(scene, "--apply", row(1), row(2, Home="Flat 3"))
    equal((answer.status, answer.json["new"], answer.json["already_here"]), (DONE, 0, 1))
    equal([one["line"] for one in answer.json["changed"]], [4])
    equal(count(scene), before)


def test_elsewhere(scene):
    """Another device that has them knows them again; what was corrected since does not matter."""
    with scene.serving():
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
    before = count(scene, scene.second)
    answer = do(scene, "--apply", row(1), row(2), store=scene.second)
    equal((answer.status, answer.json["new"], answer.json["already_here"]), (DONE, 0, 2))
    equal(count(scene, scene.second), before)
    equal(scene.take(scene.second, "fsck")["ok"], True)


REGISTERS = {
    "homes": (["Reference", "Scheme", "Flat"],
              [["H/1", "oak", "Flat 1, Linden House"], ["H/2", "oak", "Flat 2"]], "Flat 2a"),
    "people": (["Tenancy reference", "Scheme", "Name", "Language"],
               [["T/1", "oak", "Aldra Ashmère", "Welsh"], ["T/2", "oak", "Tarn Wexcombe", ""]],
               "Polish"),
    "staff": (["Name", "Roles"], [["Mirel Tawney", "approver"], ["Wren Tallow", ""]],
              "Line manager; investigator"),
}


def put(scene, kind, word, *rows, header, store=None):
    answer = scene.ctl(store or scene.first, "import", kind, "-", word,
                       text=sheet(*rows, header=header))
    equal(set(answer.json), KEYS)
    return answer


def test_registers(scene):
    """Each comes in once; what a file says otherwise then is recorded, and another device has it."""
    for kind, (header, rows, other) in REGISTERS.items():
        checked = put(scene, kind, "--check", *rows, header=header)
        equal((checked.json["applied"], checked.json["new"]), (False, 2))
        answer = put(scene, kind, "--apply", *rows, header=header)
        equal((answer.status, answer.json["applied"], answer.json["new"]), (DONE, True, 2))
        equal([(one["line"], one["key"]) for one in answer.json["entries"]],
              [(2, rows[0][0]), (3, rows[1][0])])
        before = count(scene)
        again = put(scene, kind, "--apply", *rows, header=header)
        equal((again.json["new"], again.json["updated"], again.json["already_here"]), (0, 0, 2))
        equal(count(scene), before)
        rows[1][-1] = other
        changed = put(scene, kind, "--apply", *rows, header=header)
        equal((changed.json["new"], changed.json["updated"], changed.json["already_here"]),
              (0, 1, 1))
        bad = put(scene, kind, "--apply", *rows, rows[0], header=header)
        refused(bad, USAGE, "invalid")
        equal([one["line"] for one in bad.json["bad"]], [4])
    equal([one for one in scene.take(scene.first, "staff", "list")
           if one["name"] == "Mirel Tawney"], [])
    with scene.serving():
        scene.take(scene.first, "sync")
        scene.take(scene.second, "sync")
    for kind, (header, rows, _other) in REGISTERS.items():
        there = put(scene, kind, "--check", *rows, header=header, store=scene.second)
        equal((there.json["new"], there.json["already_here"]), (0, 2))
    equal(scene.take(scene.second, "fsck")["ok"], True)


if __name__ == "__main__":
    scene = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("import", scene, dict(globals())))
