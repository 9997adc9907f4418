"""Editors and builds use the schema: it completes and explains keys, and `check-jsonschema` finds faults in files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema_command
from click.testing import CliRunner

from chalicelib.policy.language.vocabulary import COMPLAINT_CONDITIONS, EVENTS, LISTABLE_ACTS
from chalicelib.policy.written_form import written_form
from tests.helpers.searches import every
from tests.kernel.policy import test_guide as guide
from tests.kernel.policy.faulty_policies.fault_cases import FAULTS
from tests.kernel.policy.faulty_policies.faulty import faulty
from tests.kernel.policy.written_form.documents import ROOT, as_json, files, validator

SCHEMA = ROOT / "chalicelib/policy/written_form.json"
OF_THE_FORM = {
    name: (place, value)
    for name, (place, value, _, kind) in FAULTS.items()
    if kind in ("unknown-key", "wrong-kind", "missing")
}


def check_jsonschema(*arguments: str | Path) -> tuple[int, list[tuple[str, str]]]:
    """The exit code, and the place and message of each fault."""
    command = ["--output-format", "json", "--verbose", *map(str, arguments)]
    done = CliRunner().invoke(check_jsonschema_command, command)
    found = json.loads(done.stdout)
    errors = [one.get("best_deep_match") or one for one in found.get("errors", [])]
    return done.exit_code, [(one["path"], one["message"]) for one in errors]


def test_the_schema_is_one_of_draft_7() -> None:
    assert check_jsonschema("--check-metaschema", SCHEMA) == (0, [])


@pytest.mark.slow
@pytest.mark.parametrize("one_in", every(4))
def test_the_policies_of_the_repository_are_valid_as_files(tmp_path: Path, one_in: int) -> None:
    """By day every fourth file; `test_acceptance` checks the content of all."""
    smallest = tmp_path / "smallest.yaml"
    smallest.write_text(guide.SMALLEST, "utf-8")

    assert check_jsonschema("--schemafile", SCHEMA, *files()[::one_in], smallest) == (0, [])


def test_the_line_for_editors_of_each_policy_leads_to_the_schema() -> None:
    lines = {path: path.read_text("utf-8").partition("\n")[0] for path in files()}
    named = {path: line.partition("$schema=")[2] for path, line in lines.items() if "$schema=" in line}

    assert named
    assert [path.name for path, schema in named.items() if (path.parent / schema).resolve() != SCHEMA] == []


@pytest.mark.parametrize(
    ("written", "instead", "place", "message"),
    [
        ("within: 5 working days", "within: 5 bank days", "$.clocks.answer.within", "does not match"),
        ("needs: solution", "need: solution", "$.stages.registered.decide", "'need' was unexpected"),
        ("    close:", "    shut:", "$.stages.decided", "'shut' was unexpected"),
        ("holidays: GB-ENG", "holidays: England", "$.calendar.holidays", "is not one of"),
        ("until: decided", "until: decide", "$.clocks.answer.until", "is not one of"),
        ("from: registered, ", "", "$.clocks.answer", "'from' is a required property"),
        ("kind: email", "kind: mail", "$.intake.facts['complainant.email'].kind", "is not one of"),
        ("people:", "roles:", "$", "'roles' was unexpected"),
    ],
)
def test_a_common_fault_in_a_file_is_found_at_its_place(
    tmp_path: Path, written: str, instead: str, place: str, message: str
) -> None:
    assert written in guide.SMALLEST
    faulty_file = tmp_path / "faulty.yaml"
    faulty_file.write_text(guide.SMALLEST.replace(written, instead, 1), "utf-8")

    code, found = check_jsonschema("--schemafile", SCHEMA, faulty_file)

    assert code == 1
    assert [one for one in found if message in one[1] and one[0].startswith(place)]


@pytest.mark.parametrize("name", OF_THE_FORM)
def test_each_fault_of_the_form_is_refused(name: str) -> None:
    assert not validator().is_valid(as_json(faulty(*OF_THE_FORM[name])))


def completions(*path: str) -> dict[str, Any]:
    """What an editor can offer below the path: each key or value, with its explanation."""
    return {key: text for schema in _at(written_form(), path) for key, text in _offered(schema)}


def _at(schema: Any, path: tuple[str, ...]) -> list[Any]:
    """The schemas that a language server finds at the path, in all alternatives."""
    if "$ref" in schema:
        return _at(written_form()["definitions"][schema["$ref"].rpartition("/")[2]], path)
    found = [one for key in ("anyOf", "allOf") for inner in schema.get(key, []) for one in _at(inner, path)]
    if not path:
        return [schema, *found]
    step, *rest = path
    below = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    return [*found, *(_at(below, tuple(rest)) if isinstance(below, dict) else [])]


def _offered(schema: Any) -> list[tuple[str, Any]]:
    keys = [
        (key, one["description"]) for key, one in schema.get("properties", {}).items() if not one.get("doNotSuggest")
    ]
    return [*keys, *((value, schema.get("description", "")) for value in schema.get("enum", []))]


def test_an_editor_offers_the_parts_of_a_policy_with_their_explanation() -> None:
    offered = completions()

    assert offered["clocks"] == "The deadlines, by name."
    assert {"calendar", "people", "tiers", "intake", "stages", "clocks"} <= offered.keys()


def test_an_editor_offers_acts_in_a_stage_and_the_keys_of_an_act() -> None:
    assert completions("stages", "any").keys() >= {*LISTABLE_ACTS, "name", "guidance", "shelf"}
    assert "Causes the event `decided`" in completions("stages", "any")["decide"]
    assert {"by", "to", "needs", "takes", "tells", "when"} <= completions("stages", "any", "decide").keys()


def test_an_editor_offers_the_words_that_authors_write_and_not_those_of_the_full_form() -> None:
    assert {"from", "until", "within", "warn"} <= completions("clocks", "any").keys()
    assert "start" not in completions("clocks", "any")
    assert completions("clocks", "any", "from").keys() >= EVENTS


@pytest.mark.parametrize(
    "path",
    [
        ("stages", "any", "decide", "when"),
        ("stages", "any", "decide", "tells", "when"),
        ("clocks", "any", "when"),
        ("clocks", "any", "within", "when"),
        ("intake", "refusals", "any", "when"),
    ],
)
def test_an_editor_offers_the_names_that_the_language_gives_to_conditions(path: tuple[str, ...]) -> None:
    offered = completions(*path)

    assert offered.keys() >= COMPLAINT_CONDITIONS - {"routed"}
    assert "`open` or `closed`" in offered["hours"]


def test_an_editor_offers_no_names_of_conditions_below_an_event() -> None:
    """There stand the fields that the event gives."""
    assert "hours" not in completions("clocks", "any", "from", "decided")


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (("calendar", "day_ends"), {"close", "midnight"}),
        (("calendar", "holidays"), {"CN", "GB-ENG", "US"}),
        (("intake", "unit"), {"none", "optional", "required"}),
        (("fields", "any", "kind"), {"text", "choice", "date", "number"}),
        (("stages", "any", "shelf"), {"open", "pending", "supervision", "archived"}),
        (("clocks", "any", "missed"), {"escalate", "record", "act"}),
    ],
)
def test_an_editor_offers_the_values_of_a_closed_list(path: tuple[str, ...], values: set[str]) -> None:
    assert completions(*path).keys() >= values
