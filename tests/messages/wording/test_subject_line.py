"""A mail's subject says which complaint it is about and what has happened, to parties in words of the service."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.features.messages.inbox.subject_line import subject_line
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.parts import Label, WordingText
from chalicelib.policy.language.wording.default_wording import ReaderKind
from tests.helpers.fakes.prepared_presets import prepared
from tests.helpers.nonempty import nonempty
from tests.messages.wording.test_rendering import NUMBER, event, notice


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


def test_a_policys_wording_of_several_events_has_the_subject_of_the_event_that_it_is_about(policy: Policy) -> None:
    of_two = compile_policy(prepared("customer-service").document, "1")
    told = [notice(of_two, "please_rate", event(type_)) for type_ in ("executed", "reopened")]

    assert [subject_line(one, "complainant", "en").partition(": ")[2] for one in told] == [
        "about the measure",
        "reopened",
    ]


def test_a_policys_wording_of_an_unknown_event_has_a_general_subject(policy: Policy) -> None:
    assert subject_line(notice(policy, "quality_class"), "staff", "zh").endswith("：类别已确定")
    assert subject_line(notice(policy, "unused"), "staff", "en") == f"Complaint {NUMBER}: news"


@pytest.mark.parametrize(
    ("preset", "wording", "stage", "asked"),
    [
        ("corporate-standard", "please_answer", "decided", "请您答复"),
        ("government-service-centre", "please_rate", "decided", "请您评价"),
    ],
)
def test_a_notice_that_time_sends_says_what_the_complainant_is_asked_for(
    preset: str, wording: str, stage: str, asked: str
) -> None:
    told = notice(compile_policy(prepared(preset).document, "1"), wording, event("notified"))
    told = replace(told, event=replace(told.event, result={**told.event.result, "stage": stage}))

    assert subject_line(told, "complainant", "zh") == f"您的投诉 {NUMBER}：{asked}"


@pytest.mark.parametrize(
    ("preset", "wording", "fields", "zh", "en"),
    [
        (
            "telecom-regulator",
            "evidence_overdue",
            {"due": "2026-10-14T16:00:00.000Z"},
            "请您于 2026年10月14日（周三）24:00 前办理",
            "please act by ",
        ),
        (
            "property-management",
            "right_contact",
            {"encloses": ["contact"]},
            "办理人员告知您的内容附后",
            "what its handlers tell you is enclosed",
        ),
        (
            "telecom-regulator",
            "recorded_in_your_place",
            {"encloses": ["came_back"]},
            "办理人员告知您的内容附后",
            "what its handlers tell you is enclosed",
        ),
        ("property-management", "right_contact", {}, "有事项告知您", "information for you"),
        ("government-service-centre", "followed_up_again", {}, "向您反馈办理进展", "what has been done"),
    ],
)
def test_a_notice_of_no_step_says_by_when_to_act_or_what_it_is(
    preset: str, wording: str, fields: dict[str, str], zh: str, en: str
) -> None:
    told = notice(compile_policy(prepared(preset).document, "1"), wording, event("notified"))
    told = replace(told, event=event("notified", wording=wording, to=["complainant"], **fields))

    assert subject_line(told, "complainant", "zh") == f"您的投诉 {NUMBER}：{zh}"
    assert subject_line(told, "respondent", "en").startswith(f"Complaint {NUMBER} about you: {en}")


@pytest.mark.parametrize("preset", presets.names())
def test_no_subject_of_a_party_says_only_that_there_is_news(preset: str) -> None:
    found = compile_policy(prepared(preset).document, "1")
    told = [notice(found, name, event(of)) for name in found.document.wording for of in ("notified", "confirmed")]
    readers: tuple[ReaderKind, ...] = ("complainant", "respondent")

    lines = {subject_line(one, reader, "zh").partition("：")[2] for one in nonempty(told) for reader in readers}
    assert not lines & {"办理进展", "办理有新进展", ""}


def test_what_complainants_did_themselves_is_not_told_of_a_third_person(policy: Policy) -> None:
    lines = [subject_line(notice(policy, "disputed"), reader, "zh") for reader in ("complainant", "respondent")]

    assert lines == [f"您的投诉 {NUMBER}：您已表示不接受", f"针对您的投诉 {NUMBER}：投诉人不接受"]


URGENT = WordingText(
    zh="请立即处理投诉 {number}。",
    en="Please handle complaint {number} at once.",
    topic=Label(zh="紧急，请立即处理", en="urgent, please act at once"),
)


def with_texts(policy: Policy, **texts: WordingText) -> Policy:
    return replace(policy, document=replace(policy.document, wording={**policy.document.wording, **texts}))


def test_staff_read_the_topic_that_the_policy_gives_its_wording(policy: Policy) -> None:
    told = notice(with_texts(policy, promise=URGENT), "promise")

    assert subject_line(told, "staff", "zh") == f"投诉 {NUMBER}：紧急，请立即处理"
    assert subject_line(told, "staff", "en") == f"Complaint {NUMBER}: urgent, please act at once"


def test_a_topic_of_the_policy_goes_before_that_of_the_built_in_wording_of_the_name(policy: Policy) -> None:
    assert subject_line(notice(with_texts(policy, decided=URGENT), "decided"), "staff", "zh").endswith("请立即处理")


def test_a_topic_in_one_language_serves_for_both(policy: Policy) -> None:
    told = notice(with_texts(policy, promise=replace(URGENT, topic=Label(zh="紧急"))), "promise")

    assert subject_line(told, "staff", "en") == f"Complaint {NUMBER}: 紧急"


@pytest.mark.parametrize("reader", ["complainant", "respondent"])
def test_parties_read_no_topic_of_the_policy(policy: Policy, reader: ReaderKind) -> None:
    told = notice(with_texts(policy, promise=URGENT), "promise")

    assert subject_line(told, reader, "zh").endswith("：已登记")


@pytest.mark.parametrize(
    ("preset", "wording", "topic"),
    [
        ("property-management", "major", "重大或紧急，请立即处理"),
        ("property-management", "passed_on", "总部转达，请处理"),
        ("auto-repair", "on_site", "现场投诉，请立即到场处理"),
        ("auto-repair", "rework_now", "请当日完成返修"),
    ],
)
def test_an_urgent_message_of_a_preset_has_an_urgent_subject(preset: str, wording: str, topic: str) -> None:
    told = notice(compile_policy(prepared(preset).document, "1"), wording)

    assert subject_line(told, "staff", "zh") == f"投诉 {NUMBER}：{topic}"


@pytest.mark.parametrize("preset", presets.names())
def test_no_subject_of_a_party_has_a_word_of_the_policy(preset: str) -> None:
    """Whatever its texts say."""
    found = compile_policy(prepared(preset).document, "1")
    texts = {name: replace(URGENT, zh="他人所写", en="written by others") for name in found.document.wording}
    other = replace(found, document=replace(found.document, wording=texts))

    for name in nonempty(texts):
        lines = [subject_line(notice(one, name), "complainant", "zh") for one in (found, other)]
        assert lines[0] == lines[1]
        assert lines[0].startswith(f"您的投诉 {NUMBER}：")
