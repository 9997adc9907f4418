"""The schema of the written form refuses nothing that the check accepts."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.publishing import full_form
from chalicelib.policy.reading import parsing
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.policy.written_form import written_form
from tests.helpers.searches import searching, some_by_day
from tests.kernel.policy.written_form.documents import as_json, names, publishable, validator

CONSTANTS = (None, True, 3, 1.5, "x", "decided", "3 working days", [], {}, ["x"], [["x"]], {"x": "y"}, {"en": "x"})


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in below for place in places(inner, (*path, key)))]


def at(document: Any, place: tuple[Any, ...]) -> Any:
    for step in place:
        document = document[step]
    return document


def changed(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The document with another value at the place, which is left out if the value is `...`."""
    found = copy.deepcopy(document)
    *before, last = place
    holder = at(found, tuple(before))
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return found


def test_the_schema_is_a_schema() -> None:
    assert jsonschema_rs.meta.is_valid(written_form())


@pytest.mark.parametrize("name", names())
def test_a_policy_that_can_be_published_is_accepted(name: str) -> None:
    validator().validate(publishable()[name])


@pytest.mark.parametrize("name", some_by_day(names(), one_in=3))
@pytest.mark.parametrize("expanded", [full_form, msgspec.to_builtins])
def test_the_full_form_is_accepted_too(name: str, expanded: Any) -> None:
    """Authors read it in versions, and may go on from there."""
    found = as_json(expanded(parsing.parse(publishable()[name])))

    validator().validate(found)


def test_a_list_in_the_list_of_what_starts_a_clock_is_refused_by_both() -> None:
    document = changed(publishable()["customer-service"], ("clocks", "silence", "from"), [["offered", "reopened"]])

    assert not validator().is_valid(document)
    with pytest.raises(PolicyFault):
        check_publishable(parsing.parse(document))


@pytest.mark.parametrize("key", ["closed", "open"])
def test_an_empty_list_of_days_is_refused_by_both(key: str) -> None:
    document = changed(publishable()["customer-service"], ("calendar", key), None)

    assert not validator().is_valid(document)
    with pytest.raises(PolicyFault):
        check_publishable(document)


@given(data=st.data())
@searching(60)
def test_the_schema_refuses_faults_and_every_fault_of_the_form(data: st.DataObject) -> None:
    """A value is left out, or replaced by one from another place or policy."""
    documents = publishable()
    some = st.sampled_from(names())
    document = documents[data.draw(some)]
    place = data.draw(st.sampled_from(places(document)[1:]))
    other = documents[data.draw(some)]
    elsewhere = st.sampled_from(places(other)).map(lambda found: at(other, found))
    here = at(document, place)
    value = data.draw(st.one_of(st.just(...), st.sampled_from(CONSTANTS), st.just([here]), elsewhere))
    mutant = changed(document, place, value)

    if not validator().is_valid(mutant):
        with pytest.raises(PolicyFault):
            check_publishable(mutant)
    else:
        parsing.parse(mutant)
