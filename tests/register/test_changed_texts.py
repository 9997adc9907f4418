"""A consent is for one exact text: it lapses when the text changes, and the parties are asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.register import notices
from tests.register.asking import listed, values
from tests.register.notices import DUE, SUMMARY, agree, allowed, closed_major, on, prepared, published, try_on

FIELD = "summary_for_public"
OTHER = SUMMARY.replace("警告。", "警告")
"""One character less."""
CHANGED = "您的投诉 {number} 拟公示的内容有修改，您此前的意见不再有效。请您对照修改前后的内容，重新告知是否同意。"


def edit(office: Organisation, number: str, text: str) -> Any:
    return on(office, number, "director", "edit", texts={FIELD: text})


def correct(office: Organisation, number: str, text: str, **fields: Any) -> Any:
    return on(office, number, "director", "correct", texts={FIELD: text}, **fields)


def text_of(fields: list[dict[str, Any]]) -> str:
    return str(values({"fields": fields})[FIELD])


@pytest.fixture
def agreed(marketplace: Organisation) -> str:
    """The complainant has consented. The director has not approved."""
    number = closed_major(marketplace)
    agree(marketplace, number)
    return number


class TestLapse:
    def test_a_change_of_one_character_ends_the_consent(self, marketplace: Organisation, agreed: str) -> None:
        assert "consent" not in prepared(marketplace, agreed)["waits_for"]

        assert "consent" in edit(marketplace, agreed, OTHER)["waits_for"]

    def test_a_changed_text_is_not_published_without_a_new_consent(
        self, marketplace: Organisation, agreed: str
    ) -> None:
        edit(marketplace, agreed, OTHER)
        notices.approve(marketplace, agreed)
        marketplace.world.move_to("2026-12-31T10:00:00+08:00")
        assert listed(marketplace) == []

        agree(marketplace, agreed)
        marketplace.world.move_to("2026-12-31T11:00:00+08:00")

        assert text_of(listed(marketplace)[0]["fields"]) == OTHER

    def test_an_edit_without_a_change_ends_nothing(self, marketplace: Organisation, agreed: str) -> None:
        before = marketplace.told("complainant", agreed)

        assert "consent" not in edit(marketplace, agreed, SUMMARY)["waits_for"]
        assert marketplace.told("complainant", agreed) == before

    def test_a_change_back_does_not_revive_the_consent(self, marketplace: Organisation, agreed: str) -> None:
        edit(marketplace, agreed, OTHER)

        assert "consent" in edit(marketplace, agreed, SUMMARY)["waits_for"]

    def test_the_lapse_is_a_step_with_the_digest_of_the_consent(self, marketplace: Organisation, agreed: str) -> None:
        steps = edit(marketplace, agreed, OTHER)["steps"]

        assert [one["act"] for one in steps] == ["consent", "edit", "consent_lapsed"]
        assert steps[0]["sha256"] == steps[2]["sha256"] != prepared(marketplace, agreed)["sha256"]
        assert steps[2]["by"] == marketplace.subs["director"]

    def test_the_time_to_object_begins_again(self, marketplace: Organisation, agreed: str) -> None:
        before = prepared(marketplace, agreed)["objection_until"]
        marketplace.world.move_to("2026-12-01T10:00:00+08:00")

        assert edit(marketplace, agreed, OTHER)["objection_until"] > before

    def test_an_approval_lapses_too(self, marketplace: Organisation) -> None:
        """An approved text was found to name a person, and is edited."""
        number = closed_major(marketplace, summary="商家与阿豹已和解。")
        agree(marketplace, number)
        on(marketplace, number, "director", "approve")
        marketplace.act(number, "handler", "note", text="投诉人昵称是阿豹。")
        marketplace.world.move_to(DUE)
        assert "text" in prepared(marketplace, number)["waits_for"]

        view = edit(marketplace, number, "商家与投诉人已和解。")

        assert {"consent", "approval"} <= {*view["waits_for"]}


class TestAskedAgain:
    def test_both_texts_are_side_by_side(self, marketplace: Organisation, agreed: str) -> None:
        edit(marketplace, agreed, OTHER)

        for who in ("complainant", "seller", "director"):
            notice = prepared(marketplace, agreed, who)
            assert (text_of(notice["before"]), text_of(notice["fields"])) == (SUMMARY, OTHER)

    def test_the_text_that_was_consented_to_stays_beside_later_changes(
        self, marketplace: Organisation, agreed: str
    ) -> None:
        edit(marketplace, agreed, OTHER)
        edit(marketplace, agreed, "商家已换货。")

        assert text_of(prepared(marketplace, agreed)["before"]) == SUMMARY

    def test_a_new_consent_ends_the_comparison(self, marketplace: Organisation, agreed: str) -> None:
        edit(marketplace, agreed, OTHER)

        assert agree(marketplace, agreed)["before"] is None

    def test_the_parties_get_a_message(self, marketplace: Organisation, agreed: str) -> None:
        edit(marketplace, agreed, OTHER)

        assert marketplace.told("complainant", agreed)[0] == CHANGED.format(number=agreed)
        [told] = marketplace.told("seller", agreed)[:1]
        assert told.startswith(f"针对您的投诉 {agreed} 拟公示的内容有修改。请您对照修改前后的内容，如有异议请您于")
        [event] = [one for one in marketplace.events(agreed, type_="notified") if "notice_changed" in str(one)]
        assert event["fields"]["notice"] == prepared(marketplace, agreed)["id"]

    def test_a_respondent_reads_a_text_that_names_a_person_with_a_mask(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace, summary="示例用户的投诉成立。")
        assert text_of(prepared(marketplace, number, "complainant")["fields"]) == "示例用户的投诉成立。"
        assert text_of(prepared(marketplace, number, "seller")["fields"]) == "▇▇▇的投诉成立。"

        edit(marketplace, number, "投诉成立。")

        assert text_of(prepared(marketplace, number, "complainant")["before"]) == "示例用户的投诉成立。"
        assert text_of(prepared(marketplace, number, "seller")["before"]) == "▇▇▇的投诉成立。"


class TestLateAnswers:
    @pytest.mark.parametrize("named", [True, False])
    def test_a_consent_to_the_former_text_is_refused_with_the_new_one(
        self, marketplace: Organisation, named: bool
    ) -> None:
        number = closed_major(marketplace)
        fields = {"sha256": prepared(marketplace, number)["sha256"]} if named else {}
        edit(marketplace, number, OTHER)

        answer = try_on(marketplace, number, "complainant", "consent", **fields)

        assert (answer.status, answer.problem) == (409, "conflict")
        notice = answer.json["notice"]
        assert (text_of(notice["fields"]), notice["before"]) == (OTHER, None)  # errors repeat no former text
        assert "consent" in prepared(marketplace, number)["waits_for"]
        assert try_on(marketplace, number, "complainant", "consent", sha256=notice["sha256"]).status == 200

    def test_a_member_records_no_consent_to_a_former_text_either(self, marketplace: Organisation, agreed: str) -> None:
        edit(marketplace, agreed, OTHER)

        assert try_on(marketplace, agreed, "director", "consent", "complainant").status == 409

    @pytest.mark.parametrize("named", [True, False])
    def test_an_approval_of_the_former_text_is_refused_with_the_new_one(
        self, marketplace: Organisation, agreed: str, named: bool
    ) -> None:
        fields = {"sha256": prepared(marketplace, agreed)["sha256"]} if named else {}
        edit(marketplace, agreed, OTHER)

        answer = try_on(marketplace, agreed, "director", "approve", **fields)

        assert (answer.status, answer.problem) == (409, "conflict")
        notice = answer.json["notice"]
        assert (text_of(notice["fields"]), notice["before"]) == (OTHER, None)
        assert "approval" in prepared(marketplace, agreed)["waits_for"]
        assert try_on(marketplace, agreed, "director", "approve", sha256=notice["sha256"]).status == 200

    def test_an_approval_of_an_unchanged_text_names_none(self, marketplace: Organisation, agreed: str) -> None:
        assert "approval" not in on(marketplace, agreed, "director", "approve")["waits_for"]

    def test_a_digest_has_its_form(self, marketplace: Organisation, agreed: str) -> None:
        answer = try_on(marketplace, agreed, "complainant", "consent", sha256="x")

        assert (answer.status, answer.pointer) == (422, "/fields/sha256")

    def test_a_second_tab_consents_once(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)
        agree(marketplace, number)

        answer = try_on(marketplace, number, "complainant", "consent", sha256=prepared(marketplace, number)["sha256"])

        assert (answer.status, answer.problem) == (409, "act-not-open")

    def test_a_consent_after_the_publication_changes_nothing(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)
        former = prepared(marketplace, number)["sha256"]
        marketplace.world.move_to(DUE)

        assert try_on(marketplace, number, "complainant", "consent", sha256=former).problem == "act-not-open"


class TestRaces:
    def meanwhile(self, office: Organisation, do: Callable[[], object]) -> None:
        """Does this just before the next write."""
        assert isinstance(office.world, InProcess)
        store = office.world.fakes.store

        def once(call: object) -> None:
            if getattr(call, "name", "") == "commit":
                store.before = None
                do()

        store.before = once

    @pytest.mark.parametrize("named", [True, False])
    def test_a_change_before_the_write_of_a_consent(self, marketplace: Organisation, named: bool) -> None:
        number = closed_major(marketplace)
        notice = prepared(marketplace, number)
        self.meanwhile(marketplace, lambda: edit(marketplace, number, OTHER))

        answer = self.consent(marketplace, number, notice, named=named)

        assert (answer.status, text_of(answer.json["notice"]["fields"])) == (409, OTHER)
        assert "consent" in prepared(marketplace, number)["waits_for"]

    def test_a_consent_before_the_write_of_a_change(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)
        notice = prepared(marketplace, number)
        self.meanwhile(marketplace, lambda: self.consent(marketplace, number, notice, named=True))

        view = edit(marketplace, number, OTHER)

        assert [one["act"] for one in view["steps"]] == ["consent", "edit", "consent_lapsed"]
        assert "consent" in view["waits_for"]

    def consent(self, office: Organisation, number: str, notice: dict[str, Any], *, named: bool) -> Answer:
        path = f"{office.path}/complaints/{number}/notices/{notice['id']}/acts/consent"
        fields = {"sha256": notice["sha256"]} if named else {}
        return office.world.call("POST", path, {"fields": fields}, auth=office.auth("complainant", number))


class TestCorrection:
    """Of a published notice: the register shows the text that was consented to until the correction is."""

    def test_it_waits_for_the_consent(self, marketplace: Organisation) -> None:
        number = published(marketplace)

        view = correct(marketplace, number, OTHER)

        assert (view["waits_for"], text_of(view["before"]), text_of(view["fields"])) == (["consent"], SUMMARY, OTHER)
        assert text_of(listed(marketplace)[0]["fields"]) == SUMMARY
        assert marketplace.told("complainant", number)[0] == CHANGED.format(number=number)

        agree(marketplace, number)

        [notice] = listed(marketplace)
        assert (text_of(notice["fields"]), len(notice["corrections"])) == (OTHER, 1)

    def test_a_second_one_takes_the_place_of_the_first(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        former = correct(marketplace, number, OTHER)["sha256"]
        view = correct(marketplace, number, "商家已换货。")

        assert text_of(view["before"]) == SUMMARY
        assert try_on(marketplace, number, "complainant", "consent", sha256=former).status == 409

    def test_one_back_to_the_published_text_asks_nothing(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        correct(marketplace, number, OTHER)

        view = correct(marketplace, number, SUMMARY)

        assert (view["waits_for"], view["before"], "consent" in view["acts"]) == ([], None, False)
        assert listed(marketplace)[0]["corrections"] == []

    def test_the_consent_to_the_published_text_can_still_be_withdrawn(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        correct(marketplace, number, OTHER)

        on(marketplace, number, "complainant", "withdraw_consent")

        [notice] = listed(marketplace)
        assert (notice["state"], notice["fields"]) == ("withdrawn", [])

    def test_it_can_be_withdrawn_at_once(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        correct(marketplace, number, OTHER)

        on(marketplace, number, "director", "withdraw", reason="内容有误。")

        assert listed(marketplace)[0]["state"] == "withdrawn"
        assert try_on(marketplace, number, "complainant", "consent").problem == "act-not-open"
