"""Problem types (RFC 9457): status, titles and explanation of each kind. `/v1/problems/{kind}` shows each as a page."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth


class ProblemType(msgspec.Struct, frozen=True):
    kind: str
    status: int
    explanation: str

    @property
    def title(self) -> InBoth:
        return catalogue.texts("problem_titles")[self.kind]


TYPE_PREFIX = "/v1/problems/"
"""`type` in a problem document is this prefix and the kind, relative to the API."""


def _table(rows: Iterable[ProblemType]) -> dict[str, ProblemType]:
    return {row.kind: row for row in rows}


PROBLEM_TYPES = _table(
    [
        ProblemType(
            "bad-request",
            400,
            "A query parameter or a header does not match the API description. `errors` points to each one "
            "(`/query/limit`, `/headers/If-Match`). Correct it and send the request again.",
        ),
        ProblemType(
            "malformed-json",
            400,
            "The body is not strict JSON in UTF-8: a syntax error at byte `position`, a duplicate key, half of "
            "a surrogate pair, or more than 64 levels of nesting. `errors` has the place, with line and column.",
        ),
        ProblemType(
            "invalid-cursor",
            400,
            "A cursor is valid for 24 hours, unchanged, and only for the caller, the tenant and the filters of the "
            "request that returned it. Start again from the first page.",
        ),
        ProblemType(
            "idempotency-key-missing",
            400,
            "Public requests that write need the header `Idempotency-Key`: 22 to 128 of `A-Z a-z 0-9 _ -`, such as a "
            "UUID. It lets you repeat a request after a lost response without filing twice. Use a new key for each "
            "new request.",
        ),
        ProblemType(
            "unauthenticated",
            401,
            "The credentials are missing, expired, invalid, or of a kind that this route does not take. Sign in again "
            "and send `Authorization: Bearer <ID token>`, or `Authorization: Receipt <receipt>` where the route "
            "takes a receipt.",
        ),
        ProblemType(
            "quota-exceeded",
            402,
            "The request exceeds a limit of the organisation's plan. `limit` names the limit, `most` is its value, and "
            "`until` is when the limit resets. `until` is null where the organisation must free capacity or change to "
            "a larger plan. What was accepted before stays accepted.",
        ),
        ProblemType(
            "forbidden",
            403,
            "You are signed in, but your roles do not allow this. The organisation's owner grants roles.",
        ),
        ProblemType(
            "not-open",
            403,
            "The organisation was signed up but is not open: it takes no complaints and shows nothing to the public. "
            "As its sign-up asked (`opens`), it opens with the first signed-in request of the person who signed it up, "
            "or when an owner sends `POST /v1/t/{tenant}/open`.",
        ),
        ProblemType(
            "practice",
            403,
            "This is a practice organisation, in which people try a procedure. Nothing leaves it: it has no webhooks "
            "and no exports, takes no reports about the office, and no person is invited to it.",
        ),
        ProblemType(
            "tenant-suspended",
            403,
            "Existing data can be read. Changes are not accepted at the moment; `detail` has the reason.",
        ),
        ProblemType(
            "tenant-unknown",
            404,
            "No active organisation has this id. Ids are 3 to 40 of `a-z 0-9 -`.",
        ),
        ProblemType(
            "complaint-unknown",
            404,
            "No complaint with this number is visible to you. A wrong receipt and an unknown number get the same "
            "response, so that numbers cannot be guessed.",
        ),
        ProblemType(
            "not-found",
            404,
            "No route has this path, or the resource does not exist or is not visible to you.",
        ),
        ProblemType(
            "method-not-allowed",
            405,
            "The header `Allow` lists the methods that this path supports.",
        ),
        ProblemType(
            "conflict",
            409,
            "The data that the request depends on has changed. Read it again and decide again.",
        ),
        ProblemType(
            "act-not-open",
            409,
            "The complaint's stage, tier or history does not allow the act. `acts` lists the acts that are open to "
            "you.",
        ),
        ProblemType(
            "last-owner",
            409,
            "The request would leave the organisation without an owner. Make another person an owner first, then send "
            "the request again.",
        ),
        ProblemType(
            "proposer-gone",
            409,
            "A proposed act takes effect at its approval, and permissions are checked again then. The proposer has "
            "left the organisation or no longer has a grant for the act. The proposal can only be rejected. A person "
            "with a grant can propose the act again.",
        ),
        ProblemType(
            "limit-reached",
            409,
            "No plan allows more of these at a time. `detail` has the limit.",
        ),
        ProblemType(
            "comments-demanded",
            409,
            "The policy in force requires that its successor is a draft that was open for comments, unchanged, to "
            "certain groups (`groups`), and that the time for comments is over. Save the policy as a draft, open it, "
            "and then publish it.",
        ),
        ProblemType(
            "comments-closed",
            409,
            "The draft is not open to your group, it has changed since it was opened, or the time for comments is "
            "over.",
        ),
        ProblemType(
            "tenant-taken",
            409,
            "Ids of organisations are never reused. Choose another.",
        ),
        ProblemType(
            "on-hold",
            409,
            "Complaints under a legal hold cannot be erased. `complaints` lists up to twenty of them. A person with "
            "the permission must lift the holds first.",
        ),
        ProblemType(
            "stale",
            412,
            "`If-Match` has an earlier version. Read the current version, review the changes, and decide again. For an "
            "act on a complaint or a unit, `since` lists the events since the earlier version, each with `type`, "
            "`label`, `at` and `actor` as the caller reads them in the record. For the draft of a policy, `since` "
            "lists the latest savings since then, each with `revision`, `saved_at`, `saved_by` and the places that "
            "changed.",
        ),
        ProblemType(
            "payload-too-large",
            413,
            "A body may have at most 1 MiB. Upload files directly to the evidence store with an upload ticket.",
        ),
        ProblemType(
            "unsupported-media-type",
            415,
            "Send bodies as `application/json` in UTF-8.",
        ),
        ProblemType(
            "invalid",
            422,
            "The body is JSON, but some of its values are missing, unknown or of the wrong type. A required text is "
            "missing if a reader sees nothing of it, as of white space or characters without width. `errors` has a "
            "pointer (RFC 6901) and an explanation for each. Correct all of them and send the request again.",
        ),
        ProblemType(
            "policy-invalid",
            422,
            "The policy check found faults. `errors` lists each with its place. Nothing was published.",
        ),
        ProblemType(
            "idempotency-key-reused",
            422,
            "For 24 hours, a key belongs to one request: the same path and the same body. Use a new key for a new "
            "request.",
        ),
        ProblemType(
            "too-many-requests",
            429,
            "Wait for the time in `Retry-After` and send the request again. `limit` names the limit: of the IP "
            "address (`requests_from_an_address`), of the person (`requests_of_a_person`) or of the organisation's "
            "plan (`requests_a_minute`). `most` is the number of requests a minute, and `until` is when more are "
            "allowed. Others count longer: wrong receipts, requests for new receipts and drafts of filings in 15 "
            "minutes, and complaints and uploads a day, of the IP address (`wrong_receipts`, "
            "`receipt_requests_from_an_address`, `drafts_from_an_address`, `complaints_from_an_address`, "
            "`uploads_from_an_address`), and invitations a day to one e-mail address (`invitations_to_an_address`).",
        ),
        ProblemType(
            "internal",
            500,
            "The service has a fault. It is logged with the `correlation_id`. Quote the id when you report the fault.",
        ),
        ProblemType(
            "unavailable",
            503,
            "The request may or may not have taken effect. Wait for the time in `Retry-After` and repeat the request "
            "with the same `Idempotency-Key`.",
        ),
    ]
)
