"""The life of two complaints of the shop, and what every route and every page then says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import app
from chalicelib.web.contract import Contract
from tests.across.made_up.rows import Values
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

WRONG = {"of": "no kind"}
READ = [one for one in app.app.all_contracts if one.method == "GET" and one.path != "/static/{file}"]
QUERIES = {"get_analysis": "?by=answer.found&from=2026-11-23&to=2026-11-29"}
OWN = {"report": "results", "act": "dispute", "form": "note", "version": "1", "aggregate": "ORG", "preset": "platform"}
MASKED = re.compile(r"(?<![0-9a-f])[0-9a-f]{16,}+|(?<![A-Za-z0-9_.=-])[A-Za-z0-9_.=-]{22,}+")
"""Ids, hashes, receipts and cursors."""
UNKNOWN_ID = "f" * 32
"""Not zeros, as the telephone number of the tests has them, and pages print their own address."""


@lru_cache(maxsize=200)
def masked(text: str) -> str:
    """Long documents, such as the presets, are alike each time."""
    return MASKED.sub("…", text)


class Told(NamedTuple):
    """`asked`: what was asked, and by whom."""

    asked: str
    status: int
    text: str


class Played(NamedTuple):
    """`first`: closed by time. `second`: filed, decided and disputed; `browser` shows its page."""

    shop: Organisation
    first: str
    second: str
    browser: Browser
    told: list[Told]

    def tell(self, asked: str, answer: Answer) -> None:
        self.told.append(Told(asked, answer.status, masked(answer.text.replace(self.shop.id, "shop"))))


def played_in(shop: Organisation, values: Values) -> Played:
    """With what the requests with wrong values were answered, and with the forms."""
    world = shop.world
    assert isinstance(world, InProcess)
    browser = Browser(world, "en")
    first = shop.file(facts={"complainant.told": values.given})
    second, _ = filed(browser, shop, fact__told=values.typed, fact__complainant__told=values.typed)
    found = Played(shop, first, second, browser, [])
    _refused(found, values)
    for number in (first, second):
        shop.act(number, "agent", "decide", found=values.given)
    browser.submit()
    browser.open(f"/t/{shop.id}/case/{second}/acts/dispute")
    found.tell("the form of an act", browser.answer)
    browser.submit(fact__found=values.typed, fact__reason="It broke again.")
    advance(world, "20 days")
    said = values.typed if isinstance(values.typed, str) else values.typed[0]
    for asked in ({"subject": said}, {"words": said}, {"outcome": {"found": said}}):
        answer = world.call("POST", f"{shop.path}/complaints/search", asked, auth=shop.auth("agent"))
        found.tell(f"search {asked}", answer)
    return found


def _refused(found: Played, values: Values) -> None:
    shop, world = found.shop, found.shop.world
    policy = shop.get("/policy", "owner")["policy"]
    hinted = {**policy, "fields": {**policy["fields"], "found": {**policy["fields"]["found"], "most": 5}}}
    clock = {**policy["clocks"]["silence"], "missed": {"act": "close", "fields": {"found": WRONG}}}
    faulty = {**policy, "clocks": {**policy["clocks"], "silence": clock}}
    for language in ("en", "zh"):
        spoken = {"Accept-Language": language}
        wrong = {**shop.example(), "facts": {"content": "x", "told": WRONG}}
        found.tell("file", world.call("POST", f"{shop.path}/complaints", wrong, headers=spoken))
        fields = {"fields": {"found": WRONG}}
        path = f"{shop.path}/complaints/{found.first}/acts/decide"
        found.tell("decide", world.call("POST", path, fields, headers=spoken, auth=shop.auth("agent")))
        for each in (hinted, faulty):
            path, auth = f"{shop.path}/policy/check", shop.auth("owner")
            found.tell("check", world.call("POST", path, {"policy": each}, headers=spoken, auth=auth))


def answers(found: Played) -> Iterator[Told]:
    """Of each page, and of each route to the owner, the agent and the complainant. Public routes are asked once."""
    for contract in READ:
        if contract.page:
            found.browser.open(_path(contract, found, found.second))
            found.tell(contract.path, found.browser.answer)
        else:
            readers = ("owner", found.first), ("agent", found.second), ("complainant", found.first)
            for who, number in readers[:1] if _is_public(contract) else readers:
                found.tell(f"{contract.name} as {who}", _answer(contract, found, who, number))
    yield from found.told


def _answer(contract: Contract, found: Played, who: str, number: str) -> Any:
    path = _path(contract, found, number) + QUERIES.get(contract.name, "")
    auth = None if _is_public(contract) else found.shop.auth(who, number)
    return found.shop.world.call("GET", path, auth=auth)


def _is_public(contract: Contract) -> bool:
    return set(contract.allow) == {"public"}


def _path(contract: Contract, found: Played, number: str) -> str:
    named = {"tenant": found.shop.id, "number": number, "sub": found.shop.subs["agent"], **OWN}
    return re.sub(r"\{(\w+)\}", lambda name: named.get(name[1], UNKNOWN_ID), contract.path)
