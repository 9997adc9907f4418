"""Acts on a notice: consent, objection, edits and approval, and who may do them."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import accepted, unit
from tests.clauses.organisation import Organisation, hire
from tests.register.asking import listed, values
from tests.register.notices import DUE, OBJECTIONS_END, allowed, approve, closed_major, on, prepared, published, try_on


class TestConsent:
    def test_staff_record_the_complainants_consent(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)

        view = on(marketplace, number, "director", "consent", "complainant")

        assert "consent" not in view["waits_for"]
        assert view["steps"][-1]["on_behalf_of"] == "complainant"
        told = (
            f"您的投诉 {number}：我们已代您登记对公示的意见：同意。如非您的本意，请您凭回执重新答复，或尽快与我们联系。"
        )
        assert marketplace.told("complainant", number)[0] == told

    def test_the_complainants_own_consent_is_not_told_to_them(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)
        before = marketplace.told("complainant", number)

        on(marketplace, number, "complainant", "consent")

        assert marketplace.told("complainant", number) == before

    @pytest.mark.parametrize("who", ["archivist", "seller"])
    def test_others_do_not_consent(self, marketplace: Organisation, who: str) -> None:
        number = closed_major(marketplace)

        assert try_on(marketplace, number, who, "consent").status == 403
        assert try_on(marketplace, number, who, "consent", "complainant").status == 403

    def test_a_consent_can_be_withdrawn(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)

        on(marketplace, number, "complainant", "withdraw_consent")
        marketplace.world.move_to("2026-12-31T10:00:00+08:00")

        assert listed(marketplace) == []
        assert prepared(marketplace, number)["waits_for"] == ["consent"]

    def test_a_withdrawn_consent_withdraws_the_notice(self, marketplace: Organisation) -> None:
        number = published(marketplace)

        on(marketplace, number, "complainant", "withdraw_consent")

        [notice] = listed(marketplace)
        assert (notice["state"], notice["fields"]) == ("withdrawn", [])
        assert marketplace.events(number, type_="unpublished")

    def test_consent_names_fields_that_need_it(self, marketplace: Organisation) -> None:
        answer = try_on(marketplace, closed_major(marketplace), "complainant", "consent", fields=["outcome"])

        assert (answer.status, answer.pointer) == (422, "/fields/fields/0")


class TestObjection:
    def test_an_objection_stops_the_publication(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)

        view = on(marketplace, number, "seller", "object", reason="内容不实。")
        marketplace.world.move_to("2026-12-31T10:00:00+08:00")

        assert view["waits_for"] == ["objection", "time"]
        assert listed(marketplace) == []
        assert f"对投诉 {number} 拟公示的内容有异议，请处理。" in marketplace.told("director", number)

    def test_a_dismissed_objection_lets_it_continue(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)
        on(marketplace, number, "seller", "object", reason="内容不实。")

        on(marketplace, number, "director", "settle_objection", upheld=False, reason="内容属实。")
        marketplace.world.move_to(DUE)

        assert len(listed(marketplace)) == 1

    @pytest.mark.parametrize(
        ("upheld", "said"),
        [(True, "的异议成立，该内容不再公示。"), (False, "的异议经审查不成立，该内容将按程序公示。")],
    )
    def test_the_party_that_objected_is_told_what_became_of_it(
        self, marketplace: Organisation, upheld: bool, said: str
    ) -> None:
        number = allowed(marketplace)
        on(marketplace, number, "seller", "object", reason="内容不实。")

        on(marketplace, number, "director", "settle_objection", upheld=upheld, reason="已核实。")

        assert marketplace.told("seller", number)[0] == f"您对针对您的投诉 {number} 拟公示内容{said}"

    def test_an_upheld_objection_ends_it(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)
        on(marketplace, number, "seller", "object", reason="内容不实。")

        view = on(marketplace, number, "director", "settle_objection", upheld=True, reason="确有不实。")

        assert view["state"] == "rejected"

    def test_the_reasons_are_shown_to_staff_only(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)
        on(marketplace, number, "seller", "object", reason="内容不实。")

        assert prepared(marketplace, number)["steps"][-1]["reason"] == "内容不实。"
        assert "steps" not in prepared(marketplace, number, "complainant")

    def test_an_objection_has_a_reason(self, marketplace: Organisation) -> None:
        answer = try_on(marketplace, allowed(marketplace), "seller", "object")

        assert (answer.status, answer.pointer) == (422, "/fields/reason")

    def test_an_objection_comes_in_time(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)
        marketplace.world.move_to(OBJECTIONS_END)

        assert try_on(marketplace, number, "seller", "object", reason="不实。").problem == "act-not-open"

    def test_staff_record_the_respondents_objection(self, marketplace: Organisation) -> None:
        view = on(marketplace, closed_major(marketplace), "screener", "object", "respondent", reason="来电。")

        assert view["steps"][-1]["on_behalf_of"] == "respondent"

    @pytest.mark.parametrize("who", ["complainant", "handler", "director"])
    def test_others_do_not_object(self, marketplace: Organisation, who: str) -> None:
        assert try_on(marketplace, closed_major(marketplace), who, "object", reason="不。").status == 403

    @pytest.mark.parametrize("who", ["complainant", "seller", "handler"])
    def test_only_approvers_settle_it(self, marketplace: Organisation, who: str) -> None:
        number = allowed(marketplace)
        on(marketplace, number, "seller", "object", reason="内容不实。")

        answer = try_on(marketplace, number, who, "settle_objection", upheld=True, reason="同意。")

        assert answer.status == 403


class TestEdit:
    def test_a_text_is_edited_before_the_approval(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)

        view = on(marketplace, number, "director", "edit", texts={"summary_for_public": "商家已退款。"})

        assert values(view)["summary_for_public"] == "商家已退款。"

    def test_a_text_that_nobody_wrote_is_added(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace, summary=None)
        assert "summary_for_public" not in values(prepared(marketplace, number))

        view = on(marketplace, number, "director", "edit", texts={"summary_for_public": "商家已退款。"})

        assert values(view)["summary_for_public"] == "商家已退款。"

    def test_its_author_edits_it(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)

        on(marketplace, number, "handler", "edit", texts={"summary_for_public": "商家已退款。"})

        assert try_on(marketplace, number, "archivist", "edit", texts={"summary_for_public": "退款。"}).status == 403

    def test_an_approved_text_is_not_edited(self, marketplace: Organisation) -> None:
        number = allowed(marketplace)

        answer = try_on(marketplace, number, "director", "edit", texts={"summary_for_public": "退款。"})

        assert answer.problem == "act-not-open"

    @pytest.mark.parametrize("name", ["outcome", "summary", "opinion", "unknown"])
    def test_other_fields_are_not_edited(self, marketplace: Organisation, name: str) -> None:
        answer = try_on(marketplace, closed_major(marketplace), "director", "edit", texts={name: "退款。"})

        assert (answer.status, answer.pointer) == (422, f"/fields/texts/{name}")

    def test_a_particular_is_refused_with_its_place(self, marketplace: Organisation) -> None:
        text = "已向示例店铺退款。"

        answer = try_on(marketplace, closed_major(marketplace), "director", "edit", texts={"summary_for_public": text})

        assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")
        [place] = answer.json["errors"]
        assert (place["start"], place["end"]) == (2, 6)
        assert text[2:6] == "示例店铺"

    def test_a_summary_with_a_particular_waits_for_an_edit(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace, summary="示例用户的投诉成立。")

        notice = prepared(marketplace, number)
        answer = try_on(marketplace, number, "director", "approve")

        assert "text" in notice["waits_for"]
        assert notice["particulars"] == [
            {"field": "summary_for_public", "start": 0, "end": 4, "kind": "name", "certain": True}
        ]
        assert (answer.status, answer.pointer) == (422, "/notice/summary_for_public")

    def test_a_corrected_summary_can_be_approved(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace, summary="示例用户的投诉成立。")
        on(marketplace, number, "director", "edit", texts={"summary_for_public": "投诉成立。"})

        assert "text" not in approve(marketplace, number)["waits_for"]


class TestApproval:
    @pytest.mark.parametrize("who", ["handler", "screener", "archivist", "complainant", "seller", "owner"])
    @pytest.mark.parametrize(("act", "fields"), [("approve", {}), ("reject", {"reason": "不宜。"})])
    def test_only_the_policys_approvers_decide(
        self, marketplace: Organisation, who: str, act: str, fields: dict[str, str]
    ) -> None:
        assert try_on(marketplace, closed_major(marketplace), who, act, **fields).status == 403

    @pytest.mark.parametrize(("of", "status"), [("seller", 200), ("elsewhere", 403)])
    def test_an_approver_of_another_unit_does_not_decide(self, marketplace: Organisation, of: str, status: int) -> None:
        """Also if they handle complaints of the unit in another role."""
        unit(marketplace, "elsewhere")
        hire(marketplace, "handler", name="second", unit="seller")
        grants = [{"role": "handler", "unit": "seller"}, {"role": "director", "unit": of}]
        path = f"{marketplace.path}/people/{marketplace.subs['second']}"
        answer = marketplace.world.call("PUT", path, {"grants": grants}, auth=marketplace.auth("owner"))
        assert answer.status == 200, answer.text

        assert try_on(marketplace, closed_major(marketplace), "second", "approve").status == status

    def test_an_approval_comes_once(self, marketplace: Organisation) -> None:
        assert try_on(marketplace, allowed(marketplace), "director", "approve").problem == "act-not-open"

    def test_a_member_whose_part_excludes_them_does_not_approve(self, marketplace: Organisation) -> None:
        """The policy's `not: closed` excludes the person who closed the case."""
        document = marketplace.get("/policy", "owner")["policy"]
        document["publicity"]["notices"]["approval"]["by"] = [{"role": "handler", "not": ["closed"]}]
        body = {"policy": document}
        sent = marketplace.world.call(
            "POST", f"{marketplace.path}/policy/publish", body, auth=marketplace.auth("owner")
        )
        assert sent.status == 201, sent.text
        hire(marketplace, "handler", name="second")
        number = closed_major(marketplace)

        assert try_on(marketplace, number, "handler", "approve").status == 403
        assert try_on(marketplace, number, "second", "approve").status == 200


