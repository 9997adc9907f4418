"""The receivers of `docs/integration/webhooks.md` accept what is sent and nothing else.

The document describes what is sent.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from chalicelib.policy.language.vocabulary import EVENT_TERMS
from tests.clauses.organisation import Organisation
from tests.clauses.world import advance
from tests.kernel.web.openapi.examples.asking import DOCUMENT, faults
from tests.messages.webhooks.hooks import added, call, poster, verified

PAGE = (Path(__file__).parents[3] / "docs" / "integration" / "webhooks.md").read_text("utf-8")
NODE = shutil.which("node")
SENT_BY_NODE = """
const [secret, headers, body, now] = JSON.parse(require("node:fs").readFileSync(0));
try { console.log(JSON.stringify(verify(secret, headers, Buffer.from(body, "base64"), now))); }
catch (error) { console.log(JSON.stringify({ refused: error.message })); }
"""


class Request(NamedTuple):
    secret: str
    headers: Mapping[str, str]
    body: bytes
    now: int


Receiver = Callable[[Request], Any]
"""Returns the event, or None for a refused request."""


def example(language: str) -> str:
    [code] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(code)


def in_python(request: Request) -> Any:
    names: dict[str, Any] = {}
    exec(example("python"), names)
    try:
        return names["verify"](*request)
    except ValueError:
        return None


def in_javascript(request: Request) -> Any:
    if NODE is None:
        pytest.skip("node is not installed")
    sent = [request.secret, dict(request.headers), base64.b64encode(request.body).decode(), request.now]
    done = subprocess.run(
        [NODE, "-e", example("js") + SENT_BY_NODE], input=json.dumps(sent), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    return None if "refused" in answer else answer


@pytest.fixture(params=[in_python, in_javascript])
def receiver(request: pytest.FixtureRequest) -> Receiver:
    found: Receiver = request.param
    return found


@pytest.fixture
def sent(company: Organisation) -> Request:
    """A filing, as the receiver got it."""
    hook = added(company, events=["registered"])
    company.file()
    [posted] = poster(company).posted
    assert verified(company, hook["secret"], posted)["type"] == "complaint.registered"
    return Request(hook["secret"], posted.headers, posted.body, int(posted.headers["webhook-timestamp"]))


def test_the_examples_accept_what_is_sent(receiver: Receiver, sent: Request) -> None:
    assert receiver(sent) == json.loads(sent.body)


def test_the_examples_accept_one_right_signature_of_two(receiver: Receiver, company: Organisation) -> None:
    hook = added(company, events=["registered"])
    new = call(company, "PATCH", f"/{hook['id']}", {"rotate": True}).json["secret"]
    company.file()
    [posted] = poster(company).posted
    at = int(posted.headers["webhook-timestamp"])

    found = [receiver(Request(secret, posted.headers, posted.body, at)) for secret in (hook["secret"], new)]

    assert found == [json.loads(posted.body)] * 2


@pytest.mark.parametrize(
    "change", ["body", "id", "timestamp", "secret", "version", "late", "early", "unsigned", "bare"]
)
def test_the_examples_refuse_every_other_request(receiver: Receiver, sent: Request, change: str) -> None:
    signature = sent.headers["webhook-signature"]
    changed = {
        "body": sent._replace(body=sent.body.replace(b"registered", b"withdrawn")),
        "id": sent._replace(headers={**sent.headers, "webhook-id": "other/202611-000001/1"}),
        "timestamp": sent._replace(headers={**sent.headers, "webhook-timestamp": str(sent.now + 1)}),
        "secret": sent._replace(secret="whsec_" + "AAAA" * 11),
        "version": sent._replace(headers={**sent.headers, "webhook-signature": signature.replace("v1,", "v2,")}),
        "unsigned": sent._replace(headers={**sent.headers, "webhook-signature": ""}),
        "bare": sent._replace(headers={}),
        "late": sent._replace(now=sent.now + 301),
        "early": sent._replace(now=sent.now - 301),
    }

    assert receiver(changed[change]) is None


def test_the_document_describes_what_is_sent(company: Organisation) -> None:
    hook = added(company)
    number = company.file()
    company.act(number, "agent", "accept", agent_team="一", agent_number="7")
    advance(company.world, "3 days")
    assert call(company, "POST", f"/{hook['id']}/ping").json["delivered"]
    *events, ping = poster(company).posted

    described = {name: one["post"] for name, one in DOCUMENT["webhooks"].items()}
    schemas = {name: one["requestBody"]["content"]["application/json"]["schema"] for name, one in described.items()}

    assert events
    assert [faults(schemas["event"], json.loads(one.body)) for one in events] == [[] for _ in events]
    assert faults(schemas["ping"], json.loads(ping.body)) == []
    for operation, posted in [(described["event"], events[0]), (described["ping"], ping)]:
        assert {one["name"] for one in operation["parameters"]} == set(posted.headers)


def test_the_document_names_the_events_as_they_are_sent() -> None:
    names = DOCUMENT["components"]["schemas"]["WebhookEvent"]["properties"]["type"]["enum"]

    assert names == [f"complaint.{name}" for name in sorted(EVENT_TERMS)]


def test_the_examples_of_bodies_conform_to_their_schemas() -> None:
    bodies = [one["post"]["requestBody"]["content"]["application/json"] for one in DOCUMENT["webhooks"].values()]

    assert [faults(one["schema"], one["example"]) for one in bodies] == [[], []]
    assert json.loads(example("json")) == bodies[0]["example"]


@pytest.mark.parametrize("name", ["receipt_reissued", "receipt_exposed"])
def test_a_webhook_can_name_each_event_that_is_sent(company: Organisation, name: str) -> None:
    assert added(company, events=[name])["events"] == [name]
