"""What is published, as the page says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import answered, decided
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.privacy.saying import changed, proves, says
from tests.privacy.test_purpose import FACTS, NAME
from tests.register.asking import listed
from tests.register.notices import DUE, agree, approve, closed_major, prepared, try_on

FIGURES = {"figures": {"every": "month", "shows": ["received", "met", "missed"]}}


def public(office: Organisation, path: str) -> Any:
    answer = office.world.call("GET", f"{office.path}{path}")
    assert answer.status == 200, answer.text
    return answer.json


@proves("publishes_results", "publishes_no_more")
def test_results_reach_users_without_the_parties_and_the_public_not_at_all(office: Organisation) -> None:
    office.always = {"facts": FACTS}
    decided(office)

    assert "people who have complained here and signed-in members" in str(says(office, "publishes_results"))
    [result] = listed(office, who="screener")
    assert not any(text in repr(result) for text in (*FACTS.values(), "示例店铺"))
    assert says(office, "publishes_no_more")
    assert public(office, "/notices")["notices"] == []


@proves("publishes_notices")
def test_a_notice_with_the_name_of_the_complainant_is_refused(office: Organisation) -> None:
    office.always = {"facts": FACTS}
    number = answered(office)
    office.act(number, "handler", "classify", severity="major")
    office.act(number, "handler", "decide", opinion="退款。", outcome="upheld", sanctions="warning")

    assert "the public" in str(says(office, "publishes_notices"))
    answer = office.try_act(number, "handler", "close", summary="归档。", summary_for_public=f"{NAME}的投诉已处理。")
    assert answer.status == 200, answer.text
    for who, act in (("complainant", "consent"), ("director", "approve")):
        sent = prepared(office, number)["sha256"]
        try_on(office, number, who, act, sha256=sent)
    office.world.move_to(DUE)
    assert NAME not in repr(public(office, "/notices"))


@proves("publishes_with_consent")
@pytest.mark.parametrize("consents", [True, False])
def test_a_notice_is_public_only_with_consent(office: Organisation, *, consents: bool) -> None:
    number = closed_major(office)
    if consents:
        agree(office, number)
    approve(office, number)
    office.world.move_to(DUE)

    assert says(office, "publishes_with_consent")
    assert len(public(office, "/notices")["notices"]) == consents


@proves("publishes_figures")
def test_figures_are_public(world: InProcess) -> None:
    office = changed(world, "telecom-regulator", publicity=FIGURES)
    office.file(auth="")
    world.move_to("2026-12-10T09:00:00+08:00")
    world.sweep()

    assert "the public" in str(says(office, "publishes_figures"))
    assert [one["period"] for one in public(office, "/figures")["editions"]] == ["2026-11"]


@proves("publishes_nothing")
def test_where_nothing_is_published_the_public_reads_nothing(world: InProcess) -> None:
    office = sign_up(world, "telecom-regulator")
    office.file()

    assert says(office, "publishes_nothing")
    answers = [world.call("GET", f"{office.path}/{path}") for path in ("notices", "figures")]
    assert all(answer.status == 404 or not next(iter(answer.json.values())) for answer in nonempty(answers))
