"""Counts the calls to the store of a request of each route and page, with warm caches of the process.

A call is one operation of DynamoDB. What a request leaves to queues is not counted.
"""

from __future__ import annotations

from typing import Any

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.tenants import organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.app import App
from tests.helpers.fakes.client import Answer, Client
from tests.kernel.web.pages.browser import Browser

Calls = dict[str, int]
"""By the name of a route's or page's contract."""
PARTS = [("parts", "0" * 64), ("parts", "1" * 64)]
"""Of a file of two parts."""
ENDS = [("etag", "a"), ("sha256", "0" * 64), ("etag", "b"), ("sha256", "1" * 64)]
SUPPLEMENT = "补充：商家昨天来电。"


class Counting(Client):
    """Notes the most calls of each route's requests that succeed."""

    def __init__(self, world: InProcess) -> None:
        super().__init__(App(lambda: world._fakes.wiring, world._undeclared))
        self.world = world
        self.most: Calls = {}
        self.statuses: dict[str, set[int]] = {}
        """Of all answers, by the name of a route's or page's contract."""

    def unplanted(
        self, method: str, path: str, body: Any, headers: dict[str, str], identity: dict[str, str] | None = None
    ) -> Answer:
        template, params = self._match(path.partition("?")[0])
        self._warm(params.get("tenant", ""))
        store = self.world._fakes.store
        before = len(store.calls)
        answer = super().unplanted(method, path, body, headers, identity)
        contract = self._contract(method, template)
        if contract is not None:
            self.statuses.setdefault(contract.name, set()).add(answer.status)
        if contract is not None and answer.status < 400:
            self.most[contract.name] = max(len(store.calls) - before, self.most.get(contract.name, 0))
        return answer

    def _warm(self, tenant: str) -> None:
        """A process asks the services that it needs four times a minute, reads an organisation's directory entry once a
        minute, and each of its policy versions once."""
        super().unplanted("GET", "/v1/health", None, {})
        wiring = self.world._fakes.wiring
        wiring.states.invalidate(tenant)
        with binding.directory():
            if wiring.states.state(tenant) is None:
                return
        key = keys.snapshot(keys.organisation(tenant))
        with binding.tenant(tenant):
            latest = organisation.parse(wiring.store.get([key])[key]).latest
            for version in range(1, latest + 1):
                wiring.compiled.get(tenant, str(version))


def counting(world: InProcess) -> Calls:
    """The counts of the requests that the world sends from now on."""
    client = Counting(world)
    world._http = client
    return client.most


def form_to(browser: Browser, end: str) -> int:
    """The position of the form whose path ends like this."""
    paths = [one.action.partition("?")[0] for one in browser.page.forms]
    [found] = [at for at, path in enumerate(paths) if path.endswith(end)]
    return found
