#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-kiosk-deployment.py AMENDS UNIT SWAY RULES: what a kiosk is deployed with can be read by what reads it,
and holds what the page beside it promises. Reports as TAP."""

import os
import pathlib
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

# A part of a udev rule: a key, perhaps an attribute in braces, an operator and a text.
RULE_PART = re.compile(r'[A-Z]+(\{[\w./-]+\})?\s*(==|!=|=|\+=|-=|:=)\s*"[^"]*"')


def run(*argv, **also):
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False, **also)


def check_unit(unit):
    """systemd reads it without a word. The compositor may be absent here: what is started is exchanged."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return "# SKIP systemd-analyze is not installed"
    text = unit.read_text(encoding="utf-8")
    assert "User=amends-kiosk" in text and "ProtectSystem=strict" in text and "IPAddressDeny=any" in text
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / unit.name
        copy.write_text(text.replace("/usr/bin/sway", "/bin/true"), encoding="utf-8")
        # Whether this machine has the manual pages and the user is not what is asked.
        answer = run(analyze, "verify", "--man=no", "--recursive-errors=no", str(copy))
    assert answer.returncode == 0 and not answer.stderr.strip(), answer.stderr
    return ""


def check_exposure(unit):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return "# SKIP systemd-analyze is not installed"
    answer = run(analyze, "security", "--no-pager", "--offline=true", "--threshold=20", str(unit))
    assert answer.returncode == 0, answer.stdout[-400:]
    return ""


def check_no_way_out(_amends, conf):
    lines = [line.strip() for line in conf.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    first = {line.split()[0] for line in lines}
    assert not first & {"bindsym", "bindcode", "bindswitch", "bindgesture", "bar", "mode", "include"}, first
    assert "xwayland disable" in lines
    return ""


def check_starts_kiosk(amends, conf):
    """The one program that is started is the kiosk, with options that it knows, and its end ends the session."""
    started = re.findall(r"^exec(?:_always)? (.*)$", conf.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(started) == 1 and started[0].endswith("; swaymsg exit"), started
    argv = shlex.split(started[0].partition(";")[0])
    assert argv[0].endswith("/amends") and "--kiosk" in argv, argv
    known = run(amends, "--help").stdout
    for option in argv[1:]:
        assert not option.startswith("--") or re.search(r"%s\b" % option, known), option
    return ""


def check_sway(_amends, conf):
    """sway itself reads it, where it is installed; it refuses to run as root."""
    sway = shutil.which("sway")
    if sway is None:
        return "# SKIP sway is not installed"
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(conf, folder)
        also = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            os.chmod(copy, 0o644)
            also = {"user": nobody.pw_uid, "group": nobody.pw_gid}
        answer = run(sway, "--validate", "--config", copy, env={
            **os.environ, "XDG_RUNTIME_DIR": folder, "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1"}, **also)
    assert answer.returncode == 0, answer.stderr
    return ""


def check_rules(rules):
    """Each rule can be read, and storage other than the named stick is off."""
    lines = [line for line in rules.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for line in lines:
        for part in line.split(", "):
            assert RULE_PART.fullmatch(part), part
    off = [line for line in lines if 'ATTR{authorized}="0"' in line]
    assert len(off) == 1 and 'ATTR{bInterfaceClass}=="08"' in off[0] and 'ATTRS{serial}!="' in off[0]
    return ""


def main():
    amends, unit, sway, rules = sys.argv[1:]
    unit, sway, rules = map(pathlib.Path, (unit, sway, rules))
    tests = (("unit", check_unit, (unit,)), ("exposure", check_exposure, (unit,)),
             ("no-way-out", check_no_way_out, (amends, sway)), ("starts-kiosk", check_starts_kiosk, (amends, sway)),
             ("sway", check_sway, (amends, sway)), ("rules", check_rules, (rules,)))
    n_failed = 0
    print("1..%d" % len(tests))
    for number, (name, deed, given) in enumerate(tests, 1):
        try:
            print("ok %d - %s %s" % (number, name, deed(*given)))
        except AssertionError as failure:
            n_failed += 1
            print("not ok %d - %s" % (number, name))
            print("\n".join("# " + line for line in str(failure).splitlines()))
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
