"""Runs the whole product on a local stack: every route once, and all events over time, until the erasure."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from chalicelib.features.evidence import file_limits
from chalicelib.kit.instants import DAY
from chalicelib.limits import returned_mail
from chalicelib.workers import work_batch
from infra.local.gateway.operator_signature import OPERATOR
from infra.local.resources.applier import REGION
from tests.clauses.giving import declared, given
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.bureau import bureau_in, filed
from tests.clauses.offices.company import handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import advance
from tests.helpers.fakes.files import image
from tests.infra.aws_calls import Recorder
from tests.kernel.web.well_formed import NOT_AT_ONCE, POLICY, WEBHOOK, Target, request_to, target_in

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
NOBODY_LISTENS = "http://127.0.0.1:9/hook"


@dataclass(slots=True)
class Life:
    stack: LocalStack
    company: Organisation
    bureau: Organisation
    recorder: Recorder

    def ask(self, who: Organisation, method: str, path: str, body: Any = None) -> Any:
        answer = self.stack.call(method, who.path + path, body, auth=who.auth("owner"))
        assert answer.status < 300, answer.text
        return answer.json if answer.text else None


def lived(url: str, recorder: Recorder) -> None:
    """Webhooks to this machine must be allowed (`WEBHOOKS`). Raises AssertionError if a step is refused."""
    stack = LocalStack(url)
    target = target_in(stack)
    life = Life(stack, target.organisation, bureau_in(stack), recorder)
    every_route(stack, target)
    for part in (
        evidence,
        handed_over,
        invited_in_vain,
        reported_as_spam,
        told_in_vain,
        exported,
        parked,
        operated,
        reported,
        left,
    ):
        part(life)


def every_route(stack: LocalStack, target: Target) -> None:
    for method, path, operation in operations():
        request = request_to(target, operation, path)
        auth = target.authorization(request.who).get("Authorization")
        answer = stack.call(method, path.format(**request.params), request.body, auth=auth)
        assert answer.status in (200, 201, 202, 204, NOT_AT_ONCE.get(operation)), f"{method} {path}: {answer.text}"


def operations() -> Iterator[tuple[str, str, str]]:
    """Method, path and name of each operation. Removing operations come after reading ones."""
    paths = json.loads(DOCUMENT.read_text("utf-8"))["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            if "operationId" in operation:
                yield method.upper(), path, operation["operationId"]


def evidence(life: Life) -> None:
    """Evidence that is checked, read, held, kept for a day and erased; a missing upload, and a repeated one.

    A file of a complaint that goes on is left to the erasure of the organisation.
    """
    bureau = life.bureau
    policy = life.stack.call("GET", f"/v1/presets/{bureau.preset}").json["policy"]
    kept = {**policy, "intake": {**policy["intake"], "evidence_kept": "1 day"}}
    life.ask(bureau, "POST", "/policy/publish", {"policy": {k: v for k, v in kept.items() if k != "examples"}})
    number = filed(bureau)
    photo = given(bureau, number, "photo", image(), "image/jpeg")
    given(bureau, number, "photo", b"<svg/>", "text/plain")
    life.ask(bureau, "GET", f"/complaints/{number}/evidence/{photo['id']}/link")
    for act in ("hold", "release"):
        bureau.act(number, "owner", act, reason="x")
    film(life, number)
    twice(life, number)
    bureau.act(number, "information_centre", "refuse", ground="no_facts")
    given(bureau, filed(bureau), "photo", image(seed=2), "image/jpeg")


def film(life: Life, number: str) -> None:
    """A multipart upload without parts: completing it is refused, and it expires."""
    hashes = ["0" * 64] * len(file_limits.sizes_of_parts(file_limits.LARGEST_POST + 1))
    changes: dict[str, Any] = {"size": file_limits.LARGEST_POST + 1, "parts": hashes}
    answer = declared(life.bureau, number, "video", b"", "video/mp4", **changes)
    assert answer.status == 201, answer.text
    path = f"{life.bureau.path}/complaints/{number}/evidence/{answer.json['id']}/complete"
    parts = [{"number": n, "etag": "x", "sha256": digest} for n, digest in enumerate(hashes, 1)]
    refused = life.stack.call("POST", path, {"parts": parts}, auth=life.bureau.auth("complainant", number))
    assert refused.status == 422, refused.text


def twice(life: Life, number: str) -> None:
    ticket = declared(life.bureau, number, "photo", image(seed=1), "image/jpeg").json["ticket"]
    for _ in range(2):
        life.stack.upload(ticket, image(seed=1))


def handed_over(life: Life) -> None:
    company = life.company
    hire(company, "business_unit", name="heir")
    handled(company)
    life.ask(company, "DELETE", f"/people/{company.subs['business_unit']}?to={company.subs['heir']}")


def told_in_vain(life: Life) -> None:
    """A webhook whose receiver never responds, with its retries."""
    hook = life.ask(life.company, "POST", "/webhooks", {**WEBHOOK, "url": NOBODY_LISTENS})["id"]
    life.ask(life.company, "POST", f"/webhooks/{hook}/ping")
    life.company.file()


def invited_in_vain(life: Life) -> None:
    """The mail of an invitation fails, and the hourly job sends it."""
    person = {"email": f"late@{life.company.id}.example", "name": "late", "grants": [{"role": "agent"}]}
    with life.recorder.denying("api", "SendRawEmail"):
        answer = life.stack.call("POST", f"{life.company.path}/people", person, auth=life.company.auth("owner"))
    assert answer.status == 503, answer.text
    advance(life.stack, "2 hours")
    assert life.stack.mail(person["email"])


def reported_as_spam(life: Life) -> None:
    """What the template's rule puts on the queue when a reader reports a mail as spam."""
    tags = {"tenant": [life.company.id], "person": [life.company.subs["agent"]], returned_mail.TAG: ["0" * 64]}
    body = json.dumps({"type": "feedback", "said": "complained", "tags": tags})
    boto3.client("sqs", region_name=REGION).send_message(QueueUrl=os.environ["REDRESS_EFFECTS_QUEUE"], MessageBody=body)
    advance(life.stack, "1 minutes")
    people = life.ask(life.company, "GET", "/people")["people"]
    assert [one["mail"] for one in people if "mail" in one] == ["complained"]


