"""Receipts are computed from the server key, the complaint and the filing's key: those in use must stay the same."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.crypto import receipts
from chalicelib.store.keys import CaseRef
from tests.helpers.fakes.secrets import FakeSecrets
from tests.helpers.searches import searching

REF, OTHER = CaseRef("acme", "202611-000001"), CaseRef("acme", "202611-000002")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WITH_CHECK = CROCKFORD + "*~$=U"


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


def tag(secrets: FakeSecrets, *parts: str) -> str:
    """HMAC-SHA-256 over the JSON of the parts, with the current key."""
    text = json.dumps(parts, separators=(",", ":")).encode()
    raw = hmac.new(secrets.current("receipt").secret, text, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def issued(secrets: FakeSecrets, filing_key: str = "filing-key") -> tuple[str, str]:
    """The receipt and its stored form."""
    receipt, key_id = receipts.issue(secrets, REF, filing_key)
    return receipt, receipts.keyed_hash(secrets, REF, receipt, key_id)


def by_definition(symbols: str) -> str:
    """The check symbol: the remainder of the number by 37."""
    number = sum(CROCKFORD.index(one) * 32**place for place, one in enumerate(reversed(symbols)))
    return WITH_CHECK[number % 37]


def test_a_receipt_is_four_groups_of_base_32_and_ends_in_its_check_symbol(secrets: FakeSecrets) -> None:
    for place in range(200):
        receipt, _ = issued(secrets, f"key-{place}")
        symbols = receipt.replace("-", "")

        assert re.fullmatch(f"[{CROCKFORD}]{{4}}(-[{CROCKFORD}]{{4}}){{3}}", receipt)
        assert by_definition(symbols[:-1]) == symbols[-1]


def test_the_stored_form_is_the_key_and_a_keyed_hash(secrets: FakeSecrets) -> None:
    receipt, stored = issued(secrets)

    assert stored == f"k1.{tag(secrets, 'kept', 'acme', '202611-000001', receipt.replace('-', ''))}"


def test_a_receipt_opens_its_complaint_alone(secrets: FakeSecrets) -> None:
    receipt, stored = issued(secrets)
    asked = [(REF, receipt), (OTHER, receipt), (REF, receipt + "x"), (REF, ""), (REF, "k9.x")]

    assert [receipts.matches(secrets, ref, text, stored) for ref, text in asked] == [True, False, False, False, False]


def _alike(receipt: str) -> list[str]:
    return [
        receipt.lower(),
        receipt.replace("-", ""),
        receipt.replace("-", " "),
        f" {receipt} ",
        receipt.replace("-", "—"),
        "".join(chr(ord(one) + 0xFEE0) for one in receipt),  # full width, as keyboards for Chinese type
        receipt.replace("0", "O").replace("1", "I"),
        receipt.replace("0", "o").replace("1", "l"),
    ]


def test_a_receipt_may_be_typed_as_people_type(secrets: FakeSecrets) -> None:
    keys = [f"key-{place}" for place in range(40)]
    found = [issued(secrets, key) for key in keys]

    assert {"0", "1"} <= {one for receipt, _ in found for one in receipt}
    for receipt, stored in found:
        assert [text for text in _alike(receipt) if not receipts.matches(secrets, REF, text, stored)] == []


def test_a_receipt_of_the_first_form_stays_valid(secrets: FakeSecrets) -> None:
    receipt = f"k1.{tag(secrets, 'receipt', 'acme', '202611-000001', 'filing-key')}"
    stored = f"k1.{tag(secrets, 'kept', 'acme', '202611-000001', receipt)}"

    assert receipts.matches(secrets, REF, receipt, stored)
    assert not receipts.matches(secrets, REF, receipt.upper(), stored)
    assert receipts.slip(receipt) is None


@searching(300)
@given(filing_key=st.integers(), place=st.integers(0, receipts.LENGTH - 1), other=st.sampled_from(CROCKFORD))
def test_each_wrong_symbol_is_a_slip(filing_key: int, place: int, other: str) -> None:
    receipt = issued(FakeSecrets(), str(filing_key))[0].replace("-", "")
    typed = receipt[:place] + other + receipt[place + 1 :]

    assert receipts.slip(typed) == (None if typed == receipt else "check")


@searching(300)
@given(filing_key=st.integers(), place=st.integers(0, receipts.LENGTH - 2))
def test_two_symbols_in_the_wrong_order_are_a_slip(filing_key: int, place: int) -> None:
    receipt = issued(FakeSecrets(), str(filing_key))[0].replace("-", "")
    typed = receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]

    assert receipts.slip(typed) == (None if typed == receipt else "check")


@pytest.mark.parametrize(
    ("typed", "slip"),
    [("", "length"), ("K7QF", "length"), ("K7QF-2M9X-04TC-HB6W-1", "length"), ("K7QF-2M9X-04TC-HB6?", "symbol")],
)
def test_what_cannot_be_a_receipt_is_said(typed: str, slip: str) -> None:
    assert receipts.slip(typed) == slip


def test_a_complaint_without_a_receipt_is_opened_by_none(secrets: FakeSecrets) -> None:
    assert not receipts.matches(secrets, REF, "", "")
    assert receipts.keyed_hash(secrets, REF, "K7QF", "unknown") == ""


def test_a_receipt_stays_the_same_when_the_server_key_is_rotated(secrets: FakeSecrets) -> None:
    receipt, key = receipts.issue(secrets, REF, "filing-key")
    stored = receipts.keyed_hash(secrets, REF, receipt, key)
    secrets.rotate("receipt")

    assert receipts.issue(secrets, REF, "filing-key", key) == (receipt, key)
    assert receipts.issue(secrets, REF, "filing-key")[1] == "k2"
    assert receipts.matches(secrets, REF, receipt, stored)


def test_a_receipt_of_a_key_that_is_gone_cannot_be_issued(secrets: FakeSecrets) -> None:
    with pytest.raises(LookupError):
        receipts.issue(secrets, REF, "filing-key", "k9")
