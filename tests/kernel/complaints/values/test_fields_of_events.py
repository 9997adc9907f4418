"""The fields by which a policy can select events are those that the events have."""

from __future__ import annotations

from hypothesis import given

from chalicelib.kit.instants import Instant
from chalicelib.policy.checks import event_fields
from chalicelib.policy.language.vocabulary import EVENTS
from tests.helpers.fakes.prepared_presets import prepared
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

_NO_SINGLE_VALUES = {"assigned", "category", "deadlines", "facts", "for_staff", "received", "receipt", "stages"}
"""Maps, and what says nothing of the case: no policy can select an event by them."""
_OF_MESSAGES = "notified"
"""The service's own messages start and stop nothing. Only the event of the act `notify` does."""


@searching(150)
@given(play.lives())
def test_each_field_of_an_event_can_select_it(lived: tuple[Life, Instant]) -> None:
    life, _ = lived
    for event in life.events:
        if event.type in EVENTS and not (event.type == _OF_MESSAGES and event.act is None):
            known = event_fields.keys(event.type, life.policy.document)

            assert event.fields.keys() <= known | _NO_SINGLE_VALUES, (event.type, event.fields.keys() - known)


def test_a_lapsed_demand_can_be_selected_by_what_it_asked_for() -> None:
    document = prepared("telecom-regulator").document
    assert {"every", "kinds"} <= event_fields.keys("evidence_demanded", document)
    assert {"every", "kinds"} <= event_fields.keys("demand_lapsed", document)
