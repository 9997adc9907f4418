"""A withdrawal at the moment of the decision has exactly one outcome, whichever comes first."""

from __future__ import annotations

import pytest

from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

ENDS = ("decided", "withdrawn")


@pytest.mark.parametrize(
    ("first", "second"),
    [(("clerk", "decide"), ("complainant", "withdraw")), (("complainant", "withdraw"), ("clerk", "decide"))],
)
def test_the_one_that_is_recorded_first_counts(
    council: Organisation, first: tuple[str, str], second: tuple[str, str]
) -> None:
    number = council.file()
    assert isinstance(council.world, InProcess)
    store, overtaken = council.world.fakes.store, list[str]()

    def overtake(call: RecordedCall) -> None:
        """The first act is recorded between the read and the commit of the second one."""
        if call.name == "commit" and not overtaken:
            overtaken.append(number)
            council.act(number, *first)

    store.before = overtake
    answer = council.try_act(number, *second)
    store.before = None

    assert overtaken == [number]
    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (409, "act-not-open")
    recorded = [one["type"] for one in council.events(number) if one["type"] in ENDS]
    assert recorded == [{"decide": "decided", "withdraw": "withdrawn"}[first[1]]]
