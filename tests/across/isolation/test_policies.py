"""Evaluation of the deployed IAM policies, request by request."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.iam.evaluate import IamRequest, decide
from infra.iam.requests import IamCase, cases

FILE = Path(__file__).with_name("iam_requests.yaml")
CASES = cases(FILE)
FEWEST = 60


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_policies_decide_as_expected(case: IamCase) -> None:
    assert case.decision() == case.expected


def test_there_are_enough_requests_of_both_kinds() -> None:
    assert len(CASES) >= FEWEST
    assert sum(case.expected == "Allowed" for case in CASES) >= FEWEST // 4


def test_every_allowing_statement_of_the_tenants_role_is_needed_by_some_request() -> None:
    """A statement that no request here needs would be untested."""
    [document] = next(case.identity for case in CASES if "assumed-role/TenantData" in case.principal)
    allowed = [case.request for case in CASES if case.identity == [document] and case.expected == "Allowed"]
    for statement in document["Statement"]:
        if statement["Effect"] == "Allow":
            rest = {"Statement": [each for each in document["Statement"] if each is not statement]}
            assert any(decide([rest], request) != "Allowed" for request in allowed), statement["Sid"]


@pytest.mark.parametrize("sid", ["NeverWithoutATenant", "NeverWithoutAKey", "NeverTheDueIndex"])
def test_removing_one_denial_allows_nothing(sid: str) -> None:
    """These denials are a second barrier: removing one of them does not allow any request."""
    [document] = next(case.identity for case in CASES if "assumed-role/TenantData" in case.principal)
    rest = {"Statement": [each for each in document["Statement"] if each["Sid"] != sid]}
    denied = [case.request for case in CASES if case.identity == [document] and case.expected != "Allowed"]
    assert [request for request in denied if decide([rest], request) == "Allowed"] == []


def test_an_unknown_operator_is_an_error() -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"DateLessThan": {"a": "b"}}}
    with pytest.raises(ValueError, match="DateLessThan"):
        decide([{"Statement": [statement]}], IamRequest("s3:GetObject", "arn:aws:s3:::b/k"))


def test_an_unknown_element_is_an_error() -> None:
    with pytest.raises(ValueError, match="NotAction"):
        decide([{"Statement": [{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}]}], IamRequest("a:b", "c"))
