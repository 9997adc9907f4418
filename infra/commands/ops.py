"""`make ops reports`: what waits for the operators of a deployment, by signed requests.

Exit 1: the service cannot be reached or refuses the request; 2: wrong usage. Credentials and region are those of the
AWS command line; the local stack has an operator of its own.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.session import Session

from infra.local.__main__ import STACK_FILE
from infra.local.gateway.operator_signature import OPERATOR

_USAGE = """usage: make ops reports                              the reports about an office that operators handle
       make ops report ORGANISATION REFERENCE        one of them
ADDRESS=https://complaints.example names the deployment. Without it: the local stack (make run)"""
_LOCAL = ("127.0.0.1", "localhost")
_SECONDS = 30
_COLUMNS = ("ORGANISATION", "REFERENCE", "STATE", "FILED (UTC)", "CHANGED (UTC)")


class Stopped(Exception):
    """The command cannot go on, for the reason that it says."""


Ask = Callable[[str], Any]
"""The answer to a GET of a path below `/v1/ops`. Raises `Stopped`."""


def printable(text: str) -> str:
    """The text with escapes for what is not printable: texts of others could control the terminal."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    try:
        lines = _lines(words, asking(environment.get("ADDRESS", "")))
        if lines is None:
            print(_USAGE, file=sys.stderr)
            return 2
        for line in lines:
            print(printable(line))
    except Stopped as stopped:
        print(f"Stopped: {stopped}", file=sys.stderr)
        return 1
    return 0


def _lines(words: Sequence[str], ask: Ask) -> Iterator[str] | None:
    match words:
        case ["reports"]:
            return _table(ask)
        case ["report", organisation, reference]:
            return _shown(ask(f"/supervision/{quote(organisation)}/{quote(reference)}"))
        case _:
            return None


def _table(ask: Ask) -> Iterator[str]:
    rows = [_COLUMNS, *(_row(one) for one in _reports(ask))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows if len(rows) > 1 else ():
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
    waiting = sum(one[2] != "closed" for one in rows[1:])
    yield f"{len(rows) - 1} reports, {waiting} not closed"


def _reports(ask: Ask) -> Iterator[dict[str, str]]:
    cursor: str | None = ""
    while cursor is not None:
        page = ask("/supervision" + (f"?cursor={quote(cursor, safe='')}" if cursor else ""))
        yield from page["reports"]
        cursor = page["cursor"]


def _row(one: dict[str, str]) -> tuple[str, ...]:
    return one["id"], one["reference"], one["state"], _time(one["at"]), _time(one["changed"])


def _time(instant: str) -> str:
    return instant[:16].replace("T", " ")


def _shown(report: dict[str, Any]) -> Iterator[str]:
    about = report["about"]
    named = [*(["the office"] if about["office"] else []), *about["people"], *about["names"]]
    for name, value in (
        ("state", report["state"] + (f" ({report['finding']})" if report["finding"] else "")),
        ("for", f"{report['to']}, as the reporter chose"),
        ("about", ", ".join(named)),
        ("complaint", report["complaint"] or "none"),
        ("contact", report["contact"] or "none"),
        ("acts", ", ".join(report["acts"]) or "none"),
    ):
        yield f"{name:<10} {value}"
    for event in report["events"]:
        yield f"{_time(event['at'])}  {event['type']}, by {event['by']}"
        yield from (f"    {line}" for line in (event["text"] or "").splitlines())


def asking(address: str) -> Ask:
    """For a deployment, or the local stack. Nothing is read before the first request."""

    def ask(path: str) -> Any:
        url = (address or local_stack()).rstrip("/")
        is_local = urlsplit(url).hostname in _LOCAL
        if not is_local and not url.startswith("https://"):
            raise Stopped("ADDRESS must begin with https://, as in ADDRESS=https://complaints.example")
        request = AWSRequest("GET", f"{url}/v1/ops{path}", headers={"Accept": "application/json"})
        (_local_signer() if is_local else _signer(Session())).add_auth(request)
        return answered(request)

    return ask


def local_stack(otherwise: str = "ADDRESS= of the deployment") -> str:
    """The address of the local stack that runs in this folder. Raises `Stopped` without one."""
    try:
        return str(json.loads(STACK_FILE.read_text("utf-8"))["url"])
    except FileNotFoundError:
        raise Stopped(f"give {otherwise}, or start the local stack: make run") from None


def _local_signer() -> SigV4Auth:
    return SigV4Auth(Credentials(OPERATOR, OPERATOR), "execute-api", "us-east-1")


def _signer(session: Session) -> SigV4Auth:
    credentials, region = session.get_credentials(), session.get_config_variable("region")
    if credentials is None:
        raise Stopped("no credentials: log in as for the AWS command line, or set AWS_PROFILE")
    if region is None:
        raise Stopped("no region: set AWS_DEFAULT_REGION")
    return SigV4Auth(credentials.get_frozen_credentials(), "execute-api", region)


def answered(request: AWSRequest) -> Any:
    """The JSON of the response. Raises `Stopped` if it is no 200."""
    place = urlsplit(str(request.url)).netloc
    try:
        answer = URLLib3Session(timeout=_SECONDS).send(request.prepare())
        body = json.loads(answer.content)
    except BotoCoreError as error:
        raise Stopped(f"{place} cannot be reached: {error}") from None
    except ValueError:
        raise Stopped(f"{place} answered {answer.status_code} without JSON: is ADDRESS that of the service?") from None
    if answer.status_code != 200:
        told = body if isinstance(body, dict) else {}
        why = told.get("detail") or told.get("title") or told.get("message") or "no reason given"
        raise Stopped(f"{place} answered {answer.status_code}: {printable(str(why))}")
    return body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
