"""A policy whose texts are in one language has them for both, in every answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.offices.bureau import CONDITIONS, recent
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

OPENED = "2026-11-27T09:00:00+08:00"
READ = (
    *(
        "policy",
        "policy/versions",
        "policy/versions/1",
        "units",
        "people/me",
        "messages",
        "tasks",
        "complaints",
        "ledgers",
    ),
    *("reports/all", "supervision", "notices", "inspections", "figures", "organisation/record"),
    *(f"complaints/{{number}}{part}" for part in ("", "/deadlines", "/record", "/history", "/forms", "/evidence")),
)


def only_in(language: str, part: Any) -> Any:
    """The document with the texts of this language alone."""
    if isinstance(part, list):
        return [only_in(language, one) for one in part]
    if not isinstance(part, dict):
        return part
    left_out = {"zh", "en"} - {language} if {"zh", "en"} <= part.keys() else set()
    return {key: only_in(language, one) for key, one in part.items() if key not in left_out}


def texts(answer: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text of the answer that has languages, with its place."""
    if isinstance(answer, dict):
        if {"zh", "en"} & answer.keys():
            yield where, answer
        for key, one in answer.items():
            yield from texts(one, f"{where}/{key}")
    if isinstance(answer, list):
        for one in answer:
            yield from texts(one, where)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_text_of_every_answer_has_both_languages(language: str) -> None:
    document = presets.document("food-drug-administration")
    document["clocks"]["decision"] |= {"public_name": {"zh": "处理", "en": "Handling"}}
    document["contact"] = {"hours": {"zh": "九时至十七时", "en": "9 to 5"}}
    bureau = sign_up_with(InProcess(OPENED), json.dumps(only_in(language, document)))
    number = bureau.file(facts=recent(bureau.world))
    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)
    bureau.world.move_to("2026-12-21T09:00:00+08:00")

    found = [one for path in READ for one in texts(read(bureau, path, number), path)]

    assert [one for one in nonempty(found) if not (one[1].get("zh") and one[1].get("en"))] == []


def read(bureau: Organisation, path: str, number: str) -> Any:
    return bureau.get(f"/{path.format(number=number)}", "owner")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_time_records_in_one_language_is_read_in_both(language: str) -> None:
    said = {"zh": "逾期未答复。", "en": "No answer in time."}[language]
    document = presets.document("food-drug-administration")
    document["clocks"]["silence"]["missed"]["fields"]["handling_record"] = {language: said}

    bureau = sign_up_with(InProcess(OPENED), json.dumps(document))

    clock = bureau.get("/policy", "owner")["policy"]["clocks"]["silence"]
    assert clock["missed"]["fields"]["handling_record"] == said
