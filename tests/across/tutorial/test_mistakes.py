"""The mistakes that the tutorial names are faults with the text that it shows; its policies and sentences are valid."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.policy.reading.source import read
from chalicelib.policy.written_form import written_form
from tests.across.tutorial.page import PAGE, SENTENCES, blocks, policies
from tests.kernel.policy.test_guide import added

SAID = [block.text for block in blocks() if block.title == SENTENCES]
TABLE = PAGE.partition("## 14.")[2].partition("\n\nSome mistakes")[0]
MISTAKES = [
    (wrong, said, right) for wrong, said, right in re.findall(r"^\| `(.+?)` \| (.+?) \| `(.+?)` \|$", TABLE, re.M)
]


def test_the_table_of_mistakes_is_read_in_full() -> None:
    assert len(MISTAKES) == TABLE.count("\n| ") - 1


@pytest.mark.parametrize(("wrong", "said", "right"), MISTAKES, ids=[wrong for wrong, _, _ in MISTAKES])
def test_a_mistake_is_a_fault_with_the_shown_text(wrong: str, said: str, right: str) -> None:
    policy = next(text for text in reversed(policies()) if right in text)

    with pytest.raises(PolicyFault) as found:
        check_publishable(policy.replace(right, wrong, 1))

    assert [fault for fault in found.value.faults if said.replace("`", "") in fault.text("en").replace("`", "")]


def test_the_finished_policy_can_be_published() -> None:
    assert check_publishable(policies()[-1]).hints == ()


@pytest.mark.parametrize("at", range(len(policies())))
def test_each_stage_of_the_policy_is_written_in_the_language(at: int) -> None:
    """An editor underlines what is missing still, and nothing else."""
    errors = jsonschema.Draft7Validator(written_form()).iter_errors(read(policies()[at]))

    assert [error.message for error in errors if "is a required property" not in error.message] == []


@pytest.mark.parametrize("block", SAID)
def test_each_sentence_can_be_added_to_the_policy(block: str) -> None:
    policy = read(policies()[-1])
    del policy["examples"]

    check_publishable(json.dumps(added(policy, read(block))))


def test_the_sentences_are_read() -> None:
    assert len(SAID) >= 8
