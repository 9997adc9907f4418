"""Each default wording exists for complainant, respondent and staff, and addresses its reader."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import get_args

import pytest

from chalicelib.policy.language.vocabulary import (
    ASSIGNED,
    EVENT_OF_ACT,
    HANDING_ON,
    TO_OTHERS,
    UNLISTED_ACTS,
    WITHOUT_WORK,
)
from chalicelib.policy.language.wording.default_wording import (
    OWN_PLACEHOLDERS,
    PERIOD,
    PLACEHOLDERS,
    ReaderKind,
    default_wording,
)
from tests.helpers.nonempty import nonempty

READERS: tuple[ReaderKind, ...] = get_args(ReaderKind)
EVERY_READER = [(reader, language) for reader in READERS for language in ("zh", "en")]
THIRD_PERSON = {
    ("complainant", "zh"): "投诉人|客户",
    ("complainant", "en"): "complainant|customer",
    ("respondent", "zh"): "被投诉|被申诉",
    ("respondent", "en"): "respondent",
    ("staff", "zh"): "工作人员|办理人员|承办人",
    ("staff", "en"): "staff|handler|assignee",
}
"""How a text would call its reader if it spoke about them."""
OF_THE_ORGANISATION = frozenset(
    {
        "tier_vacant",
        "role_vacant",
        "route_vacant",
        "nobody_left",
        "replaced",
        "webhook_off",
        "webhook_missed",
        "unit_task_opened",
        "unit_task_done",
        "organisation_task_done",
        "unit_escalated",
        "unit_missed",
        "unit_task_scheduled",
        "organisation_task_scheduled",
        "organisation_escalated",
        "organisation_missed",
        "unit_overdue",
        "organisation_overdue",
        "organisation_inspection_made",
        "organisation_inspection_known",
        "organisation_inspection_late",
        "organisation_draft_opened",
        "organisation_publication_asked",
        "organisation_export_started",
        "organisation_practice_ends",
        "organisation_improvement_given",
        "organisation_improvement_overdue",
        "organisation_improvement_returned",
    }
)
"""About the organisation's work and settings, not about a complaint of the reader. Only members get them."""
FOR_MEMBERS = frozenset({"notice_for_outside_respondent"})
"""About a complaint, and only members get them."""


def text_of(name: str, reader: ReaderKind, language: str) -> str:
    text: str = getattr(default_wording()[name].of(reader), language)
    return text


def texts_for(reader: ReaderKind, language: str, without: Collection[str] = ()) -> dict[str, str]:
    """The text of each default wording that the reader can get, by its name."""
    left_out = {*without, *(() if reader == "staff" else FOR_MEMBERS)}
    return {name: text_of(name, reader, language) for name in nonempty(default_wording().keys() - left_out)}


@pytest.mark.parametrize(("reader", "language"), EVERY_READER)
def test_a_default_wording_does_not_speak_of_its_reader_in_the_third_person(reader: ReaderKind, language: str) -> None:
    texts = texts_for(reader, language)
    assert {name for name, text in texts.items() if re.search(THIRD_PERSON[reader, language], text, re.I)} == set()


@pytest.mark.parametrize(("language", "word"), [("zh", "您"), ("en", r"\byou(r)?\b")])
@pytest.mark.parametrize("reader", ["complainant", "respondent"])
def test_a_default_wording_addresses_a_party(reader: ReaderKind, language: str, word: str) -> None:
    texts = texts_for(reader, language, OF_THE_ORGANISATION)
    assert {name for name, text in texts.items() if not re.search(word, text, re.I)} == set()


@pytest.mark.parametrize("reader", ["complainant", "respondent"])
def test_a_default_wording_asks_a_party_politely(reader: ReaderKind) -> None:
    asks = re.compile("(?<!申)请(?!您)")
    texts = texts_for(reader, "zh", OF_THE_ORGANISATION)
    assert {name for name, text in texts.items() if asks.search(text)} == set()


@pytest.mark.parametrize("name", ["warned", "escalated", "missed", "overdue"])
def test_an_alarm_begins_with_the_name_of_the_deadline(name: str) -> None:
    assert all("[的“{clock}”]" in text_of(name, reader, "zh").partition("。")[0] for reader in nonempty(READERS))


@pytest.mark.parametrize("gone", ["有一项期限", "最高层级的期限", "有一人已", "处理方案", "已收到证据。"])
def test_a_default_wording_does_not_leave_open_what_it_is_about(gone: str) -> None:
    found = [text_of(name, reader, "zh") for name in nonempty(default_wording()) for reader in READERS]
    assert [text for text in found if gone in text] == []


def test_a_default_wording_asks_staff_without_a_pronoun() -> None:
    assert {name for name, text in texts_for("staff", "zh").items() if "您" in text} == set()


@pytest.mark.parametrize(
    "name",
    [
        *("tier_vacant", "role_vacant", "route_vacant", "nobody_left", "webhook_off", "webhook_missed"),
        *("unit_task_opened", "unit_task_done", "organisation_task_done", "unit_escalated", "unit_missed"),
    ],
)
def test_a_notice_about_the_organisations_work_asks_its_members_to_act(name: str) -> None:
    assert "请" in text_of(name, "staff", "zh")
    assert re.search(r"\b(you|please)\b", text_of(name, "staff", "en"), re.IGNORECASE)


