"""Policies as YAML (`Accept: application/yaml`): the author's text, or one that says the same as what came as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.policy import presets, publishing
from chalicelib.policy.reading import source, yaml_writing
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.helpers.searches import searching
from tests.policies.drafts.shop import DOCUMENT, DRAFT, PUBLISH, ask, saved

EXAMPLES = sorted((Path(__file__).parents[3] / "docs/examples").glob("*.yaml"))
TEXTS = {
    **{name: presets.text(name) for name in presets.names()},
    **{path.stem: path.read_text() for path in EXAMPLES},
}
COMMENTED = "# 自拟\n" + presets.text("corporate-standard")
YAML = "application/yaml"


def as_yaml(shop: Organisation, path: str, who: str = "owner") -> Answer:
    answer = ask(shop, "GET", path, who=who, Accept=YAML)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Vary"]) == (200, YAML, "Accept")
    return answer


def test_a_version_keeps_the_text_of_its_author(shop: Organisation) -> None:
    assert ask(shop, "POST", PUBLISH, {"policy": COMMENTED}).status == 201
    assert as_yaml(shop, "/policy/versions/2").text == COMMENTED


def test_the_text_of_a_draft_survives_its_publication(shop: Organisation) -> None:
    ask(shop, "PUT", DRAFT, {"policy": COMMENTED})
    before = as_yaml(shop, DRAFT)
    assert ask(shop, "POST", PUBLISH, {}).status == 201
    assert (before.text, as_yaml(shop, "/policy/versions/2").text) == (COMMENTED, COMMENTED)
    assert before.headers["ETag"]


def test_every_member_reads_the_text_in_force(shop: Organisation) -> None:
    ask(shop, "POST", PUBLISH, {"policy": COMMENTED})
    assert as_yaml(shop, "/policy", who="agent").text == COMMENTED


def test_a_version_that_is_a_preset_has_its_text(shop: Organisation) -> None:
    assert as_yaml(shop, "/policy/versions/1").text == presets.text("corporate-standard")


def test_a_version_that_came_as_json_has_a_text_that_says_the_same(shop: Organisation) -> None:
    assert ask(shop, "POST", PUBLISH, {"policy": DOCUMENT}).status == 201
    text = as_yaml(shop, "/policy/versions/2").text
    assert publishing.prepare(text).body == publishing.prepare(DOCUMENT).body


def test_a_draft_that_came_as_json_has_a_text_that_says_the_same(shop: Organisation) -> None:
    saved(shop)
    assert source.read(as_yaml(shop, DRAFT).text) == DOCUMENT


def test_json_is_the_default(shop: Organisation) -> None:
    for accept in ("*/*", "application/json, application/yaml"):
        assert ask(shop, "GET", "/policy", Accept=accept).json["version"] == "1"


def test_a_preset_has_its_text(shop: Organisation) -> None:
    answer = shop.world.call("GET", "/v1/presets/platform", headers={"Accept": YAML})
    assert answer.text == presets.text("platform")


@pytest.mark.parametrize("name", list(TEXTS))
def test_the_text_of_a_version_says_what_the_version_says(name: str) -> None:
    body = publishing.prepare(TEXTS[name]).body
    assert publishing.prepare(yaml_writing.of_version(body)).body == body


def test_a_version_with_words_of_a_later_release_is_written_with_all_its_values() -> None:
    text = yaml_writing.of_version(b'{"language":1,"later_word":{"b":null,"a":[]}}')
    assert source.read(text) == {"language": 1, "later_word": {"b": None, "a": []}}


_NAMES = some.text(some.characters(exclude_categories=["Cs"]), max_size=140)
_SCALARS = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(10**14), 10**14),
    some.decimals(-(10**9), 10**9, places=3).map(float),
    _NAMES,
    some.sampled_from(["yes", "no", "null", "~", "true", "1", "-0", "1.5", "2026-12-24", "<<", "=", "|", "a: b", "#"]),
)
_VALUES = some.recursive(
    _SCALARS, lambda inner: some.one_of(some.lists(inner, max_size=4), some.dictionaries(_NAMES, inner, max_size=4))
)


@pytest.mark.slow
@searching(4000)
@given(some.dictionaries(_NAMES, _VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_as_the_same_values(values: dict[str, Any]) -> None:
    text = yaml_writing.of_values(values)
    assert source.read(text) == values
    assert list(source.read(text)) == list(values)
