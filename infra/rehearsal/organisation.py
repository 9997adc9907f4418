"""The organisation in the rehearsal: API calls, sign-ins and sent emails."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

from infra.local import people
from infra.local.api_client import password_in
from infra.rehearsal import steps
from infra.rehearsal.aws import RehearsedAccount

TENANT = "rehearsal"
_TIMEOUT_SECONDS = 60
"""Long, because a function's first call starts a process."""


@dataclass(frozen=True, slots=True)
class RehearsedOrganisation:
    account: RehearsedAccount
    outputs: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, auth: str = "") -> tuple[int, Any]:
        """Sends a request. Returns status and JSON body, or the text of an error."""
        url = f"{self.account.endpoint}/_aws/execute-api/{self.outputs['RestAPIId']}/api{path}"
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if auth:
            headers["Authorization"] = auth
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 our own address
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 our own address
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def succeed(self, method: str, path: str, body: Any = None, auth: str = "") -> Any:
        """Calls a path of the organisation. Returns the JSON body. Raises `RehearsalFailed` for an error status."""
        status, answer = self.call(method, f"/v1/t/{TENANT}{path}", body, auth)
        if status >= 400:
            raise steps.RehearsalFailed(f"{method} {path}: {status} {answer}")
        return answer

    def act(self, number: str, who: str, act: str, **fields: Any) -> str:
        """Performs an act. Returns the complaint's stage afterwards."""
        path = f"/complaints/{number}/acts/{act}"
        stage: str = self.succeed("POST", path, {"fields": fields}, self.tokens[who])["stage"]
        return stage

    def sign_in(self, role: str) -> None:
        """First sign-in, with the password in the invitation."""
        email = address(role)
        found = [password for mail in self.mails(email) if (password := password_in(mail["BodyText"]))]
        pool, client = self.outputs["UserPoolId"], self.outputs["UserPoolClientId"]
        token = people.sign_in(self.account.client("cognito-idp"), pool, client, email, found[-1])
        self.tokens[role] = f"Bearer {token}"

    def mails(self, to: str) -> list[dict[str, Any]]:
        url = self.account.endpoint + "/_ministack/ses/messages"
        with urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 our own address
            sent = json.load(answer)["messages"].values()
        return [mail for mails in sent for mail in mails if to in mail["To"]]


def address(role: str) -> str:
    return f"{role}@{TENANT}.example"
