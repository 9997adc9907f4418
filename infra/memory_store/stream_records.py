"""The table's stream: KEYS_ONLY records of inserted, modified and removed items."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from chalicelib.store.port import Key

EventName = Literal["INSERT", "MODIFY", "REMOVE"]


class StreamRecord(NamedTuple):
    """One change of one item. `position` counts from 1 in the order of the changes."""

    position: int
    event_name: EventName
    key: Key

    def to_lambda(self) -> dict[str, Any]:
        """The record as in `Records` of a Lambda event (AWS: "Using AWS Lambda with Amazon DynamoDB")."""
        return {
            "eventID": f"{self.position:032x}",
            "eventName": self.event_name,
            "eventSource": "aws:dynamodb",
            "eventVersion": "1.1",
            "dynamodb": {
                "Keys": {"pk": {"S": self.key.pk}, "sk": {"S": self.key.sk}},
                "SequenceNumber": f"{self.position:021d}",
                "StreamViewType": "KEYS_ONLY",
            },
        }
