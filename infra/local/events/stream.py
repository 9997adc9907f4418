"""Emulates the event source mapping from the table's stream to the relay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from infra.local.events.event_pattern import matches
from infra.local.functions import Event, Function, failed_items

MAX_ATTEMPTS = 100
"""Attempts after which a record without a retry limit counts as expired."""


class Stream:
    """Reads moto's shard object directly: through the API, moto would keep one iterator per poll forever."""

    def __init__(self, shard: Any, mapping: Mapping[str, Any], function: Function, sqs: Any) -> None:
        """`shard`: moto's `StreamShard`. `mapping`: the event's properties in the template, resolved."""
        self._shard = shard
        self._function = function
        self._sqs = sqs
        self._arn: str = mapping["Stream"]
        self._batch: int = mapping["BatchSize"]
        self._patterns = [json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]]
        retries: int = mapping["MaximumRetryAttempts"]
        self._attempts = MAX_ATTEMPTS if retries < 0 else retries + 1
        self._failure_queue_arn: str = mapping["DestinationConfig"]["OnFailure"]["Destination"]
        self._position = 0
        self._failures = 0

    def deliver(self) -> bool:
        """Deliver at most one batch. Returns False when there was none. A failed record blocks those after it."""
        records = [item.to_json() for item in self._shard.items[self._position : self._position + self._batch]]
        if not records:
            return False
        selected = [self._with_source(each) for each in records if self._matches(each)]
        failed = self._call(selected)
        self._position += _count_before_first(failed, records)
        self._failures = self._failures + 1 if failed else 0
        if failed and self._failures >= self._attempts:
            self._give_up(records, failed)
        return True

    def _matches(self, record: Event) -> bool:
        return any(matches(pattern, record) for pattern in self._patterns)

    def _with_source(self, record: Event) -> Event:
        return {**record, "eventSourceARN": self._arn}

    def _call(self, records: list[Event]) -> set[str]:
        if not records:
            return set()
        return failed_items(self._function, {"Records": records}, [_number(record) for record in records])

    def _give_up(self, records: list[Event], failed: set[str]) -> None:
        """As in AWS: send the record's position in the stream to the failure destination, and continue after it."""
        number = next(number for number in map(_number, records) if number in failed)
        about = {"streamArn": self._arn, "startSequenceNumber": number, "endSequenceNumber": number}
        queue = self._failure_queue_arn.rpartition(":")[2]
        url = self._sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        self._sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"DDBStreamBatchInfo": about}))
        print(f"relay: gave up on stream record {number} after {self._failures} attempts; it is in {queue}")
        self._position += 1
        self._failures = 0


def _number(record: Event) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def _count_before_first(failed: set[str], records: list[Event]) -> int:
    """The number of records before the first failed one."""
    return next((place for place, record in enumerate(records) if _number(record) in failed), len(records))
