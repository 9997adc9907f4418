"""A small client of the service's HTTP API, used to create the demonstration tenants."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
import uuid
from typing import Any
from urllib.parse import quote

_PASSWORD = re.compile(r"^(?:Password: |密码：)(.+)$", re.MULTILINE)


def password_in(mail: str) -> str | None:
    """The password in the text of an invitation, in either language. None if it has none."""
    found = _PASSWORD.search(mail)
    return None if found is None else found[1]


class RequestFailed(RuntimeError):
    """The API responded with an error."""


class ApiClient:
    """Sends and receives JSON. Raises `RequestFailed` for a status of 400 or above."""

    def __init__(self, url: str) -> None:
        """`url` starts with http://127.0.0.1."""
        self.url = url

    def get(self, path: str, token: str | None = None) -> Any:
        return self._call("GET", path, None, token)

    def post(self, path: str, body: Any, token: str | None = None) -> Any:
        """Posts JSON with a new `Idempotency-Key`, and returns the decoded answer."""
        return self._call("POST", path, json.dumps(body).encode(), token)

    def sign_in(self, email: str, password: str) -> str:
        """The person's ID token. A temporary password becomes the permanent one."""
        token: str = self.post("/_local/token", {"email": email, "password": password})["token"]
        return token

    def password(self, email: str) -> str:
        """The password in the latest invitation to the address."""
        mails = self.get(f"/_local/mail?to={quote(email)}")["mails"]
        found = [password for mail in mails if (password := password_in(mail["text"]))]
        if not found:
            raise RequestFailed(f"no invitation with a password was sent to {email}")
        return found[-1]

    def _call(self, method: str, path: str, body: bytes | None, token: str | None) -> Any:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.url + path, body, headers, method=method)  # noqa: S310 our own address
        try:
            with urllib.request.urlopen(request) as response:  # noqa: S310 our own address
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise RequestFailed(f"{method} {path}: {error.code} {error.read().decode('utf-8', 'replace')}") from None
