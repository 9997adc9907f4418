"""A world in which nothing is random: fixed times, keys that are made of their names, seeded bytes.

All of the program and of other tests' helpers that these fixtures need is imported here, in `stories` and in `dump`.
"""

from __future__ import annotations

import base64
import dataclasses
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

import aws_encryption_sdk  # noqa: F401 - asks for random bytes when it is imported
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from chalicelib.crypto.data_keys import DataKeys
from chalicelib.crypto.sealing import EncryptionSdkSealer
from chalicelib.instants import from_text
from chalicelib.workers import entries
from tests.clauses.world import InProcess
from tests.compatibility import recorded_presets
from tests.compatibility.first_edition import FirstEdition
from tests.fakes.client import Answer
from tests.fakes.identity import id_token
from tests.fakes.vault import FakeVault
from tests.fakes.wiring import Fakes, fakes

START = "2026-11-27T09:00:00+08:00"
"""A Friday. Real time stands still here; the domain's clock is moved."""
PURPOSES = ("receipt", "cursor", "lookup")
"""Of the deployment's keys."""


MOST = 10_000
"""Requests and sweeps of a scenario, or messages: many times what there are, where the code does not go in circles."""
QUEUES = {entries.wake: "due", entries.park: "due, given up", entries.effects: "effects", entries.hooks: "hooks"}


@contextmanager
def seeded(seed: str) -> Iterator[None]:
    """The operating system's random bytes are the seed's: for `uuid`, `secrets`, and the AWS Encryption SDK."""
    source = random.Random(seed)
    with patch("os.urandom", source.randbytes), patch("random._urandom", source.randbytes):
        yield


class OpenKms:
    """AWS KMS as `FakeKms` plays it, for other processes too: a wrapped key is the key itself and its context."""

    def generate_data_key(self, **asked: Any) -> Any:
        plain = random.Random(f"data key of {self._context(asked)}").randbytes(32)
        return {"Plaintext": plain, "CiphertextBlob": plain + self._context(asked).encode()}

    def decrypt(self, **asked: Any) -> Any:
        plain, context = asked["CiphertextBlob"][:32], asked["CiphertextBlob"][32:]
        if context.decode() != self._context(asked):
            raise ValueError("InvalidCiphertextException")
        return {"Plaintext": plain}

    @staticmethod
    def _context(asked: dict[str, Any]) -> str:
        return str(sorted(asked["EncryptionContext"].items()))


class OpensOnce(EncryptionSdkSealer):
    """Opens each value once, because many readers ask for it, and the AWS Encryption SDK takes a millisecond."""

    def __init__(self, keys: DataKeys) -> None:
        super().__init__(keys)
        self._opened: dict[tuple[str, str, str], bytes] = {}

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes:
        value = tenant, complaint, sealed
        if value not in self._opened:
            self._opened[value] = super().open(*value)
        return self._opened[value]

    def erase_key(self, tenant: str) -> None:
        self._opened.clear()
        super().erase_key(tenant)


class FixedSigner:
    """`ports.Signer` with one key for ever, and without a random number in its signatures (RFC 6979)."""

    def __init__(self) -> None:
        self._key = ec.derive_private_key(0x5EED, ec.SECP256R1())

    def sign(self, message: bytes) -> str:
        return base64.b64encode(self._key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))).decode()

    def public_key(self) -> str:
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


class _Part(bytes):
    """The fake vault names a part by its hash, which is another in each process where it is that of bytes."""

    def __hash__(self) -> int:
        return zlib.crc32(self)


class FixedVault(FakeVault):
    def part(self, key: str, upload: str, number: int, body: bytes) -> str:
        return super().part(key, upload, number, _Part(body))


def fixed() -> Fakes:
    """Fresh fakes at the beginning of time. Particulars are sealed as in earnest."""
    made = fakes(policies=FirstEdition(), signer=FixedSigner())
    for clock in (made.clock, made.real_clock):
        clock.move_to(from_text(START))
    for purpose in PURPOSES:
        with seeded(f"key for {purpose}"):
            made.wiring.secrets.current(purpose)
    sealer = OpensOnce(DataKeys(made.store, OpenKms, "arn:aws:kms:eu-central-1:123456789012:key/k"))
    vault = FixedVault(made.objects)
    return dataclasses.replace(made, vault=vault, wiring=replace(made.wiring, sealer=sealer, vault=vault))


class FixedWorld(InProcess):
    """The app's own dispatch on the memory store. No part of it is taken from what other tests founded."""

    as_shipped = False
    reconciles_later = False

    def __init__(self) -> None:
        super().__init__(START)
        self.fakes = fixed()
        self._turns = 0
        self.delivered: list[tuple[str, str, str]] = []
        """Queue, tenant and body of each message that was handled."""

    def call(self, method: str, path: str, *rest: Any, **more: Any) -> Answer:
        with self._apart(f"{method} {path}"):
            return recorded_presets.answered(method, path, super().call(method, path, *rest, **more))

    def sweep(self) -> None:
        with self._apart("sweep"):
            super().sweep()

    @contextmanager
    def _apart(self, what: str) -> Iterator[None]:
        """With a seed of its own, so that bytes that one request asks for in another order change no other's."""
        self._turns += 1
        assert max(self._turns, len(self.delivered)) < MOST, "this has no end"
        with seeded(f"{self._turns} {what}"):
            yield

    def _failed(self, function: Callable[..., Any], messages: Sequence[Any]) -> list[int]:
        assert len(self.delivered) < MOST, "this has no end"
        self.delivered += [(QUEUES[function], message.tenant, message.body) for message in messages]
        return super()._failed(function, messages)

    def park_at(self, when: str) -> None:
        """What is due then is given up by its worker, as after five failures."""
        self.jump_to(when)
        entries.sweep(self.fakes.wiring)
        waiting = self.fakes.due.waiting
        assert waiting, "nothing was due"
        while waiting:
            self._deliver(entries.park, waiting.popleft())


class LaterWorld(FixedWorld):
    """The same after a pause: another process, with the clock where it was and the stream read to its end."""

    def __init__(self, now: int, filled: Fakes) -> None:
        super().__init__()
        self.fakes = filled
        self.fakes.clock.move_to(now)
        self.forget()


@cache
def token_of(sub: str) -> str:
    """A good ID token at the beginning of time. Its signature has no random number, so each is made once."""
    return id_token(sub, now=from_text(START))
