"""The contract of `SearchIndex`, for SQLite in files and for the fake."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.search.index import words
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.features.search.index.sqlite_index import SqliteIndex
from chalicelib.ports.search_index import (
    IndexQuery,
    IndexRow,
    Posting,
    SearchIndex,
    SegmentDamaged,
    TextPlace,
)
from tests.helpers.fakes.sealer import PlainSealer
from tests.helpers.fakes.search import FakeSearchIndex, FakeSegmentObjects
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching

ACME = "acme"
TOKENS = Tokens(PlainSealer(), ACME)
ENGINES: dict[str, Callable[[], SearchIndex]] = {
    "sqlite": lambda: SqliteIndex(FakeSegmentObjects(), PlainSealer()),
    "fake": FakeSearchIndex,
}


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest) -> SearchIndex:
    return ENGINES[request.param]()


def posting(n: int, text: str, version: int = 1, unit: str | None = None, holder: str = "content") -> Posting:
    return Posting(IndexRow(n, version, unit, [TextPlace(1, 0, holder)]), TOKENS.of_text(holder, text))


def asking(
    *asked: str, holders: Collection[str] = ("content",), units: Collection[str | None] | None = None
) -> IndexQuery:
    return IndexQuery([[TOKENS.of_text(holder, word) for holder in holders] for word in asked], units)


def found(index: SearchIndex, name: str, question: IndexQuery, before: int | None = None) -> list[int]:
    return [row.n for row in index.find(ACME, name, question, before)]


def test_a_word_of_two_characters_is_found_newest_first(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "空调漏水"), posting(2, "电梯故障"), posting(3, "屋顶漏水严重")], None)

    assert found(index, "a", asking("漏水")) == [3, 1]
    assert found(index, "a", asking("漏水", "空调")) == [1]
    assert found(index, "a", asking("漏水"), before=3) == [1]
    assert found(index, "a", asking("水漏")) == []


def test_a_longer_word_is_found_where_all_its_pairs_of_characters_are(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "空调漏水"), posting(2, "漏水空调"), posting(3, "屋顶漏水严重")], None)

    assert found(index, "a", asking("空调漏水")) == [1]
    assert found(index, "a", asking("漏水严重", "屋顶漏水")) == [3]


def test_a_segment_that_one_thread_has_opened_answers_another(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "空调漏水")], None)
    assert found(index, "a", asking("漏水")) == [1]

    with ThreadPoolExecutor() as others:
        assert others.submit(found, index, "a", asking("漏水")).result() == [1]


def test_a_row_comes_back_as_it_was_written(index: SearchIndex) -> None:
    row = IndexRow(7, 12, "单元一", [TextPlace(1, 1, "content"), TextPlace(12, 0, "internal")])
    index.write(ACME, "a", [Posting(row, TOKENS.of_text("content", "漏水"))], None)

    assert list(index.find(ACME, "a", asking("漏水"), None)) == [row]


def test_a_question_finds_no_text_of_another_class(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "已结案", holder="internal")], None)

    assert found(index, "a", asking("结案")) == []
    assert found(index, "a", asking("结案", holders=("content", "internal"))) == [1]


def test_a_question_finds_the_named_units_only(index: SearchIndex) -> None:
    rows = [posting(1, "漏水", unit="east"), posting(2, "漏水", unit="west"), posting(3, "漏水")]
    index.write(ACME, "a", rows, None)

    assert found(index, "a", asking("漏水", units=["east"])) == [1]
    assert found(index, "a", asking("漏水", units=["west", None])) == [3, 2]
    assert found(index, "a", asking("漏水", units=[])) == []


def test_a_newer_row_takes_the_place_of_the_base_s(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "空调漏水"), posting(2, "电梯故障", version=9)], None)
    index.write(ACME, "b", [posting(1, "已经修好", version=2), posting(2, "旧的文字", version=3)], "a")

    assert (found(index, "b", asking("漏水")), found(index, "b", asking("修好"))) == ([], [1])
    assert (found(index, "b", asking("故障")), found(index, "b", asking("旧的"))) == ([2], [])
    assert found(index, "a", asking("漏水")) == [1]


def test_the_version_of_a_row_is_told(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "空调漏水", version=4)], None)

    assert (index.version_of(ACME, "a", 1), index.version_of(ACME, "a", 2)) == (4, None)


def test_a_complaint_without_tokens_leaves(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "空调漏水"), posting(2, "屋顶漏水")], None)
    index.write(ACME, "b", [Posting(IndexRow(1, 2, None, []), [])], "a")

    assert found(index, "b", asking("漏水")) == [2]


def test_a_missing_segment_is_reported_by_reads_and_merges(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "漏水")], None)
    index.remove(ACME, "a")
    index.remove(ACME, "a")

    with pytest.raises(SegmentDamaged):
        found(index, "a", asking("漏水"))
    with pytest.raises(SegmentDamaged):
        index.write(ACME, "b", [posting(2, "漏水")], "a")


def test_segments_of_other_organisations_are_others(index: SearchIndex) -> None:
    index.write(ACME, "a", [posting(1, "漏水")], None)

    with pytest.raises(SegmentDamaged):
        list(index.find("other", "a", asking("漏水"), None))


SIGNS = "漏水电梯空调修"
DOCUMENTS = st.dictionaries(
    st.integers(1, 60),
    st.tuples(st.text("漏水电梯空调 ab", max_size=12), st.integers(1, 3), st.sampled_from([None, "east", "west"])),
    max_size=12,
)


@given(DOCUMENTS, DOCUMENTS, st.text("漏水电梯空调ab", min_size=2, max_size=3), st.sampled_from([None, ["east", None]]))
@searching(300)
def test_both_engines_give_the_same_answers(first: Any, second: Any, word: str, units: Any) -> None:
    answers = []
    for make in ENGINES.values():
        index, base = make(), None
        for name, documents in (("a", first), ("b", second)):
            index.write(ACME, name, [posting(n, *document) for n, document in documents.items()], base)
            base = name
        answers.append(list(index.find(ACME, "b", asking(word, units=units), None)))
    assert answers[0] == answers[1]


@given(st.lists(st.text(SIGNS, min_size=2, max_size=15), max_size=10), st.text(SIGNS, min_size=2, max_size=2))
@searching(300)
def test_no_text_that_has_the_word_is_missed(texts: list[str], word: str) -> None:
    index = ENGINES["sqlite"]()
    index.write(ACME, "a", [posting(n, text) for n, text in enumerate(texts)], None)

    having = {n for n, text in enumerate(texts) if words.normalised(word) in words.normalised(text)}
    assert set(found(index, "a", asking(word))) == having


def stored() -> Iterator[tuple[FakeSegmentObjects, SqliteIndex]]:
    objects = FakeSegmentObjects()
    SqliteIndex(objects, PlainSealer()).write(ACME, "a", [posting(1, "空调漏水")], None)
    yield objects, SqliteIndex(objects, PlainSealer())


@pytest.mark.parametrize("at", [0, 12, 40, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    [(objects, index)] = stored()
    body = bytearray(objects.stored[ACME, "a"])
    body[at] ^= 1
    objects.stored[ACME, "a"] = bytes(body)

    with pytest.raises(SegmentDamaged):
        found(index, "a", asking("漏水"))


def test_a_segment_under_another_name_does_not_open() -> None:
    [(objects, index)] = stored()
    objects.stored[ACME, "b"] = objects.stored[ACME, "a"]

    with pytest.raises(SegmentDamaged):
        found(index, "b", asking("漏水"))


def test_an_object_shows_no_token_and_is_no_database() -> None:
    [(objects, _)] = stored()
    assert b"SQLite" not in objects.stored[ACME, "a"]
    assert not any(token.encode() in objects.stored[ACME, "a"] for token in nonempty(TOKENS.of_text("content", "漏水")))


def test_a_process_keeps_the_segments_that_it_used_last() -> None:
    objects = FakeSegmentObjects()
    index = SqliteIndex(objects, PlainSealer(), max_bytes=1)
    for name in ("a", "b"):
        index.write(ACME, name, [posting(1, "漏水")], None)
        assert found(index, name, asking("漏水")) == [1]
    objects.stored.clear()

    assert found(index, "b", asking("漏水")) == [1]
    with pytest.raises(SegmentDamaged):
        found(index, "a", asking("漏水"))
