"""Reads a file of requests with expected decisions (`tests/across/isolation/iam_requests.yaml`) as cases."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.iam.deployed import ACCOUNT, FUNCTIONS, REGION, Deployed
from infra.iam.evaluate import Decision, Document, IamRequest, decide, decide_with_resource_policy

_ALLOW_ALL: Document = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
_INDEXES = ("due", "list")
_TENANT_ROLES = {"tenant-data": "TenantData", "tenant-erasure": "TenantErasure"}


@dataclass(frozen=True, slots=True)
class IamCase:
    """One request. `principal`: an ARN. `own`: the policy of the target role or key. It names the caller `known_as`."""

    why: str
    principal: str
    identity: list[Document]
    request: IamRequest
    expected: Decision
    own: Document | None = None
    known_as: str = ""

    def __str__(self) -> str:
        return f"{self.why}: {self.principal} {self.request}"

    def decision(self) -> Decision:
        if self.own is None:
            return decide(self.identity, self.request)
        return decide_with_resource_policy(self.identity, self.own, self.known_as, self.request)


def cases(file: Path) -> list[IamCase]:
    deployed = Deployed()
    rows = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    return [case for row in rows for one in _each(row) for case in _cases(deployed, one)]


def _each(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row for every combination of the row's lists."""
    names = [name for name in ("as", "tag", "do", "to") if isinstance(row.get(name), list)]
    for chosen in itertools.product(*(row[name] for name in names)):
        yield {**row, **dict(zip(names, chosen, strict=True))}


def _cases(deployed: Deployed, row: dict[str, Any]) -> Iterator[IamCase]:
    if "assume" in row:
        yield from _assumptions(deployed, row)
        return
    context: dict[str, str | list[str]] = dict(row.get("context", {}))
    if "keys" in row:
        context["dynamodb:LeadingKeys"] = row["keys"]
    request = IamRequest(row["do"], _resource(deployed, row["to"]), context)
    if row["as"] in _TENANT_ROLES:
        role = _TENANT_ROLES[row["as"]]
        principal = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{row.get('tag', 'none')}"
        identity = deployed.tenant_data(role)
        context |= {"aws:PrincipalTag/TenantId": row["tag"]} if "tag" in row else {}
    else:
        principal, identity = _role(deployed, row["as"]), deployed.function(row["as"])
    own, known_as = (deployed.key_policy(), f"arn:aws:iam::{ACCOUNT}:root") if row["to"] == "Key" else (None, "")
    yield IamCase(row["why"], principal, identity, request, row["is"], own, known_as)


def _assumptions(deployed: Deployed, row: dict[str, Any]) -> Iterator[IamCase]:
    """STS checks two actions: assuming the role, and tagging the session."""
    context: dict[str, str | list[str]] = {"aws:TagKeys": row["assume"]} if row["assume"] else {}
    if "tag" in row:
        context["aws:RequestTag/TenantId"] = row["tag"]
    known = row["as"] in FUNCTIONS
    identity = deployed.function(row["as"]) if known else [_ALLOW_ALL]
    principal = _role(deployed, row["as"]) if known else f"arn:aws:iam::{ACCOUNT}:role/{row['as']}"
    for action in ("sts:AssumeRole", "sts:TagSession"):
        request = IamRequest(action, deployed.arn("TenantData"), context)
        yield IamCase(row["why"], principal, identity, request, row["is"], deployed.trust(), principal)


def _role(deployed: Deployed, function: str) -> str:
    return deployed.arn(FUNCTIONS[function])


def _resource(deployed: Deployed, name: str) -> str:
    table = deployed.arn("Table")
    if name == "table":
        return table
    if name in _INDEXES:
        return f"{table}/index/{name}"
    if name == "mail":
        return f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/example.com"
    if name == "stream":
        return deployed.attribute("Table", "StreamArn")
    bucket, slash, key = name.partition("/")
    return f"{deployed.arn('EvidenceBucket')}/{key}" if slash and bucket == "bucket" else deployed.arn(name)
