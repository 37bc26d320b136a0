#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-kiosk-words.py SOURCE: every word of the kiosk is in every catalogue of po/kiosk, none is left over,
each catalogue says whether a native speaker has read it, and in languages that are written from the right a
number that is read out, such as a telephone number, stands apart: the words about it would turn it round."""

import gettext
import pathlib
import re
import subprocess
import sys
import tempfile

FROM_RIGHT = ("ar", "ur")
NUMBER = re.compile(r"\d+(?: \d+)+|\b999\b")
APART = re.compile("\u2066[^\u2066\u2069]*\u2069")
KEYWORD = re.compile(r"\bN?K_\s*\(\s*\"")
DEFINITION = re.compile(r"^\s*#\s*define\b.*$", re.MULTILINE)


def words_of(catalogue, folder):
    """The texts of a catalogue or of a template; of the latter each stands for itself."""
    compiled = folder / (catalogue.stem + ".mo")
    if catalogue.suffix == ".pot":
        filled = folder / "filled.po"
        subprocess.run(["msgen", "--output-file", filled, catalogue], check=True)
        catalogue = filled
    subprocess.run(["msgfmt", "--check-format", "--output-file", compiled, catalogue], check=True)
    with open(compiled, "rb") as stream:
        words = dict(gettext.GNUTranslations(stream)._catalog)  # pylint: disable=protected-access
    words.pop("", None)
    return words


def check_catalogue(path, template, folder):
    words = words_of(path, folder)
    where = "po/kiosk/" + path.name
    yield from (f"{where}: not translated: {text}" for text in sorted(template.keys() - words.keys()))
    yield from (f"{where}: said nowhere: {text}" for text in sorted(words.keys() - template.keys()))
    if not re.search(r"X-Checked-By-Native-Speaker: \S", path.read_text(encoding="utf-8")):
        yield f"{where}: says not whether a native speaker has read it"
    if path.stem in FROM_RIGHT:
        for text in words.values():
            if NUMBER.search(APART.sub("", text)):
                yield f"{where}: a number does not stand apart: {text}"


def main():
    source = pathlib.Path(sys.argv[1])
    listed = [line for line in (source / "po/kiosk/POTFILES.in").read_text(encoding="utf-8").splitlines()
              if line and not line.startswith("#")]
    wanted = sorted(path.relative_to(source).as_posix() for path in (source / "src").rglob("*.[ch]")
                    if KEYWORD.search(DEFINITION.sub("", path.read_text(encoding="utf-8"))))
    problems = []
    if listed != wanted:
        problems.append("po/kiosk/POTFILES.in: should list %s" % " ".join(wanted))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = folder / "template.pot"
        subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword", "--keyword=K_", "--keyword=NK_",
                        "--output", template, *wanted], cwd=source, check=True)
        words = words_of(template, folder)
        catalogues = sorted((source / "po/kiosk").glob("*.po"))
        for path in catalogues:
            problems += check_catalogue(path, words, folder)
    resource = (source / "po/kiosk/amends-kiosk-words.gresource.xml").read_text(encoding="utf-8")
    if re.findall(r"<file>(\w+)\.mo</file>", resource) != [path.stem for path in catalogues]:
        problems.append("po/kiosk: the program has other catalogues than there are")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


sys.exit(main())