@pytest.mark.parametrize("other", ["staff", "respondent"])
def test_each_reader_of_a_complaint_has_a_text_of_their_own(other: ReaderKind) -> None:
    """A respondent's own work, such as a proposal of theirs, reads as that of staff."""

    def texts(reader: ReaderKind) -> dict[str, list[str]]:
        both = [texts_for(reader, language, OF_THE_ORGANISATION | FOR_MEMBERS) for language in ("zh", "en")]
        return {name: [of_each[name] for of_each in both] for name in both[0]}

    theirs = texts(other)
    assert {name for name, own in texts("complainant").items() if own == theirs[name]} == set()


@pytest.mark.parametrize(("reader", "language"), EVERY_READER)
def test_a_default_wording_is_one_sentence_or_more_in_its_language(reader: ReaderKind, language: str) -> None:
    texts = texts_for(reader, language)
    without = {name: re.sub(r"\[[^\[\]]*\]", "", text) for name, text in texts.items()}
    end = "。" if language == "zh" else "."
    assert {name for name, text in texts.items() if not text.removesuffix("]").endswith(end)} == set()
    assert {name for name, text in without.items() if not text.endswith(end)} == set()
    chinese = {name for name, text in texts.items() if re.search("[\u4e00-\u9fff]", text)}
    assert chinese == (texts.keys() if language == "zh" else set())


@pytest.mark.parametrize(("reader", "language"), EVERY_READER)
def test_a_default_wording_has_known_placeholders_and_shows_optional_ones_in_brackets(
    reader: ReaderKind, language: str
) -> None:
    texts = texts_for(reader, language)
    known = PLACEHOLDERS | OWN_PLACEHOLDERS | {PERIOD}
    assert {name: one for name, text in texts.items() if (one := placeholders(text) - known)} == {}
    optional = OWN_PLACEHOLDERS - {"publication", "thing"}  # which always have a value
    shown = {name: placeholders(re.sub(r"\[[^\[\]]*\]", "", text)) & optional for name, text in texts.items()}
    assert {name: one for name, one in shown.items() if one} == {}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("reader", READERS)
def test_a_default_wording_says_the_same_things_in_both_languages(reader: ReaderKind) -> None:
    chinese, english = (
        {name: sorted(re.findall(r"\{(\w+)\}", text)) for name, text in texts_for(reader, one).items()}
        for one in ("zh", "en")
    )
    assert chinese == english


@pytest.mark.parametrize("name", ["warned", "escalated", "missed", "overdue", "tier_vacant"])
def test_an_alarm_names_the_deadline_and_its_due_time(name: str) -> None:
    assert all({"clock", "by"} <= placeholders(text_of(name, reader, "en")) for reader in nonempty(READERS))


@pytest.mark.parametrize(
    "name", [name for name in default_wording() if "escalated" in name or "overdue" in name or "late" in name]
)
def test_a_miss_names_its_due_time(name: str) -> None:
    assert all("by" in placeholders(text_of(name, reader, "en")) for reader in nonempty(READERS))


@pytest.mark.parametrize("reader", ["complainant", "respondent"])
@pytest.mark.parametrize("name", [name for name in default_wording() if name.startswith("assigned")])
def test_what_is_assigned_is_never_assigned_to_a_party(name: str, reader: ReaderKind) -> None:
    assert "to you" not in text_of(name, reader, "en")
    assert "给您" not in text_of(name, reader, "zh")


@pytest.mark.parametrize("reader", ["complainant", "respondent"])
@pytest.mark.parametrize("name", ["escalated", "missed"])
def test_no_party_is_asked_to_handle_an_escalated_complaint(name: str, reader: ReaderKind) -> None:
    """A tier has roles of the office alone."""
    assert re.search("to you|please", text_of(name, reader, "en"), re.IGNORECASE) is None
    assert "请" not in text_of(name, reader, "zh")


def test_a_wording_that_asks_for_work_has_one_for_readers_without_work() -> None:
    asking = {f"{name}{WITHOUT_WORK}" for name in HANDING_ON}
    assert asking == {name for name in default_wording() if name.endswith(WITHOUT_WORK)}
    assert [name for name in nonempty(asking) if "请处理" in text_of(name, "staff", "zh")] == []
    assert f"{ASSIGNED}{TO_OTHERS}" in default_wording()


@pytest.mark.parametrize("name", sorted(default_wording()))
def test_the_topic_of_a_subject_is_short_and_in_its_language(name: str) -> None:
    topic = default_wording()[name].topic
    assert re.fullmatch("[\u4e00-\u9fff，]{2,16}", topic.zh)
    assert re.fullmatch("[a-z ,]{4,40}", topic.en)


@pytest.mark.parametrize("name", ["decided", "refused", "replied", "offered", "closed"])
def test_a_default_wording_names_the_outcome_where_there_is_one(name: str) -> None:
    assert all("{outcome}" in text_of(name, reader, "en") for reader in nonempty(READERS))


@pytest.mark.parametrize("name", ["extended", "promised", "evidence_demanded"])
def test_a_default_wording_names_the_new_due_time_where_there_is_one(name: str) -> None:
    assert all("{until}" in text_of(name, reader, "en") for reader in nonempty(READERS))


@pytest.mark.parametrize("name", ["resumed", "reopened"])
def test_only_staff_read_the_next_due_time_of_a_case_that_goes_on(name: str) -> None:
    """It can be anybody's; a party would take it for their own."""
    named = {reader for reader in nonempty(READERS) if "{until}" in text_of(name, reader, "en")}
    assert named == {"staff"}


@pytest.mark.parametrize("event", sorted({EVENT_OF_ACT[act] for act in EVENT_OF_ACT.keys() - UNLISTED_ACTS}))
def test_every_event_of_an_act_that_stages_list_has_a_default_wording(event: str) -> None:
    assert event in default_wording()
