"""A webhook client that records requests instead of sending them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.features.messages.webhooks.webhook_http import WebhookPoster
from chalicelib.ports import DeliveryFailed


class Posted(NamedTuple):
    url: str
    headers: dict[str, str]
    body: bytes


class FakePoster:
    """`ports.Poster`. Receivers respond with `status`; None means no response. `unable`: the values of `webhook-id` for
    which they respond with 500."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.tried = 0
        self.status: int | None = 204
        self.unable: set[str] = set()

    def fault(self, url: str) -> str | None:
        return WebhookPoster().fault(url)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.tried += 1
        if self.status is None:
            raise DeliveryFailed("no answer: ConnectionRefusedError")
        if headers["webhook-id"] in self.unable:
            return 500
        self.posted.append(Posted(url, dict(headers), body))
        return self.status
