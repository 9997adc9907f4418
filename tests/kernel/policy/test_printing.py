"""Printed forms can name every event, and their own names hide none of a policy's."""

from __future__ import annotations

import pytest

from chalicelib.policy import publishing
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES, EVENT_LIST
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty


def test_every_event_has_a_name_in_two_languages() -> None:
    labels = [*(term.label for term in EVENT_TERMS.values()), *BUILT_IN_VALUES.values()]
    assert [label for label in labels if not (label.zh and label.en)] == []


def test_a_line_may_show_whatever_the_fault_lists() -> None:
    document = faulty("forms", {"order": {"zh": "工单", "sections": [{"lines": "stars"}]}})
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)
    known = caught.value.faults[0].values["known"]
    assert isinstance(known, list)

    publishing.prepare({**document, "forms": {"order": {"zh": "工单", "sections": [{"lines": known}]}}})

    assert {"number", "kind", "clock.decision", "event.decided", "content", "amount", EVENT_LIST} <= set(known)


def test_values_of_one_field_at_several_events_are_different_lines() -> None:
    lines = [{"shows": "amount"}, {"shows": "amount", "on": "decided"}, {"shows": "amount", "on": "task_done"}]

    publishing.prepare(faulty("forms", {"order": {"zh": "工单", "sections": [{"lines": lines}]}}))
