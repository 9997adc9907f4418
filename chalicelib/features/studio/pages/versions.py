"""The list of a procedure's versions: since when, by whom, and what each changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.features.policies import changes, version_queries
from chalicelib.features.policies.version_queries import ListedVersion
from chalicelib.features.studio.pages.overview import PROCEDURE
from chalicelib.tenants.people.queries import people_by_sub
from chalicelib.tenants.publication import policy_version
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import Desk, desk_of, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.times import times_of

if TYPE_CHECKING:
    from chalicelib.ports.policy_source import PolicyObject
    from chalicelib.web.api import Api

VERSIONS = f"{PROCEDURE}/versions"
MOST_LISTED = 10
"""Versions of a page. Each is read to tell what it changed."""


class VersionLine(NamedTuple):
    """`changed`: what differs from the version before it, in words."""

    version: str
    effective: str
    published: str
    in_force: bool
    changed: str


def register(api: Api) -> None:
    @desk_page(api, VERSIONS, "The versions of the procedure", query=CursorQuery, weight=5)
    def get_desk_procedure_versions(call: Call) -> Reply:
        desk = desk_of(call)
        after = cursors.position(call, call.query.cursor)
        found = version_queries.list_versions(call.wiring.store, member_request(call), MOST_LISTED, after)
        values = {
            "lines": _lines(desk, found.versions),
            "cursor": cursors.sign(call, found.after),
            "later": call.query.cursor is not None,
            "tab": "versions",
        }
        return desk.page("studio/versions.html", values)


def _lines(desk: Desk, listed: Sequence[ListedVersion]) -> list[VersionLine]:
    store, tenant, reader = desk.call.wiring.store, desk.member.org.id, desk.reader
    date, labels = times_of(desk.member.policy.calendar, reader), labels_of(desk)
    subs = sorted({one.published_by for one in listed})
    people = {one.sub: labels.person(one) for one in people_by_sub(store, tenant, subs)}
    documents = policy_version.documents(store, tenant, [name for one in listed for name in _with_before(one.version)])
    return [
        VersionLine(
            version=one.version,
            effective=date(one.effective_at),
            published=reader.text(
                "studio.versions.by",
                date=date(one.published_at),
                who=people.get(one.published_by) or reader.of_code("studio.role.", "owner"),
            ),
            in_force=one.version == desk.member.policy.version,
            changed=_changed(desk, one.version, documents),
        )
        for one in listed
    ]


def _with_before(version: str) -> list[str]:
    """Versions are numbered as they were published."""
    return [version, str(int(version) - 1)] if int(version) > 1 else [version]


def _changed(desk: Desk, version: str, documents: Mapping[str, PolicyObject]) -> str:
    after, before = (documents.get(name) for name in [*_with_before(version), ""][:2])
    if after is None or before is None:
        return desk.reader.text("studio.versions.first")
    found = changes.in_words(before, after)
    return found[desk.reader.language] if found else desk.reader.text("studio.versions.same")
