"""Names that others depend on stay. New ones may be added."""

from __future__ import annotations

from tests.across.recorded import contract, files


def test_nothing_of_the_api_or_the_template_was_taken_away() -> None:
    assert contract.missing(files.load(contract.FILE), contract.contract()) == {}


def test_a_status_or_an_output_that_is_gone_is_found() -> None:
    found = contract.contract()
    less = {**found, "outputs": found["outputs"][1:]}
    del less["GET /v1/t/{tenant}"]

    assert contract.missing(found, less) == {
        "GET /v1/t/{tenant}": found["GET /v1/t/{tenant}"],
        "outputs": found["outputs"][:1],
    }
