"""The parts of the OpenAPI document that are the same for every operation."""

from __future__ import annotations

from chalicelib.web.problems import PROBLEM_TYPES, TYPE_PREFIX

INFO = {
    "title": "Redress",
    "version": "1.0.0",
    "summary": "Complaint handling in which every organisation defines its own procedure.",
    "description": "`HEAD` is supported wherever `GET` is, with the same headers. `OPTIONS` is supported everywhere. "
    "Problems, faults, hints and the texts of this document are in Chinese if `Accept-Language` prefers `zh` to `en`, "
    "and otherwise in English.",
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

TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}

PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457. Some kinds have more keys, such as `position` or `acts`.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "correlation_id"],
    "properties": {
        "type": {"enum": [TYPE_PREFIX + kind for kind in PROBLEM_TYPES]},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "correlation_id": TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901"},
                    "detail": TEXT,
                    "values": {
                        "type": "array",
                        "items": TEXT,
                        "description": "The names, for requests, of the policy's values that `detail` lists in words.",
                    },
                    "detail_zh": {"type": "string", "description": "For policy faults: `detail` in Chinese."},
                    "mend": {"type": "string", "description": "For policy faults: how to correct it."},
                    "mend_zh": {"type": "string", "description": "For policy faults: `mend` in Chinese."},
                    "line": {
                        "type": "integer",
                        "description": "For policy faults where the policy is text, and for malformed JSON.",
                    },
                    "column": {
                        "type": "integer",
                        "description": "In characters, from 1: of the place in that line.",
                    },
                    "rewording": {
                        "type": "object",
                        "required": ["line", "column", "word", "instead"],
                        "properties": {"line": _NUMBER, "column": _NUMBER, "word": TEXT, "instead": TEXT},
                        "description": "For policy faults: the word of the text in whose place another mends it.",
                    },
                },
            },
        },
    },
}

CSV = "text/csv"
TABLE = {
    "schema": {
        "type": "string",
        "description": "For `Accept: text/csv`: a table (RFC 4180) in UTF-8 without a byte order mark. The first row "
        "has the names of the columns. `Accept-Language` chooses the language of labels and texts. A text that a "
        "spreadsheet would take for a formula has an apostrophe before it.",
    }
}

YAML = "application/yaml"
POLICY_TEXT = {
    "schema": {
        "type": "string",
        "description": "For `Accept: application/yaml`: the policy as its author wrote it, with comments and in the "
        "author's order. Where it came as JSON: a text that says the same.",
    }
}

RESPONSE_HEADERS = {"X-Correlation-Id": {"schema": TEXT, "description": "Quote it when you report a fault."}}
