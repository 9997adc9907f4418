"""Outgoing HTTP that stays here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.ports import DeliveryFailed


class Posted(NamedTuple):
    url: str
    headers: dict[str, str]
    body: bytes


class FakePoster:
    """`ports.Poster`: `status` is what receivers answer, None that nobody does; 500 to what they are `unable` to take,
    by its `webhook-id`."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.tried = 0
        self.status: int | None = 204
        self.unable: set[str] = set()

    def fault(self, url: str) -> str | None:
        return None if url.startswith("https://") else "must begin with https://"

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.tried += 1
        if self.status is None:
            raise DeliveryFailed("no answer: ConnectionRefusedError")
        if headers["webhook-id"] in self.unable:
            return 500
        self.posted.append(Posted(url, dict(headers), body))
        return self.status
