# SPDX-License-Identifier: GPL-3.0-or-later
"""The day on which the programs of a test live, moved on by the test as days pass.

The programs ask the system what day it is, and nothing that they can be told changes that: so the system's
answer is changed (libfaketime). Instants move, what counts how long something takes does not; files keep
their true dates. All that begins after live_on() lives on that day, and moves with it."""

import datetime
import os
import pathlib
import time

PLACES = ("lib/*/faketime", "lib/faketime", "lib64/faketime", "local/lib/faketime")


def find_library():
    """A test that told its story on another day than it says would pass for the wrong reason: it ends here."""
    found = [path for place in PLACES for path in pathlib.Path("/usr").glob(place + "/libfaketime.so.1")]
    if not found:
        raise SystemExit("libfaketime.so.1 is in none of /usr/{%s}: tools/deps says what tests need"
                         % ",".join(PLACES))
    return found[0]


LIBRARY = find_library()


class Calendar:
    """@folder: of the test; @day: the first, as “2027-03-11”. It is always the middle of the day in London."""

    def __init__(self, folder, day):
        self.offset = pathlib.Path(folder) / "offset"
        self.move_to(day)
        # A sanitised program would refuse to begin behind another library.
        sanitiser = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        self.environment = {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(self.offset),
                            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
                            "ASAN_OPTIONS": sanitiser.lstrip(":")}
        os.environ.update(self.environment)

    def move_to(self, day):
        """From now on it is @day, for programs that run as well."""
        noon = datetime.datetime.fromisoformat(day + "T12:00:00+00:00").timestamp()
        written = self.offset.with_suffix(".new")
        written.write_text("%+d\n" % (noon - time.time()), encoding="ascii")
        written.replace(self.offset)
