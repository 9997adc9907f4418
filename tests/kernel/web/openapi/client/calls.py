"""Calls a running API with the generated client: `python calls.py URL`, in the environment of the generator.

Prints the id of each operation that it called. Fails at the first response that is not as documented.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import re
import sys
import uuid
from typing import Any

import httpx
import redress_client
from redress_client import AuthenticatedClient, Client, models
from redress_client.types import UNSET

PRESET = "corporate-standard"
LETTER = "送货单上的日期比约定的晚三天。".encode()
FUNCTIONS = {
    name.rpartition(".")[2]: name
    for _, name, is_package in pkgutil.walk_packages(redress_client.__path__, "redress_client.")
    if name.startswith("redress_client.api.") and not is_package
}
"""The module of each operation, by operation id."""


class Calls:
    """The client of one caller: a member, the holder of a receipt, or an anonymous caller."""

    def __init__(self, url: str, tenant: str, token: str = "", prefix: str = "Bearer") -> None:
        self.url, self.tenant = url, tenant
        self.client = AuthenticatedClient(url, token=token, prefix=prefix) if token else Client(url)

    def __call__(self, operation: str, status: int, *names: Any, **given: Any) -> Any:
        """The parsed body. Checks the status and that the client knows a model for the body."""
        answer = importlib.import_module(FUNCTIONS[operation]).sync_detailed(*names, client=self.client, **given)
        assert answer.status_code == status, (operation, answer.content)
        assert answer.parsed is not None, operation
        assert isinstance(answer.parsed, models.Problem) == (status >= 400), operation
        sys.stdout.write(operation + "\n")
        return answer.parsed

    def here(self, operation: str, status: int, *names: str, **given: Any) -> Any:
        """The same below `/v1/t/{tenant}`."""
        return self(operation, status, self.tenant, *names, **given)

    def as_holder(self, receipt: str) -> Calls:
        return Calls(self.url, self.tenant, receipt, "Receipt")

    def signed_in(self, email: str) -> Calls:
        """With the password of the last mail to this address."""
        mails = httpx.get(f"{self.url}/_local/mail", params={"to": email}).json()["mails"]
        given = {
            "email": email,
            "password": re.findall(r"^(?:Password: |密码：)(.+)$", mails[-1]["text"], re.MULTILINE)[0],
        }
        token = httpx.post(f"{self.url}/_local/token", json=given).json()["token"]
        return Calls(self.url, self.tenant, token)


def key() -> str:
    return str(uuid.uuid4())


def sign_up(nobody: Calls) -> Calls:
    """Returns the owner's client."""
    email = f"owner@{nobody.tenant}.example"
    body = models.SignUp(id=nobody.tenant, name="示例机构", email=email, preset=PRESET)
    made = nobody("create_tenant", 201, body=body, idempotency_key=key())
    assert (made.id, made.policy, made.upcoming) == (nobody.tenant, "1", [])
    owner = nobody.signed_in(email)
    assert owner.here("get_me", 200).email == email
    return owner


def hire(owner: Calls, role: str) -> Calls:
    """Returns the new member's client."""
    email = f"{role}@{owner.tenant}.example"
    body = models.Invite(email=email, name=role, grants=[models.StoredGrant(role=role)])
    made = owner.here("invite_person", 201, body=body)
    assert made.grants == [models.StoredGrant(role=role)]
    return owner.signed_in(email)


def file(nobody: Calls) -> tuple[str, Calls]:
    """Returns the complaint's number and the complainant's client."""
    example = nobody("get_preset", 200, PRESET).example
    body = models.NewComplaint.from_dict(example.to_dict())
    filed = nobody.here("post_complaint", 201, body=body, idempotency_key=key())
    assert filed.deadlines[0].due is not None
    return filed.number, nobody.as_holder(filed.receipt)


def refuse(nobody: Calls) -> None:
    body = models.NewComplaint(channel="fax", facts=models.NewComplaintFacts())
    problem = nobody.here("post_complaint", 422, body=body, idempotency_key=key())
    assert "/channel" in [one.pointer for one in problem.errors]


