"""What the code of commit 65d2b13 wrote is read as it was then, and what is written now is the same.

The fixtures (`data`) come of a scenario that is the same each time (`scenario`): times and keys are fixed, and the
operating system's random bytes come of a seed. So the order in which the program asks for random bytes counts. Where
only that order has changed, on purpose, playing the scenario again differs and reading does not.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
import rfc8785

from tests.compatibility import contract, dump, exports, later, policies
from tests.compatibility.answers import Reader
from tests.compatibility.on_moto import on_moto
from tests.compatibility.prose import as_then, without_footer, without_prose
from tests.compatibility.scenario import Played, play
from tests.compatibility.write_fixtures import written

SCENARIO = json.loads(dump.load("scenario.json")[0])
WRITTEN = ("items", "objects", "messages", "outgoing")


def differences(old: list[str], new: list[str]) -> list[str]:
    """The first few lines that are not in both, for a failure that can be read."""
    was, now = set(old), set(new)
    found = [f"was: {line}" for line in old if line not in now] + [f"is: {line}" for line in new if line not in was]
    return sorted(found, key=lambda line: line.partition(": ")[2])[:6]


# ---- reading -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in dump.load("answers.jsonl.gz")]


def new_reader() -> Reader:
    return Reader(SCENARIO["now"], dump.load("items.jsonl.gz"), dump.load("objects.jsonl.gz"))


def test_every_reader_is_answered_as_before(answers: list[dict[str, Any]]) -> None:
    reader = new_reader()
    old = [dump.text(without_prose(answer)) for answer in answers]

    found = [as_then(answer, reader.answer(answer["request"])) for answer in answers]
    new = [dump.text(without_prose(answer)) for answer in found]

    assert differences(old, new) == []
    assert old == new


def test_a_complainant_is_answered_as_before_from_a_table_of_dynamodb(answers: list[dict[str, Any]]) -> None:
    """Of one organisation; the other parts of the deployment are as in memory."""
    tenant = SCENARIO["tenants"]["company"]
    theirs = [one for one in answers if "receipt" in one["request"] and f"/t/{tenant}/" in one["request"]["path"]]
    old = [dump.text(without_prose(answer)) for answer in theirs]

    with on_moto(new_reader(), tenant, dump.load("items.jsonl.gz")) as reader:
        new = [dump.text(without_prose(reader.answer(answer["request"]))) for answer in theirs]

    assert differences(old, new) == []
    assert old == new


def test_every_record_verifies(answers: list[dict[str, Any]]) -> None:
    asked = [one["request"] for one in answers if one["request"]["path"].endswith("/record/verify")]
    reader = new_reader()

    found = [answer["body"] for answer in map(reader.answer, asked) if answer["status"] == 200]

    assert {one["number"] for one in found} >= {"ORG", "U#north", "202611-000001"}
    assert [one for one in found if not (one["intact"] and (one["anchor"] is None or one["anchor"]["agrees"]))] == []
    assert [one for one in found if one["altered"] or one["missing"] or one["cut_off"]] == []


def chains() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The events of each record, from the items."""
    items = [json.loads(line) for line in dump.load("items.jsonl.gz")]
    events = [item for item in items if item["sk"]["S"].startswith("E#")]
    for pk, of_record in groupby(events, key=lambda item: str(item["pk"]["S"])):
        yield pk, [json.loads(item["body"]["S"]) for item in of_record]


def test_every_events_hash_recomputes_and_names_the_one_before() -> None:
    """By the definition alone: SHA-256 of RFC 8785."""
    broken = []
    for pk, events in chains():
        before = "0" * 64
        for event in events:
            content = rfc8785.dumps({name: value for name, value in event.items() if name != "hash"})
            if (event["prev"], event["hash"]) != (before, hashlib.sha256(content).hexdigest()):
                broken.append(f"{pk} {event['seq']}")
            before = event["hash"]
    assert broken == []


# ---- archives ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIO["exports"])
def test_an_archive_verifies_offline_with_the_same_output(name: str) -> None:
    saved = SCENARIO["exports"][name]

    assert exports.root(exports.path(name)) == saved["anchor"]
    assert exports.output(exports.path(name), saved["anchor"]) == saved["output"]
    assert saved["output"].startswith("0\n")


# ---- policies ----------------------------------------------------------------------------------------------------


def test_each_policy_is_published_as_the_same_text() -> None:
    old = [_published_without_prose(line) for line in dump.load("policies.jsonl.gz")]

    new = [_published_without_prose(line) for line in policies.published()]

    assert differences(old, new) == []
    assert old == new


def _published_without_prose(line: str) -> str:
    found = json.loads(line)
    return dump.text({**found, "answers": [without_prose(answer) for answer in found["answers"]]})


def test_each_old_policy_is_shown_as_before() -> None:
    answers = list(policies.read_again(dump.load("policies.jsonl.gz")))

    assert [new for old, new in answers if without_prose(old) != without_prose(new)] == []
    assert {new["status"] for _, new in answers} <= {200, 404}


# ---- writing -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played() -> Played:
    return play()


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_scenario_writes_the_same(played: Played, name: str) -> None:
    file = f"{name}.jsonl.gz"
    old, new = dump.load(file), written(played)[file]
    if name == "outgoing":
        old, new = [without_footer(line) for line in old], [without_footer(line) for line in new]

    assert differences(old, new) == []
    assert old == new


@pytest.mark.parametrize("name", SCENARIO["exports"])
def test_the_same_scenario_makes_the_same_archive(played: Played, name: str) -> None:
    made = exports.archive(played, name)

    assert hashlib.sha256(made).hexdigest() == hashlib.sha256(exports.path(name).read_bytes()).hexdigest()


def test_the_archives_are_whole() -> None:
    for name in SCENARIO["exports"]:
        with zipfile.ZipFile(exports.path(name)) as archive:
            assert archive.testzip() is None


def test_what_was_left_behind_is_acted_on_as_before() -> None:
    """Items of then in a fresh store: somebody acts, and what falls due is played."""
    old = dump.load("later.jsonl.gz")
    before = dump.load("items.jsonl.gz"), dump.load("objects.jsonl.gz")

    new = later.played_on(SCENARIO["now"], SCENARIO["tenants"]["company"], SCENARIO["subs"], *before)

    assert differences(old, new) == []
    assert old == new


# ---- names that others know --------------------------------------------------------------------------------------


def test_nothing_of_the_api_or_the_template_was_taken_away() -> None:
    old, new = json.loads("\n".join(dump.load("contract.json"))), contract.contract()

    assert {name: sorted(set(values) - set(new.get(name, []))) for name, values in old.items()} == {
        name: [] for name in old
    }
