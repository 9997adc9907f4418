"""P1 `platform` organisations: brings complaints to a stage of the procedure.

Complaints are about the unit `seller`, which has an account, unless a filing names another unit or none.
"""

from __future__ import annotations

from typing import Any

from chalicelib.kit.instants import DAY, MINUTE, to_text
from tests.clauses.giving import given
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import World

ASKED_FOR = {"wanted": "本单交易的聊天记录和发货凭证", "why": "核实所发商品是否与描述一致"}
FOUND = {"findings": "聊天记录属实。"}
DECISION = {"opinion": "商家退款。", "outcome": "upheld", "sanctions": "warning"}
REVERSED = {"opinion": "证据不足。", "outcome": "not_upheld"}
RECEIVED = {"received": "店铺寄来的发货单。"}
ASKED = {**ASKED_FOR, "asked_how": "电话联系店铺，随后发送举证链接。", "contact": "reached"}
RECORDED = {"received": "店铺承认发错货。", "told_back": "当日电话告知。"}
"""What staff record in the place of a respondent outside the system."""
UNREACHABLE = {"asked_how": "店铺没有账号，电话联系。"}


def marketplace_in(world: World, named: str | None = None) -> Organisation:
    marketplace = sign_up(world, "platform", named=named)
    unit(marketplace, "seller")
    hire(marketplace, "respondent", name="seller", unit="seller")
    return marketplace


def unit(marketplace: Organisation, name: str) -> str:
    """A unit, not yet with an account."""
    body = {"id": name, "name": name}
    answer = marketplace.world.call("POST", f"{marketplace.path}/units", body, auth=marketplace.auth("owner"))
    assert answer.status == 201, answer.text
    return name


def accepted(marketplace: Organisation, handler: str = "handler", **filing: Any) -> str:
    """The screener named the responsible party."""
    number = marketplace.file(**{"unit": "seller", **filing})
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs[handler])
    return number


assigned = accepted
"""The acceptance assigns the complaint."""


def demanded(marketplace: Organisation, **filing: Any) -> str:
    """The complainant gave no evidence. The handler inspected, and asked the respondent."""
    number = accepted(marketplace, **filing)
    marketplace.world.move_to(to_text(marketplace.world.now() + DAY))
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)
    return number


def answers(marketplace: Organisation, number: str) -> None:
    """The respondent itself gives evidence, with its account."""
    given(marketplace, number, "transaction", auth=marketplace.auth("seller"))


def answers_by_link(marketplace: Organisation, number: str, who: str = "handler") -> dict[str, Any]:
    """The respondent itself gives evidence on the link of its last demand, which this member passed on."""
    return given(marketplace, number, "transaction", auth=linked(marketplace, number, who))


def linked(marketplace: Organisation, number: str, who: str = "handler") -> str:
    """The authorization of the holder of the last demand's link."""
    demand = marketplace.events(number, type_="evidence_demanded")[-1]["id"]
    link = marketplace.get(f"/complaints/{demand.replace('/', '/demands/')}/link", who)
    return f"Receipt {link['receipt']}"


def answered(marketplace: Organisation) -> str:
    number = demanded(marketplace)
    answers(marketplace, number)
    return number


def recorded(marketplace: Organisation) -> str:
    """The handler recorded what came from the respondent in another way."""
    number = demanded(marketplace)
    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)
    return number


def asked_outside(marketplace: Organisation, **asked: Any) -> str:
    """The respondent has no unit. How it was asked is on record, and the handler inspected."""
    number = accepted(marketplace, unit=None)
    marketplace.world.move_to(to_text(marketplace.world.now() + DAY))
    marketplace.act(number, "handler", "demand_evidence", **{**ASKED, **asked})
    marketplace.act(number, "handler", "inspect", **FOUND)
    return number


def asked_otherwise(marketplace: Organisation) -> str:
    """It answered on the page of the demand."""
    number = asked_outside(marketplace)
    answers_by_link(marketplace, number)
    return number


def decision(**changes: Any) -> dict[str, Any]:
    """Only a complaint that is upheld has sanctions."""
    made = {**DECISION, **changes}
    return made if made["outcome"] == "upheld" else {key: one for key, one in made.items() if key != "sanctions"}


def decided(marketplace: Organisation, **changes: Any) -> str:
    number = answered(marketplace)
    marketplace.act(number, "handler", "decide", **decision(**changes))
    return number


def closed(marketplace: Organisation, **decision: Any) -> str:
    number = decided(marketplace, **decision)
    marketplace.act(number, "handler", "close", summary="退款后归档。")
    return number


def archived(marketplace: Organisation, **decision: Any) -> str:
    number = closed(marketplace, **decision)
    marketplace.act(number, "archivist", "archive")
    return number


def reopened(marketplace: Organisation, **decision: Any) -> str:
    """Archived, and given to another handler (`second`) to be examined again."""
    number = archived(marketplace, **decision)
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    return number


def examined_again(marketplace: Organisation, **decision: Any) -> str:
    """The other handler (`second`) inspected and asked the respondent again."""
    number = reopened(marketplace, **decision)
    marketplace.act(number, "second", "inspect", **FOUND)
    marketplace.act(number, "second", "demand_evidence", **ASKED_FOR)
    answers(marketplace, number)
    return number


def reopened_elsewhere(marketplace: Organisation, **changes: Any) -> str:
    """The same about a respondent that is not in the system."""
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **decision(**changes))
    marketplace.act(number, "handler", "notify", told_how="挂号信。")
    marketplace.act(number, "handler", "close", summary="已退款。")
    marketplace.act(number, "archivist", "archive")
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    return number


def asked_elsewhere_again(marketplace: Organisation, **changes: Any) -> str:
    """The other handler inspected, and asked the respondent again, which answered on the page of the demand."""
    number = reopened_elsewhere(marketplace, **changes)
    marketplace.act(number, "second", "demand_evidence", **ASKED)
    marketplace.act(number, "second", "inspect", **FOUND)
    answers_by_link(marketplace, number, "second")
    return number


def kept(marketplace: Organisation) -> str:
    """The re-examination has the same outcome: the complaint is upheld."""
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **DECISION)
    return number


def changed(marketplace: Organisation) -> str:
    """The re-examination has another outcome: the complaint is not upheld. The sanctions were lifted."""
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))
    return number


def now_upheld(marketplace: Organisation) -> str:
    """The first decision was that the complaint is not upheld."""
    number = examined_again(marketplace, **REVERSED)
    marketplace.act(number, "second", "decide", **DECISION)
    return number


def deputised(marketplace: Organisation, absent: str, deputy: str) -> None:
    body = {
        "sub": marketplace.subs[deputy],
        "from": "2026-11-27T00:00:00Z",
        "until": "2026-12-27T00:00:00Z",
    }
    path = f"{marketplace.path}/people/me/deputy"
    assert marketplace.world.call("PUT", path, body, auth=marketplace.auth(absent)).status == 200
