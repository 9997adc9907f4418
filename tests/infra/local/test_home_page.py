"""The first page of a local stack lists the demonstration organisations, and no other page does."""

from __future__ import annotations

import pytest

from infra.local.demo.home_page import is_first_page, with_demonstration
from infra.local.http import LocalRequest, Response
from tests.kernel.web.pages.document import read

TENANTS = [
    {
        "slug": "demo-shop",
        "preset": "platform",
        "people": [
            {
                "email": "owner@demo-shop.example",
                "password": "<b>secret&",
                "sign_in": "/_local/sign-in?email=owner",
                "roles": ["owner", "director"],
            }
        ],
    }
]
PAGE = '<html lang="en"><body><main><h1>Complaints</h1></main></body></html>'


def page(text: str = PAGE, language: str = "en") -> Response:
    return Response(200, [("Content-Language", language)], text.encode())


def test_it_lists_organisations_with_people_and_passwords() -> None:
    found = read(with_demonstration(page(), TENANTS).body.decode())
    assert ("/t/demo-shop", "demo-shop") in found.links
    assert ("/_local/sign-in?email=owner", "owner@demo-shop.example") in found.links
    assert "<b>secret&" in found.texts


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "本机演示"), ("en", "Demonstration on this machine")])
def test_it_has_the_language_of_the_page(language: str, title: str) -> None:
    assert title in with_demonstration(page(language=language), TENANTS).body.decode()


def test_what_is_no_page_stays_as_it_is() -> None:
    assert with_demonstration(page("{}"), TENANTS).body == b"{}"
    assert with_demonstration(page(), []).body == PAGE.encode()


@pytest.mark.parametrize(
    ("method", "target", "is_first"),
    [("GET", "/", True), ("GET", "/?lang=en", True), ("POST", "/", False), ("GET", "/sign-up", False)],
)
def test_only_the_first_page_has_them(method: str, target: str, is_first: bool) -> None:
    assert is_first_page(LocalRequest(method, target, {}, b"")) is is_first
