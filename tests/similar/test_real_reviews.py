"""The reviews of `make demo-load` as they come, with those that repeat others: found, linked, and closed together."""

from __future__ import annotations

from itertools import combinations

import pytest

from benchmarks.demo_load import corpus, picking
from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council
from tests.helpers.nonempty import nonempty

DIFFERENT = 300
"""As many as `make demo-load` files. The corpus repeats some of them before it has so many."""
ALIKE = 0.7
"""The share of common pairs of characters from which on a similar text must be found: they surely share a band."""

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def reviews() -> list[str]:
    """The suitable reviews in their order until so many are different, repeats included."""
    try:
        found = [" ".join(line.split()) for line in corpus.lines()]
    except corpus.CorpusUnavailable as reason:
        pytest.skip(str(reason))
    suitable = [one for one in found if picking.MIN_LENGTH <= len(one) <= picking.MAX_LENGTH and picking.topic(one)]
    until = next(at for at in range(len(suitable)) if len(set(suitable[: at + 1])) == DIFFERENT)
    return suitable[: until + 1]


@pytest.fixture(scope="module")
def office() -> Organisation:
    return council({})


@pytest.fixture(scope="module")
def numbers(office: Organisation, reviews: list[str]) -> dict[str, str]:
    """The texts by number, as filed."""
    filed = {office.file(facts={"content": text}): text for text in reviews}
    office.world.settle()
    return filed


def found(office: Organisation, number: str) -> dict[str, float]:
    rows = office.get(f"/complaints/{number}/similar", "officer")["complaints"]
    return {row["number"]: row["likeness"] for row in rows}


def repeats(numbers: dict[str, str]) -> list[tuple[str, str]]:
    """Each complaint whose text was filed before, with the first that has it."""
    first: dict[str, str] = {}
    for number, text in numbers.items():
        first.setdefault(text, number)
    return [(number, first[text]) for number, text in numbers.items() if first[text] != number]


def pairs(text: str) -> set[str]:
    plain = "".join(text.split()).casefold()
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def test_each_repeated_review_is_found_linked_and_closed_with_the_first(
    office: Organisation, numbers: dict[str, str]
) -> None:
    again = nonempty(repeats(numbers))
    assert len(again) == 9
    for number, first in again:
        assert found(office, number)[first] == 1.0
        office.act(number, "officer", "link", to=first, reason="The same review")
        office.act(number, "manager", "approve")
    for first in {first for _, first in again}:
        office.act(first, "manager", "close")
    office.world.settle()
    closed = {number: office.events(number, type_="closed")[0]["fields"]["follows"] for number, _ in again}
    assert closed == dict(again)


def test_each_pair_of_similar_reviews_is_found(office: Organisation, numbers: dict[str, str]) -> None:
    measured = {number: pairs(text) for number, text in numbers.items()}
    similar = [pair for pair in combinations(measured, 2) if alike(measured[pair[0]], measured[pair[1]]) >= ALIKE]
    assert [pair for pair in nonempty(similar) if pair[0] not in found(office, pair[1])] == []
