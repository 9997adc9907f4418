"""Decoding: the fault search agrees with msgspec for every value, and gives each fault its place."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Problem
from chalicelib.web import request_parts
from chalicelib.web.request_parts import decode
from tests.helpers.searches import searching


class Phone(RequestDocument, frozen=True, tag="phone"):
    number: Annotated[str, Meta(pattern="^[0-9]+$")]


class Mail(RequestDocument, frozen=True, tag="mail"):
    address: str


class Hours(RequestDocument, frozen=True):
    mon: list[tuple[str, int]] = msgspec.field(default_factory=list)
    name: str | None = None


class Everything(RequestDocument, frozen=True):
    severity: Literal["general", "major"]
    contact: Phone | Mail
    hours: Hours | None = None
    tags: Annotated[list[Annotated[str, Meta(min_length=1)]], Meta(max_length=2)] = msgspec.field(default_factory=list)
    counts: dict[str, Annotated[int, Meta(ge=0)]] = msgspec.field(default_factory=dict)


GOOD: dict[str, Any] = {"severity": "major", "contact": {"type": "phone", "number": "123"}}


def faults(value: Any, document: Any = Everything) -> dict[str, str]:
    with pytest.raises(Problem) as raised:
        decode(value, document)
    return {place.pointer: place.detail for place in raised.value.places}


def test_a_good_value_becomes_the_document() -> None:
    assert decode(GOOD, Everything).contact == Phone(number="123")


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"severity": "huge"}, ["/severity"]),
        ({"contact": {"type": "phone", "number": "x"}}, ["/contact/number"]),
        ({"contact": {"type": "phone", "numbr": "1"}}, ["/contact/number", "/contact/numbr"]),
        ({"contact": {"type": "fax", "number": "1"}}, ["/contact"]),
        ({"contact": {}}, ["/contact"]),
        (
            {"hours": {"mon": [["09:00", 12], [5, "18:00"], ["09:00"]]}},
            ["/hours/mon/1/0", "/hours/mon/1/1", "/hours/mon/2"],
        ),
        ({"hours": {"mon": 5, "name": 6}}, ["/hours/mon", "/hours/name"]),
        ({"tags": ["a", "", 3]}, ["/tags/1", "/tags/2"]),
        ({"tags": ["a", "b", "c"]}, ["/tags"]),
        ({"counts": {"a": -1, "b": 1, "c~/d": "x"}}, ["/counts/a", "/counts/c~0~1d"]),
        ({"severity": None, "hours": [], "tags": {}, "counts": []}, ["/counts", "/hours", "/severity", "/tags"]),
    ],
)
def test_each_fault_has_its_place(changes: dict[str, Any], pointers: list[str]) -> None:
    assert sorted(faults({**GOOD, **changes})) == pointers


def test_a_detail_describes_the_expected_value_without_place_or_actual_value() -> None:
    assert faults({**GOOD, "tags": [7]}) == {"/tags/0": "Expected `str`, got `int`"}


def test_in_a_query_text_is_read_as_the_number_that_it_says() -> None:
    class Limit(RequestDocument, frozen=True):
        limit: int

    assert decode({"limit": "20"}, Limit, strict=False).limit == 20


@pytest.mark.parametrize("asked", [{"limit\ud800": ["1"]}, {"limit": ["\ud800"]}], ids=["name", "value"])
def test_half_a_character_in_a_query_is_refused_at_its_place(asked: dict[str, list[str]]) -> None:
    class Limit(RequestDocument, frozen=True):
        limit: int

    with pytest.raises(Problem) as raised:
        request_parts.read_query(Limit, asked)

    assert (raised.value.kind, [place.pointer for place in raised.value.places]) == ("bad-request", ["/query"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "1", "major", "phone", "mail", "09:00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["severity", "contact", "type", "number", "address", "hours", "mon", "name", "tags", "counts"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@searching(300)
@given(JSON, JSON)
def test_a_value_is_refused_exactly_where_msgspec_refuses_it(contact: Any, rest: Any) -> None:
    value = {"severity": "major", "contact": contact, **(rest if isinstance(rest, dict) else {"hours": rest})}
    try:
        expected = msgspec.convert(value, Everything)
    except msgspec.ValidationError:
        assert faults(value)
    else:
        assert decode(value, Everything) == expected
