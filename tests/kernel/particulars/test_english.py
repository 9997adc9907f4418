"""Particulars in English texts: those of the case in their parts, and of any person by their form or introduction.

The telephone numbers are those that Ofcom and the North American Numbering Plan reserve for fiction.
"""

from __future__ import annotations

import pytest

from chalicelib.particulars.search import doubts, find
from chalicelib.particulars.terms import Terms, of_value

PARTY = of_value("complainant.name", "Sarah O'Brien") | of_value(
    "complainant.contact", "Flat 2, 14 Elm Grove, Leeds LS6 2AB"
)
FOUND = [
    ("Deliver to Flat 2, 14 Elm Grove.", "Flat 2, 14 Elm Grove"),
    ("She lives at 14 elm grove now.", "14 elm grove"),
    ("The buyer at LS6 2AB was refunded.", "LS6 2AB"),
    ("The buyer at ls62ab was refunded.", "ls62ab"),
    ("Ms OBrien was refunded.", "OBrien"),
    ("Mrs O\u2019Brien's parcel.", "O\u2019Brien"),
    ("Phone number: 07700 900123.", "07700 900123"),
    ("My mobile is 07700 900123.", "07700 900123"),
    ("Tel. 0113 496 0000", "0113 496 0000"),
    ("Call me on 555-0199.", "555-0199"),
    ("Passport no. 123456789", "123456789"),
    ("Write to 07700900123.", "07700900123"),
    ("Write to +44 7700 900123.", "+44 7700 900123"),
    ("Write to +44 (0)20 7946 0958.", "+44 (0)20 7946 0958"),
    ("Write to +1 212 555 0123.", "+1 212 555 0123"),
    ("Write to (212) 555-0123.", "(212) 555-0123"),
    ("The shop of 22 Acacia Avenue.", "22 Acacia Avenue"),
    ("NI number QQ 12 34 56 C", "QQ 12 34 56 C"),
    ("Her Instagram: sarah.ob", "sarah.ob"),
    ("LINE ID: sarahob", "sarahob"),
    ("My name is Susan Clarke.", "Susan Clarke"),
]
DOUBTFUL = [
    ("Mr Johnson took the parcel.", "Mr Johnson"),
    ("Dr. Patel saw it.", "Dr. Patel"),
    ("Mrs W. saw it.", "Mrs W."),
    ("Contact: Susan Clarke", "Susan Clarke"),
    ("My neighbour Susan Clarke saw it.", "Susan Clarke"),
    ("Kind regards, Margaret", "Margaret"),
    ("Facebook: they replied at once.", "they"),
    ("A shop in SW1A 1AA.", "SW1A 1AA"),
]
HONEST = [
    "The shop refunded 1,280.50 pounds on 2026-11-27 and closed the case after 15 working days.",
    "A phone with 128 GB and a K5 2GB tablet were sent; the account manager called twice.",
    "I bought 2 Apple watches in the park, 3 miles from the place of the shop.",
    "Call 400-800-8820 or 800-555-0100 on working days from 9:00 to 17:00.",
    "The doctor, the manager and the tenant were heard. Contact: see the website.",
    "Instagram and Facebook were told. The line was busy, and the signal was weak.",
    "The instrument of 5 parts was repaired; the guarantee is for 24 months.",
]


@pytest.mark.parametrize(("text", "particular"), FOUND)
def test_a_particular_is_found(text: str, particular: str) -> None:
    assert [text[one.start : one.end] for one in find(text, PARTY)] == [particular]


@pytest.mark.parametrize(("text", "doubt"), DOUBTFUL)
def test_what_may_name_a_person_is_a_doubt(text: str, doubt: str) -> None:
    assert find(text, PARTY) == []
    assert [text[one.start : one.end] for one in doubts(text, PARTY)] == [doubt]


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_has_no_finding(text: str) -> None:
    assert [text[one.start : one.end] for one in [*find(text, PARTY), *doubts(text, PARTY)]] == []


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("14 Elm Grove Leeds LS6 2AB", "14 Elm Grove"),
        ("221B Baker Street, London NW1 6XE", "221B Baker Street"),
        ("742 Evergreen Terrace, Springfield, IL 62704", "IL 62704"),
        ("Hauptstraße 12, 10115 Berlin", "Hauptstrasse 12"),
        ("12 The Larches, York YO1 7HH", "12 The Larches"),
    ],
)
def test_a_part_of_a_filed_address_is_found(address: str, written: str) -> None:
    text = f"The buyer of {written} was refunded."

    assert [text[one.start : one.end] for one in find(text, of_value("complainant.contact", address))] == [written]


def test_a_value_that_is_no_address_adds_no_parts() -> None:
    terms = of_value("complainant.contact", "Flat 2, or ask at the desk of Leeds")

    assert find("The flat 2 of the desk in Leeds is let.", terms) == find("The flat 2 of the desk.", Terms()) == []
