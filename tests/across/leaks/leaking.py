"""Tests that leak, and some that do not. `test_plugin` runs them in a separate pytest."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from chalice.app import Response

from chalicelib.kit import observability
from chalicelib.kit.mail import Mail
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Unavailable
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.gateway_event import GatewayRequest
from chalicelib.web.pages import errors
from chalicelib.web.pages.rendering import post_form
from chalicelib.web.request_parts import FORM_TYPE
from tests.across.leaks import planted
from tests.helpers.fakes.identity import FakeIdentity, id_token
from tests.helpers.fakes.mailer import FakeMailer
from tests.helpers.fakes.wiring import ADDRESS
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


def sending(broken: Callable[[str], str]) -> None:
    """Sends a form, which is answered by the page of an error that passes. `broken`: the page as it is shown."""
    frame, typed = Frame(), {"phone": PHONE, "text": f"{CONTENT}\r\n <form>"}

    def page(problem: Problem, request: GatewayRequest) -> Response:
        response = errors.error_page(problem, request)
        return Response(broken(str(response.body)), response.headers, response.status_code)

    frame.api = Api("redress", lambda: frame.fakes.wiring, error_page=page)

    @post_form(frame.api, "/t/{tenant}/tell", "Tells")
    def tell(_: Call) -> Reply:
        raise Unavailable

    planted.sent({}, {"facts": {"complainant.phone": PHONE, "content": CONTENT}})
    own = {"Accept": "text/html", "Origin": ADDRESS, "Sec_Fetch_Site": "same-origin", "Content_Type": FORM_TYPE}
    answer = frame.send("POST", "/t/acme/tell", urlencode(typed).encode(), **own)
    assert answer.status_code == 503


def test_form_that_is_sent_again() -> None:
    sending(lambda page: page)


BREAKS: dict[str, tuple[str, str]] = {
    "a field more": ("</form>", '<input type="hidden" name="name" value="Lin"></form>'),
    "another value": (f'value="{PHONE}"', 'value="13900000000"'),
    "a field less": (f'<input type="hidden" name="phone" value="{PHONE}">', ""),
    "a text": ("</form>", "<p>Lin has written before.</p></form>"),
    "an attribute": ('class="button"', 'class="button" value="Lin"'),
    "another address": ('class="button"', 'class="button" formaction="https://other.example"'),
    "a comment": ("</form>", "<!-- Lin --></form>"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_form_that_is_sent_again_with(name: str) -> None:
    usual, instead = BREAKS[name]
    sending(lambda page: page.partition('class="kept"')[0] + 'class="kept"' + kept(page).replace(usual, instead, 1))


def kept(page: str) -> str:
    return page.partition('class="kept"')[2]


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
