"""What is recorded of a story that was played: events with their anchors, answers, mails and requests to webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from chalicelib.kit.instants import SECOND
from tests.across.recorded.names import Names
from tests.across.recorded.playing import Played, played
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import Browser

Json = dict[str, Any]
NOT_RECORDED = ("X-Correlation-Id", "Set-Cookie")
"""Headers of answers with random values."""


class Recording(NamedTuple):
    """`people`: the names of random values that the story knows, such as ids of people.

    `version`: the first policy version, as the owner gets it. `records`: the envelopes of each record, oldest first.
    `anchors`: the bodies of the locked objects, in order. `answers`: by request. `sent`: every mail and every webhook's
    request.
    """

    people: dict[str, str]
    version: Json
    records: dict[str, list[Json]]
    anchors: list[str]
    answers: dict[str, Json]
    sent: dict[str, list[Json]]


@cache
def recording(name: str) -> Recording:
    """In this order, since reads are logged, and the log is read."""
    made = played(name)
    known, names = made.known(), Names(made.known())
    version, records = made.organisation.get("/policy/versions/1", "owner"), dict(records_of(made))
    answers: dict[str, Json] = {}
    for request in made.story["requests"]:
        made.world.fakes.clock.advance(SECOND)  # so that what was read is listed in order
        label = json.dumps(request, ensure_ascii=False)
        assert label not in answers, f"{label} is listed twice"
        answers[label] = names.of(shown(answer(made, *request)))
    return Recording(known, version, records, _anchors(made), answers, sent_by(made, names))


def archive(name: str) -> bytes:
    """The export that the story asked for."""
    made = played(name)
    written = made.world.fakes.vault.written
    [key] = [key for key in written if key.endswith(f"/exports/{made.names['export']}/archive.zip")]
    return written[key][-1]


def records_of(made: Played) -> Iterator[tuple[str, list[Json]]]:
    """As the owner gets them. `ORG`: of the organisation, `U#…`: of a unit."""
    organisation = made.organisation
    for number in organisation.filed:
        yield number, organisation.events(number)
    units = [f"/units/{unit['id']}" for unit in organisation.get("/units", "owner")["units"]]
    for path in (*units, "/organisation"):
        found = organisation.get(f"{path}/record", "owner")
        if found["events"]:
            yield found["number"], found["events"]
    yield "ORG", [*_own(made)][::-1]


def _own(made: Played) -> Iterator[Json]:
    page = made.organisation.get("/record", "owner")
    yield from page["events"]
    while cursor := page.get("cursor"):
        page = made.organisation.get(f"/record?cursor={cursor}", "owner")
        yield from page["events"]


def _anchors(made: Played) -> list[str]:
    written = made.world.fakes.vault.written
    return [written[key][0].decode() for key in sorted(written) if "/anchors/" in key]


def answer(made: Played, who: str, path: str, asked: Json | None = None) -> Answer:
    """`asked`: `post` (a body), `language`, `accept`. A path below `/pages` is that of a page."""
    options = asked or {}
    language = options.get("language", "zh")
    if path.startswith("/pages"):
        return _page(made, who, path.removeprefix("/pages"), language)
    headers = {"Accept-Language": language, **({"Accept": options["accept"]} if "accept" in options else {})}
    return made.ask(who, "POST" if "post" in options else "GET", path, options.get("post"), **headers)


def _page(made: Played, who: str, path: str, language: str) -> Answer:
    """A complainant enters the number and the receipt first."""
    browser, at = Browser(made.world, language), f"/t/{made.organisation.id}"
    if who:
        filed = made.organisation.filed[made.number(who)]
        browser.open(f"{at}/case")
        browser.submit(number=filed.number, receipt=filed.receipt)
    browser.open(at + path)
    return browser.answer


def shown(answer: Answer) -> Json:
    headers = {name: value for name, value in answer.headers.items() if name not in NOT_RECORDED}
    kind = headers.get("Content-Type", "").partition(";")[0]
    body = answer.json if kind.endswith("json") else answer.text.splitlines()
    return {"status": answer.status, "headers": headers, "body": body}


def sent_by(made: Played, names: Names) -> dict[str, list[Json]]:
    fakes = made.world.fakes
    mails = [{"to": one.to, "subject": one.subject, "text": one.text.splitlines()} for one in fakes.mailer.outbox]
    posts = [{"url": one.url, "headers": one.headers, "body": json.loads(one.body)} for one in fakes.poster.posted]
    return {"mails": [names.of(one) for one in mails], "posts": [names.of(one) for one in posts]}
