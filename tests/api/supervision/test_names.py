"""A person who is named in another spelling handles no report about them."""

from __future__ import annotations

import pytest

from tests.api.supervision.reporting import report
from tests.api.supervision.test_independence import grant, handlers_of, office, send
from tests.clauses.organisation import Organisation

__all__ = ["office"]


@pytest.mark.parametrize(
    "name", ["José García-López", "Jose Garcia-Lopez", "García-López, José", "Mr GARCIA LOPEZ, Jose"]
)
def test_by_a_name_with_accents_and_hyphens(office: Organisation, name: str) -> None:
    body = {"email": "jose@home.example", "name": "José García-López", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    assert handlers_of(office, report(office, {"names": [name]})) == {office.subs["supervisor"]}
