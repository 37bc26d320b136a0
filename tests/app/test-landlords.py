#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-landlords.py AMENDS AMENDS-SERVER AMENDSCTL LANDLORD: one complaint under the policy of one landlord,
from intake to the final response, as the person who handles it lives through its days: a representative, an
extension, a late step, an escalation without a reason. Reports as TAP, a test a day.

Every date is worked out by hand from the landlord's document, the clause beside it: none is taken from the
program, and Amends is never asked how it counts. A count begins on the next day, but where the document
says otherwise. No working days in these stories, beside weekends: 26 and 29 March (Easter), 3 May, 31 May
and 30 August 2027."""

import pathlib
import sys
import tempfile

from staff_support import Desk, Server, Staff, play
from desktop_support import Desktop

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from another_day import Calendar  # noqa: E402

SIZE = (1366, 1200)


# ---------------------------------------------------------------- Housing 21

HOUSING_21 = [
    ("2027-03-11", None, "her son complains for her", [
        ("record", "Mrs Edith Marlowe", "The call alarm in the bathroom went unanswered for an hour.", {
            "What would put it right": "An alarm that somebody answers.",
            "How it came": "Telephone", "Home": "Flat 32", "Speaks for the resident": "Neil Marlowe",
            "Who is their": "Son", "Authority": "Written permission"}),
        # 7.2: received Thu 11 March and 5 working days: 12, 15, 16, 17, Thu 18 March.
        ("owes", "Acknowledgement by Thursday 18 March", "5 working days left",
         "Policy of Housing 21", "7.2", "Complaint Handling Code", "6.2", "Policy and Code agree"),
        # 7.3: counted from there, should it be acknowledged on the last day: see below.
        ("dated", "Acknowledgement, Thu 18 Mar, 5 working days left, policy 7.2 · Code 6.2",
         "Stage 1 response, Mon 5 Apr, Not begun, policy 7.3 · Code 6.3"),
        # 4.2: who speaks for a resident has consent or a power of attorney.
        ("sees", "Neil Marlowe · Son", "May act · Written permission · This case"),
    ]),
    ("2027-03-18", ("Acknowledge, ", "Today, Thu 18 Mar, Nobody yet"), "acknowledged on the last day", [
        ("owes", "Acknowledgement by Thursday 18 March", "Due today"),
        ("act", "Acknowledge", {"How": "Letter"}),
        # 7.3: acknowledged Thu 18 March and 10 working days: 19, 22, 23, 24, 25, not 26 and 29, 30, 31 March,
        # 1, 2, Mon 5 April.
        ("owes", "Stage 1 response by Monday 5 April", "10 working days left", "7.3", "6.3"),
        ("dated", "Acknowledgement, Thu 18 Mar, Done in time, Thu 18 Mar, policy 7.2 · Code 6.2",
         "Stage 1 response, Mon 5 Apr, 10 working days left, policy 7.3 · Code 6.3"),
        # 7.3 has a form of triage, that asks whether it will need longer.
        ("act", "Triage it", {
            "Is it complex?": "No", "Is anybody vulnerable?": "Yes", "Is anybody at risk?": "Yes",
            "Is it likely to need longer?": "Yes",
            "What has to be looked into": "The log of the alarm, and who was on duty."},
         ("Say whether it is likely to need longer, and why. (7.3; Code 6.1)",
          {"Is it likely to need longer?": None})),
        ("act", "Give it to somebody", {"To whom": "Tamsin Roe", "As": "Investigator",
                                        "Have they a conflict of interest?": "No"}),
    ]),
    ("2027-04-01", (), "extended before the day is past", [
        # Fri 2 and Mon 5 April are left.
        ("owes", "Stage 1 response by Monday 5 April", "2 working days left"),
        # 7.4: generally up to 10 working days; counted on from Mon 5 April: 6, 7, 8, 9, Mon 12 April.
        ("act", "Extend the response", {
            "They were told on": "today", "How": "Letter", "Working days more": 5,
            "Reason": "The log of the alarm is with its maker.", "Did they agree?": "Yes",
            "Did it say how to reach the Ombudsman?": "Yes", "They hear from us again on": "8 Apr 2027"},
         ("This landlord extends in writing: say how it was sent. (7.4)", {"How": "Telephone"}),
         ("10 working days are the most without good reason. (7.4; Code 6.4)", {"Working days more": 11})),
        ("owes", "Stage 1 response by Monday 12 April", "7 working days left",
         "10 working days from the acknowledgement, and 5 more", "7.3, 7.4", "6.3, 6.4"),
    ]),
    ("2027-04-14", ("Stage 1 response, ", "2 working days late, was Mon 12 Apr, Tamsin Roe"),
     "answered two days late", [
        # Tue 13 and Wed 14 April are past Mon 12 April.
        ("owes", "Overdue", "Stage 1 response", "2 working days late, was Mon 12 Apr"),
        ("act", "Record a finding", {
            "Found": "Upheld", "Reasons": "The log shows that nobody answered for an hour.",
            "By whom": "Tamsin Roe", "As": "Investigator"}),
        ("act", "Offer a remedy", {
            "Remedy": "Apology", "What it did to them": "She lay on the floor for an hour.",
            "Who sees to it": "Tamsin Roe", "By": "30 Apr 2027"}),
        # 7.5: 6 months from Wed 14 April: Thu 14 October.
        ("draft", "Draft the stage 1 response", {"Written by": "Tamsin Roe", "As": "Investigator"},
         "Our answer to your complaint: stage 1", "You told us on 11 March 2027", "We agree with you",
         "by 14 October 2027, and we will look at it again, at stage 2. You need not say why",
         "0300 111 3000"),
        # 7.3: the line manager looks at it; nobody does at what they wrote themselves.
        ("act", "Approve a draft", {
            "Can it be sent as it is?": "Yes", "As": "Line manager", "Approved by": "Idris Holt"},
         ("Whoever wrote it does not approve it: name another. (7.2, 7.3; Code 5.8)",
          {"Approved by": "Tamsin Roe"})),
        ("act", "The draft was sent", {
            "How": "Letter", "Did it say how to reach the Ombudsman?": "Yes",
            "Did it say how to ask for stage 2?": "Yes"}),
        ("dated", "Stage 1 response, Mon 12 Apr, Done 2 working days late, Wed 14 Apr, "
         "policy 7.3, 7.4 · Code 6.3, 6.4",
         "Asking for stage 2, Thu 14 Oct 2027, Open, policy 7.5"),
        ("sees", "Nothing is owed now", "They may ask for stage 2 until Thursday 14 October 2027 (policy 7.5)."),
    ]),
    ("2027-05-10", (), "they ask for stage 2, and say no more", [
        # 7.6: no reason needs to be given.
        ("act", "Record a request for stage 2", {"How": "Telephone"}),
        # 7.6: Mon 10 May and 5 working days: 11, 12, 13, 14, Mon 17 May.
        ("owes", "Stage 2 acknowledgement by Monday 17 May", "5 working days left", "7.6", "6.11"),
    ]),
    ("2027-05-14", (), "stage 2 is acknowledged, and given to a reviewer", [
        ("act", "Acknowledge stage 2", {"How": "Letter"}),
        # App A: an update at about 10 working days: 17 to 21, 24 to 28, Fri 28 May.
        # 7.7: acknowledged Fri 14 May and 20 working days: 17 to 21, 24 to 28, not 31 May, 1 to 4, 7 to 11,
        # Mon 14 June.
        ("dated", "Stage 2 acknowledgement, Mon 17 May, Done in time, Fri 14 May, policy 7.6 · Code 6.11",
         "Stage 2 update, Fri 28 May, 10 working days left, policy App A",
         "Stage 2 response, Mon 14 Jun, 20 working days left, policy 7.7 · Code 6.14"),
        # 7.5: the director of another area.
        ("act", "Give stage 2 to somebody", {
            "To whom": "Margaret Holloway", "As": "Stage 2 reviewer", "Have they a conflict of interest?": "No"},
         ("They had a part in this complaint before: choose somebody who had none. (7.5; Code 6.13, to be confirmed)",
          {"To whom": "Tamsin Roe"})),
    ]),
    ("2027-05-28", ("Update at mid-point, ", "Today, Fri 28 May, Margaret Holloway"), "they hear how it is going", [
        ("act", "Record an update at stage 2", {"How": "Telephone", "What was said": "The log came back."}),
        ("dated", "Stage 2 update, Fri 28 May, Done in time, Fri 28 May, policy App A"),
    ]),
    ("2027-06-10", (), "the final response", [
        # Fri 11 and Mon 14 June are left.
        ("owes", "Stage 2 response by Monday 14 June", "2 working days left", "7.7", "6.14"),
        ("act", "Record a finding of stage 2", {
            "Found": "Upheld", "Does it change what stage 1 found?": "No",
            "Reasons": "Nobody was on duty at that hour.",
            "By whom": "Margaret Holloway", "As": "Stage 2 reviewer"}),
        ("draft", "Draft the stage 2 response", {"Written by": "Margaret Holloway", "As": "Stage 2 reviewer"},
         "stage 2", "Nobody was on duty at that hour.", "0300 111 3000"),
        ("act", "The draft of stage 2 was sent", {
            "How": "Letter", "Did it say how to reach the Ombudsman?": "Yes"}),
        ("dated", "Stage 2 response, Mon 14 Jun, Done in time, Thu 10 Jun, policy 7.7 · Code 6.14"),
    ]),
]

# ---------------------------------------------------------------- what is done alike under each policy

def answered(words, author, role, *approved):
    """Stage 1: what was found and what puts it right, the letter, which says @words, and that it was sent."""
    return [
        ("act", "Record a finding", {"Found": "Upheld", "Reasons": "The book of visits has none of that week.",
                                     "By whom": author, "As": role}),
        ("act", "Offer a remedy", {"Remedy": "Apology", "What it did to them": "Four days without water.",
                                   "Who sees to it": author, "By": "today"}),
        ("draft", "Draft the stage 1 response", {"Written by": author}, "stage 1", "We agree with you", *words),
        *approved,
        ("act", "The draft was sent", {"How": "Email", "Did it say how to reach the Ombudsman?": "Yes",
                                       "Did it say how to ask for stage 2?": "Yes"}),
    ]


def finally_answered(**sent):
    """Stage 2, by somebody who had no part before. @sent: what else is said of its sending."""
    return [
        ("act", "Record a finding of stage 2", {
            "Found": "Upheld", "Does it change what stage 1 found?": "No",
            "Reasons": "Nobody looked at the book in time.",
            "By whom": "Margaret Holloway", "As": "Stage 2 reviewer"}),
        ("draft", "Draft the stage 2 response", {"Written by": "Margaret Holloway"},
         "stage 2", "Nobody looked at the book in time.", "0300 111 3000"),
        ("act", "The draft of stage 2 was sent", {
            "How": "Email", "Did it say how to reach the Ombudsman?": "Yes", **sent}),
    ]


def extended(n, day, *refused):
    return ("act", "Extend the response", {
        "They were told on": "today", "How": "Letter", "Working days more": n,
        "Reason": "The plumber’s book is asked for.", "Did they agree?": "No",
        "Did it say how to reach the Ombudsman?": "Yes", "They hear from us again on": day}, *refused)


def given(to, role):
    return ("act", "Give it to somebody", {"To whom": to, "As": role, "Have they a conflict of interest?": "No"})


def reviewed(clause, author):
    """Stage 2 is given to somebody; not to whoever answered stage 1."""
    return ("act", "Give stage 2 to somebody", {
        "To whom": "Margaret Holloway", "As": "Stage 2 reviewer", "Have they a conflict of interest?": "No"},
        ("They had a part in this complaint before: choose somebody who had none. "
         "(%s; Code 6.13, to be confirmed)" % clause, {"To whom": author}))


def recorded(channel, authority="Written permission"):
    return ("record", "Mr Alfred Pym", "No water for four days, and nobody came.", {
        "What would put it right": "Somebody who says when.", "How it came": channel, "Home": "Flat 3",
        "Speaks for the resident": "Ines Pym", "Who is their": "Daughter", "Authority": authority})


# ---------------------------------------------------------------- One Housing

ONE_HOUSING = [
    ("2027-08-12", None, "his daughter complains for him", [
        recorded("Email"),
        # 6.4.1: received Thu 12 August and 5 working days: 13, 16, 17, 18, Thu 19 August.
        ("owes", "Acknowledgement by Thursday 19 August", "5 working days left", "Policy of One Housing",
         "6.4.1", "6.2", "Policy and Code agree"),
        # 2.2: permission in writing. The paper has to be seen, too.
        ("sees", "Ines Pym · Daughter",
         "Paper not seen\nInes Pym is told nothing private. The paper has not been seen: the original or a copy "
         "of it would change that (2.2; Code 3.6)."),
    ]),
    ("2027-08-16", (), "acknowledged and given to a lead officer", [
        ("act", "Acknowledge", {"How": "Email"}),
        given("Tamsin Roe", "Investigator"),
        # 6.5.1: acknowledged Mon 16 August and 10 working days: 17 to 20, 23 to 27, not 30, Tue 31 August.
        # 6.5.1: assigned Mon 16 August, contact in 3 working days: 17, 18, Thu 19 August.
        ("dated", "Acknowledgement, Thu 19 Aug, Done in time, Mon 16 Aug, policy 6.4.1 · Code 6.2",
         "First contact, Thu 19 Aug, 3 working days left, policy 6.5.1",
         "Stage 1 response, Tue 31 Aug, 10 working days left, policy 6.5.1 · Code 6.3"),
    ]),
    ("2027-08-23", ("First contact, ", "2 working days late, was Thu 19 Aug, Tamsin Roe"), "rung two days late", [
        # Fri 20 and Mon 23 August are past Thu 19 August.
        ("owes", "Overdue", "First contact", "2 working days late, was Thu 19 Aug"),
        ("act", "Record a contact", {"How": "Telephone", "Were they reached?": "Yes",
                                     "What was said": "They agree to an answer by the end of the month."}),
        ("dated", "First contact, Thu 19 Aug, Done 2 working days late, Mon 23 Aug, policy 6.5.1"),
    ]),
    ("2027-08-27", (), "extended by as much as may be", [
        # 6.5.1: not more than a further 10 days, read as working days: counted on from Tue 31 August: 1, 2, 3,
        # 6 to 10, 13, Tue 14 September. From Fri 27 August: 31 August and those ten.
        extended(10, "7 Sep 2027",
                 ("10 working days are the most without good reason. (6.5.1; Code 6.4)", {"Working days more": 11})),
        ("owes", "Stage 1 response by Tuesday 14 September", "11 working days left",
         "10 working days from the acknowledgement, and 10 more"),
    ]),
    ("2027-09-10", (), "answered, with nobody’s approval asked for", [
        *answered(("0300 111 3000",), "Tamsin Roe", "Investigator"),
        # 6.5.1: 28 calendar days from Fri 10 September: Fri 8 October. Nothing says until when they may ask for
        # stage 2.
        ("dated", "Stage 1 response, Tue 14 Sep, Done in time, Fri 10 Sep, policy 6.5.1 · Code 6.3, 6.4",
         "Looking at closing, Fri 8 Oct, 20 working days left, policy 6.5.1"),
        ("sees", "Nothing is owed now",
         "They may ask for stage 2: the policy sets no last day for it (Code 6.10)."),
    ]),
    ("2027-09-27", (), "they ask for stage 2, and say no more", [
        ("act", "Record a request for stage 2", {"How": "Email"}),
        # 6.5.2: Mon 27 September and 5 working days: 28, 29, 30 September, 1, Mon 4 October.
        ("owes", "Stage 2 acknowledgement by Monday 4 October", "5 working days left", "6.5.2", "6.11"),
    ]),
    ("2027-09-30", (), "stage 2 is acknowledged, and given to a senior manager", [
        ("act", "Acknowledge stage 2", {"How": "Email"}),
        reviewed("6.5.2", "Tamsin Roe"),
        # 6.5.2: assigned Thu 30 September, contact in 3 working days: 1, 4, Tue 5 October.
        # 6.5.2: 20 working days from receipt, Mon 27 September: 28 to 30, 1, 4 to 8, 11 to 15, 18 to 22, Mon 25
        # October. Code 6.14: from the acknowledgement, Thu 28 October: the later.
        ("dated", "Stage 2 acknowledgement, Mon 4 Oct, Done in time, Thu 30 Sep, policy 6.5.2 · Code 6.11",
         "Stage 2 contact, Tue 5 Oct, 3 working days left, policy 6.5.2"),
        ("dates", "Stage 2 response, Mon 25 Oct, 17 working days left"),
    ]),
    ("2027-10-05", ("Stage 2 contact, ", "Today, Tue 5 Oct, Margaret Holloway"), "the senior manager rings", [
        ("act", "Record a contact at stage 2", {"How": "Telephone", "Were they reached?": "Yes",
                                                "What was said": "What the outcome should be."}),
        ("dated", "Stage 2 contact, Tue 5 Oct, Done in time, Tue 5 Oct, policy 6.5.2"),
    ]),
    ("2027-10-21", (), "the final response", [
        # Fri 22 and Mon 25 October are left.
        ("owes", "Stage 2 response by Monday 25 October", "2 working days left", "6.5.2", "6.14"),
        *finally_answered(),
        ("dates", "Stage 2 response, Mon 25 Oct, Done in time, Thu 21 Oct"),
    ]),
]


# ---------------------------------------------------------------- Town and Country Housing (Rosebery)

ROSEBERY = [
    ("2027-02-01", None, "his daughter complains for him", [
        recorded("Letter"),
        # 8.1: received Mon 1 February and 2 working days: 2, Wed 3 February. Code 6.2: 5, Mon 8 February.
        ("owes", "Acknowledgement by Wednesday 3 February", "2 working days left", "8.1", "6.2",
         "Wed 3 Feb 2027", "Mon 8 Feb 2027"),
    ]),
    ("2027-02-02", (), "rung, which is not yet in writing", [
        # 8.1: in writing, letter or email; 7.1.1: first by telephone. For the Code it is acknowledged.
        ("act", "Acknowledge", {"How": "Telephone"}),
        ("dates", "Acknowledgement, Wed 3 Feb, 1 working day left"),
    ]),
    ("2027-02-05", ("Acknowledge, ", "2 working days late, was Wed 3 Feb, Nobody yet"), "written to two days late", [
        # Thu 4 and Fri 5 February are past Wed 3 February.
        ("act", "Acknowledge", {"How": "Letter"}),
        ("dates", "Acknowledgement, Wed 3 Feb, Done 2 working days late, Fri 5 Feb"),
        # 8.1: acknowledged Fri 5 February, contact in 3 working days: 8, 9, Wed 10 February.
        # 8.2: 10 working days from Fri 5 February are Fri 19 February, from the last day to acknowledge Wed 17;
        # Code 6.3: from Tue 2 February: 3, 4, 5, 8 to 12, 15, Tue 16 February. The earliest governs.
        ("dates", "First contact, Wed 10 Feb, 3 working days left",
         "Stage 1 response, Tue 16 Feb, 7 working days left"),
    ]),
    ("2027-02-10", ("First contact, ", "Today, Wed 10 Feb, Nobody yet"), "rung in time", [
        ("act", "Record a contact", {"How": "Telephone", "Were they reached?": "Yes",
                                     "What was said": "What can be done about it."}),
        ("dates", "First contact, Wed 10 Feb, Done in time, Wed 10 Feb"),
        given("Tamsin Roe", "Investigator"),
    ]),
    ("2027-02-15", (), "extended by letter", [
        # 8.2: by letter. Counted on from Tue 16 February: 17, 18, 19, 22, Tue 23 February.
        extended(5, "19 Feb 2027",
                 ("This landlord extends in writing: say how it was sent. (8.2)", {"How": "Telephone"})),
        ("owes", "Stage 1 response by Tuesday 23 February", "6 working days left"),
    ]),
    ("2027-02-22", (), "answered, and approved by the manager", [
        # 9.1: 20 days, read as working days, from receiving it: 23 to 26, 1 to 5, 8 to 12, 15 to 19, Mon 22 March.
        *answered(("by 22 March 2027",), "Tamsin Roe", "Investigator",
                  # 8.1: all responses are approved by the Customer Experience Manager.
                  ("act", "Approve a draft", {"Can it be sent as it is?": "Yes", "As": "Approver",
                                              "Approved by": "Idris Holt"},
                   ("Whoever wrote it does not approve it: name another. (8.1, 8.3; Code 5.8)",
                    {"Approved by": "Tamsin Roe"}))),
        ("dates", "Stage 1 response, Tue 23 Feb, Done in time, Mon 22 Feb"),
        ("sees", "They may ask for stage 2 until Monday 22 March (policy 9.1)."),
    ]),
    ("2027-03-08", (), "they ask for stage 2, and say no more", [
        # 9.3 asks why; Code 6.12: nobody has to say.
        ("act", "Record a request for stage 2", {"How": "Telephone"}),
        # 9.1: Mon 8 March and 2 working days: 9, Wed 10 March. Code 6.11: 5, Mon 15 March.
        ("owes", "Stage 2 acknowledgement by Wednesday 10 March", "2 working days left", "9.1", "6.11"),
    ]),
    ("2027-03-10", ("Acknowledge stage 2, ", "Today, Wed 10 Mar, Nobody yet"),
     "stage 2 is acknowledged, and given to a manager", [
        ("act", "Acknowledge stage 2", {"How": "Letter"}),
        # 9.5: 10 working days, read as from the acknowledgement, Wed 10 March: 11, 12, 15 to 19, 22, 23, Wed 24
        # March. Code 6.14: 20, Fri 9 April.
        ("dates", "Stage 2 acknowledgement, Wed 10 Mar, Done in time, Wed 10 Mar",
         "Stage 2 response, Wed 24 Mar, 10 working days left"),
        reviewed("9.2", "Tamsin Roe"),
    ]),
    ("2027-03-19", (), "the final response", [
        # Mon 22, Tue 23 and Wed 24 March are left.
        ("owes", "Stage 2 response by Wednesday 24 March", "3 working days left", "9.5", "6.14"),
        # 9.5: in the customer’s hands, which an email is on the day.
        *finally_answered(**{"Arrived on, if that is known": "today"}),
        ("dates", "Stage 2 response, Wed 24 Mar, Done in time, Fri 19 Mar"),
    ]),
]


# ---------------------------------------------------------------- WDH

WDH = [
    ("2027-06-07", None, "his daughter complains for him", [
        recorded("Web form", "Spoken consent"),
        # 2.9: received Mon 7 June and 5 working days: 8, 9, 10, 11, Mon 14 June.
        ("owes", "Acknowledgement by Monday 14 June", "5 working days left", "2.9", "6.2"),
        # 2.12: 10 working days from receipt: 8 to 11, 14 to 18, Mon 21 June.
        ("dates", "Stage 1 response, Mon 21 Jun, 10 working days left"),
        # 2.3: the customer’s consent; the form of it is not said.
        ("sees", "Ines Pym · Daughter"),
    ]),
    ("2027-06-09", (), "acknowledged and given to a team leader", [
        ("act", "Acknowledge", {"How": "Email"}),
        given("Idris Holt", "Line manager"),
        # 2.12: the acknowledgement moves nothing. Code 6.3: from Wed 9 June, Wed 23 June: the later.
        ("dates", "Acknowledgement, Mon 14 Jun, Done in time, Wed 9 Jun",
         "Stage 1 response, Mon 21 Jun, 8 working days left"),
    ]),
    ("2027-06-17", (), "extended, where the policy has no limit and the Code has", [
        # 2.12 says no number: the Code’s 10. Counted on from Mon 21 June: 22, 23, 24, 25, Mon 28 June.
        extended(5, "24 Jun 2027",
                 ("10 working days are the most without good reason. (2.12; Code 6.4)", {"Working days more": 11})),
        ("owes", "Stage 1 response by Monday 28 June", "7 working days left"),
    ]),
    ("2027-06-30", ("Stage 1 response, ", "2 working days late, was Mon 28 Jun, Idris Holt"),
     "answered two days late", [
        # Tue 29 and Wed 30 June are past Mon 28 June.
        ("owes", "Overdue", "Stage 1 response", "2 working days late, was Mon 28 Jun"),
        *answered(("0300 111 3000",), "Idris Holt", "Line manager"),
        ("dates", "Stage 1 response, Mon 28 Jun, Done 2 working days late, Wed 30 Jun"),
        ("sees", "They may ask for stage 2: the policy sets no last day for it (Code 6.10)."),
    ]),
    ("2027-07-12", (), "they ask for stage 2, and say no more", [
        ("act", "Record a request for stage 2", {"How": "Telephone"}),
        # 2.9: Mon 12 July and 5 working days: 13 to 16, Mon 19 July.
        ("owes", "Stage 2 acknowledgement by Monday 19 July", "5 working days left", "2.9", "6.11"),
    ]),
    ("2027-07-15", (), "stage 2 is acknowledged, and given to Customer Relations", [
        ("act", "Acknowledge stage 2", {"How": "Email"}),
        # 2.17: 20 working days from the request, Mon 12 July: 13 to 16, 19 to 23, 26 to 30, 2 to 6, Mon 9 August.
        # Code 6.14: from the acknowledgement, Thu 12 August: the later.
        ("dates", "Stage 2 acknowledgement, Mon 19 Jul, Done in time, Thu 15 Jul",
         "Stage 2 response, Mon 9 Aug, 17 working days left"),
        reviewed("2.17", "Idris Holt"),
    ]),
    ("2027-08-05", (), "the final response", [
        # Fri 6 and Mon 9 August are left.
        ("owes", "Stage 2 response by Monday 9 August", "2 working days left", "2.17", "6.14"),
        *finally_answered(),
        ("dates", "Stage 2 response, Mon 9 Aug, Done in time, Thu 5 Aug"),
    ]),
]


# ---------------------------------------------------------------- Reliance

RELIANCE = [
    ("2027-10-07", None, "his daughter complains for him", [
        recorded("Telephone"),
        # 4.0: the day of receipt, Thu 7 October, is day 1 of 5: 7, 8, 11, 12, Wed 13 October. Code 6.2: counted
        # from the next day, Thu 14 October.
        ("owes", "Acknowledgement by Wednesday 13 October", "4 working days left", "4.0", "6.2",
         "Wed 13 Oct 2027", "Thu 14 Oct 2027"),
        # 3.1.5: advocates with written consent. The paper has to be seen, too.
        ("sees", "Ines Pym · Daughter",
         "Paper not seen\nInes Pym is told nothing private. The paper has not been seen: the original or a copy "
         "of it would change that (3.1.5; Code 3.6)."),
    ]),
    ("2027-10-13", ("Acknowledge, ", "Today, Wed 13 Oct, Nobody yet"), "talked over and acknowledged on the last day", [
        # 4.0: acknowledge and discuss.
        ("act", "Record a contact", {"How": "Telephone", "Were they reached?": "Yes",
                                     "What was said": "What exactly, and what they would like to happen."}),
        ("act", "Acknowledge", {"How": "Letter"}),
        # 4.1.1: acknowledged Wed 13 October and 10 working days: 14, 15, 18 to 22, 25, 26, Wed 27 October.
        ("dates", "Acknowledgement, Wed 13 Oct, Done in time, Wed 13 Oct",
         "Stage 1 response, Wed 27 Oct, 10 working days left"),
        given("Tamsin Roe", "Investigator"),
    ]),
    ("2027-10-25", (), "extended in writing", [
        # 4.1.1: explained in writing. Counted on from Wed 27 October: 28, 29, 1, 2, Wed 3 November.
        extended(5, "29 Oct 2027",
                 ("This landlord extends in writing: say how it was sent. (4.1.1)", {"How": "Telephone"})),
        ("owes", "Stage 1 response by Wednesday 3 November", "7 working days left"),
    ]),
    ("2027-11-05", ("Stage 1 response, ", "2 working days late, was Wed 3 Nov, Tamsin Roe"), "answered two days late", [
        # Thu 4 and Fri 5 November are past Wed 3 November. 4.0, the table of stages: 20 days, read as working days,
        # from the outcome: 8 to 12, 15 to 19, 22 to 26, 29, 30, 1, 2, Fri 3 December.
        ("owes", "Overdue", "Stage 1 response", "2 working days late, was Wed 3 Nov"),
        *answered(("by 3 December 2027",), "Tamsin Roe", "Investigator"),
        ("dates", "Stage 1 response, Wed 3 Nov, Done 2 working days late, Fri 5 Nov"),
        ("sees", "They may ask for stage 2 until Friday 3 December (policy 4.0)."),
    ]),
    ("2027-11-15", (), "they ask for stage 2, and say no more", [
        ("act", "Record a request for stage 2", {"How": "Telephone"}),
        # 4.1.2: within 5 working days of the request, Mon 15 November: 16 to 19, Mon 22 November.
        ("owes", "Stage 2 acknowledgement by Monday 22 November", "5 working days left", "4.1.2", "6.11"),
    ]),
    ("2027-11-18", (), "stage 2 is acknowledged, and given to the department manager", [
        ("act", "Acknowledge stage 2", {"How": "Letter"}),
        # App 1: 20 working days from when it was escalated, Mon 15 November: 16 to 19, 22 to 26, 29 to 3, 6 to 10,
        # Mon 13 December. Code 6.14: from the acknowledgement, Thu 16 December: the later.
        ("dates", "Stage 2 acknowledgement, Mon 22 Nov, Done in time, Thu 18 Nov",
         "Stage 2 response, Mon 13 Dec, 17 working days left"),
        reviewed("4.0", "Tamsin Roe"),
    ]),
    ("2027-12-09", (), "the final response", [
        # Fri 10 and Mon 13 December are left.
        ("owes", "Stage 2 response by Monday 13 December", "2 working days left", "App 1", "6.14"),
        *finally_answered(),
        ("dates", "Stage 2 response, Mon 13 Dec, Done in time, Thu 9 Dec"),
    ]),
]

STORIES = {"housing-21": HOUSING_21, "one-housing": ONE_HOUSING, "rosebery": ROSEBERY, "wdh": WDH,
           "reliance": RELIANCE}


# ---------------------------------------------------------------- how it is told

def live(desktop, day, owed, lines):
    """A day of a story."""
    if owed is not None:
        desktop.morning(day, owed)
    for verb, *given in lines:
        getattr(desktop, verb)(*given)


def begin(desktop, server, head, landlord, story):
    head.publish(landlord, story[0][0])
    desktop.office.enrol(server, "Oak Court laptop", "Janet Whitlock")
    desktop.app.find("label", "Oak Court is ready", timeout=60)


def end(desktop):
    """All of it has reached head office, and Amends has printed nothing."""
    desktop.office.send_now()
    desktop.office.wait_sentence("nothing waiting")
    desktop.office.close()


def tell(desktop, server, head, landlord):
    story = STORIES[landlord]
    tests = {"test_it_begins": lambda: begin(desktop, server, head, landlord, story)}
    for day, owed, title, lines in story:
        name = "test_%s_%s" % (day, title.replace(" ", "_").replace(",", ""))
        tests[name] = lambda day=day, owed=owed, lines=lines: live(desktop, day, owed, lines)
    tests["test_it_ends"] = lambda: end(desktop)
    return play(tests)


def main():
    program, server_program, amendsctl, landlord = sys.argv[1:5]
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="amends-landlord-") as scratch:
        folder = pathlib.Path(scratch)
        calendar = Calendar(folder, STORIES[landlord][0][0])
        with Server(server_program, folder / "server") as server:
            server.start()
            head = Desk(amendsctl, server, folder / "head")
            with Staff(program, folder / "office") as office:
                office.place(0, *SIZE)
                return tell(Desktop(office, calendar), server, head, landlord)


if __name__ == "__main__":
    sys.exit(main())
