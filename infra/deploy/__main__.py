"""`python -m infra.deploy preflight|deploy|rollback|smoke STACK BUCKET [PACKAGE]` (`make deploy`, `make rollback`).

Parameters of the template come from the environment variable `PARAMETERS`. `YES=1` confirms changes beforehand, and
`PART`, the name of the stack, those that part it from its data. Credentials and region are those of the AWS command
line. Exits with 1, and tells why, if it cannot go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import boto3

from infra.deploy import parameters, preflight, rollback, smoke
from infra.deploy.deployment import Deployer
from infra.deploy.distribution import Distribution
from infra.deploy.history import DeploymentHistory
from infra.deploy.operator import DeploymentStopped, Terminal
from infra.deploy.stack import DeployedStack
from infra.deploy.upload import upload
from infra.local.resources.template import load


def main(arguments: Sequence[str]) -> int:
    command, name, bucket, *rest = arguments
    try:
        if not name or not bucket:
            raise DeploymentStopped("name the stack and the bucket: STACK=redress BUCKET=my-code-bucket")
        session = boto3.session.Session()
        if session.region_name is None:
            raise DeploymentStopped("no region: set AWS_DEFAULT_REGION")
        _run(command, name, bucket, session, [Path(each) for each in rest])
    except DeploymentStopped as stopped:
        print(f"Stopped: {stopped}", file=sys.stderr)
        return 1
    return 0


def _run(command: str, name: str, bucket: str, session: boto3.session.Session, package: Sequence[Path]) -> None:
    client = session.client
    stack = DeployedStack(client("cloudformation"), name)
    terminal = Terminal(answers_given(os.environ))
    history = DeploymentHistory(client("s3"), bucket, f"{name}/deployments.json")
    distribution = Distribution(client("s3"), client("cloudfront"))
    deployer = Deployer(stack, history, terminal, smoke.over_http, distribution)
    given = parameters.parsed(os.environ.get("PARAMETERS", ""))
    if command == "preflight":
        _preflight(client, stack, bucket, session.region_name, given)
        terminal.tell("The preflight found no problem.")
    elif command == "deploy":
        uploaded = upload(client("s3"), bucket, name, package[0])
        deployer.deploy(uploaded.key, uploaded.url, uploaded.template, given)
    elif command == "rollback":
        rollback.roll_back(deployer)
    elif state := stack.state():
        deployer.check(state)


def answers_given(environment: Mapping[str, str]) -> list[str]:
    """The answers that the operator gives beforehand."""
    answers = ["yes"] if environment.get("YES") == "1" else []
    return [*answers, f"part {environment['PART']}"] if environment.get("PART") else answers


def _preflight(client: preflight.Client, stack: DeployedStack, bucket: str, region: str, given: dict[str, str]) -> None:
    state = stack.state()
    present = {} if state is None else state.kept_parameters
    plan = preflight.DeploymentPlan(stack.name, bucket, region, given, present, load()["Parameters"])
    if wrong := preflight.problems(client, plan):
        lines = "\n".join(f"  {each}" for each in wrong)
        raise DeploymentStopped(f"the preflight found:\n{lines}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
