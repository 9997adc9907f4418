"""Cursors: valid unchanged, for the same query, for a day; otherwise refused with the same problem."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import DAY
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from tests.kernel.web.client import Frame


class Shelf(RequestDocument, frozen=True):
    stage: str | None = None
    limit: int = 20
    cursor: str | None = None


POSITION = {"pk": "T#acme#L#open", "sk": "9999#202611-000001"}


@pytest.fixture
def shelves(frame: Frame) -> Frame:
    """Two routes that respond with the requested position and a cursor for the next page."""
    for name in ("first", "second"):

        def shelf(call: Call) -> Reply:
            return Reply({"at": cursors.position(call, call.query.cursor), "next": cursors.sign(call, POSITION)})

        shelf.__name__ = name
        frame.api.route(
            f"/v1/t/{{tenant}}/{name}", method="GET", summary="Shelf", allow=["public", "receipt"], query=Shelf
        )(shelf)
    frame.fakes.wiring.states.states["other"] = "active"  # type: ignore[attr-defined]
    return frame


def given(shelves: Frame) -> str:
    cursor: str = shelves.send("GET", "/v1/t/acme/first?stage=new").json_body["next"]
    return cursor


def test_a_cursor_leads_to_where_the_next_page_starts(shelves: Frame) -> None:
    answer = shelves.send("GET", f"/v1/t/acme/first?stage=new&limit=5&cursor={given(shelves)}")

    assert answer.json_body["at"] == POSITION


def test_there_is_no_cursor_after_the_last_page(shelves: Frame) -> None:
    assert cursors.sign(None, None) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path",
    ["/v1/t/other/first?stage=new", "/v1/t/acme/second?stage=new", "/v1/t/acme/first?stage=old", "/v1/t/acme/first?"],
    ids=["another tenant", "another route", "another filter", "no filter"],
)
def test_a_cursor_is_refused_for_another_query(shelves: Frame, path: str) -> None:
    answer = shelves.send("GET", f"{path}&cursor={given(shelves)}")

    assert (answer.status_code, answer.json_body["type"]) == (400, "/v1/problems/invalid-cursor")


def test_a_cursor_is_refused_from_another_caller(shelves: Frame) -> None:
    answer = shelves.send(
        "GET", f"/v1/t/acme/first?stage=new&cursor={given(shelves)}", Authorization="Receipt k1.0123456789"
    )

    assert answer.json_body["type"] == "/v1/problems/invalid-cursor"


def other_payload(cursor: str) -> str:
    payload, tag = cursor.split(".")
    read: dict[str, Any] = msgspec.json.decode(base64.urlsafe_b64decode(payload + "=="))
    read["p"]["pk"] = "T#other#L#open"
    return base64.urlsafe_b64encode(msgspec.json.encode(read)).rstrip(b"=").decode() + "." + tag


@pytest.mark.parametrize(
    "forge",
    [
        other_payload,
        lambda cursor: cursor[:-4] + "AAAA",
        lambda cursor: cursor + "=",
        lambda cursor: cursor.split(".")[0],
        lambda cursor: cursor.split(".")[0] + ".",
        lambda cursor: "." + cursor.split(".")[1],
        lambda cursor: cursor + "." + cursor,
        lambda _: "",
        lambda _: "garbage",
        lambda _: "e30.e30",
        lambda _: "%E6%8A%95",
    ],
)
def test_a_forged_cursor_is_refused(shelves: Frame, forge: Callable[[str], str]) -> None:
    answer = shelves.send("GET", f"/v1/t/acme/first?stage=new&cursor={forge(given(shelves))}")

    assert (answer.status_code, answer.json_body["type"]) == (400, "/v1/problems/invalid-cursor")


def test_a_cursor_is_good_for_a_day_of_real_time(shelves: Frame) -> None:
    cursor = given(shelves)
    shelves.fakes.clock.advance(30 * DAY)
    shelves.fakes.real_clock.advance(DAY - 1)
    assert shelves.send("GET", f"/v1/t/acme/first?stage=new&cursor={cursor}").status_code == 200

    shelves.fakes.real_clock.advance(1)

    assert shelves.send("GET", f"/v1/t/acme/first?stage=new&cursor={cursor}").status_code == 400


def test_a_cursor_outlives_a_rotation_of_the_key(shelves: Frame) -> None:
    cursor = given(shelves)
    shelves.fakes.wiring.secrets.rotate("cursor")  # type: ignore[attr-defined]

    assert shelves.send("GET", f"/v1/t/acme/first?stage=new&cursor={cursor}").status_code == 200
