"""Withdrawal and correction of a published notice."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, values
from tests.register.notices import corrected, on, published, try_on


class TestWithdrawal:
    def test_a_withdrawn_notice_keeps_its_place_and_the_reason(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        [before] = listed(marketplace)

        on(marketplace, number, "director", "withdraw", reason="内容有误。")

        [notice] = listed(marketplace)
        assert (notice["id"], notice["published_on"]) == (before["id"], before["published_on"])
        assert (notice["state"], notice["fields"]) == ("withdrawn", [])
        assert notice["withdrawn"] == {"on": "2026-12-04", "reason": "内容有误。"}
        assert asked(marketplace, f"/{notice['id']}").json == notice

    def test_a_withdrawn_notice_shows_no_former_text(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        corrected(marketplace, number, "商家发错货，已换货。")

        on(marketplace, number, "director", "withdraw", reason="内容有误。")

        [notice] = listed(marketplace)
        assert (notice["fields"], notice["corrections"]) == ([], [])

    def test_the_withdrawal_is_on_the_record_and_the_parties_are_told(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        [notice] = listed(marketplace)

        on(marketplace, number, "director", "withdraw", reason="内容有误。")

        [event] = marketplace.events(number, type_="unpublished")
        assert event["fields"] == {"notice": notice["id"], "kind": "notice"}
        assert event["actor"]["role"] == "director"
        assert marketplace.told("complainant", number)[0] == f"您的投诉 {number} 的办理情况已撤销公示。"

    def test_the_reason_names_no_particular(self, marketplace: Organisation) -> None:
        answer = try_on(marketplace, published(marketplace), "director", "withdraw", reason="示例店铺申诉成功。")

        assert (answer.status, answer.pointer) == (422, "/fields/reason")

    @pytest.mark.parametrize("doubt", ["赵先生", "网名“风一样的男子”", "6275 1234"])
    def test_a_reason_that_may_name_a_person_must_have_been_checked(
        self, marketplace: Organisation, doubt: str
    ) -> None:
        number, reason = published(marketplace), f"应{doubt}的要求撤销。"

        answer = try_on(marketplace, number, "director", "withdraw", reason=reason)

        assert (answer.status, answer.pointer) == (422, "/fields/reason")
        assert on(marketplace, number, "director", "withdraw", reason=reason, checked=True)["state"] == "withdrawn"

    def test_a_withdrawal_has_a_reason(self, marketplace: Organisation) -> None:
        answer = try_on(marketplace, published(marketplace), "director", "withdraw")

        assert (answer.status, answer.pointer) == (422, "/fields/reason")

    @pytest.mark.parametrize("who", ["handler", "complainant", "seller"])
    def test_others_do_not_withdraw_it(self, marketplace: Organisation, who: str) -> None:
        assert try_on(marketplace, published(marketplace), who, "withdraw", reason="有误。").status == 403


class TestCorrection:
    def test_a_correction_shows_what_changed_and_when(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        marketplace.world.move_to("2026-12-08T10:00:00+08:00")

        corrected(marketplace, number, "商家发错货，已换货。")

        [notice] = listed(marketplace)
        assert values(notice)["summary_for_public"] == "商家发错货，已换货。"
        [correction] = notice["corrections"]
        assert correction["on"] == "2026-12-08"
        [change] = correction["changes"]
        assert change == {
            "name": "summary_for_public",
            "was": "商家发错货，已退款并受到警告。",
            "now": "商家发错货，已换货。",
        }

    def test_the_former_text_can_be_concealed(self, marketplace: Organisation) -> None:
        number = published(marketplace)

        corrected(marketplace, number, "已换货。", conceal=True)

        [notice] = listed(marketplace)
        assert notice["corrections"][0]["changes"][0]["was"] is None

    def test_a_concealed_text_is_in_no_earlier_correction(self, marketplace: Organisation) -> None:
        number = published(marketplace)
        corrected(marketplace, number, "店主态度恶劣。")

        corrected(marketplace, number, "已换货。", conceal=True)

        [notice] = listed(marketplace)
        assert "店主态度恶劣" not in asked(marketplace, f"/{notice['id']}").text
        assert [len(one["changes"]) for one in notice["corrections"]] == [1, 1]

    def test_a_former_text_with_a_particular_that_became_known_later_is_concealed(
        self, marketplace: Organisation
    ) -> None:
        number = published(marketplace)
        corrected(marketplace, number, "发错货的商家已退款。")
        marketplace.act(number, "director", "note", text="投诉人的网名：发错货。")

        corrected(marketplace, number, "商家已退款。")

        [notice] = listed(marketplace)
        assert [one["was"] for correction in notice["corrections"] for one in correction["changes"]] == [None, None]
        assert "发错货" not in asked(marketplace, f"/{notice['id']}").text

    def test_a_correction_is_on_the_record(self, marketplace: Organisation) -> None:
        number = published(marketplace)

        corrected(marketplace, number, "已换货。")

        [notice] = listed(marketplace)
        assert marketplace.events(number, type_="published")[-1]["fields"]["sha256"] == notice["sha256"]

    def test_a_correction_names_no_particular(self, marketplace: Organisation) -> None:
        answer = try_on(
            marketplace, published(marketplace), "director", "correct", texts={"summary_for_public": "示例用户。"}
        )

        assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")
