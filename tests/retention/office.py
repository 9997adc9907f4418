"""A bureau whose policy erases private values twenty days after a complaint's end, and what is left of a complaint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.store.port import Entry
from infra.memory_store.store import RecordedCall
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process

START, AFTER = "2026-09-01T09:00:00+08:00", "2026-09-23T09:00:00+08:00"
"""`AFTER`: twenty days after the end of a complaint that `refused` makes at the start, and the hourly job."""
NAME, PHONE, TEXT = "赵一一", "00000000001", "超市卖过期酸奶，孩子吃了拉肚子，店里不肯退钱。"


def publish(bureau: Organisation, closed: str | None, *, parts: dict[str, Any] | None = None, **intake: Any) -> None:
    """A version with this retention, in force at once. `parts`: others of the policy."""
    policy = bureau.world.call("GET", f"/v1/presets/{bureau.preset}").json["policy"]
    del policy["examples"]
    policy["intake"] |= intake
    policy.pop("retention", None)
    policy |= {} if closed is None else {"retention": {"closed": closed}}
    policy |= parts or {}
    answer = bureau.world.call("POST", f"{bureau.path}/policy/publish", {"policy": policy}, auth=bureau.auth("owner"))
    assert answer.status == 201, answer.text


@pytest.fixture
def bureau() -> Organisation:
    made = bureau_in(InProcess(START))
    publish(made, "20 calendar days")
    return made


def filed(bureau: Organisation, text: str = TEXT) -> str:
    return at_bureau.filed(bureau, **{"complainant.name": NAME, "complainant.phone": PHONE, "reasons": text})


def refused(bureau: Organisation, text: str = TEXT) -> str:
    """A complaint that has ended: the stage has no acts."""
    number = filed(bureau, text)
    bureau.act(number, "information_centre", "refuse", ground="no_facts")
    return number


def interrupted(office: Organisation, at: int, event: Callable[[], object], work: Callable[[], object]) -> bool:
    """Works; before its call of the store with this number, the event happens. False: it makes fewer calls."""
    store, calls = in_process(office).fakes.store, list[str]()

    def before(call: RecordedCall) -> None:
        calls.append(call.name)
        if len(calls) == at:
            store.before = None
            event()

    store.before = before
    work()
    store.before = None
    return len(calls) >= at


def erased(bureau: Organisation, number: str) -> list[dict[str, Any]]:
    return bureau.events(number, type_="values_erased")


def items(bureau: Organisation, kind: str) -> list[Entry]:
    return [one for one in in_process(bureau).fakes.store.everything() if one.kind == kind]


def later(bureau: Organisation, when: str) -> None:
    """The time has come. The hourly job runs, and then what it has started and made due."""
    bureau.world.move_to(when)
    for _ in range(2):
        in_process(bureau).sweep()


@pytest.fixture
def gone(bureau: Organisation) -> str:
    """The number of a complaint whose values were erased."""
    number = refused(bureau)
    later(bureau, AFTER)
    return number
