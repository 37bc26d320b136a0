#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-paper.py AMENDS: the questions of the kiosk on paper have the numbers that they have on its screen, fit
their pages, and in large print nothing is smaller than 18 points. Reports as TAP."""

import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from pdf import print_sizes, run  # noqa: E402

# As the screen counts them for whoever complains; with a letter, what is asked only after some answer.
QUESTIONS = (
    ("1", "What would you like to do?"), ("1a", "Which complaint is it?"), ("1b", "Who is helping you?"),
    ("2", "Is anyone in danger now?"),
    ("3", "What happened?"), ("4", "When did it happen?"), ("5", "When did you find out about it?"),
    ("6", "Have you told us about this before?"),
    ("7", "How has it affected you?"), ("8", "What did you lose, and who else is affected?"),
    ("9", "What would put it right?"), ("10", "Is there something else you want to tell us about?"),
    ("11", "Who are you?"),
    ("12", "What is your name, and where do you live?"), ("12a", "What are you to them?"),
    ("12b", "May you speak for them?"),
    ("13", "Who may we talk to about this?"), ("14", "What would make this easier for you?"),
    ("15", "Do you want to tell us of a disability or an illness?"), ("16", "How may we reach you?"),
    ("17", "What should we take care of when we reach you?"))
LANGUAGES = ("en", "cy", "pl", "ur", "ar")
A4 = (595.28, 841.89)
LARGE_PT = 18


def make(amends, folder, language, is_large):
    path = folder / ("%s%s.pdf" % (language, "-large" if is_large else ""))
    answer = run(amends, "--paper", path, "--language", language, *(["--large-print"] if is_large else []))
    assert answer.returncode == 0 and not answer.stderr, answer.stderr
    return path


def test_numbers(amends, folder):
    """With no display and no store; in the order and under the numbers of the screen."""
    text = run("pdftotext", "-layout", make(amends, folder, "en", False), "-").stdout
    found = re.findall(r"^[\f ]*(\d+[a-z]?)\. +(\S.*?) *$", text, re.MULTILINE)
    assert tuple(found) == QUESTIONS, found
    assert "Only if you chose: Carry on with a complaint we answered" in text
    assert "Only if you chose: Somebody is helping me" in text
    for word in ("I do not feel safe", "somebody who works here"):
        assert word not in text, word


def test_pages(amends, folder):
    """Every page is A4 and nothing stands outside of it."""
    for language in LANGUAGES:
        for is_large in (False, True):
            path = make(amends, folder, language, is_large)
            size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", run("pdfinfo", path).stdout)
            assert abs(float(size[1]) - A4[0]) < 1 and abs(float(size[2]) - A4[1]) < 1, size[0]
            boxes = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"',
                               run("pdftotext", "-bbox", path, "-").stdout)
            assert len(boxes) > 100, (path, len(boxes))
            for box in boxes:
                left, top, right, bottom = map(float, box)
                assert left > 0 and top > 0 and right < A4[0] and bottom < A4[1], (path.name, box)


def test_large_print(amends, folder):
    sizes = print_sizes(make(amends, folder, "en", True))
    assert sizes and min(sizes) >= LARGE_PT, sizes


def test_document(amends, folder):
    """A screen reader finds its headings, its language and its name."""
    path = make(amends, folder, "cy", False)
    assert re.search(r"^Tagged: +yes$", run("pdfinfo", path).stdout, re.MULTILINE)
    structure = run("pdfinfo", "-struct", path).stdout
    assert structure.startswith("Document") and structure.count("H1") == 1, structure
    assert structure.count("H2") == len(QUESTIONS), structure
    assert b"/Lang (cy)" in path.read_bytes()


def test_full(amends, folder):
    """A disk that is full leaves what was there, and nothing half made."""
    path = make(amends, folder, "en", False)
    before = path.read_bytes()

    def fill():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, len(before) // 2))

    answer = subprocess.run([amends, "--paper", path], capture_output=True, text=True, timeout=120,
                            check=False, preexec_fn=fill)
    assert answer.returncode == 4 and answer.stderr.strip(), answer
    assert path.read_bytes() == before
    assert [one.name for one in folder.iterdir()] == [path.name], list(folder.iterdir())


def test_refusals(amends, folder):
    for arguments in (["--paper", folder / "missing" / "paper.pdf"],
                      ["--paper", folder / "paper.pdf", "--language", "xx"]):
        answer = run(amends, *arguments)
        assert answer.returncode != 0 and answer.stderr.strip(), arguments
    assert not (folder / "paper.pdf").exists()


def main():
    tests = [(name, deed) for name, deed in globals().items() if name.startswith("test_")]
    n_failed = 0
    print("1..%d" % len(tests))
    for number, (name, deed) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                deed(sys.argv[1], pathlib.Path(folder))
                print("ok %d - %s" % (number, name))
            except AssertionError as failure:
                n_failed += 1
                print("not ok %d - %s" % (number, name))
                print("\n".join("# " + line for line in str(failure).splitlines()))
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
