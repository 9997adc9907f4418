"""What a refused act or value needs is said in words, for each condition of the presets and examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chalicelib.complaints.acting import unmet
from chalicelib.policy import presets, publishing
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from tests.helpers.fakes.prepared_presets import prepared

EXAMPLES = sorted((Path(__file__).parents[4] / "docs/examples").glob("*.yaml"))


def conditions(part: Any) -> Iterator[Condition]:
    """All in the part of a document."""
    if isinstance(part, msgspec.Struct):
        when = getattr(part, "when", {})
        yield from when if isinstance(when, list) else [when]
        part = msgspec.structs.asdict(part)
    if isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from conditions(one)


def said(document: PolicyDocument, when: Condition, case: dict[str, str]) -> str:
    return unmet.of_act(document, unmet.failing(when, case), case, (), in_time=True).zh


def without_words(document: PolicyDocument) -> set[tuple[str, str]]:
    """The names of conditions, with a value of a case that fails them."""
    possible = DefinedNames.of(document).possible
    return {
        (name, value)
        for when in conditions(document)
        for name, values in when.items()
        for value in {*possible.get(name, ()), "none"} - {*values}
        if "其他条件" in said(document, {name: values}, {name: value})
    }


@pytest.mark.parametrize("name", presets.names())
def test_of_a_preset(name: str) -> None:
    document = prepared(name).document
    assert list(conditions(document))

    assert without_words(document) == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))
def test_of_an_example(path: Path) -> None:
    assert without_words(publishing.prepare(path.read_text("utf-8")).document) == set()


def test_a_flag_with_the_ground_of_a_refusal() -> None:
    document = prepared("telecom-regulator").document

    found = said(document, {"refused_for": ["no_evidence"]}, {"refused_for": "out_of_scope"})

    assert found == "不予受理的理由：未提供证据材料"


def test_the_third_complaint_about_the_same_matter() -> None:
    written = presets.document("telecom-regulator")
    repeats = {"same": "complainant", "within": "1 calendar year"}
    document = publishing.prepare({**written, "intake": {**written["intake"], "repeats": repeats}}).document

    found = unmet.of_act(document, {"repeat": ["second", "third"]}, {"repeat": "first"}, (), in_time=True)

    assert found.zh == "就同一事项的投诉次数：第二次或第三次及以后"
    assert found.en == "complaint about the same matter: second or third and later"


def test_of_a_policy_that_does_not_name_the_built_in_field() -> None:
    document = publishing.prepare({**presets.document("telecom-regulator"), **unnamed()}).document

    found = said(document, {"refused_for": ["no_evidence"]}, {})

    assert found == "不予受理的理由：未提供证据材料"


def unnamed() -> dict[str, Any]:
    fields = presets.document("telecom-regulator")["fields"]
    return {"fields": {name: one for name, one in fields.items() if name != "ground"}}
