"""Requests under a costly document, each with its CPU time: check, previews, publication, filing, views, wake-up, act.

The messages that follow are not delivered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from chalicelib.access import binding
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.replay_complaint import replay_complaint
from chalicelib.features.deadlines import wake_complaint
from chalicelib.kit.instants import DAY
from chalicelib.limits.exceeded import TooMuchWork
from chalicelib.policy import publishing
from chalicelib.policy.compiled import compile_policy
from chalicelib.store.keys import CaseRef
from tests.across.bounded.documents import AT, EVENTS, FILING, Document, policy
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, with_key
from tests.helpers.fakes.app import App
from tests.helpers.fakes.client import Answer, Client

START = AT
ROUNDS = 6
"""Measurements, of which one must be within the limit: another program can make a run twice as long."""
Timed = tuple[str, float, Answer | None]
"""The kind of request, its CPU seconds and its answer; None for a wake-up."""


def shop() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def answers(office: Organisation, document: Document) -> Iterator[Timed]:
    """Stops at the first refusal of the document, or of the filing."""
    asked_policy = {"policy": document}
    earlier = _earlier(office)
    signed_up = {"id": f"s-{uuid4().hex[:12]}", "name": "另一家", "email": f"{uuid4().hex}@example.com", **asked_policy}
    yield _timed("sign-up", lambda: _call(office, "POST", "/v1/tenants", signed_up))
    yield _timed("check", lambda: _ask(office, "POST", "/policy/check", asked_policy))
    for kind, body in (("preview", {"events": EVENTS}), ("preview of nine years", _NINE_YEARS)):
        asked = {**asked_policy, "complaint": FILING, **body}
        yield _timed(kind, lambda asked=asked: _call(office, "POST", "/v1/preview/policy", asked))
    yield _timed("draft", lambda: _ask(office, "PUT", "/policy/draft", asked_policy))
    published = _timed("publish", lambda: _ask(office, "POST", "/policy/publish", asked_policy))
    yield published
    if published[2] is None or published[2].status != 201:
        return
    yield _timed("switch", lambda: _switch(office, earlier, published[2]))
    yield _timed("back-test, each line", lambda: _replay(office, earlier, document))
    filed = _timed("file", lambda: _call(office, "POST", office.path + "/complaints", FILING))
    yield filed
    if filed[2] is None or filed[2].status != 201:
        return
    yield from _afterwards(office, filed[2].json["number"], "Receipt " + filed[2].json["receipt"])


def _earlier(office: Organisation) -> str:
    """The number of a complaint under the good policy."""
    _ask(office, "POST", "/policy/publish", {"policy": policy()})
    number: str = _call(office, "POST", office.path + "/complaints", FILING).json["number"]
    return number


def _switch(office: Organisation, number: str, published: Answer | None) -> Answer:
    assert published is not None
    fields = {"to": published.json["version"], "start_new_clocks": True, "accept_breaches": True, "dry_run": True}
    return _ask(office, "POST", f"/complaints/{number}/acts/switch", {"fields": fields})


def _replay(office: Organisation, number: str, document: Document) -> None:
    world = _in_process(office)
    until = world.now() + 400 * DAY
    job = Backtest(id="b", by="b", at=until, first=0, last=until, most=None, version=None, months=[], place=None)
    draft = compile_policy(publishing.prepare(document).document, "draft")
    with binding.tenant(office.id):
        assert replay_complaint(world.fakes.wiring, CaseRef(office.id, number), job, draft) is not None


def deadline(office: Organisation, body: dict[str, Any]) -> Timed:
    return _timed("preview of a deadline", lambda: _call(office, "POST", "/v1/preview/deadline", body))


_NINE_YEARS: dict[str, Any] = {"events": EVENTS[:1], "now": "2035-11-27T09:00:00+08:00"}


def _afterwards(office: Organisation, number: str, receipt: str) -> Iterator[Timed]:
    path = f"{office.path}/complaints/{number}"
    yield _timed("deadlines", lambda: _call(office, "GET", path + "/deadlines", auth=receipt))
    yield _timed("wake", lambda: _wake(office, number))
    yield _timed("complaint", lambda: _call(office, "GET", path, auth=receipt))
    yield _timed("act", lambda: _call(office, "POST", path + "/acts/withdraw", {"fields": {}}, auth=receipt))


def _wake(office: Organisation, number: str) -> None:
    """After more than a year without a sweep."""
    world = _in_process(office)
    try:
        with binding.tenant(office.id):
            wake_complaint.wake(world.fakes.wiring, CaseRef(office.id, number), world.now() + 400 * DAY)
    except TooMuchWork:
        return


def _ask(office: Organisation, method: str, path: str, body: Any) -> Answer:
    return _call(office, method, office.path + path, body, auth=office.auth("owner"))


def _call(office: Organisation, method: str, path: str, body: Any = None, auth: str | None = None) -> Answer:
    headers = with_key(method, None) | ({"Authorization": auth} if auth else {})
    return Client(App(lambda: _in_process(office).fakes.wiring, _declared)).request(method, path, body, headers=headers)


def _declared(route: str, problem: str) -> None:
    raise AssertionError(f"{route} answered {problem}, which it does not declare")


def _in_process(office: Organisation) -> InProcess:
    assert isinstance(office.world, InProcess)
    return office.world


def _timed(kind: str, work: Callable[[], Answer | None]) -> Timed:
    began = time.process_time()
    found = work()
    return kind, time.process_time() - began, found


def sweep(office: Organisation) -> None:
    """Runs jobs and whatever else is due."""
    _in_process(office).sweep()
