"""The course of a notice: prepared, consented to, approved, published at its time."""

from __future__ import annotations

from tests.clauses.offices.marketplace import closed
from tests.clauses.organisation import Organisation, hire
from tests.register.asking import listed, values
from tests.register.notices import DUE, OBJECTIONS_END, SUMMARY, allowed, closed_major, on, prepared, published, try_on


def test_a_notice_is_prepared_when_a_major_case_is_closed(marketplace: Organisation) -> None:
    notice = prepared(marketplace, closed_major(marketplace))

    assert notice["state"] == "prepared"
    assert notice["waits_for"] == ["consent", "approval", "time"]
    assert marketplace.local(notice["earliest"]) == DUE
    assert marketplace.local(notice["objection_until"]) == OBJECTIONS_END
    assert values(notice) == {
        "matter": "goods",
        "severity": "major",
        "outcome": "upheld",
        "sanctions": "warning",
        "decided_on": "2026-W48",
        "summary_for_public": SUMMARY,
    }


def test_a_general_case_has_no_notice(marketplace: Organisation) -> None:
    number = closed(marketplace)

    found = marketplace.get(f"/complaints/{number}/notices", "director", number)["notices"]

    assert [one["kind"] for one in found] == ["result"]


def test_the_fields_name_their_sources_to_staff_only(marketplace: Organisation) -> None:
    number = closed_major(marketplace)

    sources = {one["name"]: one for one in prepared(marketplace, number)["sources"]}

    [closing] = marketplace.events(number, type_="closed")
    assert sources["summary_for_public"] == {
        "name": "summary_for_public",
        "event": closing["id"],
        "by": marketplace.subs["handler"],
    }
    assert "sources" not in prepared(marketplace, number, "complainant")


def test_those_who_must_act_are_told(marketplace: Organisation) -> None:
    number = closed_major(marketplace)

    assert marketplace.told("complainant", number)[0].startswith(f"您的投诉 {number} 的办理情况拟公示。")
    assert "2026年12月2日（周三）18:00前" in marketplace.told("seller", number)[0]
    assert (
        marketplace.told("director", number)[0] == f"投诉 {number} 的办理情况拟公示，请查看拟公示的内容，批准或退回。"
    )


def test_a_notice_is_published_at_its_time(marketplace: Organisation) -> None:
    number = allowed(marketplace)
    marketplace.world.move_to("2026-12-04T17:59:00+08:00")
    assert listed(marketplace) == []

    marketplace.world.move_to(DUE)

    [notice] = listed(marketplace)
    assert (notice["kind"], notice["audience"], notice["published_on"]) == ("notice", "public", "2026-12-04")
    assert values(notice)["summary_for_public"] == SUMMARY
    assert prepared(marketplace, number)["state"] == "published"


def test_the_publication_is_on_the_record_and_the_parties_are_told(marketplace: Organisation) -> None:
    number = published(marketplace)

    [notice] = listed(marketplace)
    event = marketplace.events(number, type_="published")[-1]
    assert (event["fields"]["notice"], event["fields"]["sha256"]) == (notice["id"], notice["sha256"])
    assert marketplace.local(event["at"]) == DUE
    assert marketplace.told("complainant", number)[0] == f"您的投诉 {number} 的办理情况已公示。"
    assert marketplace.told("seller", number)[0] == f"针对您的投诉 {number} 的办理情况已公示。"


def test_a_notice_that_is_allowed_late_is_published_then(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    marketplace.world.move_to("2026-12-10T10:00:00+08:00")
    on(marketplace, number, "complainant", "consent")
    assert listed(marketplace) == []

    on(marketplace, number, "director", "approve")
    marketplace.world.move_to("2026-12-10T10:01:00+08:00")

    assert [one["published_on"] for one in listed(marketplace)] == ["2026-12-10"]


def test_nothing_is_published_without_consent(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "director", "approve")

    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert listed(marketplace) == []
    assert prepared(marketplace, number)["waits_for"] == ["consent"]


def test_nothing_is_published_without_approval(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "complainant", "consent")

    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert listed(marketplace) == []


def test_a_field_with_its_own_consent_is_left_out_without_it(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "complainant", "consent", fields=[])
    on(marketplace, number, "director", "approve")

    marketplace.world.move_to(DUE)

    [notice] = listed(marketplace)
    assert "summary_for_public" not in values(notice)
    assert values(notice)["outcome"] == "upheld"


def test_a_rejected_notice_is_not_published(marketplace: Organisation) -> None:
    number = closed_major(marketplace)
    on(marketplace, number, "complainant", "consent")

    assert on(marketplace, number, "director", "reject", reason="不宜公示。")["state"] == "rejected"

    marketplace.world.move_to("2026-12-31T10:00:00+08:00")
    assert listed(marketplace) == []
    assert try_on(marketplace, number, "director", "approve").problem == "act-not-open"


def test_a_reopened_case_is_not_published(marketplace: Organisation) -> None:
    number = allowed(marketplace)
    marketplace.act(number, "archivist", "archive")
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])

    marketplace.world.move_to("2026-12-31T10:00:00+08:00")

    assert listed(marketplace) == []
    assert prepared(marketplace, number)["state"] == "superseded"
