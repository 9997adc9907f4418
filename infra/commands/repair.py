"""`make repair`: writes again what follows from the records of an organisation, or of all, and shows the progress.

It starts a job of the service by writing the job's item, and reads that item until the job is over. It needs no other
item. Credentials and region are those of the AWS command line. Exit 1: something was not repaired or, in a check,
something differs; 2: wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from chalicelib.access.binding import OwnCredentials
from chalicelib.features.repair.cursor import JOB_KIND
from chalicelib.features.repair.start import RepairProgress
from chalicelib.jobs.job import ENDED
from chalicelib.kit.system_clock import real_time
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Unavailable
from infra.commands.signed_requests import Stopped, answered, local_stack, printable
from infra.deploy.stack import DeployedStack
from infra.repair_orders import answer

_USAGE = """usage: make repair ORGANISATION=id STACK=redress    one organisation of a deployment
       make repair ORGANISATION=all STACK=redress   all of them
       make repair ORGANISATION=id                  one of the local stack (make run)
CHECK=1 only compares, and writes nothing but its job."""
_PAUSE = 2.0
"""Seconds between two looks."""
Ask = Callable[[dict[str, Any]], dict[str, Any]]
"""`answer`, of a deployment or of the local stack."""


def main(
    environment: Mapping[str, str],
    pause: Callable[[float], None] = time.sleep,
    deployment: Callable[[str], Ask] | None = None,
) -> int:
    """`deployment`: by the stack's name; by default the one in the account of the credentials."""
    named, stack = environment.get("ORGANISATION", ""), environment.get("STACK", "")
    if not named:
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        ask = (deployment or _of_stack)(stack) if stack else _of_local_stack
        every = ask({})["organisations"] if named == "all" else [named]
        results = [_repaired(ask, one, check=bool(environment.get("CHECK")), pause=pause) for one in every]
    except Stopped as stopped:
        print(f"Stopped: {stopped}", file=sys.stderr)
        return 1
    return 0 if all(results) else 1


class _Looking(NamedTuple):
    ask: Ask
    organisation: str
    pause: Callable[[float], None]

    def until_over(self, job: str) -> RepairProgress:
        """Prints each change."""
        shown = ""
        while True:
            asked = {"organisation": self.organisation, "job": job}
            found = msgspec.convert(self.ask(asked), RepairProgress)
            line = f"{self.organisation}: {job}: {found.state}, {found.done} of {found.of or '?'}"
            if line != shown:
                print(printable(line), flush=True)
            if found.state in ENDED:
                return found
            shown = line
            self.pause(_PAUSE)


def _repaired(ask: Ask, organisation: str, *, check: bool, pause: Callable[[float], None]) -> bool:
    """False if something was not repaired or, in a check, differs."""
    begun = msgspec.convert(ask({"organisation": organisation, "check": check}), RepairProgress)
    if begun.check != check:
        raise Stopped(f"another {'check' if begun.check else 'repair'} of {organisation} is running: try again later")
    looking = _Looking(ask, organisation, pause)
    found = looking.until_over(JOB_KIND)
    further = [looking.until_over(job) for job in found.jobs]
    for line in _report(organisation, found):
        print(printable(line))
    all_done = all(one.state == "done" for one in (found, *further))
    return all_done and not found.broken and not (check and found.found)


def _report(organisation: str, found: RepairProgress) -> Iterator[str]:
    if found.reason:
        yield f"{organisation}: {found.reason}"
    what = "differ" if found.check else "were written again"
    yield f"{organisation}: {found.counts.get('faults', 0)} items {what}"
    yield from (f"  {line}" for line in found.found)
    if found.broken:
        yield f"{organisation}: {found.counts['broken']} records cannot be repaired"
        yield from (f"  {line}" for line in found.broken)
    if found.later:
        yield f"{organisation}: {found.counts['later']} records were not compared: only a later release can do it"
        yield from (f"  {line}" for line in found.later)


def _of_stack(name: str) -> Ask:
    session = Session()
    region, credentials = session.get_config_variable("region"), session.get_credentials()
    if credentials is None or region is None:
        raise Stopped("no credentials or no region: log in as for the AWS command line, and set AWS_DEFAULT_REGION")
    state = _aws(lambda: DeployedStack(session.create_client("cloudformation", region), name).state())
    if state is None or "TableName" not in state.outputs:
        raise Stopped(f"there is no deployment {name} in {region}")
    store = DynamoStore(state.outputs["TableName"], region=region, provider=OwnCredentials(session), session=session)
    return lambda asked: _aws(lambda: answer(store, real_time, asked))


def _aws(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (ClientError, BotoCoreError, Unavailable) as error:
        raise Stopped(f"AWS does not answer as expected: {error}") from None
    except ValueError as error:
        raise Stopped(str(error)) from None


def _of_local_stack(asked: dict[str, Any]) -> dict[str, Any]:
    url = f"{local_stack('STACK= of the deployment')}/_local/repair"
    found: dict[str, Any] = answered(AWSRequest("POST", url, data=json.dumps(asked)))
    return found


if __name__ == "__main__":
    sys.exit(main(os.environ))
