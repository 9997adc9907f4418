"""Problem documents in the language that the request prefers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chalice.test import HTTPResponse

from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.web.call import Call, Reply
from tests.clauses.world import InProcess
from tests.kernel.web.client import Frame

CHINESE = "zh-CN,zh;q=0.9,en;q=0.8"


class Counts(RequestDocument, frozen=True):
    most: int


@pytest.fixture
def refusing(frame: Frame) -> Frame:
    place = Place("/stage", Text("must be one of: {known}", known="{open}, is required"))

    @frame.api.route("/v1/t/{tenant}/refuses", method="GET", summary="Refuses", allow=["public"], problems=["invalid"])
    def refuses(_: Call) -> Reply:
        raise Problem("invalid", "Some values are missing or not of the kind that is needed.", places=[place])

    return frame


def _body(answer: HTTPResponse) -> Any:
    return json.loads(answer.body)


def test_titles_details_and_places_are_chinese_for_a_chinese_reader(refusing: Frame) -> None:
    answer = refusing.send("GET", "/v1/t/acme/refuses", Accept_Language=CHINESE)

    body = _body(answer)
    assert (body["title"], body["detail"]) == ("内容不符合要求", "有些值缺失，或类型不符。")
    assert body["errors"] == [{"pointer": "/stage", "detail": "须为以下之一：{open}, is required"}]
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == ("zh", "Accept-Language")


@pytest.mark.parametrize("accepted", [{}, {"Accept_Language": "en-GB, zh;q=0.5"}, {"Accept_Language": "fr"}])
def test_everybody_else_gets_the_english_text(refusing: Frame, accepted: dict[str, str]) -> None:
    answer = refusing.send("GET", "/v1/t/acme/refuses", **accepted)

    body = _body(answer)
    assert (body["title"], body["errors"][0]["detail"]) == (
        "The content is invalid",
        "must be one of: {open}, is required",
    )
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == ("en", "Accept-Language")


def test_the_language_changes_nothing_but_the_texts(refusing: Frame) -> None:
    english, chinese = (
        _body(refusing.send("GET", "/v1/t/acme/refuses", Accept_Language=language, X_Correlation_Id="12345678"))
        for language in ("en", "zh")
    )

    assert list(english) == list(chinese)
    assert {name for name in english if english[name] != chinese[name]} == {"title", "detail", "errors"}


def test_vary_names_the_origin_too_where_origins_are_restricted(refusing: Frame) -> None:
    answer = refusing.send("GET", "/v1/t/paused/refuses", Origin="https://shop.example")

    assert answer.headers["Vary"] == "Accept-Language, Origin"


@pytest.mark.parametrize(
    ("method", "path", "detail"),
    [("GET", "/v2", "这个网址没有对应的内容。"), ("DELETE", "/v1/health", "该路径不支持此请求方法。")],
)
def test_what_no_route_answers_is_refused_in_chinese(method: str, path: str, detail: str) -> None:
    answer = InProcess("2026-11-27T09:00:00+08:00").call(method, path, headers={"Accept-Language": "zh"})

    assert answer.json["detail"] == detail


def test_an_invalid_body_is_refused_in_chinese(frame: Frame) -> None:
    @frame.api.route(
        "/v1/counts", method="POST", summary="Counts", allow=["public"], request=Counts, idempotency="none"
    )
    def counts(_: Call) -> Reply:
        return Reply({})

    answer = frame.send("POST", "/v1/counts", {"most": "b"}, Accept_Language="zh")

    assert _body(answer)["errors"] == [{"pointer": "/most", "detail": "应为 `int`，实际为 `str`"}]


def test_a_successful_answer_has_no_language(frame: Frame) -> None:
    @frame.api.route("/v1/things", method="GET", summary="Things", allow=["public"])
    def things(_: Call) -> Reply:
        return Reply({})

    assert "Content-Language" not in frame.send("GET", "/v1/things", Accept_Language="zh").headers
