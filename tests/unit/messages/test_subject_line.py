"""A mail's subject says which complaint it is about and what has happened, in words of the service."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.messages.mail.subject_line import subject_line
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.default_wording.reader_wording import ReaderKind
from chalicelib.policy.language.parts import Label
from tests.fakes.prepared_presets import prepared
from tests.nonempty import nonempty
from tests.unit.messages.test_rendering import NUMBER, notice


@pytest.fixture(scope="module")
def policy() -> Policy:
    return compile_policy(prepared("corporate-standard").document, "1")


@pytest.mark.parametrize(
    ("reader", "zh", "en"),
    [
        ("complainant", f"您的投诉 {NUMBER}：已作出处理决定", f"Your complaint {NUMBER}: decided"),
        ("respondent", f"针对您的投诉 {NUMBER}：已作出处理决定", f"Complaint {NUMBER} about you: decided"),
        ("staff", f"投诉 {NUMBER}：已作出处理决定", f"Complaint {NUMBER}: decided"),
    ],
)
def test_a_subject_addresses_its_reader(policy: Policy, reader: ReaderKind, zh: str, en: str) -> None:
    told = notice(policy, "decided")

    assert (subject_line(told, reader, "zh"), subject_line(told, reader, "en")) == (zh, en)


def test_a_policys_wording_has_the_subject_of_the_only_event_that_uses_it(policy: Policy) -> None:
    assert subject_line(notice(policy, "promise"), "complainant", "en") == f"Your complaint {NUMBER}: registered"


def test_a_policys_wording_of_several_events_has_a_general_subject(policy: Policy) -> None:
    assert subject_line(notice(policy, "quality_class"), "staff", "zh").endswith("：类别已确定")
    assert subject_line(notice(policy, "unused"), "staff", "en") == f"Complaint {NUMBER}: news"


@pytest.mark.parametrize("preset", presets.names())
def test_no_subject_has_a_word_of_the_policy(preset: str) -> None:
    """Whatever its texts say."""
    found = compile_policy(prepared(preset).document, "1")
    texts = {name: Label(zh="他人所写", en="written by others") for name in found.document.wording}
    other = replace(found, document=replace(found.document, wording=texts))

    for name in nonempty(texts):
        lines = [subject_line(notice(one, name), "complainant", "zh") for one in (found, other)]
        assert lines[0] == lines[1]
        assert lines[0].startswith(f"您的投诉 {NUMBER}：")
