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


@pytest.mark.parametrize(
    "name",
    [
        "李监督",
        "李 监督",
        "李·监督",
        "李\u200b监督",
        "李\u3164监督",
        "客服部的李监督主任",
        "ＬＩ＠Ｈｏｍｅ．ｅｘａｍｐｌｅ",
        "li @home.example",
    ],
)
def test_by_name_or_address(office: Organisation, name: str) -> None:
    body = {"email": "li@home.example", "name": "李监督", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    reported = report(office, {"names": [name]})

    handlers = handlers_of(office, reported)
    assert handlers == {office.subs["supervisor"]}
