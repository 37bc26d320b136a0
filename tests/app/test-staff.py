#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-staff.py AMENDS AMENDS-SERVER: the staff application, two of it, with a real server, from
enrolment to a conflict that is settled, used as a person with a screen reader and a keyboard does.
The tests build on each other, and report as TAP."""

import pathlib
import re
import sys
import tempfile
import wave

from staff_support import PASSPHRASE, Server, Staff, check, play

# Text that would be a link or an error if anything took it for markup.
NASTY = '<a href="file:">x</a> & <b>'
RAW_NAME = "Mrs Doreen Hathersage"
WHAT = "It went off on the second. Three times they said a man would come."
HEARD = "It is Doreen. The heating went off again in the night."

state = {}


def test_enrolment_names_what_is_missing(office, ruth, server):
    app = office.app
    app.click(app.find("push button", "Connect"))
    for sentence in ("The address is missing. It came with the code.",
                     "The name is missing. What you record is shown under it."):
        app.find("label", sentence)
    app.find("label", re.compile("^A passphrase has 15 characters at least"))
    app.set_text(app.find("text", "Passphrase"), "seven quiet herons")
    app.set_text(app.find("text", "Passphrase once more"), "seven quiet heron")
    app.click(app.find("push button", "Connect"))
    app.find("label", "The two are not the same. Type the passphrase once more.")


def test_a_wrong_code_is_refused(office, ruth, server):
    app = office.app
    for title, text in (("Server address", server.url), ("Code", "AAAA-BBBB-CCCC-DDDD-EEEE"),
                        ("Name of this device", "Oak Court laptop"),
                        ("Your name", "Janet Whitlock"), ("Passphrase", PASSPHRASE),
                        ("Passphrase once more", PASSPHRASE)):
        app.set_text(app.find("text", title), text)
    app.click(app.find("push button", "Connect"))
    app.find("label", re.compile("^The server does not take this code"), timeout=20)


def test_two_devices_enrol(office, ruth, server):
    for staff, device, name in ((office, "Oak Court laptop", "Janet Whitlock"),
                                (ruth, "Ruth’s laptop", "Ruth Castellan")):
        staff.enrol(server, device, name)
        staff.wait_ready()
        staff.app.find("label", "Oak Court is ready", timeout=15)
        staff.wait_sentence("nothing waiting")


def test_what_is_missing_is_named_beside_its_field(office, ruth, server):
    app = office.app
    server.stop()
    office.begin_record()
    app.click(app.find("push button", "Save on this laptop"))
    app.find("label", re.compile("^Nothing is written here yet"))
    app.set_text(app.find("text", "Received on"), "31 Dec 2099")
    app.set_text(app.find("text", "What happened"), WHAT)
    app.click(app.find("push button", "Save on this laptop"))
    app.find("label", re.compile("^This is no day up to today"))
    app.press("End")  # the first wrong field has the keyboard
    app.type("!")
    app.wait_text(app.find("text", "Received on"), re.compile("2099!$"))
    app.set_text(app.find("text", "Received on"), "today")
    app.wait_gone("label", re.compile("^This is no day up to today"))


def test_a_draft_is_kept(office, ruth, server):
    app = office.app
    app.set_text(app.find("text", "Name"), RAW_NAME)
    app.find("label", re.compile("^Draft saved on this laptop at "))
    app.press("Escape")
    row = app.find("list item", re.compile("^Unfinished, " + RAW_NAME))
    app.mouse_click(row)
    app.wait_text(app.find("text", "What happened"), WHAT)
    app.wait_text(app.find("text", "Name"), RAW_NAME)


def test_a_complaint_is_recorded_without_a_network(office, ruth, server):
    app = office.app
    app.set_text(app.find("text", "What would put it right"), "The heating mended for good.")
    app.choose(app.find("combo box", "How it came"), "Telephone")
    app.choose(app.find("combo box", "Lives here as"), "Tenant")
    app.set_text(app.find("text", "Home"), "Flat 14")
    app.set_text(app.find("text", "Telephone"), "01632 960 114")
    app.set_text(app.find("text", "Speaks for the resident"), NASTY)
    app.choose(app.find("combo box", "Who is their"), "Daughter")
    app.choose(app.find("combo box", "Authority"), "Written permission")
    app.set_text(app.find("text", re.compile("^Authority until")), "30 Jun 2099")
    contractor = app.find("panel", "Share with a contractor")
    app.toggle(app.find("push button", "No", within=contractor), True)
    app.click(app.find("push button", "Add an adjustment"))
    app.mouse_click(app.find("list item", "Large print"))
    app.set_text(app.find("text", "In detail"), "18 point")
    app.click(app.find("push button", "Add this one"))
    app.find("label", "Large print, 18 point")
    state["reference"] = office.save_record()

    for text in (RAW_NAME, "Received", re.compile("^Acknowledgement by "), "“%s”" % WHAT,
                 "Large print, 18 point", NASTY + " · Daughter",
                 re.compile("^May act · Written permission · This case · until .*30 Jun 2099"),
                 re.compile("Refused"), re.compile("^To put it right: The heating mended for good")):
        app.find("label", text, timeout=15)
    app.find("frame", re.compile("^%s – Amends$" % state["reference"]))
    office.wait_sentence("[1-9] waiting")
    app.find("label", re.compile("waiting to be sent"))
    app.wait_gone("list item", re.compile("^Unfinished"))


def test_the_case_is_found(office, ruth, server):
    app = office.app
    app.press("ctrl+f")
    entry = app.find("entry", "Find a case")
    for text in ("hathersage", state["reference"], "man would"):
        app.set_text(entry, text)
        app.find("list item", re.compile("^%s, .*%s" % (RAW_NAME, state["reference"])))
    app.set_text(entry, "zebra")
    app.find("label", "Nothing found")
    app.set_text(entry, "")
    app.find("list item", re.compile("^" + RAW_NAME))


def test_it_says_that_the_server_is_away(office, ruth, server):
    app = office.app
    office.send_now()
    office.open_sync()
    app.find("label", re.compile("The server could not be reached.*recording goes on"), timeout=20)
    app.press("Escape")
    office.wait_sentence("[1-9] waiting")


def test_it_is_sent(office, ruth, server):
    server.start()
    office.send_now()
    office.wait_sentence("nothing waiting")
    office.app.wait_gone("label", re.compile("waiting to be sent"))


def test_the_second_device_sees_it(office, ruth, server):
    app = ruth.app
    ruth.send_now()
    app.press("alt+2")  # nothing of it is due this week
    ruth.open_case(RAW_NAME)
    app.find("label", "“%s”" % WHAT)
    app.find("label", re.compile("^Janet Whitlock · Oak Court laptop · safe at head office since "))
    app.find("frame", re.compile("^%s – Amends$" % state["reference"]))


def test_a_call_noted_there_comes_back(office, ruth, server):
    app = ruth.app
    app.press("ctrl+t")
    app.set_text(app.find("text", "What was said", within=ruth.dialog()),
                 "Rang her. A part is due on Monday.")
    ruth.save_dialog()
    app.find("label", "Rang her. A part is due on Monday.")
    ruth.wait_sentence("nothing waiting")
    office.send_now()
    office.app.find("label", "Rang her. A part is due on Monday.", timeout=15)
    office.app.find("label", re.compile("^Ruth Castellan · Ruth’s laptop · call: %s, " % RAW_NAME))


def test_acts(office, ruth, server):
    app = office.app
    app.click(app.find("push button", "Acknowledge"))
    app.click(app.find("push button", "Save"))
    app.find("label", "Nothing is chosen yet. Choose one.")
    app.choose(app.find("combo box", "How"), "Letter")
    office.save_dialog()
    app.find("label", re.compile("^Acknowledged: .* · Letter$"))
    office.act("Add an issue…")
    app.set_text(app.find("text", "What happened", within=office.dialog()), "Nobody rang back.")
    office.save_dialog()
    app.find("label", "“Nobody rang back.”")
    office.act("End an adjustment…", "Change people and agreements")
    office.save_dialog()
    app.find("label", re.compile("^Adjustment, ended "))
    office.act("Authority withdrawn…", "Change people and agreements")
    office.save_dialog()
    app.find("label", "Authority withdrawn")
    office.wait_sentence("nothing waiting")


def test_a_voice_note_is_written_down(office, ruth, server):
    """With their consent; the words stand in the case as written down from it, and by whom."""
    app = office.app
    note = office.folder / "voicemail.wav"
    with wave.open(str(note), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    app.click(app.find("push button", "Add pictures and files"))
    cancel = re.compile("^Cancel")
    chooser = app.find("push button", cancel).window
    app.type(str(note), window=chooser)
    app.press("Return", window=chooser)
    app.wait_gone("push button", cancel)
    app.find("label", re.compile("^Recording · "), timeout=20)
    office.act("Write down a recording…")
    app.find("label", re.compile("^Nobody has recorded that they agree to the recording being kept"))
    app.set_text(app.find("text", "What is heard", within=office.dialog()), HEARD)
    app.set_text(app.find("text", "Who wrote it down", within=office.dialog()), "Ruth Castellan")
    app.press("Escape", window=office.dialog())
    app.wait_gone("push button", "Cancel")
    office.act("Record what may be shared…", "Change people and agreements")
    purpose = app.find("combo box", "What for", within=office.dialog())
    app.click(purpose)
    app.find("label", "Share with a contractor", within=purpose)
    app.press("End", "Return")  # the last of a list that is longer than what is seen of it
    app.expect(lambda: "Keep the recording" in app.shown_choice(purpose), 20,
               lambda: "it shows %s" % app.shown_choice(purpose))
    app.toggle(app.find("push button", "Yes", within=office.dialog()), True)
    office.save_dialog()
    app.find("label", re.compile("^Keep the recording"))
    office.act("Write down a recording…")
    app.wait_text(app.find("text", "What is heard", within=office.dialog()), HEARD)
    check(not app.find_all("label", re.compile("^Nobody has recorded that they agree")), "they agreed")
    office.save_dialog()
    app.find("label", HEARD)
    app.find("label", re.compile("^Written down from “.?voicemail.wav.?” by Ruth Castellan$"))
    app.find("label", re.compile("^Written down from a recording: .*" + HEARD[:20]))
    office.wait_sentence("nothing waiting")


def test_two_versions_are_shown(office, ruth, server):
    ruth.send_now()
    ruth.app.find("label", "“Nobody rang back.”", timeout=15)
    server.stop()
    for staff, phone in ((office, "01632 960 777"), (ruth, "01632 960 888")):
        staff.act("Change contact details…", "Change people and agreements")
        staff.app.set_text(staff.app.find("text", "Telephone", within=staff.dialog()), phone)
        staff.save_dialog()
        staff.app.find("label", re.compile(phone))
    server.start()
    office.send_now()
    office.wait_sentence("nothing waiting")
    ruth.send_now()
    ruth.wait_sentence("nothing waiting")
    office.send_now()
    for staff in (office, ruth):
        staff.app.find("label", "Two versions of the telephone number", timeout=15)
        staff.app.find("list item", re.compile("Settle two versions|^Two versions to settle, "))
        for phone in ("01632 960 777", "01632 960 888"):
            staff.app.find("label", re.compile("^\u2068%s\u2069$" % phone))


def test_a_person_settles_it(office, ruth, server):
    app = ruth.app
    app.click(app.find("push button", "Compare"))
    app.find("label", "Which telephone number is right?")
    button = app.find("push button", "Choose one")
    check("sensitive" not in button.states_now(), "something can be settled before it is chosen")
    for phone in ("01632 960 777", "01632 960 888"):
        app.find("label", "\u2068%s\u2069" % phone)  # read from the left, also where all else is from the right
    app.mouse_click(app.find("check box", re.compile("^Keep this one: Janet Whitlock")))
    app.click(app.find("push button", "Let Janet Whitlock’s version stand"))
    app.find("label", re.compile("^Two versions settled: telephone number is .*777"))
    app.wait_gone("label", "Two versions of the telephone number")
    ruth.wait_sentence("nothing waiting")
    office.send_now()
    office.app.find("label", re.compile("^Two versions settled"), timeout=15)
    office.app.wait_gone("label", "Two versions of the telephone number")


def test_lock_and_sign_in(office, ruth, server):
    app = office.app
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    check(not app.find_all("label", re.compile(RAW_NAME), shown=False),
          "a name is still there behind the lock")
    app.find("frame", "Amends")
    office.unlock("seven quiet heron at dusk")
    app.find("label", re.compile("^That is not the passphrase. Nothing is lost"), timeout=15)
    app.expect(lambda: "sensitive" in app.find("push button", "Open").states_now(), 10,
               lambda: "the pause does not end")
    office.unlock()
    app.find("push button", "New", timeout=15)
    app.press("alt+2")
    app.find("list item", re.compile("^" + RAW_NAME), timeout=15)
    app.press("alt+1")


def test_what_was_typed_is_kept_by_the_lock(office, ruth, server):
    app = office.app
    office.begin_record()
    app.set_text(app.find("text", "Name"), "Mr Alfred Pym")
    app.press("ctrl+l")
    app.find("label", "Amends is locked")
    office.unlock()
    app.find("list item", re.compile("^Unfinished, Mr Alfred Pym"), timeout=15)


def test_the_inspector_stays_shut(office, ruth, server):
    app = office.app
    app.press("ctrl+shift+i")
    app.press("ctrl+shift+d")
    app.press("ctrl+f")
    app.find("entry", "Find a case")
    check(len(app.tree().children) == 1, "a second window has opened")


def test_everything_on_screen_has_a_name(office, ruth, server):
    """A control without a name is silence to a screen reader; GTK then gives its type for a name."""
    app = office.app
    app.press("ctrl+n")
    app.find("push button", "Save on this laptop")
    for role in ("push button", "text", "entry", "check box", "combo box"):
        for node in app.find_all(role):
            own = node.name or node.description
            inside = node.parent is not None and node.parent.role in ("push button", "combo box")
            check(inside or (own and not re.match("Gtk|Adw|Amends", own)) or node.description,
                  "no name: %s at %s" % (node, node.extents()))
    app.press("Escape")


def test_both_end(office, ruth, server):
    for staff in (office, ruth):
        staff.close()


def main():
    program, server_program = sys.argv[1:3]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-staff-") as folder, \
            Server(server_program, pathlib.Path(folder) / "server") as server:
        server.start()
        with Staff(program, pathlib.Path(folder) / "office") as office, \
                Staff(program, pathlib.Path(folder) / "ruth") as ruth:
            office.place(0, 1280, 1180)
            ruth.place(1300, 1280, 1180)
            return play(globals(), office, ruth, server, n_apart=4)


if __name__ == "__main__":
    sys.exit(main())