class TestBadRequests:
    def test_an_unknown_act(self, marketplace: Organisation) -> None:
        assert try_on(marketplace, closed_major(marketplace), "director", "print").status == 404

    def test_an_unknown_notice(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)
        path = f"{marketplace.path}/complaints/{number}/notices/{'0' * 32}/acts/approve"

        answer = marketplace.world.call("POST", path, {"fields": {}}, auth=marketplace.auth("director"))

        assert (answer.status, answer.problem) == (404, "not-found")

    def test_a_notice_of_another_complaint(self, marketplace: Organisation) -> None:
        other, own = closed_major(marketplace), accepted(marketplace)
        notice = prepared(marketplace, other)["id"]
        path = f"{marketplace.path}/complaints/{own}/notices/{notice}/acts/consent"

        answer = marketplace.world.call("POST", path, {"fields": {}}, auth=marketplace.auth("complainant", own))

        assert (answer.status, answer.problem) == (404, "not-found")
        assert "consent" in prepared(marketplace, other)["waits_for"]

    def test_fields_of_another_act(self, marketplace: Organisation) -> None:
        answer = try_on(marketplace, closed_major(marketplace), "director", "approve", texts={"x": "y"})

        assert (answer.status, answer.pointer) == (422, "/fields/texts")

    def test_a_repeated_request_acts_once(self, marketplace: Organisation) -> None:
        number = closed_major(marketplace)
        notice = prepared(marketplace, number)
        path = f"{marketplace.path}/complaints/{number}/notices/{notice['id']}/acts/approve"
        headers = {"Idempotency-Key": "k" * 22}

        answers = [
            marketplace.world.call("POST", path, {"fields": {}}, auth=marketplace.auth("director"), headers=headers)
            for _ in range(2)
        ]

        assert [one.status for one in answers] == [200, 200]
        assert answers[0].json == answers[1].json
