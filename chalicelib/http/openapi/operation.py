"""Parts of an OpenAPI operation that depend on its contract only, and the fixed parts of the document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from chalicelib.http.contract import Contract
from chalicelib.http.problems import PROBLEM_TYPES, TYPE_PREFIX
from chalicelib.http.request_parts import KEY_PATTERN
from chalicelib.http.responses import PROBLEM_TYPE
from chalicelib.tenants.names import TENANT_PATTERN

INFO = {
    "title": "Redress",
    "version": "1.0.0",
    "summary": "Complaint handling in which every organisation defines its own procedure.",
    "description": "`HEAD` is supported wherever `GET` is, with the same headers. `OPTIONS` is supported everywhere. "
    "Problems, faults and hints are in Chinese if `Accept-Language` prefers `zh` to `en`, and otherwise in English.",
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}

SECURITY = {
    "person": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The ID token from sign-in."},
    "operator": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "AWS Signature Version 4 (service `execute-api`) by an operator of the deployment.",
    },
    "receipt": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Receipt <text>`, with the text that was shown when the complaint was filed.",
    },
}

_TEXT = {"type": "string"}
PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457. Some kinds have more keys, such as `position` or `acts`.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "correlation_id"],
    "properties": {
        "type": {"enum": [TYPE_PREFIX + kind for kind in PROBLEM_TYPES]},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "correlation_id": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901"},
                    "detail": _TEXT,
                    "detail_zh": {"type": "string", "description": "For policy faults: `detail` in Chinese."},
                    "mend": {"type": "string", "description": "For policy faults: how to correct it."},
                    "mend_zh": {"type": "string", "description": "For policy faults: `mend` in Chinese."},
                    "line": {
                        "type": "integer",
                        "description": "For policy faults where the policy is text, and for malformed JSON.",
                    },
                    "column": {"type": "integer", "description": "For malformed JSON: in characters, from 1."},
                },
            },
        },
    },
}

RESPONSE_HEADERS = {"X-Correlation-Id": {"schema": _TEXT, "description": "Quote it when you report a fault."}}


def security(contract: Contract) -> list[dict[str, list[str]]]:
    """Security requirements. `{}` means that no credentials are needed."""
    return [{} if kind == "public" else {kind: []} for kind in sorted(contract.allow)]


def path_parameters(contract: Contract) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": _path_schema(name)} for name in contract.params]


def _path_schema(name: str) -> dict[str, Any]:
    return {"type": "string", "pattern": TENANT_PATTERN} if name == "tenant" else {"type": "string", "minLength": 1}


def headers(contract: Contract) -> list[dict[str, Any]]:
    """Header parameters. People may omit a required `Idempotency-Key`, so routes for people show it as optional."""
    found = []
    if contract.idempotency != "none":
        required = contract.idempotency == "required" and "person" not in contract.allow
        schema = {"type": "string", "pattern": f"^{KEY_PATTERN}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": required, "schema": schema})
    if contract.if_match:
        found.append({"name": "If-Match", "in": "header", "required": False, "schema": _TEXT})
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
