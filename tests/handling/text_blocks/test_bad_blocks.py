"""What is refused as a text block, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.text_blocks.wanted import OF_EVENTS
from chalicelib.kit import catalogue
from chalicelib.policy.language.wording.default_wording import PLACEHOLDERS
from tests.clauses.organisation import Organisation
from tests.handling.text_blocks.blocks import APOLOGY, ask, written

BAD = {
    "an unknown placeholder": ({"text": "您好，{customer}。"}, "/text"),
    "a placeholder of events": ({"text": "{said}"}, "/text"),
    "braces that are none": ({"text": "{ }"}, "/text"),
    "20,000 characters": ({"text": "长" * 20_000}, "/text"),
    "unseen characters": ({"text": "\u200b\u2060 \u3164"}, "/text"),
    "an unseen name": ({"name": "\u200b"}, "/name"),
    "a long name": ({"name": "长" * 41}, "/name"),
    "control characters": ({"text": "a\u0007b"}, "/text"),
    "another direction of writing": ({"text": "a\u202eb"}, "/text"),
    "an unknown language": ({"language": "fr"}, "/language"),
    "an unknown category": ({"categories": ["nothing"]}, "/categories/0"),
    "an unknown stage": ({"stages": ["registered", "nowhere"]}, "/stages/1"),
}


@pytest.mark.parametrize("case", BAD)
def test_it_is_refused_at_its_place(office: Organisation, case: str) -> None:
    changes, place = BAD[case]
    answer = ask(office, "POST", "", {**APOLOGY, **changes})
    assert (answer.status, answer.pointer) == (422, place)


def test_the_refusal_says_where_the_placeholder_stands_and_which_there_are(office: Organisation) -> None:
    answer = ask(office, "POST", "", {**APOLOGY, "text": "您好，{customer}。"})
    [error] = answer.json["errors"]
    wrong, _, known = error["detail"].partition("; there are: ")
    assert wrong == "{customer} at character 4 is no placeholder"
    assert known.startswith("{clock}, {done_at}, {due}, ")


def test_markup_is_kept_as_it_was_typed(office: Organisation) -> None:
    block = written(office, text="<b>{number}</b>")
    assert ask(office, "GET", f"/{block}").json["text"] == "<b>{number}</b>"


def test_a_block_of_another_organisation_is_unknown(office: Organisation) -> None:
    answers: list[Any] = [
        ask(office, "GET", "/999"),
        ask(office, "PUT", "/999", APOLOGY),
        ask(office, "POST", "/999/retire"),
    ]
    assert [one.problem for one in answers] == ["not-found"] * 3


def test_each_placeholder_of_wordings_that_a_case_fills_has_words() -> None:
    for language in ("zh", "en"):
        assert set(catalogue.words("text_block_placeholders", language)) == PLACEHOLDERS - OF_EVENTS
