"""Tests that leak, and some that do not. `test_plugin` runs them in a separate pytest."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest

from chalicelib.kit import observability
from chalicelib.kit.mail import Mail
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from tests.across.leaks import planted
from tests.fakes.identity import FakeIdentity, id_token
from tests.fakes.mailer import FakeMailer
from tests.kernel.web.client import Frame

PATH = "/v1/t/acme/leaks"
PHONE = "13800000000"
CONTENT = "The parcel came three days late."


def answering(text: str, status: int) -> Frame:
    """An HTTP frame with a route that responds with this text, as a success or as a problem."""
    frame = Frame()

    @frame.api.route("/v1/t/{tenant}/leaks", method="POST", summary="Leaks", allow=["public"], problems=["conflict"])
    def leaks(_: Call) -> Reply:
        if status == 409:
            raise Problem("conflict", f"Not now: {text}")
        return Reply({"receipt": text})

    return frame


def test_clean() -> None:
    FakeMailer().send("lin@shop.example", Mail("en", "Subject", ["Text"]))
    answer = answering(f"k1.{'r' * 43}", 200).send("POST", PATH, Idempotency_Key="key-0001-0001")
    observability.info("answered", tenant="acme", status=answer.status_code)


@pytest.fixture(scope="module")
def signed_in() -> str:
    return id_token("sub-2")


def test_first_of_a_module(signed_in: str) -> None:
    assert signed_in


def test_token_of_a_modules_first_test_in_a_log(signed_in: str) -> None:
    observability.error(f"bad token {signed_in}")


def test_token_in_a_log() -> None:
    observability.error(f"bad token {id_token('sub-1')}")


def test_token_in_the_log_of_a_library() -> None:
    logging.getLogger("botocore").warning("bad token %s", id_token("sub-3"))


def test_password_on_standard_output() -> None:
    identity = FakeIdentity()
    sys.stdout.write(f"made {identity.invite('lin@shop.example').password}\n")


def test_key_in_an_error() -> None:
    answering("key-0001-0001", 409).send("POST", PATH, Idempotency_Key="key-0001-0001")


def test_receipt_that_was_shown_in_a_log() -> None:
    receipt = f"k1.{'r' * 43}"
    answering(receipt, 200).send("POST", PATH)
    observability.info(f"filed with {receipt}")


@pytest.mark.parametrize("leaked", [PHONE, CONTENT])
def test_fact_in_an_error(leaked: str) -> None:
    facts: dict[str, Any] = {"complainant.phone": PHONE, "content": CONTENT}
    planted.sent({}, {"facts": facts})
    answering(leaked, 409).send("POST", PATH)


def test_id_of_a_person_shown_to_a_party() -> None:
    answering(FakeIdentity().find_or_create("lin@shop.example"), 200).send(
        "POST", PATH, Authorization=f"Receipt k1.{'r' * 43}"
    )
