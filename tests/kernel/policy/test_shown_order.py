"""People read values in the order in which the policy lists them. A published document keeps it beside its maps."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
import pytest

from chalicelib.kit import canonical
from chalicelib.policy import publishing
from chalicelib.policy.language import shown_order
from chalicelib.policy.language.model import PolicyDocument
from tests.kernel.policy.faulty_policies.faulty import faulty

SIZES = {"small": {"en": "Small"}, "large": {"en": "Large"}, "huge": {"en": "Huge"}}
LABEL = {"en": "One of them"}
LISTS: dict[str, tuple[str, Any]] = {
    "intake.channels": ("intake/channels", ["phone", "letter"]),
    "intake.categories": ("intake/categories", {"kind": ["goods"], "aspect": ["price"]}),
    "intake.categories.kind": ("intake/categories/kind", ["service", "goods"]),
    "intake.facts.size": ("intake/facts/size/choices", ["s", "l"]),
    "intake.conditions": ("intake/conditions", {"ours": LABEL, "known": LABEL}),
    "intake.refusals": ("intake/refusals", {"late": LABEL, "elsewhere": LABEL}),
    "intake.evidence": ("intake/evidence", {"photo": LABEL, "bill": LABEL}),
    "fields.verdict": ("fields/verdict/choices", ["void", "unclear", "valid"]),
    "severity.signs.high": ("severity/signs", {"high": {"risk": LABEL, "harm": LABEL}}),
}
"""By place: where a document has the list, and one whose order is not that of its keys."""


def read(body: bytes) -> PolicyDocument:
    return msgspec.json.decode(body, type=PolicyDocument)


def sized(sizes: dict[str, Any] = SIZES) -> Any:
    return faulty("fields/how_large", {"en": "How large", "kind": "choice", "choices": sizes})


def test_choices_are_read_in_the_order_in_which_they_were_written() -> None:
    ready = publishing.prepare(sized())

    assert list(read(ready.body).fields["how_large"].choices) == ["small", "large", "huge"]
    assert list(ready.document.fields["how_large"].choices) == ["small", "large", "huge"]


def test_the_maps_of_the_published_document_are_sorted() -> None:
    published = json.loads(publishing.prepare(sized()).body)

    assert list(published["fields"]["how_large"]["choices"]) == ["huge", "large", "small"]
    assert published["order"]["fields.how_large"] == ["small", "large", "huge"]


def test_a_published_document_is_published_again_as_it_is() -> None:
    body = publishing.prepare(sized()).body

    assert publishing.prepare(json.loads(body)).body == body


def test_values_that_are_written_by_key_need_no_order() -> None:
    by_key = dict(sorted(SIZES.items()))

    assert "fields.how_large" not in json.loads(publishing.prepare(sized(by_key)).body).get("order", {})


def test_a_document_that_was_published_without_an_order_keeps_its_hash_and_is_shown_by_key() -> None:
    published = json.loads(publishing.prepare(sized()).body)
    del published["order"]
    body = canonical.encode(published)

    document = read(body)

    assert list(document.fields["how_large"].choices) == ["huge", "large", "small"]
    assert hashlib.sha256(canonical.encode(publishing.full_form(document))).digest() == hashlib.sha256(body).digest()


def test_a_value_that_is_added_to_a_published_document_comes_last() -> None:
    published = json.loads(publishing.prepare(sized()).body)
    published["fields"]["how_large"]["choices"]["average"] = {"zh": "中", "en": "Average"}

    again = publishing.prepare(published).document

    assert list(again.fields["how_large"].choices) == ["small", "large", "huge", "average"]
    assert again.order["fields.how_large"] == ["small", "large", "huge", "average"]


@pytest.mark.parametrize("place", LISTS)
def test_every_list_from_which_people_choose_has_an_order(place: str) -> None:
    written = publishing.prepare(faulty(*LISTS[place])).document

    found = read(publishing.prepare(faulty(*LISTS[place])).body)

    before, after = (list(dict(shown_order.lists(one))[place]) for one in (written, found))
    assert after == before != sorted(before)
