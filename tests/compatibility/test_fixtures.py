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

from tests.compatibility import additions, contract, dump, exports, files, later, policies
from tests.compatibility.additions import (
    DERIVED,
    MESSAGES,
    PASSING,
    READS,
    is_counter,
    is_derived,
    is_of_added_job,
    item_without_added,
    logged_route,
    mail_without_added,
    message_without_added,
    without_added,
    without_counts_of_jobs,
    without_relayed,
)
from tests.compatibility.answers import Reader
from tests.compatibility.on_moto import on_moto
from tests.compatibility.prose import as_then, without_footer, without_prose, without_unit_names
from tests.compatibility.scenario import Played, play
from tests.compatibility.withheld import from_party
from tests.compatibility.write_fixtures import written
from tests.nonempty import nonempty

SCENARIO = json.loads(files.load("scenario.json")[0])
WRITTEN = ("items", "objects", "messages", "outgoing")


def differences(old: list[str], new: list[str]) -> list[str]:
    """The first few lines that are not in both, for a failure that can be read."""
    was, now = set(old), set(new)
    found = [f"was: {line}" for line in old if line not in now] + [f"is: {line}" for line in new if line not in was]
    return sorted(found, key=lambda line: line.partition(": ")[2])[:6]


# ---- reading -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in files.load("answers.jsonl.gz")]


def new_reader() -> Reader:
    return Reader(SCENARIO["now"], files.load("items.jsonl.gz"), files.load("objects.jsonl.gz"))


