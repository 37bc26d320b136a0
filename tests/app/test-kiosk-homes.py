#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-kiosk-homes.py AMENDS AMENDS-SERVER AMENDSCTL: a visitor says where they live: the doors of the place are
offered, and what is typed is taken all the same. The tests build on each other, and report as TAP."""

import datetime
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from another_day import LIBRARY, Calendar  # noqa: E402
from kiosk_support import CANARY, play_kiosk  # noqa: E402
from staff_support import Failure, wait_for  # noqa: E402

HOMES = 'Reference,Scheme,Flat\nH/2,oak,"Flat 2, Linden Row"\nH/12,oak,"Flat 12, Linden Row"\nH/3,oak,Flat 3\n'


def restart(kiosk):
    kiosk.app.process.kill()
    kiosk.app.process.wait(10)
    kiosk.start()


def go_to_name(kiosk):
    kiosk.begin()
    for title in ("You can leave at any time", "What would you like to do?"):
        kiosk.go_on(title)
    kiosk.choose("Say thank you")
    kiosk.go_on("What happened?")
    kiosk.app.set_text(kiosk.app.find("text"), "The lift was mended in a day")
    kiosk.go_on("Who are you?")
    kiosk.go_on("What is your name, and where do you live?")


def offered(kiosk):
    return [node.name for node in kiosk.app.find_all("push button", re.compile("^Flat "))]


def test_the_doors_come_with_the_next_exchange(kiosk, desk):
    sheet = desk.folder / "homes.csv"
    sheet.write_text(HOMES, encoding="utf-8")
    desk.run("import", "homes", str(sheet), "--apply")
    desk.run("sync")
    restart(kiosk)
    go_to_name(kiosk)
    kiosk.app.set_text(kiosk.app.find("text", "Your home"), "Flat 2")
    wait_for(lambda: offered(kiosk) == ["Flat 2, Linden Row"], "the door that is meant", 20)


def test_one_touch_takes_it(kiosk, _desk):
    kiosk.app.set_text(kiosk.app.find("text", "Your home"), "linden")
    wait_for(lambda: offered(kiosk) == ["Flat 2, Linden Row", "Flat 12, Linden Row"], "both of them")
    kiosk.touch("Flat 12, Linden Row")
    wait_for(lambda: kiosk.app.find("text", "Your home").text() == "Flat 12, Linden Row", "the whole of it")
    wait_for(lambda: not offered(kiosk), "nothing that is offered any more")
    if kiosk.names_of_nothing():
        raise Failure("nothing is said of %s" % kiosk.names_of_nothing())


def test_typing_freely_stays(kiosk, _desk):
    kiosk.app.set_text(kiosk.app.find("text", "Your name"), CANARY)
    kiosk.app.set_text(kiosk.app.find("text", "Your home"), "The lodge by the gate")
    wait_for(lambda: not offered(kiosk), "nothing that is offered")
    kiosk.go_on("What would make this easier for you?")
    kiosk.go_on("How may we reach you?")
    kiosk.go_on("Check what you have told us")
    kiosk.app.find("label", re.compile("The lodge by the gate"))


def test_none_of_an_old_list_is_offered(kiosk, _desk):
    """It is 29 days since the kiosk was in touch with the server, and then more than 30."""
    if LIBRARY is None:
        print("# libfaketime is not there")
        return
    today = datetime.date.today()
    kiosk.server.stop()
    calendar = Calendar(kiosk.folder.parent, str(today + datetime.timedelta(29)))
    restart(kiosk)
    go_to_name(kiosk)
    kiosk.app.set_text(kiosk.app.find("text", "Your home"), "Flat 2")
    wait_for(lambda: offered(kiosk) == ["Flat 2, Linden Row"], "the door that is meant", 20)
    calendar.move_to(str(today + datetime.timedelta(32)))
    for _ in range(2):
        kiosk.go_on("What would make this easier for you?")
        kiosk.go_on("What is your name, and where do you live?", "Back")
    kiosk.app.set_text(kiosk.app.find("text", "Your home"), "Flat 12")
    kiosk.go_on("What would make this easier for you?")
    kiosk.go_on("What is your name, and where do you live?", "Back")
    if offered(kiosk):
        raise Failure("a door is offered of a list that is older than a month")


if __name__ == "__main__":
    sys.exit(play_kiosk(globals()))
