"""Improvement actions of a member on the page of their own work and in their daily mail, with their due time."""

from __future__ import annotations

import pytest

from chalicelib.features.messages.mail import daily
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.improvements.acting import DONE, FIRST_PERIOD, OPENED, do, file, opened
from tests.sign_in import door
from tests.sign_in.door import at_the_desk
from tests.units.periodic_tasks.office import hour

TITLE = "供应商来料全检"


def my_work(desk: Organisation, who: str) -> str:
    """The part of what waits."""
    browser = at_the_desk(desk, who, language="zh")
    browser.open(f"{door.desk(desk)}/my-work")
    return browser.page.text


def test_an_action_is_among_what_waits_for_its_owner_with_its_due_time(desk: Organisation) -> None:
    opened(desk)
    shown = my_work(desk, "after_sales")
    assert TITLE in shown
    assert "改进措施" in shown
    assert "2026年11月30日（周一）24:00" in shown
    assert TITLE not in my_work(desk, "agent")


@pytest.mark.slow
def test_it_is_gone_once_it_is_done_and_back_when_its_cause_returns(desk: Organisation) -> None:
    number = opened(desk)
    desk.world.move_to(DONE)
    do(desk, number, "done", "after_sales")
    assert TITLE not in my_work(desk, "after_sales")
    desk.world.move_to("2026-12-01T09:00:00+08:00")
    file(desk, 20)
    hour(desk, FIRST_PERIOD)
    assert TITLE in my_work(desk, "after_sales")


def test_it_goes_with_its_owner(desk: Organisation) -> None:
    number = opened(desk)
    assert do(desk, number, "hand_over", owner=desk.subs["product_team"]).status == 200
    assert (TITLE in my_work(desk, "after_sales"), TITLE in my_work(desk, "product_team")) == (False, True)
    assert do(desk, number, "cancel", reason="不再需要。").status == 200
    assert TITLE not in my_work(desk, "product_team")


def test_a_deputy_sees_it_while_its_owner_is_absent(desk: Organisation) -> None:
    opened(desk)
    body = {"sub": desk.subs["product_team"], "from": OPENED, "until": "2026-11-20T18:00:00+08:00"}
    path = f"{desk.path}/people/me/deputy"
    assert desk.world.call("PUT", path, body, auth=desk.auth("after_sales")).status == 200
    assert TITLE in my_work(desk, "product_team")


def test_the_page_stays_within_its_six_calls(desk: Organisation) -> None:
    assert isinstance(desk.world, InProcess)
    browser, calls = at_the_desk(desk, "after_sales"), desk.world.fakes.store.calls

    def taken() -> int:
        before = len(calls)
        browser.open(f"{door.desk(desk)}/my-work")
        return len(calls) - before

    opened(desk)
    assert taken() == 6


def test_the_daily_mail_says_how_many_are_open_and_when_the_first_is_due(desk: Organisation) -> None:
    settings = {"mails": "daily", "language": "en"}
    desk.world.call("PATCH", f"{desk.path}/people/me/settings", settings, auth=desk.auth("after_sales"))
    opened(desk), opened(desk, due="2026-12-24")
    world = desk.world
    assert isinstance(world, InProcess)
    world.jump_to("2026-11-17T08:10:00+08:00")
    hourly.run(world.fakes.wiring, desk.id, world.now(), [daily.HOURLY])
    mail = world.fakes.mailer.to(desk.emails["after_sales"])[-1]
    [line] = [one for one in mail.text.splitlines() if "improvement actions" in one]
    assert line.startswith("· Your open improvement actions: 2. The first is due by ")
    assert "2026" in line
    assert TITLE not in mail.text
