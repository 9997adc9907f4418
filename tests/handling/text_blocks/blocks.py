"""Text blocks over the API."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer

APOLOGY: dict[str, Any] = {"name": "致歉", "language": "zh", "text": "您好，您的投诉 {number} 给您带来不便，深表歉意。"}


def ask(
    office: Organisation, method: str, path: str = "", body: Any = None, who: str = "owner", **headers: str
) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return office.world.call(method, f"{office.path}/text-blocks{path}", body, auth=office.auth(who), headers=sent)


def written(office: Organisation, **changes: Any) -> str:
    """The id of a new text block."""
    answer = ask(office, "POST", "", {**APOLOGY, **changes})
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def changed(office: Organisation, block: str, **changes: Any) -> int:
    """The version of the text block after a change."""
    answer = ask(office, "PUT", f"/{block}", {**APOLOGY, **changes})
    assert answer.status == 200, answer.text
    return int(answer.json["version"])


def retired(office: Organisation, block: str) -> None:
    answer = ask(office, "POST", f"/{block}/retire")
    assert answer.status == 200, answer.text


def inserted(office: Organisation, number: str, block: str, who: str = "handler") -> Answer:
    return office.world.call("GET", f"{office.path}/complaints/{number}/text-blocks/{block}", auth=office.auth(who))


def inform(
    office: Organisation, number: str, text: str, *used: tuple[str, int], who: str = "handler", query: str = ""
) -> Answer:
    """A message to the complainant that names text blocks."""
    body = {"fields": {"message": text}, "text_blocks": [{"block": one, "version": version} for one, version in used]}
    path = f"{office.path}/complaints/{number}/acts/inform{query}"
    return office.world.call("POST", path, body, auth=office.auth(who, number))


def named(office: Organisation, number: str) -> list[Any]:
    """The text blocks that the last message names."""
    return list(office.events(number, type_="informed")[-1]["result"].get("text_blocks", []))
