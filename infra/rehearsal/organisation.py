"""The organisation in the rehearsal: calls of its API, sign-ins, and the mails that it sent."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

from infra.local import people
from infra.rehearsal import steps
from infra.rehearsal.aws import Account

TENANT = "rehearsal"
_PASSWORD = re.compile(r"^Password: (\S+)", re.MULTILINE)
_PATIENCE = 60
"""Seconds: a function's first call starts a process."""


@dataclass(frozen=True, slots=True)
class Organisation:
    account: Account
    outputs: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, auth: str = "") -> tuple[int, Any]:
        """Status and document."""
        url = f"{self.account.endpoint}/_aws/execute-api/{self.outputs['RestAPIId']}/api{path}"
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if auth:
            headers["Authorization"] = auth
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 our own address
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 our own address
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def done(self, method: str, path: str, body: Any = None, auth: str = "") -> Any:
        """The document of a call below the organisation. Raises `Wrong` unless it succeeds."""
        status, answer = self.call(method, f"/v1/t/{TENANT}{path}", body, auth)
        if status >= 400:
            raise steps.RehearsalFailed(f"{method} {path}: {status} {answer}")
        return answer

    def act(self, number: str, who: str, act: str, **fields: Any) -> str:
        """The stage that it leads to."""
        path = f"/complaints/{number}/acts/{act}"
        stage: str = self.done("POST", path, {"fields": fields}, self.tokens[who])["stage"]
        return stage

    def sign_in(self, role: str) -> None:
        """The first time, with the password of the invitation."""
        email = address(role)
        found = [match[1] for mail in self.mails(email) if (match := _PASSWORD.search(mail["BodyText"]))]
        pool, client = self.outputs["UserPoolId"], self.outputs["UserPoolClientId"]
        token = people.sign_in(self.account.client("cognito-idp"), pool, client, email, found[-1])
        self.tokens[role] = f"Bearer {token}"

    def mails(self, to: str) -> list[dict[str, Any]]:
        url = self.account.endpoint + "/_ministack/ses/messages"
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 our own address
            sent = json.load(answer)["messages"].values()
        return [mail for mails in sent for mail in mails if to in mail["To"]]


def address(role: str) -> str:
    return f"{role}@{TENANT}.example"
