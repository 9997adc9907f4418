"""Each default wording exists for complainant, respondent and staff, and addresses its reader."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from chalicelib.policy.language.default_wording import DEFAULT_WORDING, OWN_PLACEHOLDERS, PERIOD, PLACEHOLDERS
from chalicelib.policy.language.default_wording.reader_wording import ReaderKind
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, UNLISTED_ACTS
from tests.nonempty import nonempty

READERS: tuple[ReaderKind, ...] = get_args(ReaderKind)
EVERY_TEXT = [
    pytest.param(name, reader, language, id=f"{name}-{reader}-{language}")
    for name in DEFAULT_WORDING
    for reader in READERS
    for language in ("zh", "en")
]
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
        "organisation_inspection_late",
        "organisation_improvement_given",
        "organisation_improvement_overdue",
        "organisation_improvement_returned",
    }
)
"""About the organisation's work and settings, not about a complaint of the reader. Only members get them."""


def text_of(name: str, reader: ReaderKind, language: str) -> str:
    text: str = getattr(DEFAULT_WORDING[name].of(reader), language)
    return text


@pytest.mark.parametrize(("name", "reader", "language"), EVERY_TEXT)
def test_a_default_wording_does_not_speak_of_its_reader_in_the_third_person(
    name: str, reader: ReaderKind, language: str
) -> None:
    assert not re.search(THIRD_PERSON[reader, language], text_of(name, reader, language), re.IGNORECASE)


@pytest.mark.parametrize("reader", ["complainant", "respondent"])
@pytest.mark.parametrize("name", sorted(DEFAULT_WORDING.keys() - OF_THE_ORGANISATION))
def test_a_default_wording_addresses_a_party(name: str, reader: ReaderKind) -> None:
    assert "您" in text_of(name, reader, "zh")
    assert re.search(r"\byou(r)?\b", text_of(name, reader, "en"), re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(DEFAULT_WORDING))
def test_a_default_wording_asks_staff_without_a_pronoun(name: str) -> None:
    assert "您" not in text_of(name, "staff", "zh")


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


@pytest.mark.parametrize("name", sorted(DEFAULT_WORDING.keys() - OF_THE_ORGANISATION))
def test_each_reader_of_a_complaint_has_a_text_of_their_own(name: str) -> None:
    """A respondent's own work, such as a proposal of theirs, reads as that of staff."""
    texts = {reader: [text_of(name, reader, language) for language in ("zh", "en")] for reader in READERS}
    assert texts["complainant"] != texts["staff"] != []
    assert texts["complainant"] != texts["respondent"]


@pytest.mark.parametrize(("name", "reader", "language"), EVERY_TEXT)
def test_a_default_wording_is_one_sentence_or_more_in_its_language(
    name: str, reader: ReaderKind, language: str
) -> None:
    text = text_of(name, reader, language)
    assert text.endswith("。" if language == "zh" else ".")
    assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh")


@pytest.mark.parametrize(("name", "reader", "language"), EVERY_TEXT)
def test_a_default_wording_has_known_placeholders_and_shows_optional_ones_in_brackets(
    name: str, reader: ReaderKind, language: str
) -> None:
    text = text_of(name, reader, language)
    assert set(re.findall(r"\{(\w+)\}", text)) <= PLACEHOLDERS | OWN_PLACEHOLDERS | {PERIOD}
    assert not set(re.findall(r"\{(\w+)\}", re.sub(r"\[[^\[\]]*\]", "", text))) & OWN_PLACEHOLDERS


@pytest.mark.parametrize("name", sorted(DEFAULT_WORDING))
def test_a_default_wording_says_the_same_things_in_both_languages(name: str) -> None:
    for reader in READERS:
        chinese, english = (sorted(re.findall(r"\{(\w+)\}", text_of(name, reader, one))) for one in ("zh", "en"))
        assert chinese == english


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
    assert event in DEFAULT_WORDING
