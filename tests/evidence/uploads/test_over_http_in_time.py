"""Tickets that come too late, too often or too many, against the local stack and over HTTP alone."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import boto3
import pytest
from botocore.config import Config

from chalicelib.features.evidence.declare import MOST_AWAITED
from chalicelib.features.evidence.storage import s3_presigned
from infra.local.emulator import CREDENTIALS
from infra.rehearsal.complaint_life import POLICY
from tests.clauses.giving import declared, looked_at
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation, sign_up, sign_up_with
from tests.clauses.world import with_key
from tests.evidence.uploads.test_over_http import posted
from tests.helpers.fakes.files import PDF, sha256
from tests.kernel.web.untouched import refused


@pytest.fixture(scope="module")
def company(stack: LocalStack) -> Organisation:
    return company_in(stack)


class Lent(NamedTuple):
    """Two tickets for one file, and the time (Unix) from which the first has expired."""

    short: dict[str, Any]
    long: dict[str, Any]
    expired: float


@pytest.fixture(scope="module", autouse=True)
def lent(company: Organisation) -> Lent:
    """Made as the service makes them, for a second and for a minute: its own are good for five minutes."""
    url = declared(company, company.file(), "document").json["ticket"]["url"]
    endpoint, _, bucket = url.rstrip("/").rpartition("/")
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    keys = {name.lower(): CREDENTIALS[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    s3: Any = boto3.client("s3", region_name="eu-central-1", endpoint_url=endpoint, config=config, **keys)
    file = {"size": len(PDF), "media_type": "application/pdf", "sha256": sha256(PDF)}
    made = [
        s3_presigned.post(s3_presigned.S3Bucket(s3, bucket), "T/x/quarantine/y", **file, seconds=seconds)
        for seconds in (1, 60)
    ]
    short, long = ({"url": one.url, "fields": dict(one.fields)} for one in made)
    return Lent(short, long, time.time() + 2)  # a policy's end is in whole seconds


@pytest.fixture(scope="module")
def office(stack: LocalStack) -> Organisation:
    """On a policy of few steps."""
    return sign_up_with(stack, POLICY.read_text("utf-8"))


def test_an_ended_complaint_accepts_only_files_with_an_earlier_ticket(office: Organisation) -> None:
    number = office.file()
    ticket = declared(office, number, "document").json
    office.act(number, "clerk", "accept")
    office.act(number, "clerk", "decide", outcome="upheld", text="Replaced.")
    office.act(number, "clerk", "close", summary="Replaced.")

    refused(declared(office, number, "document"), 409, "act-not-open")
    assert posted(ticket["ticket"], PDF) == 204
    office.world.settle()
    assert looked_at(office, number, ticket["id"])["state"] == "sealed"

    office.act(number, "head", "archive")
    refused(declared(office, number, "document"), 409, "act-not-open")


@pytest.mark.parametrize("times", [60, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_concurrent_declarations_get_at_most_fifty_tickets(stack: LocalStack, times: int) -> None:
    company = sign_up(stack, "corporate-standard", plan="large")
    number = company.file()
    file = {"kind": "document", "name": "a.pdf", "size": 1, "media_type": "application/pdf", "sha256": sha256(b"a")}
    url, body = f"{stack.url}{company.path}/complaints/{number}/evidence", json.dumps(file).encode()
    auth = {"Authorization": company.auth("owner"), "Content-Type": "application/json"}

    def ask(_: int) -> int:
        """409 says to ask again, as any client would."""
        while True:
            request = urllib.request.Request(url, body, {**auth, **with_key("POST", None)}, method="POST")
            status = asked(request)
            if status != 409:
                return status

    with ThreadPoolExecutor(8) as threads:
        answers = Counter(threads.map(ask, range(times)))

    assert answers == {201: MOST_AWAITED, 402: times - MOST_AWAITED}
    assert company.get("/usage", "owner")["limits"]["evidence_bytes"]["used"] == MOST_AWAITED


def test_an_expired_ticket_is_rejected(lent: Lent) -> None:
    """The last test: by then the first ticket has usually expired."""
    while time.time() < lent.expired:
        posted(lent.long, PDF)

    assert (posted(lent.long, PDF), posted(lent.short, PDF)) == (204, 403)


def asked(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
