"""Hands messages and mails to moto's objects. Part of `direct_calls`, which repeats what moto refuses through botocore.

moto counts all messages of a queue three times for each one that it sends, and for each attribute that it reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from moto.moto_api._internal import mock_random
from moto.ses.models import ses_backends
from moto.sqs.constants import MAXIMUM_MESSAGE_LENGTH
from moto.sqs.models import MAXIMUM_MESSAGE_DELAY, Message, sqs_backends

Answer = dict[str, Any]

_ID = re.compile(r"[\w-]{1,80}")
_ENTRIES = 10
_MEMBERS = frozenset({"DelaySeconds", "Id", "MessageBody", "MessageGroupId"})
_COUNTS = {
    "ApproximateNumberOfMessages": "approximate_number_of_messages",
    "ApproximateNumberOfMessagesDelayed": "approximate_number_of_messages_delayed",
    "ApproximateNumberOfMessagesNotVisible": "approximate_number_of_messages_not_visible",
}


def send_messages(region: str, account: str, arguments: Any) -> Answer | None:
    """SendMessageBatch. None for a form that is left to moto."""
    backend: Any = sqs_backends[account][region]
    queue, entries = backend.get_queue(_name(arguments)), arguments["Entries"]
    if queue.fifo_queue or not _is_plain(entries):
        return None
    for entry in entries:
        backend._validate_message(queue, entry["MessageBody"], entry.get("DelaySeconds") or 0)
    sent = [_send(queue, entry) for entry in entries]
    rows = [{"Id": one.user_id, "MessageId": one.id, "MD5OfMessageBody": one.body_md5} for one in sent]
    return {"Successful": rows, "Failed": []}


def count_messages(region: str, account: str, arguments: Any) -> Answer | None:
    """GetQueueAttributes, for the counts. None for other attributes."""
    names = arguments.get("AttributeNames", [])
    if not names or not all(name in _COUNTS for name in names):
        return None
    queue: Any = sqs_backends[account][region].get_queue(_name(arguments))
    return {"Attributes": {name: str(getattr(queue, _COUNTS[name])) for name in names}}


def send_mail(region: str, account: str, arguments: Any) -> Answer | None:
    """SendRawEmail. moto ignores the configuration set and the tags."""
    backend: Any = ses_backends[account][region]
    raw = arguments["RawMessage"]["Data"].decode()
    sent = backend.send_raw_email(arguments["Source"], list(arguments["Destinations"]), raw)
    return {"MessageId": sent.id}


CALLS: dict[tuple[str, str], Callable[[str, str, Any], Answer | None]] = {
    ("ses", "SendRawEmail"): send_mail,
    ("sqs", "GetQueueAttributes"): count_messages,
    ("sqs", "SendMessageBatch"): send_messages,
}
"""By service and operation. Each takes region, account and request."""


def _name(arguments: Any) -> str:
    name: str = arguments["QueueUrl"].rpartition("/")[2]
    return name


def _is_plain(entries: Sequence[Any]) -> bool:
    """Whether moto has nothing to refuse but a body that is too large."""
    ids = {entry["Id"] for entry in entries}
    return (
        0 < len(ids) == len(entries) <= _ENTRIES
        and all(_ID.fullmatch(one) for one in ids)
        and all(entry.keys() <= _MEMBERS for entry in entries)
        and all(0 <= (entry.get("DelaySeconds") or 0) <= MAXIMUM_MESSAGE_DELAY for entry in entries)
        and sum(len(entry["MessageBody"]) for entry in entries) <= MAXIMUM_MESSAGE_LENGTH
    )


def _send(queue: Any, entry: Any) -> Any:
    message: Any = Message(str(mock_random.uuid4()), entry["MessageBody"])
    message.user_id = entry["Id"]
    if entry.get("MessageGroupId") is not None:
        message.group_id = entry["MessageGroupId"]
    message.mark_sent(delay_seconds=int(entry.get("DelaySeconds", queue.delay_seconds)))
    queue.add_message(message)
    return message