def exported(life: Life) -> None:
    month = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-30T00:00:00Z", "policy": POLICY}
    for path, body in (("/exports", None), ("/policy/backtest", month)):
        job = life.ask(life.company, "POST", path, body)["id"]
        life.stack.settle()
        shown = life.ask(life.company, "GET", f"{path}/{job}")
        assert shown["state"] == "done", shown


def parked(life: Life) -> None:
    """An hourly job, and a file that S3 does not delete when its retention is over."""
    with life.recorder.denying("wake", "BatchGetItem", f"DIR#{life.company.id}"):
        advance(life.stack, "2 hours")
    with life.recorder.denying("wake", "DeleteObject"):
        advance(life.stack, "1 day")
    listed = {(one["id"], one["aggregate"]) for one in operator(life, "GET", "/parked")["parked"]}
    assert {tenant for tenant, _ in listed} == {life.company.id, life.bureau.id}, listed
    (tenant, aggregate), *_ = listed
    for path in (f"/{tenant}/{quote(aggregate, safe='')}", f"/{tenant}", ""):
        operator(life, "POST", f"/parked{path}/redrive")
    assert operator(life, "GET", "/parked")["parked"] == []


def operated(life: Life) -> None:
    for method, path, body in (("GET", "", None), ("POST", "/suspend", {"reason": "x"}), ("POST", "/resume", None)):
        operator(life, method, f"/tenants/{life.company.id}{path}", body)
    operator(life, "POST", "/walk")
    operator(life, "POST", f"/walk/{life.company.id}")


def reported(life: Life) -> None:
    """A report about the only owner, which the operators handle."""
    owner = life.ask(life.company, "GET", "/people/me")["sub"]
    body = {"about": {"people": [owner]}, "text": "x", "to": "supervisors"}
    found = life.ask(life.company, "POST", "/supervision", body)
    path = f"/supervision/{life.company.id}/{found['id']}"
    assert operator(life, "GET", "/supervision")["reports"]
    operator(life, "GET", path)
    operator(life, "POST", f"{path}/acts/note", {"text": "x"})
    shown = life.stack.call("GET", f"{life.company.path}/supervision/{found['id']}", auth=f"Receipt {found['receipt']}")
    assert shown.status == 200, shown.text


def operator(life: Life, method: str, path: str, body: Any = None) -> Any:
    """Sends a signed request. Raises HTTPError if it is refused."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    asked = AWSRequest(method, f"{life.stack.url}/v1/ops{path}", headers=headers, data=data or b"")
    SigV4Auth(Credentials(OPERATOR, OPERATOR), "execute-api", "eu-central-1").add_auth(asked)
    request = urllib.request.Request(asked.url, data, dict(asked.headers.items()), method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def left(life: Life) -> None:
    """Two organisations leave. The worker of the due queue erases one, that of the effects queue the other."""
    life.ask(life.company, "POST", "/leave", {"id": life.company.id})
    life.ask(life.company, "DELETE", "/leave")
    for leaving, budget in ((life.company, DAY), (life.bureau, 0)):
        life.ask(leaving, "POST", "/leave", {"id": leaving.id})
        with patch.object(work_batch, "JOB_BUDGET", budget):
            advance(life.stack, "5 hours")
        statement = life.stack.call("GET", f"/v1/erasures/{leaving.id}")
        assert statement.status == 200, statement.text
