"""What the page on privacy says, and which tests show that a sentence is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from chalicelib.kit import catalogue
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process

Test = TypeVar("Test", bound=Callable[..., None])
NO_SENTENCES = ("privacy.title", "privacy.part.", "privacy.to.")
"""Headings, and parts of sentences."""


def names() -> set[str]:
    """Each sentence that the page can say."""
    found = {name for name in catalogue.texts("pages") if name.startswith("privacy.")}
    return {name for name in found if not name.startswith(NO_SENTENCES)}


def proves(*sentences: str) -> Callable[[Test], Test]:
    """The test shows that these sentences are true where the page says them."""

    def mark(test: Test) -> Test:
        test.proves = sentences  # type: ignore[attr-defined]
        return test

    return mark


def page(organisation: Organisation, language: str = "en") -> Browser:
    browser = Browser(in_process(organisation), language)
    browser.open(f"/t/{organisation.id}/privacy")
    assert browser.answer.status == 200, browser.answer.text
    return browser


def says(organisation: Organisation, name: str, language: str = "en") -> str | None:
    """The last value in the sentence, or the sentence itself if it has none; None if the page does not say it."""
    text = getattr(catalogue.texts("pages")[f"privacy.{name}"], language)
    pattern = "".join("(.+)" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", text))
    lines = page(organisation, language).page.text.split("\n")
    found = [match for line in lines if (match := re.match(pattern, line))]
    return found[0].group(found[0].re.groups) if found else None


def listed(organisation: Organisation, name: str, language: str = "zh") -> list[str]:
    """The names that the sentence lists."""
    said = says(organisation, name, language)
    assert said is not None, name
    return said.split("、" if language == "zh" else ", ")


def changed(world: InProcess, preset: str = "platform", **changes: object) -> Organisation:
    """An organisation that has changed these parts of the preset; None leaves one out."""
    office = sign_up(world, preset)
    policy = world.call("GET", f"/v1/presets/{preset}").json["policy"]
    del policy["examples"]
    policy = {name: part for name, part in {**policy, **changes}.items() if part is not None}
    answer = world.call("POST", f"{office.path}/policy/publish", {"policy": policy}, auth=office.auth("owner"))
    assert answer.status == 201, answer.text
    return office
