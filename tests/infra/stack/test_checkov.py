"""Findings of checkov are explained, one by one. `make checkov` runs checkov itself, in its own environment."""

from __future__ import annotations

from infra.checks.checkov import differences, explained, findings
from tests.infra.stack.translated import translated

FAILED = [
    {"check_id": "CKV_AWS_18", "resource": "AWS::S3::Bucket.EvidenceBucket"},
    {"check_id": "CKV_AWS_27", "resource": "AWS::SQS::Queue.DueQueue"},
    {"check_id": "CKV_AWS_27", "resource": "AWS::SQS::Queue.HooksQueue"},
]


def test_findings_are_grouped_by_check() -> None:
    assert findings(FAILED) == {"CKV_AWS_18": {"EvidenceBucket"}, "CKV_AWS_27": {"DueQueue", "HooksQueue"}}


def test_explained_findings_are_no_difference() -> None:
    assert differences(findings(FAILED), findings(FAILED)) == []


def test_a_finding_without_an_explanation_is_one() -> None:
    known = {"CKV_AWS_18": {"EvidenceBucket"}, "CKV_AWS_27": {"DueQueue"}}
    assert differences(findings(FAILED), known) == ["CKV_AWS_27 fails without an explanation: HooksQueue"]


def test_an_explanation_that_nothing_needs_is_one() -> None:
    known = {**findings(FAILED), "CKV_AWS_1": {"Table"}}
    assert differences(findings(FAILED), known) == ["CKV_AWS_1 is explained, but passes: Table"]


def test_every_explained_resource_exists() -> None:
    named = set[str]().union(*explained().values())
    assert named
    assert sorted(named - translated()["Resources"].keys()) == []
