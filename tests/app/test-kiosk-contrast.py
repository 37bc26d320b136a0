#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-contrast.py KIOSK.CSS: every text of the kiosk stands out from what is behind it, computed from the
style sheet: 7:1 (WCAG 2.2, 1.4.6) and in strong contrast as well, and what can be touched has an edge of 3:1
(1.4.11). Reports as TAP."""

import pathlib
import re
import sys

TEXT = 7.0
EDGE = 3.0

# From the window inwards, each an element with its classes and states: where a text stands.
WINDOW = "window.kiosk"
CARD = "checkbutton.card"
TEXTS = {
    "question": ("box.page", "label.question"),
    "start question": ("box.page", "label.start-question"),
    "how": ("box.page", "label.how"),
    "why": ("box.page", "label.why"),
    "hint of a page": ("box.page", "label.hint"),
    "answer": ("box.page", "box.row", "label.answer"),
    "question of an answer": ("box.page", "box.row", "label.hint"),
    "organisation": ("box.strip", "label.organisation"),
    "scheme": ("box.strip", "label.scheme"),
    "progress": ("box.strip", "label.progress"),
    "choice": ("box.page", CARD, "label.choice"),
    "hint of a choice": ("box.page", CARD, "label.hint"),
    "chosen": ("box.page", CARD + ":checked", "label.choice"),
    "hint of what is chosen": ("box.page", CARD + ":checked", "label.hint"),
    "tick": ("box.page", CARD + ":checked", "check"),
    "words": ("box.page", "scrolledwindow.field", "textview.words", "text"),
    "line": ("box.page", "entry", "text"),
    "heading in a box": ("box.page", "box.box", "label.heading"),
    "text in a box": ("box.page", "box.box", "label.body"),
    "hint in a box": ("box.page", "box.box", "label.hint"),
    "date": ("box.page", "box.box", "label.date"),
    "reference": ("box.page", "box.box", "label.reference"),
    "heading of a notice": ("box.page", "box.notice", "label.heading"),
    "text of a notice": ("box.page", "box.notice", "label.body"),
    "problem": ("box.page", "box.problem-box", "label.problem"),
    "problem at an answer": ("box.page", "label.problem"),
    "heading of a problem": ("box.page", "box.problem-box", "label.problem-heading"),
    "tile": ("box.dock", "button.tile", "label"),
    "leave": ("box.dock", "button.tile.leave", "label"),
    "continue": ("box.dock", "button.go", "label"),
    "start": ("box.page", "button.start", "label"),
    "plain button": ("box.page", "button.plain", "label"),
    "large plain button": ("box.page", "button.plain.shutter", "label"),
    "hint on a plain button": ("box.page", "button.plain", "label.hint"),
    "key": ("box.keyboard", "button.key", "label"),
    "word key": ("box.keyboard", "button.word-key", "label"),
    "clock": ("box.noticeboard", "label.clock"),
    "today": ("box.noticeboard", "label.today"),
    "name on the noticeboard": ("box.noticeboard", "box.head", "label.name"),
    "heading on the noticeboard": ("box.noticeboard", "grid.numbers", "label.board-heading"),
    "who on the noticeboard": ("box.noticeboard", "grid.numbers", "label.who"),
    "number on the noticeboard": ("box.noticeboard", "grid.numbers", "label.number"),
    "first page": ("box.noticeboard", "button", "label"),
}
EDGES = {
    "card": ("box.page", CARD), "chosen card": ("box.page", CARD + ":checked"),
    "field": ("box.page", "scrolledwindow.field"), "entry": ("box.page", "entry"),
    "tile": ("box.dock", "button.tile"), "plain button": ("box.page", "button.plain"),
    "key": ("box.keyboard", "button.key"), "word key": ("box.keyboard", "button.word-key"),
}

NAMED = re.compile(r"\.([a-z][a-z-]*)")
PART = re.compile(r"[.:]?[a-z][a-z-]*(?:\([a-z]+\))?")


def parts_of(compound):
    return set(PART.findall(compound))


def rules_of(sheet):
    """(selector as compounds from the outside, specificity, order, declarations)"""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for order, match in enumerate(re.finditer(r"([^{}]+)\{([^{}]*)\}", sheet)):
        declared = dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+);", match[2]))
        if "border" in declared:
            declared["border-color"] = declared["border"].split()[-1]
        for selector in match[1].split(","):
            compounds = [parts_of(part) for part in re.split(r"\s*>\s*|\s+", selector.strip())]
            flat = [part for compound in compounds for part in compound]
            yield compounds, (sum(part[0] in ".:" for part in flat), len(flat), order), declared


def applies(compounds, chain):
    """Whether the last compound is the last element, and the others stand about it in this order."""
    if not compounds[-1] <= chain[-1]:
        return False
    outer = iter(chain[:-1])
    return all(any(compound <= element for element in outer) for compound in compounds[:-1])


def value_of(rules, chain, name):
    found = [(weight, declared[name]) for compounds, weight, declared in rules
             if name in declared and applies(compounds, chain)]
    return max(found)[1].strip() if found else None


def inherited(rules, chain, name, nothing=("inherit", "none", "transparent")):
    for end in range(len(chain), 0, -1):
        value = value_of(rules, chain[:end], name)
        if value is not None and value not in nothing:
            return value
    raise ValueError("no %s of %s" % (name, chain))


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def chain_of(elements, is_strong):
    window = WINDOW + (".contrast" if is_strong else "")
    return [parts_of(element) for element in (window, *elements)]


def problems_of(rules, is_strong):
    for name, elements in TEXTS.items():
        chain = chain_of(elements, is_strong)
        found = contrast(inherited(rules, chain, "color"), inherited(rules, chain, "background"))
        if found < TEXT:
            yield "%s: %.2f" % (name, found)
    for name in ("button.key", "button.go", CARD, CARD + ":checked", "entry", "scrolledwindow.field"):
        # A ring of two colours: one of them stands out from whatever is inside and about it.
        chain = chain_of(("box.page", name + ".scanned"), is_strong)
        colours = re.findall(r"#[0-9A-F]{6}", "%s %s" % (value_of(rules, chain, "outline"),
                                                         value_of(rules, chain, "box-shadow")))
        for about in (inherited(rules, chain, "background"), inherited(rules, chain[:-1], "background")):
            if max(contrast(colour, about) for colour in colours) < EDGE:
                yield "ring about %s on %s" % (name, about)
    for name, elements in EDGES.items():
        chain = chain_of(elements, is_strong)
        edge = inherited(rules, chain, "border-color")
        found = min(contrast(edge, inherited(rules, chain, "background")),
                    contrast(edge, inherited(rules, chain[:-1], "background")))
        if found < EDGE:
            yield "edge of %s: %.2f" % (name, found)


def main():
    sheet = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    rules = list(rules_of(sheet))
    results = {
        "black on white is 21": ["%.2f" % contrast("#000000", "#FFFFFF")] * (
            abs(contrast("#000000", "#FFFFFF") - 21) > 0.01),
        "every text, as it is": list(problems_of(rules, False)),
        "every text, in strong contrast": list(problems_of(rules, True)),
        "a text that is too faint is found": [] if list(problems_of(
            list(rules_of(sheet + ".kiosk .why { color: #888888; }")), False)) else ["not found"],
        # A class with a colour or a size of its own is a text, and one that nobody looked at here.
        "no text is left out": sorted(
            {name for compounds, _, declared in rules if "font-size" in declared
             for part in compounds[-1] for name in NAMED.findall(part)}
            - {name for chain in TEXTS.values() for part in chain for name in NAMED.findall(part)}),
    }
    print("1..%d" % len(results))
    for number, (name, problems) in enumerate(results.items(), 1):
        for problem in problems:
            print("# " + problem)
        print("%s %d - %s" % ("not ok" if problems else "ok", number, name))
    return any(results.values())


if __name__ == "__main__":
    sys.exit(main())
