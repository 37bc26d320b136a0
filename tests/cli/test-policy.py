#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-policy.py AMENDSCTL SOURCE: policies and clocks on the command line, which need no store.
Prints TAP."""

import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

TIMEOUT_S = 60
DONE, USAGE = 0, 2
IDS = ["code-2024", "housing-21", "one-housing", "reliance", "rosebery", "wdh"]
LANDLORDS = ["one-housing", "housing-21", "rosebery", "wdh", "reliance"]
ROW_KEYS = {"clock", "source", "clause", "status", "started", "due", "outer_due", "provisional", "met",
            "breached", "state", "working_days_left", "why", "earlier", "send_by",
            "breach_corrected"}
STATES = {"waiting", "running", "met", "met-late", "overdue", "ended", "open", "lapsed"}

AMENDSCTL, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments, text=""):
    return subprocess.run([AMENDSCTL, *arguments], input=text, capture_output=True, text=True,
                          timeout=TIMEOUT_S)


def give(*arguments, text=""):
    answer = run(*arguments, "--json", text=text)
    assert answer.returncode == DONE, answer
    return json.loads(answer.stdout)


def refuse(code, field, *arguments, text=""):
    answer = run(*arguments, "--json", text=text)
    assert answer.returncode == USAGE, answer
    error = json.loads(answer.stdout)["error"]
    assert (error["code"], error["field"]) == (code, field), error
    assert error["message"] in answer.stderr, answer


def clocks(policy, as_of, *events):
    history = {"events": [{"event": event, "on": on} for event, on in events]}
    return give("clocks", "--policy", policy, "--as-of", as_of, "-", text=json.dumps(history))


def test_list():
    listed = give("policy", "list")
    assert [policy["id"] for policy in listed] == IDS, listed
    assert all(set(policy) == {"id", "landlord", "title", "version", "effective_from", "review_by",
                               "calendar"} for policy in listed), listed
    assert len(run("policy", "list").stdout.splitlines()) == len(IDS)


def test_show():
    for name in IDS:
        shown = give("policy", "show", name)
        assert shown["id"] == name
        for rule in shown["rules"]:
            assert set(rule) == {"kind", "name", "clause", "status", "alternatives", "taken",
                                 "because", "note", "rows", "values"}, rule
            assert rule["status"] in ("exact", "read", "conflict", "silent"), rule
            assert rule["clause"] or rule["status"] == "silent", rule
            assert rule["alternatives"] or rule["status"] != "conflict", rule
    assert "clock:respond" in run("policy", "show", "wdh").stdout
    refuse("not-found", "policy", "policy", "show", "elm")


def test_check():
    lines = ""
    for name in [*LANDLORDS, "code-2024"]:
        path = str(SOURCE / "data" / "policies" / (name + ".policy"))
        answer = run("policy", "check", path)
        assert (answer.returncode, answer.stderr) == (DONE, ""), answer
        lines += answer.stdout
        verdicts = give("policy", "check", path)["verdicts"]
        assert len(verdicts) == len(answer.stdout.splitlines())
    assert lines == (SOURCE / "tests" / "fixtures" / "verdicts.tsv").read_text(encoding="utf-8")


def test_check_a_changed_file():
    text = (SOURCE / "data" / "policies" / "housing-21.policy").read_text(encoding="utf-8")
    longer = text.replace("length=5\n", "length=7\n", 1)
    verdicts = give("policy", "check", "-", text=longer)["verdicts"]
    assert {"landlord": "housing-21", "clause": "7.2", "provision": "6.2", "verdict": "weaker",
            "rule": "clock:acknowledge"} in verdicts, verdicts


def test_check_tells_every_problem():
    text = "[policy]\nid=oak\nlandlord=Oak Homes\ntitle=T\nversion=1\ncalendar=england-and-wales\n" \
           "[clock:respond]\nstart=soon\nlength=0\nunit=working-days\nend=responded\nclause=1\n" \
           "status=exact\n[tea]\n"
    answer = run("policy", "check", "-", "--json", text=text)
    assert answer.returncode == USAGE, answer
    told = json.loads(answer.stdout)
    fields = [problem["field"] for problem in told["problems"]]
    assert fields == ["clock:respond.start", "clock:respond.length", "tea"], fields
    assert told["error"] == told["problems"][0]
    assert len(answer.stderr.splitlines()) == 3 and ":8: " in answer.stderr, answer
    assert run("policy", "check", "/nowhere/at-all.policy").returncode == USAGE


def test_check_calendar():
    shipped = str(SOURCE / "data" / "calendars" / "scotland.calendar")
    assert give("calendar", "check", shipped) == {
        "ok": True, "id": "scotland", "first_day": "2019-01-01", "last_day": "2028-12-31",
        "problems": []}
    wrong = str(SOURCE / "tests" / "fuzz" / "corpus" / "calendar" / "closed-on-a-holiday")
    answer = run("calendar", "check", wrong, "--json")
    assert answer.returncode == USAGE, answer
    told = json.loads(answer.stdout)
    fields = [problem["field"] for problem in told["problems"]]
    assert fields == ["closures:oak.2026-12-25", "closures:oak.2026-12-26"], fields
    assert told["error"] == told["problems"][0]
    assert "closed-on-a-holiday:12: [closures:oak] 2026-12-25: " in answer.stderr, answer
    refuse("input", None, "calendar", "check", "/nowhere/at-all.calendar")
    assert run("calendar", "burn", shipped).returncode == USAGE


def test_clocks():
    for name in IDS:
        rows = clocks(name, "2027-01-13", ("received", "2026-12-17"), ("acknowledged", "2026-12-24"),
                      ("responded", "2027-01-12"), ("escalation_requested", "2027-01-13"))
        assert all(set(row) == ROW_KEYS and row["state"] in STATES for row in rows), rows
        pairs = [(row["source"], row["clock"]) for row in rows]
        assert len(pairs) == len(set(pairs)), pairs
        code = {row["clock"]: row for row in rows if row["source"] == "code"}
        assert code["respond"]["due"] == "2027-01-12" and code["respond"]["state"] == "met", code
        assert code["stage2-acknowledge"]["due"] == "2027-01-20", code
        assert code["stage2-respond"]["state"] == "waiting", code
        assert code["stage2-respond"]["outer_due"] == "2027-02-17", code


def test_clocks_in_words():
    history = json.dumps({"events": [{"event": "received", "on": "2026-12-25"}]})
    answer = run("clocks", "--policy", "one-housing", "--as-of", "2026-12-25", "-", text=history)
    assert answer.returncode == DONE and "Boxing Day (substitute day)" in answer.stdout, answer


def test_clocks_take_files():
    policy = str(SOURCE / "data" / "policies" / "wdh.policy")
    calendar = str(SOURCE / "data" / "calendars" / "england-and-wales.calendar")
    rows = give("clocks", "--policy", policy, "--calendar", calendar, "--as-of", "2026-12-17", "-",
                text='{"events": []}')
    assert rows == []


def test_clocks_by_country():
    """Good Friday is a holiday everywhere, Easter Monday is none in Scotland."""
    for calendar, due in (("england-and-wales", "2026-04-09"), ("northern-ireland", "2026-04-09"),
                          ("scotland", "2026-04-08")):
        rows = give("clocks", "--policy", "one-housing", "--calendar", calendar, "--as-of",
                    "2026-03-31", "-",
                    text='{"events": [{"event": "received", "on": "2026-03-31"}]}')
        assert [row["due"] for row in rows if row["clock"] == "acknowledge"] == [due, due], rows


def test_clocks_refuse():
    def try_with(field, *events, code="invalid"):
        refuse(code, field, "clocks", "--policy", "wdh", "--as-of", "2026-12-20", "-",
               text=json.dumps({"events": list(events)}))

    received = {"event": "received", "on": "2026-12-17"}
    try_with("events.0.on", {"event": "received", "on": "2026-12-21"})
    try_with("events.1.event", received, {"event": "shouted", "on": "2026-12-18"})
    try_with("acknowledged", received, {"event": "acknowledged", "on": "2026-12-16"})
    try_with("stage2_responded", received, {"event": "stage2_responded", "on": "2026-12-18"})
    try_with("responded", {"event": "responded", "on": "2026-12-18"})
    refuse("invalid", "policy", "clocks", "--as-of", "2026-12-20", "-")
    refuse("invalid", "as-of", "clocks", "--policy", "wdh", "-")
    refuse("invalid", "as-of", "clocks", "--policy", "wdh", "--as-of", "2026-02-30", "-")
    refuse("not-found", "calendar", "clocks", "--policy", "wdh", "--calendar", "mars", "--as-of",
           "2026-12-20", "-")
    assert run("policy").returncode == USAGE
    assert run("policy", "show").returncode == USAGE
    assert run("policy", "burn", "wdh").returncode == USAGE


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    n_failed = 0
    print("1..%d" % len(tests))
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            result = "ok"
        except Exception as problem:  # what went wrong is said, and the others go on
            result = "not ok"
            n_failed += 1
            print("# %s: %r" % (type(problem).__name__, problem))
        print("%s %d - /cli-policy/%s" % (result, number, name[5:].replace("_", "-")))
    return 1 if n_failed else 0


sys.exit(main())
