"""Every example of the OpenAPI document works as it is written, and conforms to its schema."""

from __future__ import annotations

import pytest

from tests.helpers.left_out import kept
from tests.kernel.web.openapi.examples.asking import FORESEEN, OPERATIONS, ask, faults, foresee, foreseen_examples
from tests.kernel.web.openapi.examples.record import shortened
from tests.kernel.web.openapi.examples.table import SCENES

CSV = "text/csv"
READS = [id_ for id_, one in OPERATIONS.items() if one.method == "GET"]
WITH_REQUEST = [id_ for id_, one in OPERATIONS.items() if one.request]
WITH_RESPONSE = [id_ for id_, one in OPERATIONS.items() if one.response]


def test_each_operation_has_a_scene() -> None:
    assert set(kept(SCENES)) == set(OPERATIONS)


@pytest.mark.parametrize("id_", WITH_REQUEST)
def test_an_example_of_a_body_conforms_to_its_schema(id_: str) -> None:
    assert faults(OPERATIONS[id_].request["schema"], OPERATIONS[id_].request["example"]) == []


@pytest.mark.parametrize("id_", WITH_RESPONSE)
def test_an_example_of_a_response_conforms_to_its_schema(id_: str) -> None:
    found = faults(OPERATIONS[id_].response["schema"], OPERATIONS[id_].response["example"])

    assert found == [], "run: make examples"


@pytest.mark.parametrize("id_", OPERATIONS)
def test_an_example_works_as_it_is_written(id_: str) -> None:
    answer, operation = ask(id_), OPERATIONS[id_]

    assert answer.status == operation.status, answer.text
    if operation.response:
        is_json = answer.headers["Content-Type"].startswith("application/json")
        assert faults(operation.response["schema"], answer.json if is_json else answer.text) == []
    else:
        assert answer.text == ""


@pytest.mark.parametrize("id_", FORESEEN)
def test_a_dry_run_has_an_example_that_conforms_to_its_schema(id_: str) -> None:
    found = foreseen_examples(id_)

    assert len(found) == 1
    assert faults({"$ref": FORESEEN[id_]}, found[0]) == [], "run: make examples"


@pytest.mark.parametrize("id_", FORESEEN)
def test_the_example_of_a_dry_run_is_what_the_example_of_its_request_gets(id_: str) -> None:
    answer = foresee(id_)

    assert answer.status == 200, answer.text
    assert shortened(answer.json) == foreseen_examples(id_)[0]


@pytest.mark.parametrize("id_", READS)
def test_an_answer_has_a_type_that_the_document_names(id_: str) -> None:
    """Also for callers who prefer CSV: they get it where the document names it."""
    content = OPERATIONS[id_].described["responses"][str(OPERATIONS[id_].status)].get("content", {})

    media_type, _, charset = ask(id_, Accept=CSV).headers.get("Content-Type", "").partition(";")

    assert (media_type == CSV) == (CSV in content)
    assert media_type in content or not content
    assert charset == " charset=utf-8" or media_type != CSV
