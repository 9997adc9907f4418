"""What an answer withholds on purpose since the fixtures were written: ids of people in the records that parties read.

The recorded answer is changed as the decision says, by code of its own; everything else must be as recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ID = re.compile(r"@?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def from_party(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A recorded answer as a party gets it now. Other readers' answers, and those without a record, stay."""
    request, body = answer["request"], answer["body"]
    if "receipt" not in request or not request["path"].endswith("/record"):
        return dict(answer)
    events = [_without_ids(event) for event in body["events"]]
    withheld = [now["id"] for was, now in zip(body["events"], events, strict=True) if was != now]
    return {**answer, "body": {**body, "events": events, "withheld": withheld}}


def _without_ids(event: dict[str, Any]) -> dict[str, Any]:
    actor = {key: "staff" if _ID.fullmatch(value) else value for key, value in event["actor"].items()}
    shown = {key: _replaced(value) for key, value in event.items() if key != "actor"}
    return {**shown, "actor": {**actor, "id": actor["kind"]}}


def _replaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one) for one in value]
    return "staff" if isinstance(value, str) and _ID.fullmatch(value) else value