def work(agent: Calls, complainant: Calls, number: str) -> None:
    [row] = agent.here("list_complaints", 200).to_dict()["complaints"]
    assert row["number"] == number
    fields = models.ActFieldsFields.from_dict({"agent_team": "2", "agent_number": "17"})
    done = agent.here("post_act", 200, number, "accept", body=models.ActFields(fields=fields), idempotency_key=key())
    assert "accept" not in done.acts
    seen = complainant.here("get_complaint", 200, number)
    assert (seen.stage, seen.version, seen.events) == (done.stage, done.version, UNSET)
    assert seen.flags.to_dict() == {"routed": "agent"}
    assert complainant.here("get_deadlines", 200, number).deadlines[0].clock


def upload(complainant: Calls, number: str) -> None:
    digest = hashlib.sha256(LETTER).hexdigest()
    body = models.NewEvidence(kind="document", name="信.txt", size=len(LETTER), media_type="text/plain", sha256=digest)
    declared = complainant.here("post_evidence", 201, number, body=body, idempotency_key=key())
    ticket = declared.to_dict()["ticket"]
    sent = httpx.post(ticket["url"], data=ticket["fields"], files={"file": ("f", LETTER)})
    assert sent.is_success, sent.text
    httpx.post(f"{complainant.url}/_local/clock", json={"advance": "0 seconds"})  # answers when all is delivered
    [found] = complainant.here("list_evidence", 200, number).evidence
    assert (found.id, found.state, found.sha256) == (declared.id, "sealed", digest)
    assert complainant.here("get_evidence", 200, number, declared.id).copies == ["original"]


def read(agent: Calls, owner: Calls, number: str) -> None:
    record = agent.here("get_record", 200, number)
    verified = agent.here("verify_record", 200, number)
    assert (verified.intact, verified.events) == (True, len(record.events))
    assert agent.here("get_me", 200).sub in [one.by for one in owner.here("list_reads", 200, number).reads]
    assert [one for one in owner.here("list_people", 200).people if one.state != "active"] == []
    assert owner.here("get_usage", 200).to_dict()


def arrange(owner: Calls) -> None:
    """Units, of which one is above the other."""
    for unit in ("north", "east"):
        assert owner.here("create_unit", 201, body=models.NewUnit(id=unit, name=unit), idempotency_key=key()).id == unit
    moved = owner.here("put_unit", 200, "east", body=models.UnitChange(parent="north"), idempotency_key=key())
    assert (moved.parent, moved.calendar) == ("north", UNSET)
    refused = owner.here("put_unit", 422, "north", body=models.UnitChange(parent="east"), idempotency_key=key())
    assert [one.pointer for one in refused.errors] == ["/parent"]
    assert owner.here("put_unit", 200, "east", body=models.UnitChange(parent=None)).parent is UNSET


def preview(nobody: Calls) -> None:
    events = [models.PreviewEvent(event="registered", at="2026-11-27T09:00:00+08:00")]
    given = {"channel": "phone", "category": "service_quality"}
    body = models.PolicyPreviewRequest.from_dict(
        {"preset": PRESET, "complaint": {**given, "repeat": "first"}, "events": [one.to_dict() for one in events]}
    )
    assert nobody("preview_policy", 200, body=body).deadlines
    again = models.PolicyPreviewRequest.from_dict({**body.to_dict(), "complaint": {**given, "repeat": "third"}})
    assert [one.pointer for one in nobody("preview_policy", 422, body=again).errors] == ["/complaint/repeat"]


def main(url: str) -> None:
    nobody = Calls(url, f"t-{uuid.uuid4().hex[:12]}")
    owner = sign_up(nobody)
    agent = hire(owner, "agent")
    number, complainant = file(nobody)
    refuse(nobody)
    work(agent, complainant, number)
    upload(complainant, number)
    read(agent, owner, number)
    arrange(owner)
    preview(nobody)
    for name in FUNCTIONS.values():
        importlib.import_module(name)


if __name__ == "__main__":
    main(sys.argv[1])
