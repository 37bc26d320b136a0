#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-amendsctl.py AMENDSCTL SERVER SOURCE: the command line as scripts use it: the real programs, on
loopback, in one folder that goes away. Prints TAP.

The functions below are one story and run in their order: a landlord, two devices, a day's work with
the server away, and what may go wrong. What one leaves behind the next ones find."""

import contextlib
import datetime
import json
import os
import pathlib
import pty
import select
import socket
import sqlite3
import stat
import subprocess
import sys
import termios
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from scene import (  # noqa: E402
    DONE, NETWORK, PASSPHRASE, REFUSED, STORE, TIMEOUT_S, TODAY, USAGE,
    Story, equal, play, refused, smallest)

SMALLEST = smallest(TODAY)

SAMPLE = {
    "kind": "complaint", "scheme": "oak", "received": (TODAY - datetime.timedelta(1)).isoformat(),
    "channel": "in-person",
    "complainant": {"name": "Aldra Ashmère", "relation": "current-tenant", "home": "Flat 12",
                    "phone": "01632 960012", "email": "aldra@example.org",
                    "preferred_contact": "letter"},
    "representative": {"name": "Fenna Ashmère", "relation": "daughter",
                       "authority": {"type": "written-permission", "given": True,
                                     "from": "2026-01-20", "until": None,
                                     "scope": ["this-case"]}},
    "issues": [{"what": "The lift stops between floors.\nThe stairs are too much for me.",
                "arose": "2026-01", "aware": None, "outcome_sought": "A lift that works"},
               {"what": "Nobody rang back", "arose": None}],
    "consents": [{"purpose": "share-with-contractor", "to": "Oak Lifts Ltd", "given": True,
                  "until": "2031-05-20"},
                 {"purpose": "contact-for-survey", "given": "ask-me"}],
    "adjustments": [{"need": "large-print", "detail": "18 point"}],
    "told_before": True,
}
CASE_KEYS = {"id", "reference", "kind", "scheme", "feed", "complainant", "home", "summary",
             "received", "state", "conflicts", "waiting", "recorded_at", "changed_at"}
SHOW_KEYS = {"id", "reference", "kind", "scheme", "feed", "state", "received", "channel",
             "told_before", "complainant", "representative", "issues", "consents", "adjustments",
             "notes", "edition", "conflicts", "heads", "unknown_events", "missing_events", "waiting"}
HISTORY_KEYS = {"id", "type", "at", "by", "device", "after", "body", "known", "erased", "verified",
                "sent", "server_at"}
STATUS_KEYS = {"organisation", "device", "server", "feeds", "staff", "cases", "events", "waiting",
               "set_aside", "quarantined", "conflicts", "last_attempt", "last_sync", "last_error",
               "receipt", "by_hand", "carried", "device_secret", "clock_skew_s"}
SYNC_KEYS = {"sent", "received", "acknowledged", "waiting", "conflicts", "requests", "bytes_up",
             "bytes_down", "recoded", "server_restored", "wall_ms", "peak_kb"}


# ------------------------------------------------------------------ the program itself


def test_help(scene):
    overview = scene.run([scene.amendsctl, "--help"])
    equal(overview.status, DONE)
    for command in ("enrol", "record", "act", "sync", "fsck", "clocks"):
        assert command in overview.output
        help_of = scene.run([scene.amendsctl, command, "--help"])
        equal(help_of.status, DONE)
        assert "--passphrase-file" in help_of.output
    equal(scene.run([scene.amendsctl, "--version"]).status, DONE)


def test_used_wrongly(scene):
    for words in (["--json"], ["explode", "--json"], ["list", "--colour", "--json"],
                  ["--json", "--store"], ["show", "--json"], ["show", "a", "b", "--json"],
                  ["record", "--json"], ["act", "7K-0001-H", "--json"], ["staff", "--json"],
                  ["staff", "remove", "--json"], ["list", "--limit", "many", "--json"]):
        answer = scene.run([scene.amendsctl, *words])
        refused(answer, USAGE)
    refused(scene.run([scene.amendsctl, "list", "--json"]), USAGE, field="store")
    plain = scene.run([scene.amendsctl, "explode"])
    equal((plain.status, plain.output), (USAGE, ""))
    assert plain.errors.startswith("amendsctl: ")
    # The options that a command needs stand in its usage, and may stand before it.
    for words, said in (
            (["enrol", "x"], "--store DIR enrol --server URL --code CODE --name NAME"),
            (["--new-passphrase-file", "x", "recover"], "recover --recovery-key FILE NAME"),
            (["--new-passphrase-file", "x", "--store", "x", "recover", "Ann"], "--recovery-key"),
            (["explode", "list"], "no such command"), ([], "Say what to do")):
        told = scene.run([scene.amendsctl, *words])
        equal(told.status, USAGE)
        assert said in told.errors, told.errors


def test_schema(scene):
    answer = scene.run([scene.amendsctl, "schema"])
    equal(answer.status, DONE)
    equal(answer.output, (scene.source / "data" / "intake.schema.json").read_text("utf-8"))
    acts = scene.run([scene.amendsctl, "schema", "--acts"])
    equal(acts.status, DONE)
    assert "case.acknowledged: on, channel, channel_detail?, who?\n" in acts.output
    assert "authority.withdrawn: name?\n" in acts.output
    one = json.loads(scene.run([scene.amendsctl, "schema", "case.noted"]).output)
    equal((one["required"], one["properties"]["type"]), (["type", "text"], {"const": "case.noted"}))
    both = json.loads(scene.run([scene.amendsctl, "schema", "--acts", "--json"]).output)
    equal([act["properties"]["type"]["const"] for act in both["oneOf"]],
          [line.partition(":")[0] for line in acts.output.splitlines()])
    for words in (["case.recorded"], ["case.noted", "--acts"]):
        refused(scene.run([scene.amendsctl, "schema", *words, "--json"]), USAGE)


def test_not_enrolled(scene):
    refused(scene.ctl(scene.folder / "nothing", "list"), STORE)
    # The machine stopped while the first store was made.
    scene.first.mkdir()
    (scene.first / "log.db").touch()
    cut = scene.ctl(scene.first, "list")
    refused(cut, STORE)
    assert "enrol it again with a new code" in cut.errors


# ------------------------------------------------------------------ enrolment


def test_enrol(scene):
    scene.admin("init", "--organisation", "Fenwater Homes")
    scene.admin("scheme", "add", "oak", "--name", "Oak Court")
    scene.serve()
    scene.code = scene.invite()
    answer = scene.enrol(scene.first, "Office laptop", scene.code, "--staff", "Hesta Penwick")
    equal(answer.status, DONE)
    equal(answer.json.keys(), {"device", "organisation", "feeds", "server"})
    equal(answer.json["organisation"]["name"], "Fenwater Homes")
    assert answer.json["organisation"]["id"]
    equal(answer.json["server"], "https://127.0.0.1:%d" % scene.port)
    oak = [feed for feed in answer.json["feeds"] if feed["feed"] == "s.oak"]
    equal(oak, [{"feed": "s.oak", "read": True, "write": True}])
    equal(stat.S_IMODE(scene.first.stat().st_mode), 0o700)
    for path in scene.first.rglob("*"):
        equal(stat.S_IMODE(path.stat().st_mode) & 0o077, 0)


def test_enrol_refused(scene):
    third = scene.folder / "third"
    refused(scene.enrol(third, "Third", scene.code), REFUSED)
    refused(scene.enrol(third, "Third", "0000" * 5), REFUSED)
    refused(scene.enrol(scene.first, "Again", "0000" * 5), REFUSED, "store-exists")
    code = scene.invite()
    refused(scene.enrol(third, "", code), USAGE, field="name")
    refused(scene.ctl(third, "enrol", "--server", "http://127.0.0.1:1", "--code", code, "--name",
                      "Third"), USAGE, field="server")
    refused(scene.ctl(third, "enrol", "--code", code, "--name", "Third"), USAGE, field="server")
    short = scene.write("short", "too short\n")
    refused(scene.enrol(third, "Third", code, passphrase=short), USAGE, field="passphrase")
    assert not (third / "log.db").exists()
    # None of these used the code up.
    answer = scene.enrol(scene.second, "Second laptop", code, "--staff", "Jorren Kelmere")
    equal(answer.status, DONE)
    scene.stop()


def test_enrol_server_away(scene):
    third = scene.folder / "third"
    refused(scene.enrol(third, "Third", "0123" * 5, "--staff", "Ivo Colddale"), NETWORK)
    assert not (third / "log.db").exists()


# ------------------------------------------------------------------ recording with no network


def test_record(scene):
    outcome = scene.take(scene.first, "record", "-", value=SAMPLE)
    assert {"id", "reference", "events"} <= outcome.keys()
    # One for the case and one for each issue, consent and adjustment.
    equal(len(outcome["events"]), 1 + 2 + 2 + 1)
    equal(outcome["events"][0], outcome["id"])
    scene.reference, scene.id = outcome["reference"], outcome["id"]

    path = scene.write("intake.json", json.dumps(SMALLEST))
    plain = scene.ctl(scene.first, "record", path, plain=True)
    equal(plain.status, DONE)
    equal(len(plain.json["events"]), 2)
    scene.plain_reference = plain.json["reference"]


def test_record_anonymous(scene):
    phone = "01632 960 111"
    for complainant in (None, {"anonymous": True}, {"phone": phone}, "absent"):
        intake = {**SMALLEST, "complainant": complainant}
        if complainant == "absent":
            del intake["complainant"]
        outcome = scene.take(scene.first, "record", "-", value=intake)
        shown = scene.take(scene.first, "show", outcome["reference"])
        equal(shown["complainant"]["name"], None)
        plain = scene.ctl(scene.first, "show", outcome["reference"], plain=True)
        equal(phone in plain.output, complainant == {"phone": phone})


BAD_INTAKES = (
    ({"kind": None}, "kind"), ({"kind": "grievance"}, "kind"), ({"scheme": None}, "scheme"),
    ({"scheme": "ash"}, "scheme"), ({"received": None}, "received"),
    ({"received": "2026-02-30"}, "received"), ({"received": "yesterday"}, "received"),
    ({"received": (TODAY + datetime.timedelta(400)).isoformat()}, "received"),
    ({"channel": None}, "channel"), ({"channel": "telepathy"}, "channel"),
    ({"issues": []}, "issues"), ({"issues": [{}]}, "issues.0.what"),
    ({"issues": [{"what": "a"}, {"what": ""}]}, "issues.1.what"),
    ({"issues": [{"what": "a\u0007"}]}, "issues.0.what"),
    ({"colour": "red"}, "colour"), ({"complainant": {"shoe": 1}}, "complainant.shoe"),
    ({"complainant": {"relation": "friend"}}, "complainant.relation"),
    ({"consents": [{"purpose": "gossip", "given": True}]}, "consents.0.purpose"),
    ({"consents": [{"purpose": "share-with-contractor"}]}, "consents.0.given"),
    ({"adjustments": [{"need": "other"}]}, "adjustments.0.detail"),
    ({"told_before": "perhaps"}, "told_before"),
    ({"issues": [{"what": "a" * (64 * 1024 + 1)}]}, "issues.0.what"),
)


def test_record_bad_input(scene):
    before = scene.take(scene.first, "status")
    for change, field in BAD_INTAKES:
        answer = scene.ctl(scene.first, "record", "-", text=json.dumps({**SMALLEST, **change}))
        refused(answer, USAGE, field=field)
    for text in ("", "{", "[]", "{} {}", '{"kind":"complaint","kind":"complaint"}',
                 "[" * 100 + "]" * 100, '"\udcff"'.encode("utf-8", "replace").decode()):
        refused(scene.ctl(scene.first, "record", "-", text=text), USAGE)
    refused(scene.ctl(scene.first, "record", scene.folder / "absent.json"), USAGE)
    after = scene.take(scene.first, "status")
    equal((after["events"], after["cases"]), (before["events"], before["cases"]))


def test_record_lines(scene):
    lines = [json.dumps(SMALLEST), json.dumps({**SMALLEST, "kind": "nothing"}),
             json.dumps(SMALLEST), "{"]
    answer = scene.ctl(scene.first, "record", "--lines", "-", text="\n".join(lines) + "\n")
    equal(answer.status, USAGE)
    results = [json.loads(line) for line in answer.output.splitlines()]
    equal(["error" in result for result in results], [False, True, False, True])
    equal(results[1]["error"]["field"], "kind")
    equal(results[1]["line"], 2)
    acts = [json.dumps({"reference": result["reference"],
                        "act": {"type": "case.noted", "text": "Rang back"}})
            for result in (results[0], results[2])]
    answer = scene.ctl(scene.first, "act", "--lines", "-", text="\n".join(acts))
    equal(answer.status, DONE)
    equal([json.loads(line)["reference"] for line in answer.output.splitlines()],
          [results[0]["reference"], results[2]["reference"]])


# ------------------------------------------------------------------ reading


def test_list(scene):
    rows = scene.take(scene.first, "list")
    assert all(CASE_KEYS <= row.keys() for row in rows)
    equal(len(rows), 8)
    days = [row["received"] for row in rows]
    equal(days, sorted(days, reverse=True))
    equal(len(scene.take(scene.first, "list", "--limit", "3")), 3)
    equal(len(scene.take(scene.first, "list", "--state", "open")), 8)
    equal(scene.take(scene.first, "list", "--state", "closed"), [])
    refused(scene.ctl(scene.first, "list", "--state", "ajar"), USAGE, field="state")
    refused(scene.ctl(scene.first, "list", "--limit", "-1"), USAGE, field="limit")
    row = [row for row in rows if row["reference"] == scene.reference][0]
    equal((row["complainant"], row["home"], row["kind"], row["scheme"], row["feed"], row["state"]),
          ("Aldra Ashmère", "Flat 12", "complaint", "oak", "s.oak", "open"))
    equal((row["conflicts"], row["waiting"]), (0, 6))
    assert row["recorded_at"].endswith("Z") and row["changed_at"].endswith("Z")


def test_search(scene):
    for text in ("ashm", "Ashmere", "flat 12", "lift", scene.reference):
        found = scene.take(scene.first, "search", text)
        assert scene.reference in [row["reference"] for row in found], text
    equal(scene.take(scene.first, "search", "zeppelin"), [])
    found = [(row["received"], row["reference"]) for row in scene.take(scene.first, "search", "door")]
    equal(found, [(row["received"], row["reference"]) for row in scene.take(scene.first, "list")
                  if row["summary"].startswith("The entrance door")])
    # What a search engine would read as its own language is only text.
    for text in ('"', "NEAR(", "a* OR b", "col:umn", "--"):
        answer = scene.ctl(scene.first, "search", "--", text)
        assert answer.status in (DONE, USAGE), answer


def test_show(scene):
    shown = scene.take(scene.first, "show", scene.reference)
    assert SHOW_KEYS <= shown.keys(), SHOW_KEYS - shown.keys()
    equal(shown, scene.take(scene.first, "show", scene.id))
    equal(shown, scene.take(scene.first, "show", scene.reference.lower().replace("-", " ")))
    equal((shown["id"], shown["reference"]), (scene.id, scene.reference))
    for key in ("name", "relation", "home", "phone", "email", "preferred_contact"):
        equal(shown["complainant"][key], SAMPLE["complainant"][key])
    assert "person" in shown["complainant"]
    equal(shown["representative"]["name"], "Fenna Ashmère")
    equal(shown["representative"]["authority"]["type"], "written-permission")
    equal(shown["representative"]["authority"]["until"], None)
    equal(shown["representative"]["authority"]["withdrawn"], None)
    equal([issue["what"] for issue in shown["issues"]],
          [issue["what"] for issue in SAMPLE["issues"]])
    equal(shown["issues"][0]["arose"], "2026-01")
    equal(shown["issues"][1]["outcome_sought"], None)
    equal([(consent["purpose"], consent["to"], consent["given"]) for consent in shown["consents"]],
          [("share-with-contractor", "Oak Lifts Ltd", True), ("contact-for-survey", None, "ask-me")])
    equal(shown["consents"][0]["withdrawn"], None)
    equal([(part["need"], part["detail"], part["ended"]) for part in shown["adjustments"]],
          [("large-print", "18 point", None)])
    equal((shown["told_before"], shown["notes"], shown["conflicts"]), (True, [], []))
    equal((shown["unknown_events"], shown["missing_events"], shown["waiting"]), (0, 0, 6))
    refused(scene.ctl(scene.first, "show", "7K-9999-0"), USAGE)
    refused(scene.ctl(scene.first, "show", "ZZ.999999"), USAGE, "not-found")
    refused(scene.ctl(scene.first, "show", "nonsense"), USAGE)


def test_history(scene):
    entries = scene.take(scene.first, "history", scene.reference)
    assert all(HISTORY_KEYS <= entry.keys() for entry in entries)
    equal([entry["type"] for entry in entries],
          ["case.recorded", "issue.added", "issue.added", "consent.given", "consent.deferred",
           "adjustment.added"])
    entry = entries[0]
    equal(entry["by"]["name"], "Hesta Penwick")
    equal(entry["device"]["name"], "Office laptop")
    equal((entry["known"], entry["erased"], entry["sent"], entry["server_at"]),
          (True, False, False, None))
    equal((entry["after"], entry["body"]["kind"]), ([], "complaint"))
    assert entry["at"].endswith("Z")


def test_plain_text_is_never_interpreted(scene):
    intake = {**SMALLEST, "complainant": {"name": "\u202eelap", "home": "Flat <b>1</b> %s"}}
    reference = scene.take(scene.first, "record", "-", value=intake)["reference"]
    for command in (["show", reference], ["list"], ["history", reference], ["status"],
                    ["conflicts"]):
        answer = scene.ctl(scene.first, *command, plain=True)
        equal(answer.status, DONE)
        assert "\u202e" not in answer.output and "\x1b" not in answer.output
    shown = scene.ctl(scene.first, "show", reference, plain=True).output
    assert "\\u{202e}elap" in shown and "Flat <b>1</b> %s" in shown


# ------------------------------------------------------------------ acts


def act(scene, store, reference, **fields):
    fields["type"] = fields.pop("kind")
    return scene.ctl(store, "act", reference, "-", text=json.dumps(fields))


def test_acts(scene):
    lift = {"purpose": "share-with-contractor", "to": "Oak Lifts Ltd"}
    rows = (
        dict(kind="case.noted", text="She rang again"),
        dict(kind="case.acknowledged", on=TODAY.isoformat(), channel="letter"),
        dict(kind="contact.changed", phone="01632 960099"),
        dict(kind="issue.added", what="The lift smells", arose="2026-02"),
        dict(kind="consent.withdrawn", **lift),
        dict(kind="consent.given", until="2031-01-01", **lift),
        dict(kind="adjustment.ended", need="large-print"),
        dict(kind="adjustment.added", need="audio"),
        dict(kind="authority.withdrawn"),
        dict(kind="authority.given", name="Lowda Quarfirth", relation="advocate",
             authority={"type": "spoken-consent", "given": True, "scope": ["this-case"]}),
    )
    for row in rows:
        answer = act(scene, scene.first, scene.reference, **row)
        equal(answer.status, DONE)
        equal((answer.json["reference"], answer.json["id"]), (scene.reference, scene.id))
        equal(len(answer.json["events"]), 1)

    shown = scene.take(scene.first, "show", scene.reference)
    equal([note["text"] for note in shown["notes"]], ["She rang again"])
    equal(shown["complainant"]["phone"], "01632 960099")
    equal(len(shown["issues"]), 3)
    assert ("share-with-contractor", "2031-01-01", None) in [
        (consent["purpose"], consent["until"], consent["withdrawn"])
        for consent in shown["consents"]]
    equal([part["need"] for part in shown["adjustments"] if part["ended"] is None], ["audio"])
    equal(shown["representative"]["name"], "Lowda Quarfirth")
    equal(shown["representative"]["authority"]["withdrawn"], None)
    equal(shown["conflicts"], [])


def test_acts_refused(scene):
    reference = scene.plain_reference
    early = (TODAY - datetime.timedelta(9)).isoformat()
    late = (TODAY + datetime.timedelta(400)).isoformat()
    rows = (
        (USAGE, "type", dict(kind="case.exploded")),
        (USAGE, "type", dict(kind="case.recorded")),
        (USAGE, "text", dict(kind="case.noted")),
        (USAGE, "colour", dict(kind="case.noted", text="a", colour="red")),
        (USAGE, "on", dict(kind="case.acknowledged", on=early, channel="letter")),
        (USAGE, "on", dict(kind="case.acknowledged", on=late, channel="letter")),
        (USAGE, "channel", dict(kind="case.acknowledged", on=TODAY.isoformat())),
        (USAGE, None, dict(kind="contact.changed")),
        (USAGE, "what", dict(kind="issue.added")),
        (USAGE, "purpose", dict(kind="consent.given", to="a")),
        (REFUSED, "purpose", dict(kind="consent.withdrawn", purpose="share-with-relative", to="b")),
        (USAGE, "detail", dict(kind="adjustment.added", need="other")),
        (REFUSED, "need", dict(kind="adjustment.ended", need="audio")),
        (USAGE, "authority", dict(kind="authority.given", name="a", relation="friend")),
        (REFUSED, None, dict(kind="authority.withdrawn")),
        (REFUSED, "field", dict(kind="conflict.settled", field="complainant.phone", value="1")),
    )
    before = scene.take(scene.first, "history", reference)
    for status, field, row in rows:
        refused(act(scene, scene.first, reference, **row), status, field=field)
    equal(scene.take(scene.first, "history", reference), before)
    assert "case.closed" in act(scene, scene.first, reference, kind="case.exploded").errors
    refused(act(scene, scene.first, "ZZ.999999", kind="case.noted", text="a"), USAGE, "not-found")


# ------------------------------------------------------------------ who may


def test_passphrase(scene):
    refused(scene.ctl(scene.first, "list", passphrase=scene.other), STORE, "passphrase")
    refused(scene.ctl(scene.first, "list", passphrase=scene.folder / "absent"), USAGE)
    empty = scene.write("empty", "\n")
    refused(scene.ctl(scene.first, "list", passphrase=empty), USAGE)
    refused(scene.run([scene.amendsctl, "--store", scene.first, "list", "--json"]), USAGE,
            field="passphrase-file")


def read_until(terminal, wanted):
    """What a person sees until @wanted stands there, or the program ends."""
    seen = ""
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], TIMEOUT_S)
        try:
            part = os.read(terminal, 4096) if ready else b""
        except OSError:  # Linux says so when the last one closes the other end.
            part = b""
        if not part:
            break
        seen += part.decode("utf-8")
    return seen


def test_passphrase_on_a_terminal(scene):
    process, terminal = pty.fork()
    if process == 0:
        os.execve(scene.amendsctl, [scene.amendsctl, "--store", str(scene.first), "status"],
                  scene.environment)
    try:
        asked = read_until(terminal, "Passphrase of Hesta Penwick:")
        assert "Passphrase of Hesta Penwick:" in asked, asked
        assert not termios.tcgetattr(terminal)[3] & termios.ECHO
        os.write(terminal, (PASSPHRASE + "\n").encode())
        seen = read_until(terminal, "cases on this device")
        assert "Fenwater Homes" in seen and "herons" not in seen, seen
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def test_staff(scene):
    equal([row["name"] for row in scene.take(scene.first, "staff", "list")], ["Hesta Penwick"])
    scene.take(scene.first, "staff", "add", "Benno Holgarth", "--new-passphrase-file", scene.other)
    refused(scene.ctl(scene.first, "list"), USAGE, field="as")
    equal(scene.ctl(scene.first, "list", "--as", "Benno Holgarth",
                    passphrase=scene.other).status, DONE)
    refused(scene.ctl(scene.first, "list", "--as", "Benno Holgarth"), STORE, "passphrase")
    assert scene.ctl(scene.first, "list", "--as", "Nobody").status in (USAGE, STORE)
    outcome = scene.ctl(scene.first, "act", scene.plain_reference, "-", "--as", "Benno Holgarth",
                        passphrase=scene.other,
                        text=json.dumps({"type": "case.noted", "text": "I rang"}))
    equal(outcome.status, DONE)
    entries = scene.take(scene.first, "history", scene.plain_reference, "--as", "Hesta Penwick")
    equal(entries[-1]["by"]["name"], "Benno Holgarth")


HESTA = ("--as", "Hesta Penwick")


def test_pin(scene):
    """Each sets their own; what is no PIN, or the first that anybody tries, is refused; the PIN itself is nowhere."""
    pin = scene.write("pin", "370415\n")
    equal(scene.take(scene.first, "pin", "list", *HESTA), [])
    refused(scene.ctl(scene.first, "pin", "set", "oak", *HESTA), USAGE, field="pin-file")
    for bad in ("12345", "111111", "37o415"):
        refused(scene.ctl(scene.first, "pin", "set", "oak", "--pin-file", scene.write("bad", bad), *HESTA), USAGE,
                field="pin")
    refused(scene.ctl(scene.first, "pin", "remove", "oak", *HESTA), USAGE, field="name")
    scene.take(scene.first, "pin", "set", "oak", "--pin-file", pin, *HESTA)
    row = scene.take(scene.first, "pin", "list", *HESTA)[0]
    equal((row["scheme"], row["name"]), ("oak", "Hesta Penwick"))
    assert "370415" not in json.dumps(row), row
    scene.take(scene.first, "pin", "remove", "oak", "Hesta Penwick", *HESTA)
    equal(scene.take(scene.first, "pin", "list", *HESTA), [])


def test_held(scene):
    holder = subprocess.Popen(
        [scene.amendsctl, "--store", scene.first, "act", "--lines", "-", *HESTA,
         "--passphrase-file", scene.passphrase],
        env=scene.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        holder.stdin.write(json.dumps({"reference": scene.reference,
                                       "act": {"type": "case.noted", "text": "Held"}}) + "\n")
        holder.stdin.flush()
        assert "events" in json.loads(holder.stdout.readline())
        refused(scene.ctl(scene.first, "list", *HESTA), STORE, "store-held")
    finally:
        holder.stdin.close()
        holder.stdout.close()
        equal(holder.wait(TIMEOUT_S), DONE)
    equal(scene.ctl(scene.first, "list", *HESTA).status, DONE)


# ------------------------------------------------------------------ sync


def test_status_offline(scene):
    status = scene.take(scene.first, "status", *HESTA)
    equal(STATUS_KEYS - status.keys(), set())
    equal(status["organisation"]["name"], "Fenwater Homes")
    equal((status["device"]["name"], status["device"]["kind"]), ("Office laptop", "staff"))
    equal((status["staff"], status["cases"], status["conflicts"]), (2, 9, 0))
    equal((status["last_sync"], status["receipt"]), (None, None))
    assert status["waiting"] == status["events"] > 30 or status["waiting"] > 30, status
    assert status["device_secret"] in ("keyring", "file")
    feeds = {feed["feed"]: feed for feed in status["feeds"]}
    assert {"ctl", "org", "staff", "s.oak"} <= feeds.keys()
    equal((feeds["s.oak"]["read"], feeds["s.oak"]["write"]), (True, True))
    equal((feeds["org"]["read"], feeds["org"]["write"]), (True, False))


def test_sync_server_away(scene):
    before = scene.take(scene.first, "status", *HESTA)["waiting"]
    refused(scene.ctl(scene.first, "sync", *HESTA), NETWORK, "offline")
    status = scene.take(scene.first, "status", *HESTA)
    equal(status["waiting"], before)
    equal(status["last_error"]["code"], "offline")
    assert status["last_error"]["message"] and status["last_attempt"].endswith("Z")


def test_sync(scene):
    with scene.serving():
        waiting = scene.take(scene.first, "status", *HESTA)["waiting"]
        report = scene.take(scene.first, "sync", *HESTA)
        equal(SYNC_KEYS - report.keys(), set())
        equal((report["sent"], report["waiting"], report["conflicts"]), (waiting, 0, 0))
        equal((report["recoded"], report["server_restored"]), (None, False))
        assert report["bytes_up"] > 0 and report["bytes_down"] > 0 and report["peak_kb"] > 0
        assert report["acknowledged"] == waiting and report["wall_ms"] >= 0

        again = scene.take(scene.first, "sync", *HESTA)
        equal((again["sent"], again["received"], again["requests"]), (0, 0, 1))

        report = scene.take(scene.second, "sync")
        assert report["received"] > 0 and report["waiting"] == 0
        scene.take(scene.first, "sync", *HESTA)

    status = scene.take(scene.first, "status", *HESTA)
    equal((status["waiting"], status["last_error"]), (0, None))
    assert status["receipt"]["seq"] > 0 and status["receipt"]["at"].endswith("Z")
    entries = scene.take(scene.second, "history", scene.reference)
    equal({(entry["sent"], entry["verified"]) for entry in entries}, {(True, True)})
    equal(entries[0]["by"]["name"], "Hesta Penwick")
    equal(entries[0]["device"]["name"], "Office laptop")
    assert entries[0]["server_at"].endswith("Z")
    shown = scene.take(scene.second, "show", scene.reference)
    equal(shown["safe_at"], max(entry["server_at"] for entry in entries))
    assert "Safe at head office since 20" in scene.ctl(scene.second, "show", scene.reference,
                                                       plain=True).output
    equal(scene.take(scene.second, "list"), scene.take(scene.first, "list", *HESTA))
    equal(scene.take(scene.second, "show", scene.reference),
          scene.take(scene.first, "show", scene.reference, *HESTA))


def test_rebuild(scene):
    first = scene.take(scene.first, "rebuild", *HESTA)
    second = scene.take(scene.second, "rebuild")
    equal(first.keys(), {"events", "cases", "fold", "state_hash"})
    equal(first, second)
    equal(first["cases"], 9)


def test_conflict(scene):
    for store, more, phone in ((scene.first, HESTA, "01632 960001"),
                               (scene.second, (), "01632 960002")):
        answer = scene.ctl(store, "act", scene.reference, "-", *more,
                           text=json.dumps({"type": "contact.changed", "phone": phone}))
        equal(answer.status, DONE)
    with scene.serving():
        scene.take(scene.first, "sync", *HESTA)
        equal(scene.take(scene.second, "sync")["conflicts"], 1)
        equal(scene.take(scene.first, "sync", *HESTA)["conflicts"], 1)

    equal(scene.take(scene.second, "status")["conflicts"], 1)
    found = scene.take(scene.second, "conflicts")
    equal(found, scene.take(scene.first, "conflicts", scene.reference, *HESTA))
    equal(len(found), 1)
    equal((found[0]["reference"], found[0]["case"], found[0]["field"]),
          (scene.reference, scene.id, "complainant.phone"))
    values = found[0]["values"]
    equal({value["value"] for value in values}, {"01632 960001", "01632 960002"})
    assert all({"event", "value", "by", "device", "at"} <= value.keys() for value in values)
    shown = scene.take(scene.second, "show", scene.reference)
    equal(shown["conflicts"], found)
    # In text no version passes for the one that is right, and who wrote which is said.
    for command in ("show", "conflicts"):
        told = scene.ctl(scene.second, command, scene.reference, plain=True).output
        for text in ("Hesta Penwick, Office laptop", "Jorren Kelmere, Second laptop",
                     "conflict.settled"):
            assert text in told, told
    assert " 01632 960001 or 01632 960002  (to be settled)\n" in scene.ctl(
        scene.second, "show", scene.reference, plain=True).output
    # The value with the lowest id is shown; a later note settles nothing.
    equal(shown["complainant"]["phone"], values[0]["value"])
    equal(act(scene, scene.second, scene.reference, kind="case.noted", text="Hm").status, DONE)
    equal(len(scene.take(scene.second, "conflicts")), 1)
    refused(act(scene, scene.second, scene.reference, kind="conflict.settled",
                field="complainant.phone", value="none"), USAGE, field="value")


def test_settle(scene):
    answer = act(scene, scene.second, scene.reference, kind="conflict.settled",
                 field="complainant.phone", value="01632 960002")
    equal(answer.status, DONE)
    equal(scene.take(scene.second, "conflicts"), [])
    with scene.serving():
        scene.take(scene.second, "sync")
        equal(scene.take(scene.first, "sync", *HESTA)["conflicts"], 0)
    shown = scene.take(scene.first, "show", scene.reference, *HESTA)
    equal((shown["complainant"]["phone"], shown["conflicts"]), ("01632 960002", []))
    equal(scene.take(scene.first, "rebuild", *HESTA), scene.take(scene.second, "rebuild"))


def test_fsck(scene):
    found = scene.take(scene.first, "fsck", *HESTA)
    equal(found.keys(), {"ok", "events", "checked", "first_bad", "safe"})
    equal((found["ok"], found["first_bad"]), (True, None))
    equal(found["events"], found["checked"])


def test_backup(scene):
    copy = scene.folder / "copy.db"
    equal(scene.ctl(scene.first, "backup", copy, *HESTA).status, DONE)
    equal(stat.S_IMODE(copy.stat().st_mode), 0o600)
    content = copy.read_bytes()
    assert len(content) > 0
    for text in ("Ashm", "Oak Lifts", "case.recorded", PASSPHRASE):
        assert text.encode() not in content, text


def test_nothing_in_the_clear(scene):
    for path in scene.first.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for text in ("Ashm", "Oak Lifts", "case.recorded", "Hesta", PASSPHRASE):
            assert text.encode() not in content, (path, text)


# ------------------------------------------------------------------ what may go wrong


def test_foreign_server(scene):
    foreign = scene.folder / "foreign"
    scene.admin("init", "--organisation", "Elmbeck Homes", data=foreign)
    before = scene.take(scene.second, "status")
    with scene.serving(foreign):
        refused(scene.ctl(scene.second, "sync"), NETWORK, "foreign-server")
    after = scene.take(scene.second, "status")
    equal((after["events"], after["waiting"]), (before["events"], before["waiting"]))
    equal(after["last_error"]["code"], "foreign-server")


def answer_as_portal(listener):
    with contextlib.suppress(OSError):
        while True:
            line, _ = listener.accept()
            with line:
                line.settimeout(TIMEOUT_S)
                line.recv(65536)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                             b"Content-Length: 5\r\nConnection: close\r\n\r\nHello")


def test_no_server_but_something(scene):
    with socket.create_server(("127.0.0.1", scene.port)) as listener:
        thread = threading.Thread(target=answer_as_portal, args=(listener,), daemon=True)
        thread.start()
        answer = scene.ctl(scene.second, "sync")
        refused(answer, NETWORK)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(TIMEOUT_S)


def test_recover(scene):
    """A lost passphrase, then a lost device secret: the recovery key opens the store, and only it."""
    name = scene.take(scene.second, "staff", "list")[0]["name"]
    before = scene.take(scene.second, "list")
    wrong = pathlib.Path(scene.second).parent / "wrong.key"
    wrong.write_text("A" * 43 + "=")
    options = ("--new-passphrase-file", scene.other)
    refused(scene.ctl(scene.second, "recover", name, "--recovery-key", wrong, *options), STORE,
            "passphrase")
    equal(scene.take(scene.second, "list"), before)

    right = pathlib.Path(scene.server) / "recovery.key"
    equal(scene.take(scene.second, "recover", name, "--recovery-key", right, *options),
          {"name": name})
    refused(scene.ctl(scene.second, "list"), STORE, "passphrase")
    equal(scene.ctl(scene.second, "list", passphrase=scene.other).json, before)

    (scene.second / "device.secret").unlink()
    equal(scene.ctl(scene.second, "list", passphrase=scene.other).status, STORE)
    scene.take(scene.second, "recover", "Wilf Arden", "--recovery-key", right,
               "--new-passphrase-file", scene.passphrase)
    equal(scene.take(scene.second, "list"), before)
    equal([row["name"] for row in scene.take(scene.second, "staff", "list")], ["Wilf Arden"])


def test_damage(scene):
    with contextlib.closing(sqlite3.connect(scene.second / "log.db")) as log, log:
        log.execute("UPDATE event SET sealed = zeroblob(length(sealed)) WHERE place ="
                    " (SELECT max(place) FROM event WHERE sealed IS NOT NULL)")
    answer = scene.ctl(scene.second, "fsck")
    equal(answer.status, STORE)
    equal(answer.json["ok"], False)
    assert answer.json["first_bad"]["id"] and answer.json["first_bad"]["what"], answer
    assert answer.json["safe"] < answer.json["events"]


def test_revoked(scene):
    code = scene.take(scene.first, "status", *HESTA)["device"]["code"]
    scene.take(scene.first, "record", "-", *HESTA, value=SMALLEST)
    with scene.serving():
        rows = {row.split("\t")[0]: row.split("\t")
                for row in scene.admin("device", "list").splitlines()}
        seen_at = {device["code"]: device["seen_at"]
                   for device in json.loads(scene.admin("device", "list", "--json"))}
        equal(rows[code][4], "last handed something in at " + seen_at[code])
        scene.admin("device", "revoke", code)
        refused(scene.ctl(scene.first, "sync", *HESTA), REFUSED, "revoked")
    equal(scene.take(scene.first, "status", *HESTA)["last_error"]["code"], "revoked")
    # Its access was ended: from now on it shows nothing and takes nothing.
    equal(scene.take(scene.first, "list", *HESTA), [])
    answer = scene.ctl(scene.first, "record", "-", *HESTA, text=json.dumps(SMALLEST))
    refused(answer, USAGE, "invalid", "scheme")


if __name__ == "__main__":
    scene = Story(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
    sys.exit(play("cli", scene, dict(globals())))
