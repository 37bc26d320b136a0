# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases that every peer carries: the same words, each in the peer's own form.

A case is one intake (four events: the case, an issue, a consent, an adjustment) and eight acts.
People, places and numbers are invented; telephone numbers are of the ranges kept for drama.
"""

import dataclasses
import datetime
import hashlib
import json
import random

EVENTS_PER_CASE = 12
EVENTS_PER_INTAKE = 4
ACTS_PER_CASE = EVENTS_PER_CASE - EVENTS_PER_INTAKE

WORDS = """
a about above access after again agreed all and another answer any apology appointment arranged
asked at attended awaiting back bathroom because bedroom before behind below boiler broken bucket
building by call came carpet ceiling chased child cleaned cold common contractor cooker corridor
could cracked daily damaged damp daughter day days delayed did dirty door drain drawing dry during
each early electric engineer entrance every explained extractor fan feels fence filter first fitted
flat floor follow for forms found from front garden gate gutter hall handle has have heard heating
her his hoarse home hot hours housing humming ignored in inspected into is it kitchen landing last
late leak left letter lift light lock long loud main meeting mentioned met missed month months
morning mould moved much neighbour never new next night no noise not note notice nothing of offered
office often old on once opened order other our out outside over own paint panel part parts payment
photographs pipe plaster plumber point pressure promised pump put radiator rain reading rear
refused rent repair replaced reported return roof room rota said same scheme sealed second sent
service several she sink sleeping slipped smell smoke somebody son spare spoke stairs stain still
stopped store surveyor switch tap tenant than that the their them then they this three tiles till
timer to told toilet too took turned twice two under until upset upstairs used valve ventilation
visit waited wall wants warm was washing water we weather week weeks well went were wet when which
while will window winter with without work worse would wrote year yesterday
""".split()

GIVEN_NAMES = "Aldra Benno Corrie Dalmy Edwen Fenna Garrel Hesta Ivo Jorren Kesh Lowda".split()
NAME_HEADS = "Ash Brack Cold Dun Elm Far Gor Hol Ing Kel Lar Mel Nor Orr Pen Quar".split()
NAME_TAILS = "mere low stead wick thorpe by combe dale firth garth hurst ley".split()
RELATIONS = ["current-tenant", "leaseholder", "household-member", "former-tenant", "shared-owner"]
CHANNELS = ["in-person", "home-visit", "telephone", "letter", "email", "paper-form"]
CONSENTS = ["share-with-contractor", "share-with-local-authority", "share-with-relative",
            "share-with-advice-agency", "contact-for-survey", "keep-adjustments"]
ADJUSTMENTS = ["large-print", "easy-read", "audio", "home-visit", "more-time", "short-meetings",
               "reminders", "help-with-writing", "same-person", "quiet-room"]
FIRMS = ["Oak Lifts", "Harbour Heating", "Mill Lane Roofing", "Quarry Plumbing", "Fen Electrical"]


@dataclasses.dataclass
class Case:
    """One case as `amendsctl` takes it."""

    number: int
    intake: dict
    acts: list


text_factor = 1.0
"""Texts are this many times as long; the harness sets it once, before any case is made."""


def words(chance, least, most):
    """A text of @least to @most words, times the factor."""
    n_words = max(1, round(chance.randint(least, most) * text_factor))
    return " ".join(chance.choices(WORDS, k=n_words))


def make_person(chance):
    name = "%s %s%s" % (chance.choice(GIVEN_NAMES), chance.choice(NAME_HEADS),
                        chance.choice(NAME_TAILS))
    return {"name": name, "relation": chance.choice(RELATIONS),
            "home": "Flat %d" % chance.randint(1, 400),
            "phone": "01632 960%03d" % chance.randrange(1000),
            "email": name.lower().replace(" ", ".") + "@example.org",
            "preferred_contact": chance.choice(["letter", "telephone", "email"])}


def make_case(number, chance, today):
    received = today - datetime.timedelta(days=chance.randint(10, 200))
    needs = chance.sample(ADJUSTMENTS, 2)
    purposes = chance.sample(CONSENTS, 2)
    until = (received + datetime.timedelta(days=180)).isoformat()
    acknowledged = received + datetime.timedelta(days=chance.randint(1, 7))
    intake = {
        "kind": "complaint", "scheme": "oak", "received": received.isoformat(),
        "channel": chance.choice(CHANNELS), "complainant": make_person(chance),
        "issues": [{"what": words(chance, 22, 38), "outcome_sought": words(chance, 5, 10),
                    "arose": (received - datetime.timedelta(days=chance.randint(1, 60)))
                    .isoformat()}],
        "consents": [{"purpose": purposes[0], "to": chance.choice(FIRMS) + " Ltd", "given": True,
                      "until": until}],
        "adjustments": [{"need": needs[0], "detail": words(chance, 8, 16)}],
        "told_before": chance.random() < 0.5,
    }
    acts = [
        {"type": "case.acknowledged", "on": acknowledged.isoformat(),
         "channel": chance.choice(["letter", "email", "telephone"])},
        {"type": "case.noted", "text": words(chance, 18, 36)},
        {"type": "contact.changed", "phone": "07700 900%03d" % chance.randrange(1000),
         "email": "resident.%d.%d@example.org" % (number, chance.randrange(10000))},
        {"type": "case.noted", "text": words(chance, 18, 36)},
        {"type": "adjustment.added", "need": needs[1], "detail": words(chance, 8, 16)},
        {"type": "case.noted", "text": words(chance, 18, 36)},
        {"type": "consent.given", "purpose": purposes[1], "to": chance.choice(FIRMS) + " Ltd",
         "until": until},
        {"type": "case.noted", "text": words(chance, 18, 36)},
    ]
    assert len(acts) == ACTS_PER_CASE
    return Case(number, intake, acts)


def make_cases(n_cases, today):
    """The same @n_cases for the same day, whoever asks."""
    chance = random.Random(20)
    for number in range(1, n_cases + 1):
        yield make_case(number, chance, today)


def case_events(case):
    """The twelve (type, body) pairs of a case, bodies without the envelope that a peer adds."""
    intake = dict(case.intake)
    parts = [("issue.added", item) for item in intake.pop("issues")]
    parts += [("consent.given", item) for item in intake.pop("consents")]
    parts += [("adjustment.added", item) for item in intake.pop("adjustments")]
    yield "case.recorded", intake
    yield from parts
    for act in case.acts:
        yield act["type"], {key: value for key, value in act.items() if key != "type"}


def make_note(number):
    """A late note, for the pushes and pulls of one change."""
    return {"type": "case.noted", "text": words(random.Random(900 + number), 18, 36)}


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class FloorLines:
    """Events as a plain design would write them: a ULID, the device's number, the hash before."""

    ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    def __init__(self, today):
        self.chance = random.Random(21)
        self.at = datetime.datetime.combine(today, datetime.time()) - datetime.timedelta(days=200)
        self.n_lines = 0
        self.hash_before = "0" * 64

    def ulid(self):
        value = int(self.at.timestamp() * 1000) << 80 | self.chance.getrandbits(80)
        return "".join(self.ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))

    def line(self, case_id, event_type, body):
        self.n_lines += 1
        self.at += datetime.timedelta(seconds=self.chance.randint(5, 90))
        line = compact({"v": 1, "id": self.ulid(), "dev": "k-7f3a21", "seq": self.n_lines,
                        "case": case_id, "type": event_type,
                        "at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": "u-0001",
                        "scheme": "oak", "prev": self.hash_before, "body": body}).encode()
        self.hash_before = hashlib.sha256(line).hexdigest()
        return line

    def case(self, case):
        case_id = self.ulid()
        return [self.line(case_id, *event) for event in case_events(case)]
