#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that atspi_driver does to real widgets what it says, on driver-probe.

Usage: run-display -- test-driver.py PROGRAM [PICTURE]
"""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from atspi_driver import App, Failure, GLib, screenshot, wait_for  # noqa: E402


def status_of(app):
    return app.find("label", description="Status")


def expect_status(app, text):
    app.wait_text(status_of(app), text)


def expect_failure(deed, *words):
    try:
        deed()
    except Failure as failure:
        missing = [word for word in words if word not in str(failure)]
        assert not missing, "the message lacks %s:\n%s" % (missing, failure)
        return
    raise AssertionError("it was expected to fail")


def test_entries(app):
    app.set_text(app.find("text", "Name"), "Åsa 名前")
    expect_status(app, "name: Åsa 名前")
    app.set_text(app.find("password text", "Passphrase"), "quiet herons")
    expect_status(app, "passphrase: quiet herons")
    app.set_text(app.find("text", "Notes"), "two\nlines")
    expect_status(app, "notes: two\nlines")
    app.set_value(app.find("spin button", "Days"), 10)
    expect_status(app, "days: 10")


def test_buttons(app):
    app.click(app.find("push button", "Save"))
    expect_status(app, "clicked: Save")
    app.mouse_click(app.find("push button", "Save"))
    expect_status(app, "clicked: Save")
    expect_failure(lambda: app.click(app.find("push button", "Not Yet")), "insensitive", "Not Yet")


def test_menu(app):
    app.click(app.find("push button", "Menu"))
    app.click(app.find("menu item", "Print"))
    expect_status(app, "menu: print")


def test_toggles(app):
    check = app.find("check box", "I agree")
    for is_on, word in ((True, "yes"), (False, "no")):
        app.toggle(check, is_on)
        expect_status(app, "agreed: " + word)
    app.toggle(app.find("check box", "Reminders"), True)
    expect_status(app, "switched: on")


def test_choices(app):
    for combo, word in (("Fruit", "fruit"), ("Preserve", "preserve")):
        node = app.find("combo box", combo)
        for item in ("Medlar", "Apple", "Quince"):
            app.choose(node, item)
            expect_status(app, "%s: %s" % (word, item))
    expect_failure(lambda: app.choose(app.find("combo box", "Fruit"), "Onion", timeout=2),
                   "Onion", "Medlar")
    app.press("Escape")


def test_rows(app):
    fruits = app.find("list", "Fruit list")
    app.select(fruits, 2)
    expect_status(app, "selected: Quince")
    app.mouse_click(app.find("list item", "Pear", within=fruits))
    expect_status(app, "selected: Pear")
    app.press("Return")
    expect_status(app, "opened: Pear")
    app.click(app.find("list item", "Open the jar"))
    expect_status(app, "row: Open the jar")


def test_keys(app):
    entry = app.find("text", "Name")
    app.set_text(entry, "")
    app.mouse_click(entry)
    app.type("typed")
    app.wait_text(entry, "typed")
    app.press("Tab")
    wait_for(lambda: "focused" in app.find("password text").states_now(), "Tab moves the focus")


def test_dialog(app):
    app.click(app.find("push button", "Ask"))
    dialog = app.find("dialog", "Remove it?")
    assert len(app.find_all("push button", "Remove", within=dialog)) == 1
    app.click(app.find("push button", "Remove", within=dialog))
    app.wait_gone("dialog")
    expect_status(app, "answered: remove")


def test_waiting(app):
    app.click(app.find("push button", "Later"))
    app.find("label", "late: here", timeout=2)


def test_hidden(app):
    """What stands on another page is in the tree, and is not found."""
    for shown, hidden in (("list", "push button"), ("push button", "list")):
        names = {"list": "Fruit list", "push button": "On the Other Page"}
        app.find(shown, names[shown])
        app.wait_gone(hidden, names[hidden])
        assert len(app.find_all(hidden, names[hidden], shown=False)) == 1
        app.click(app.find("push button", "Turn"))
    app.find("list", "Fruit list")


def test_failures(app):
    expect_failure(lambda: app.find("push button", "Save All", timeout=0.05),
                   "push button named “Save All”", "frame “Driver probe”",
                   "push button “Save”")
    expect_failure(lambda: app.wait_text(status_of(app), "never", timeout=0.05), "never", "reads")


def test_whole_tree(app):
    """The tree of one call is the one found by asking node after node, but for a stack's pages,
    which GTK lists in one and leaves out of the other."""
    def walk(path):
        for _bus, child in app.call(path, "org.a11y.atspi.Accessible", "GetChildren")[0]:
            yield child
            yield from walk(child)

    root = app.tree()
    read = {node.path: str(node) for node in root.descendants() if node.name != "GtkStackPage"}
    walked = set(walk(root.path))
    assert read.keys() == walked, "read alone %s, walked alone %s" % (
        [read[path] for path in read.keys() - walked], walked - read.keys())


def test_picture(app, path):
    app.resize(600, 760)
    wait_for(lambda: app.tree().children[0].extents()[2] == 590, "the window is wider")
    screenshot(path)
    assert path.read_bytes().startswith(b"\x89PNG"), "no picture"
    assert path.stat().st_size > 5000, "an empty picture"


def main():
    program = pathlib.Path(sys.argv[1])
    picture = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "driver-probe.png")
    tests = [test_whole_tree, test_entries, test_buttons, test_menu, test_toggles, test_choices,
             test_rows, test_keys, test_dialog, test_waiting, test_hidden, test_failures]
    print("1..%d" % (len(tests) + 2))
    n_failed = 0

    def run(number, name, deed):
        nonlocal n_failed
        try:
            deed()
            print("ok %d - %s" % (number, name), flush=True)
        except (AssertionError, GLib.Error) as failure:
            n_failed += 1
            print("not ok %d - %s" % (number, name))
            print("\n".join("# " + line for line in str(failure).splitlines()), flush=True)

    with App.start([program]) as app:
        for number, test in enumerate(tests, 1):
            run(number, test.__name__, lambda test=test: test(app))
        run(len(tests) + 1, "test_picture", lambda: test_picture(app, picture))

        def test_close():
            assert app.close() == 0, "exit status"

        run(len(tests) + 2, "test_close", test_close)
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
