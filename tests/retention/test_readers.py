"""After the retention, no route and no page gives a reader a text of the complaint.

Printouts, forms of acts, the page of a demand, the register with its feeds, the public figures, a copy of the case.
"""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation
from tests.helpers.nonempty import nonempty
from tests.register.conftest import marketplace
from tests.register.notices import SUMMARY, published
from tests.retention.office import publish
from tests.retention.readers import APART, Readers, contracts, readers
from tests.retention.test_everywhere import TEXTS, ended, pass_by

__all__ = ["marketplace"]
PRINTED = {
    "zh": "处理单",
    "en": "Form",
    "sections": [
        {
            "zh": "内容",
            "en": "Content",
            "lines": [
                {"zh": "姓名", "en": "Name", "shows": "complainant.name"},
                {"zh": "原因", "en": "Reason", "shows": "reason"},
                {"zh": "核查", "en": "Findings", "shows": "findings"},
            ],
        }
    ],
}
FIGURES = {"every": "month", "shows": ["received", "met", "missed"]}
SHOWN = {
    "complainant /t/{tenant}/case/{number}",
    "complainant /t/{tenant}/case/{number}/acts/{act}",
    "complainant /t/{tenant}/case/{number}/decision",
    "complainant /t/{tenant}/case/{number}/files",
    "complainant /v1/t/{tenant}/complaints/{number}/record",
    "complainant copy",
    "demand /t/{tenant}/demand/{number}/{demand}",
    "demand /v1/t/{tenant}/complaints/{number}/demands/{demand}",
    "director /t/{tenant}/desk/complaints/{number}/forms/{form}",
    "handler /t/{tenant}/desk/complaints/{number}/acts/{act}",
    "handler /t/{tenant}/desk/complaints/{number}/case-file",
    "handler /v1/t/{tenant}/complaints/{number}/forms/{form}",
    "seller /v1/t/{tenant}/messages",
}
"""Some of the places that have texts before: without them, the search would look at the wrong places."""


@pytest.fixture
def office(marketplace: Organisation) -> Organisation:
    publicity = {**presets.document("platform")["publicity"], "figures": FIGURES}
    parts = {"publicity": publicity, "forms": {"sheet": PRINTED}}
    publish(marketplace, "60 calendar days", parts=parts, evidence_kept="15 calendar days")
    return marketplace


MEMBERS = ("handler", "director", "seller")
"""By day. They read most. At night all do."""


@pytest.fixture
def number(office: Organisation) -> str:
    """Of a complaint that has ended."""
    return ended(office)


@pytest.fixture
def people(office: Organisation, number: str) -> Readers:
    return readers(office, number, MEMBERS)


@pytest.mark.slow
def test_before_the_end_readers_get_each_text(people: Readers) -> None:
    found = people.found(TEXTS, "zh")

    assert found.keys() >= SHOWN
    assert set().union(*found.values()) == {*TEXTS}
    assert not [place for place in found if place.startswith("a stranger")]


@pytest.mark.slow
def test_afterwards_no_reader_gets_any(office: Organisation, people: Readers) -> None:
    pass_by(office)

    assert people.found(TEXTS, "zh") == {}


@pytest.mark.nightly
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nor_does_any_other_member(office: Organisation, number: str, language: str) -> None:
    people = readers(office, number)
    assert set().union(*people.found(TEXTS, language).values()) == {*TEXTS}
    pass_by(office)

    assert people.found(TEXTS, language) == {}


@pytest.mark.slow
def test_what_was_published_is_all_that_is_left(office: Organisation) -> None:
    """By agreement it stays public: on the page of the register, in its feeds, and for programs."""
    number = published(office)
    facts = office.example()["facts"]
    private = [facts["reason"], facts["complainant.name"], facts["complainant.contact"]]
    people = readers(office, number, MEMBERS[:1])
    pass_by(office)

    found = people.found([*private, SUMMARY], "zh")

    assert set().union(*found.values()) == {SUMMARY}
    assert {place for place in found if place.startswith("a stranger")} == {
        "a stranger /t/{tenant}/register",
        "a stranger /t/{tenant}/register/{notice}",
        "a stranger /v1/t/{tenant}/notices",
        "a stranger /v1/t/{tenant}/notices.atom",
        "a stranger /v1/t/{tenant}/notices/{notice}",
    }


def test_each_parameter_of_a_path_is_tried_or_names_nothing_of_a_complaint(people: Readers) -> None:
    params = {name for pages in (True, False) for one in contracts(pages=pages) for name in one.params}

    assert params == {*people.names, *APART}
    assert all(nonempty(people.names.values()))
