"""A clock with a `when` needs limits for the cases in which it exists, as far as these cannot change while it runs."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.checks.document import check
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty

OF_GOODS = [
    {"when": {"kind": "goods", "severity": "low"}, "limit": "5 working days"},
    {"when": {"kind": "goods", "severity": "high"}, "limit": "6 hours"},
]


def policy(when: dict[str, Any], within: list[dict[str, Any]], classify: list[str]) -> dict[str, Any]:
    """Every filing chooses a `kind`: goods or service. `classify`: what the act can give."""
    document = faulty("intake/required", "kind")
    document["clocks"]["decision"] = {"from": "accepted", "until": "decided", "when": when, "within": within}
    document["stages"]["registered"]["classify"]["needs"] = classify
    return document


def faults(when: dict[str, Any], within: list[dict[str, Any]], classify: list[str]) -> list[tuple[str, str]]:
    with pytest.raises(PolicyFault) as caught:
        check(policy(when, within, classify))
    return [(fault.kind, str(fault.values["case"])) for fault in caught.value.faults]


def test_cases_in_which_the_clock_does_not_exist_need_no_limit() -> None:
    assert check(policy({"kind": "goods"}, OF_GOODS, ["severity"])).clocks


def test_a_case_in_which_the_clock_exists_needs_a_limit() -> None:
    assert faults({"kind": "goods"}, OF_GOODS[:1], ["severity"]) == [
        ("no-limit-for-case", "kind: goods, severity: high")
    ]


def test_a_channel_does_not_change_either() -> None:
    within = [{"when": {"channel": "phone"}, "limit": "1 working day"}]
    assert check(policy({"channel": "phone"}, within, ["severity"])).clocks


def test_a_case_that_can_become_another_one_while_the_clock_runs_needs_a_limit() -> None:
    assert faults({"kind": "goods"}, OF_GOODS, ["severity", "kind"]) == [
        ("no-limit-for-case", "kind: service, severity: high")
    ]


def test_a_class_can_change_while_the_clock_runs() -> None:
    within = [{"when": {"severity": "low"}, "limit": "5 working days"}]
    assert faults({"severity": "low"}, within, ["severity"]) == [("no-limit-for-case", "severity: high")]
