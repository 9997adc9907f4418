"""After the retention, no item of the organisation and no object of it has a text of the complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.kit.instants import DAY
from tests.clauses.giving import given
from tests.clauses.offices.marketplace import accepted
from tests.clauses.organisation import Organisation
from tests.exports.exported import exported
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import to_check
from tests.kernel.web.untouched import in_process
from tests.messages.webhooks import hooks
from tests.register.conftest import marketplace
from tests.retention.office import later, publish
from tests.retention.scanning import where
from tests.search.offices import ask, merge

__all__ = ["marketplace"]
AFTER = "2027-03-01T09:00:00+08:00"
FACTS = {"complainant.name": "赵一一", "complainant.contact": "00000000001", "reason": "酸奶过期，孩子吃了拉肚子。"}
WRITTEN = {
    "findings": "电话核实，店员自称姓钱，承认换过标签。",
    "note": "投诉人情绪激动，下午再打。",
    "wanted": "八月二日的进货单与聊天记录截图",
    "why": "核实批号二零二六零八是否一致",
    "received": "店铺寄来的发货单两页。",
    "objection": "我方认为标签是运输途中脱落的。",
    "opinion": "商家退款，并赔偿一箱酸奶。",
    "summary": "已退款，并上门致歉。",
    "summary_for_public": "商家更换标签，已退款并受到警告。",
}
FILE = "购物小票照片"
TEXTS = (*FACTS.values(), *WRITTEN.values(), FILE)


@pytest.fixture
def office(marketplace: Organisation) -> Organisation:
    publish(marketplace, "60 calendar days", evidence_kept="15 calendar days")
    hooks.added(marketplace)
    return marketplace


def ended(office: Organisation) -> str:
    """A complaint with texts of all people and of each kind, searched for, and closed with a notice that waits."""

    def act(who: str, name: str, *texts: str, **fields: str) -> None:
        office.act(number, who, name, **{text: WRITTEN[text] for text in texts}, **fields)

    number = accepted(office, facts=FACTS)
    assert given(office, number, "screenshot", name=FILE)["id"]
    office.act(number, "handler", "note", text=WRITTEN["note"])
    office.world.move_to("2026-11-28T09:00:00+08:00")
    act("handler", "inspect", "findings")
    act("handler", "demand_evidence", "wanted", "why")
    act("handler", "receive_evidence", "received")
    act("seller", "object", "objection")
    office.act(number, "handler", "classify", severity="major")
    act("handler", "decide", "opinion", outcome="upheld", sanctions="warning")
    merge(office)
    assert ask(office, "handler", words="酸奶").status == 200
    act("handler", "close", "summary", "summary_for_public")
    office.world.settle()
    return number


def pass_by(office: Organisation) -> None:
    """The time of the policy. Real time passes too, so what expires by itself has expired."""
    later(office, AFTER)
    in_process(office).fakes.real_clock.advance(90 * DAY)


def test_before_the_end_this_test_finds_each_text(office: Organisation) -> None:
    ended(office)

    found = where(office, TEXTS)

    assert found.keys() == {"private", "notice"}
    assert set().union(*found.values()) == {*TEXTS}


def test_no_item_no_object_and_no_segment_has_a_text_of_it(office: Organisation) -> None:
    ended(office)

    pass_by(office)

    assert where(office, TEXTS) == {}


def test_an_archive_of_before_is_left_to_its_week_and_a_later_one_has_no_text(
    office: Organisation, tmp_path: Path
) -> None:
    ended(office)
    (tmp_path / "before").mkdir()
    exported(office, tmp_path / "before")
    assert "exports" in where(office, TEXTS)
    written = set(in_process(office).fakes.vault.written)

    later(office, AFTER)
    (tmp_path / "after").mkdir()
    exported(office, tmp_path / "after")
    in_process(office).fakes.real_clock.advance(90 * DAY)

    vault = in_process(office).fakes.vault.written
    for key in (one for one in written if "/exports/" in one):
        vault.pop(key)  # as the bucket's rule does after eight days (`infra/template.yaml`)
    assert where(office, TEXTS) == {}


def test_what_was_typed_on_the_pages_is_gone_with_the_draft(office: Organisation) -> None:
    browser = Browser(in_process(office))
    to_check(browser, office, fact__reason=FACTS["reason"])
    assert where(office, [FACTS["reason"]]).keys() == {"filing-draft"}

    pass_by(office)

    assert where(office, [FACTS["reason"]]) == {}