@pytest.fixture(scope="module")
def answered(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of now to the same requests."""
    reader = new_reader()
    return [without_prose(reader.answer(answer["request"])) for answer in answers]


def test_every_reader_is_answered_as_before(answers: list[dict[str, Any]], answered: list[dict[str, Any]]) -> None:
    old = [dump.text(without_prose(from_party(answer))) for answer in answers]

    found = [as_then(was, now) for was, now in zip(answers, answered, strict=True)]
    new = [dump.text(without_added(without_prose(answer))) for answer in found]

    assert differences(old, new) == []
    assert old == new


def test_each_declared_addition_to_an_answer_is_made(answered: list[dict[str, Any]]) -> None:
    assert [one for one in additions.ANSWERS if all(without_added(each, [one]) == each for each in answered)] == []


def test_ids_of_people_are_withheld_from_parties(answers: list[dict[str, Any]]) -> None:
    changed = [one for one in answers if from_party(one)["body"] != one["body"]]
    assert changed != []
    assert all(one["request"]["path"].endswith("/record") and "receipt" in one["request"] for one in nonempty(changed))


@pytest.mark.parametrize("compact", [False, True], ids=["plain", "compact"])
def test_a_complainant_is_answered_as_before_from_a_table_of_dynamodb(
    answers: list[dict[str, Any]], compact: bool
) -> None:
    """Of one organisation; the other parts of the deployment are as in memory."""
    tenant = SCENARIO["tenants"]["company"]
    theirs = [one for one in answers if "receipt" in one["request"] and f"/t/{tenant}/" in one["request"]["path"]]
    old = [dump.text(without_prose(from_party(answer))) for answer in theirs]

    with on_moto(new_reader(), tenant, files.load("items.jsonl.gz"), compact=compact) as reader:
        new = [dump.text(without_added(without_prose(reader.answer(answer["request"])))) for answer in theirs]

    assert differences(old, new) == []
    assert old == new


def test_every_record_verifies(answered: list[dict[str, Any]]) -> None:
    verified = [one for one in answered if one["request"]["path"].endswith("/record/verify")]

    found = [answer["body"] for answer in verified if answer["status"] == 200]

    assert {one["number"] for one in found} >= {"ORG", "U#north", "202611-000001"}
    assert [one for one in found if not (one["intact"] and (one["anchor"] is None or one["anchor"]["agrees"]))] == []
    assert [one for one in found if one["altered"] or one["missing"] or one["cut_off"]] == []


def chains() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The events of each record, from the items."""
    items = [json.loads(line) for line in files.load("items.jsonl.gz")]
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
    recorded = files.load("policies.jsonl.gz")
    old = [_published_without_prose(line) for line in recorded]

    new = [_published_without_prose(now, was=was) for was, now in zip(recorded, policies.published(), strict=True)]

    assert differences(old, new) == []
    assert old == new


def _published_without_prose(line: str, *, was: str | None = None) -> str:
    """`was`: the recorded line, for a line of the present code, which loses what was added on purpose."""
    found = json.loads(line)
    answers = [without_prose(answer) for answer in found["answers"]]
    if was is not None:
        recorded = json.loads(was)["answers"]
        answers = [without_added(as_then(*both)) for both in zip(recorded, answers, strict=True)]
        found["items"] = [json.loads(item_without_added(dump.text(item))) for item in found["items"]]
    return dump.text({**found, "answers": answers})


def test_each_old_policy_is_shown_as_before() -> None:
    answers = list(policies.read_again(files.load("policies.jsonl.gz")))

    now = [(old, without_added(as_then(old, without_prose(new)))) for old, new in answers]

    assert [new for old, new in now if without_prose(old) != new] == []
    assert {new["status"] for _, new in answers} <= {200, 404}


# ---- writing -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played() -> Played:
    return play()


@pytest.fixture(scope="module")
def lines(played: Played) -> dict[str, list[str]]:
    """What it wrote, by file."""
    return written(played)


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_scenario_writes_the_same(lines: dict[str, list[str]], name: str) -> None:
    file = f"{name}.jsonl.gz"
    old, new = files.load(file), lines[file]
    if name == "items":
        old = [without_counts_of_jobs(line) for line in old if not is_counter(line)]
        new = [item_without_added(line) for line in new if not is_counter(line) and not is_derived(line)]
        new = [without_counts_of_jobs(line) for line in new]
    if name == "messages":
        new = [message_without_added(line) for line in new if not is_of_added_job(line)]
        new = without_relayed(old, new, files.load("items.jsonl.gz"))
    if name == "outgoing":
        new = [mail_without_added(line) for line in new]
        old, new = [without_footer(line) for line in old], [without_footer(line) for line in new]
    old, new = [without_unit_names(line) for line in old], [without_unit_names(line) for line in new]

    assert differences(old, new) == []
    assert old == new


def test_each_derived_kind_of_item_is_made_by_the_present_code_only(lines: dict[str, list[str]]) -> None:
    def kinds(items: list[str]) -> set[str]:
        return {json.loads(item)["kind"]["S"] for item in items} & set(DERIVED)

    assert kinds(files.load("items.jsonl.gz")) == set()
    assert kinds(lines["items.jsonl.gz"]) | PASSING == set(DERIVED)


def test_each_declared_read_is_logged_by_the_present_code_only(lines: dict[str, list[str]]) -> None:
    def routes(items: list[str]) -> set[str | None]:
        return {logged_route(item) for item in items} & set(READS)

    assert (routes(files.load("items.jsonl.gz")), routes(lines["items.jsonl.gz"])) == (set(), set(READS))


def test_each_declared_addition_to_an_item_is_made(lines: dict[str, list[str]]) -> None:
    items = lines["items.jsonl.gz"]

    assert [one for one in additions.ITEMS if all(item_without_added(item, [one]) == item for item in items)] == []


def test_each_declared_addition_to_a_message_is_made(lines: dict[str, list[str]]) -> None:
    bodies = [json.loads(json.loads(line)["body"]) for line in lines["messages.jsonl.gz"]]

    assert set(MESSAGES) == {name for body in bodies for name in body} & set(MESSAGES)


def test_each_declared_counter_was_or_is_written(lines: dict[str, list[str]]) -> None:
    items = [*files.load("items.jsonl.gz"), *lines["items.jsonl.gz"]]
    assert set(additions.COUNTERS) <= {json.loads(item)["kind"]["S"] for item in items}


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
    old = files.load("later.jsonl.gz")
    before = files.load("items.jsonl.gz"), files.load("objects.jsonl.gz")

    lines = later.played_on(SCENARIO["now"], SCENARIO["tenants"]["company"], SCENARIO["subs"], *before)
    new = [item_without_added(line) for line in lines if not is_counter(line) and not is_derived(line)]

    assert differences(old, new) == []
    assert old == new


# ---- names that others know --------------------------------------------------------------------------------------


def test_nothing_of_the_api_or_the_template_was_taken_away() -> None:
    old, new = json.loads("\n".join(files.load("contract.json"))), contract.contract()

    assert {name: sorted(set(values) - set(new.get(name, []))) for name, values in old.items()} == {
        name: [] for name in old
    }
