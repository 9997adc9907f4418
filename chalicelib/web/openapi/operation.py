"""Parts of an OpenAPI operation that depend on its contract only."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from chalicelib.tenants.names import TENANT_PATTERN
from chalicelib.web.contract import Contract
from chalicelib.web.openapi.fixed_parts import TEXT
from chalicelib.web.problems import PROBLEM_TYPES
from chalicelib.web.request_parts import KEY_PATTERN
from chalicelib.web.responses import PROBLEM_TYPE


def security(contract: Contract) -> list[dict[str, list[str]]]:
    """Security requirements. `{}` means that no credentials are needed."""
    return [{} if kind == "public" else {kind: []} for kind in sorted(contract.allow)]


def path_parameters(contract: Contract) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": _path_schema(name)} for name in contract.params]


def _path_schema(name: str) -> dict[str, Any]:
    return {"type": "string", "pattern": TENANT_PATTERN} if name == "tenant" else {"type": "string", "minLength": 1}


def headers(contract: Contract) -> list[dict[str, Any]]:
    """Header parameters. A header cannot depend on the caller: a required `Idempotency-Key` is required of people too,
    although the API accepts their requests without one."""
    found = []
    if contract.idempotency != "none":
        required = contract.idempotency == "required"
        schema = {"type": "string", "pattern": f"^{KEY_PATTERN}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": required, "schema": schema})
    if contract.if_match:
        found.append({"name": "If-Match", "in": "header", "required": False, "schema": TEXT})
    if contract.if_none_match:
        found.append({"name": "If-None-Match", "in": "header", "required": False, "schema": TEXT})
    return found


def problem_responses(contract: Contract) -> dict[str, Any]:
    """One response per status. Its description lists the problem kinds."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for kind in sorted(contract.problem_kinds):
        by_status[PROBLEM_TYPES[kind].status].append(kind)
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": ", ".join(f"`{kind}`" for kind in kinds), "content": content}
        for status, kinds in sorted(by_status.items())
    }
