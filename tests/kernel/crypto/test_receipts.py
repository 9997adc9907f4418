"""Receipts are computed from the server key, the complaint and the filing's key: those in use must stay the same."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from chalicelib.crypto import receipts
from chalicelib.store.keys import CaseRef
from tests.fakes.secrets import FakeSecrets

REF, OTHER = CaseRef("acme", "202611-000001"), CaseRef("acme", "202611-000002")


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


def tag(secrets: FakeSecrets, *parts: str) -> str:
    """HMAC-SHA-256 over the JSON of the parts, with the current key."""
    text = json.dumps(parts, separators=(",", ":")).encode()
    raw = hmac.new(secrets.current("receipt").secret, text, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_receipt_is_the_key_and_a_code_of_the_filing(secrets: FakeSecrets) -> None:
    receipt, key = receipts.issue(secrets, REF, "filing-key")
    assert (receipt, key) == (f"k1.{tag(secrets, 'receipt', 'acme', '202611-000001', 'filing-key')}", "k1")
    stored = receipts.keyed_hash(secrets, REF, receipt)
    assert stored == f"k1.{tag(secrets, 'kept', 'acme', '202611-000001', receipt)}"


def test_a_receipt_opens_its_complaint_alone(secrets: FakeSecrets) -> None:
    receipt, _ = receipts.issue(secrets, REF, "filing-key")
    stored = receipts.keyed_hash(secrets, REF, receipt)
    asked = [(REF, receipt), (OTHER, receipt), (REF, receipt + "x"), (REF, ""), (REF, "k9.x")]
    assert [receipts.matches(secrets, ref, text, stored) for ref, text in asked] == [True, False, False, False, False]


def test_a_complaint_without_a_receipt_is_opened_by_none(secrets: FakeSecrets) -> None:
    assert not receipts.matches(secrets, REF, "", "")
    assert receipts.keyed_hash(secrets, REF, "unknown.receipt") == ""


def test_a_receipt_stays_the_same_when_the_server_key_is_rotated(secrets: FakeSecrets) -> None:
    receipt, key = receipts.issue(secrets, REF, "filing-key")
    stored = receipts.keyed_hash(secrets, REF, receipt)
    secrets.rotate("receipt")
    assert receipts.issue(secrets, REF, "filing-key", key) == (receipt, key)
    assert receipts.issue(secrets, REF, "filing-key")[1] == "k2"
    assert receipts.matches(secrets, REF, receipt, stored)


def test_a_receipt_of_a_key_that_is_gone_cannot_be_issued(secrets: FakeSecrets) -> None:
    with pytest.raises(LookupError):
        receipts.issue(secrets, REF, "filing-key", "k9")
