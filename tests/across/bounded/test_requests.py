"""No document of up to 256 KiB makes a request long: it is answered or refused within its counted steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.across.bounded import requests
from tests.across.bounded.documents import ACCEPTED, DEADLINES, REFUSED
from tests.across.bounded.requests import ROUNDS, Timed
from tests.clauses.organisation import Organisation
from tests.helpers.searches import some_by_day

MOST_SECONDS = {"wake": 1.0}
"""CPU seconds by kind of request; two for all others."""
MOST_BYTES = 5_000_000
"""Lambda sends at most six million."""
TOO_MANY_STEPS = {"a minute a week"}


def assert_in_time(found: Iterable[Timed], again: Callable[[], Iterable[Timed]]) -> None:
    slow = [_slow(found)]
    while slow[-1] and len(slow) < ROUNDS:
        slow.append(_slow(again()))
    assert [] in slow, slow


def _slow(found: Iterable[Timed]) -> list[str]:
    return [kind for kind, seconds, _ in found if seconds >= MOST_SECONDS.get(kind, 2.0)]


@pytest.fixture
def office() -> Organisation:
    return requests.shop()


@pytest.mark.slow
@pytest.mark.parametrize("what", some_by_day(ACCEPTED, one_in=6))
def test_each_request_under_an_accepted_document_is_answered_in_time(office: Organisation, what: str) -> None:
    found = list(requests.answers(office, ACCEPTED[what]()))
    for kind, _, answer in found:
        assert answer is None or answer.status in (200, 201, 409, 422), (kind, answer.text[:300])
        assert answer is None or len(answer.text) < MOST_BYTES, kind

    assert "file" in [kind for kind, *_ in found]
    assert_in_time(found, lambda: requests.answers(requests.shop(), ACCEPTED[what]()))


@pytest.mark.slow
@pytest.mark.parametrize("what", some_by_day(REFUSED, one_in=4))
def test_a_document_that_costs_too_much_is_refused_at_its_place(office: Organisation, what: str) -> None:
    make, place = REFUSED[what]
    found = list(requests.answers(office, make()))
    for kind, _, answer in found:
        if kind in ("sign-up", "check", "publish"):  # a draft may have faults, and a preview runs no examples
            assert answer is not None
            assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, [place]), kind
    assert_in_time(found, lambda: requests.answers(requests.shop(), make()))


@pytest.mark.parametrize("what", DEADLINES)
def test_a_preview_of_a_deadline_is_answered_in_time(office: Organisation, what: str) -> None:
    found = requests.deadline(office, DEADLINES[what])
    answer = found[2]

    assert_in_time([found], lambda: [requests.deadline(requests.shop(), DEADLINES[what])])
    assert answer is not None
    assert answer.status == (422 if what in TOO_MANY_STEPS else 200)
    assert len(answer.text) < MOST_BYTES
