"""The table of problems (RFC 9457): from kind to status, title and explanation. Each row is a page.

`type` is `/v1/problems/<kind>`, relative to the API.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class ProblemType(msgspec.Struct, frozen=True):
    kind: str
    status: int
    title: str
    title_zh: str
    explanation: str


TYPE_PREFIX = "/v1/problems/"


def _table(rows: Iterable[ProblemType]) -> dict[str, ProblemType]:
    return {row.kind: row for row in rows}


PROBLEM_TYPES = _table(
    [
        ProblemType(
            "bad-request",
            400,
            "The request cannot be read",
            "请求无法读取",
            "A query parameter or a header is not as the API describes it; `errors` points at each one "
            "(`/query/limit`, `/headers/If-Match`). Correct it and send the request again.",
        ),
        ProblemType(
            "malformed-json",
            400,
            "The body is not JSON",
            "请求体不是有效的 JSON",
            "The body is not strict JSON in UTF-8: a syntax error at byte `position`, a member named twice, half of a "
            "surrogate pair, or more than 64 levels of nesting. `errors` has the place, with line and column.",
        ),
        ProblemType(
            "invalid-cursor",
            400,
            "The cursor is not one of ours",
            "分页游标无效",
            "A cursor is good for 24 hours, for the caller, the tenant and the filters that it was given out for, and "
            "as it was given out. Start again from the first page.",
        ),
        ProblemType(
            "idempotency-key-missing",
            400,
            "An Idempotency-Key is needed",
            "缺少 Idempotency-Key 请求头",
            "Public requests that write carry `Idempotency-Key`, 22 to 128 of `A-Z a-z 0-9 _ -` (a UUID is fine), so "
            "that a repeat after a lost answer does not file twice. Use a new key for each new request.",
        ),
        ProblemType(
            "unauthenticated",
            401,
            "Who is calling is not proved",
            "身份未验证",
            "There are no credentials, or they are expired, forged or of a kind that this route does not take. Sign in "
            "again and send `Authorization: Bearer <ID token>`, or `Authorization: Receipt <receipt>` where the route "
            "takes a receipt.",
        ),
        ProblemType(
            "quota-exceeded",
            402,
            "The organisation's plan is used up",
            "机构套餐额度已用尽",
            "The plan of the organisation allows no more: `limit` says of what, `most` how many, `until` when there is "
            "room again by itself; null where somebody has to make room, or the plan has to be a larger one. What was "
            "accepted before stays accepted.",
        ),
        ProblemType(
            "forbidden",
            403,
            "Not allowed",
            "没有权限",
            "You are known, and your roles here do not include this. The organisation's owner grants roles.",
        ),
        ProblemType(
            "tenant-suspended",
            403,
            "The organisation is suspended",
            "该机构已暂停服务",
            "What is on record can be read, and nothing can be written for the time being; `detail` has the reason.",
        ),
        ProblemType(
            "tenant-unknown",
            404,
            "No such organisation",
            "机构不存在",
            "No active organisation has this id. Ids are 3 to 40 of `a-z 0-9 -`.",
        ),
        ProblemType(
            "complaint-unknown",
            404,
            "No such complaint",
            "投诉不存在",
            "There is no complaint of this number that you may see. A wrong receipt and an unknown number get the same "
            "answer, so that numbers cannot be tried out.",
        ),
        ProblemType(
            "not-found",
            404,
            "Nothing is here",
            "未找到",
            "The path leads nowhere, or what it names does not exist or is not yours to see.",
        ),
        ProblemType(
            "method-not-allowed",
            405,
            "The method is not taken here",
            "不支持该请求方法",
            "The header `Allow` lists the methods that this path takes.",
        ),
        ProblemType(
            "conflict",
            409,
            "Somebody else was faster",
            "操作冲突",
            "What the request builds on has changed meanwhile. Read it again and decide anew.",
        ),
        ProblemType(
            "act-not-open",
            409,
            "This act is not open now",
            "当前不能执行该操作",
            "The complaint's stage, its tier or what has happened before does not allow the act; `acts` lists those "
            "that are open to you.",
        ),
        ProblemType(
            "last-owner",
            409,
            "An organisation keeps an owner",
            "机构须保留至少一名所有者",
            "Nobody would be left to run the organisation. Make somebody else an owner first, and then send the "
            "request again.",
        ),
        ProblemType(
            "proposer-gone",
            409,
            "Whoever proposed it may do it no more",
            "提议人已无此权限",
            "An act takes effect at its approval, and is then decided again: the person who proposed it has left the "
            "organisation or has no grant for the act any more. The proposal can only be rejected; somebody who may "
            "can propose the act anew.",
        ),
        ProblemType(
            "limit-reached",
            409,
            "No more of these can be kept",
            "数量已达上限",
            "So many of these are kept at a time under any plan; the detail says how many.",
        ),
        ProblemType(
            "comments-demanded",
            409,
            "The draft must be opened for comments first",
            "草案须先公开征求意见",
            "The policy in force wants its successor to be a draft that was opened, as it now stands, to the groups "
            "that it names (`groups`), and whose time for comments is over. Save the policy as a draft, open it, and "
            "then publish it.",
        ),
        ProblemType(
            "comments-closed",
            409,
            "The draft is not open for comments",
            "草案未开放征求意见",
            "The draft was not opened to the group that you belong to, or has changed since, or the time for comments "
            "is over.",
        ),
        ProblemType(
            "tenant-taken",
            409,
            "The id is taken",
            "机构标识已被占用",
            "Ids of organisations are never used twice. Choose another.",
        ),
        ProblemType(
            "on-hold",
            409,
            "Complaints are under a legal hold",
            "投诉处于法律保全状态",
            "What is under a legal hold is not erased; `complaints` names those that are, up to twenty. Whoever may "
            "lift the holds does so first.",
        ),
        ProblemType(
            "stale",
            412,
            "It has changed since you read it",
            "内容已被更新",
            "`If-Match` names an earlier version. Read the present one, look at what has changed, and decide again.",
        ),
        ProblemType(
            "payload-too-large",
            413,
            "The body is too large",
            "请求体过大",
            "A body may have at most 1 MiB. Files go straight to the evidence store: ask for an upload ticket.",
        ),
        ProblemType(
            "unsupported-media-type",
            415,
            "The media type is not taken",
            "不支持的媒体类型",
            "Bodies are `application/json`, in UTF-8.",
        ),
        ProblemType(
            "invalid",
            422,
            "The content is not as it must be",
            "内容不符合要求",
            "The body is JSON, and some of its values are missing, unknown or of the wrong kind. `errors` has a "
            "pointer (RFC 6901) and a sentence for each; correct all of them and send again.",
        ),
        ProblemType(
            "policy-invalid",
            422,
            "The policy does not hold together",
            "制度配置有误",
            "The policy's check found faults; `errors` has each with its place. Nothing was published.",
        ),
        ProblemType(
            "idempotency-key-reused",
            422,
            "The Idempotency-Key was used for another request",
            "Idempotency-Key 已用于其他请求",
            "Within 24 hours a key repeats one request to one place with one body. Use a new key for a new request.",
        ),
        ProblemType(
            "too-many-requests",
            429,
            "Too many requests",
            "请求过于频繁",
            "Wait as long as `Retry-After` says and send the request again. `limit` says which limit it is: of the "
            "address (`requests_from_an_address`), of the person (`requests_of_a_person`) or of the organisation's "
            "plan (`requests_a_minute`); `most`, how many a minute; `until`, when there is room again.",
        ),
        ProblemType(
            "internal",
            500,
            "A fault of ours",
            "服务内部错误",
            "Something is wrong in the service; it is on record under `correlation_id`. Quote it when you report it.",
        ),
        ProblemType(
            "unavailable",
            503,
            "Not available for the moment",
            "服务暂不可用",
            "Whether the request took effect is not known. Wait as long as `Retry-After` says and repeat it with the "
            "same `Idempotency-Key`.",
        ),
    ]
)
