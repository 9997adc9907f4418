"""The draft as its readers find it: who may see it, what the version in force asks for, and what is not done yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.features.policies import draft, publish, second_publisher
from chalicelib.features.policies.draft import SavedDraft
from chalicelib.features.studio import draft_desk
from chalicelib.kit.problem import Place, Problem
from chalicelib.tenants.people.queries import people_by_sub
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import AmendmentRules, PolicyVersion
from chalicelib.web import languages
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import Desk, desk_of
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.call import Call

STATE = "state"
"""The name of what is said of the draft as a whole, to which a fault leads."""


class Hindrances(NamedTuple):
    """`faults`: for which the draft can be neither opened nor published. `early`: why it is too early to publish it."""

    faults: Sequence[Place]
    early: Problem | None


class DraftStanding(NamedTuple):
    """`saved`: None without a draft, and for members who may not see it. `rules`: of the version in force."""

    desk: Desk
    saved: SavedDraft | None
    in_force: PolicyVersion
    rules: AmendmentRules

    @property
    def owner(self) -> bool:
        return self.desk.person.owner

    def people(self, subs: Sequence[str]) -> dict[str, str]:
        """Their names. A party reads its own alone, as of the API."""
        desk, labels = self.desk, labels_of(self.desk)
        named = sorted({sub for sub in subs if sub == desk.person.sub or not desk.person.is_party})
        found = people_by_sub(desk.call.wiring.store, desk.member.org.id, named) if named else ()
        return {one.sub: labels.person(one) for one in found}

    def roles(self, names: Sequence[str]) -> str:
        labels = labels_of(self.desk)
        return labels.joined([labels.role(name) for name in names])

    def date(self, instant: str) -> str:
        return moment_text(self, self.desk.reader, instant)

    def hindrances(self) -> Hindrances:
        """What the draft has to get rid of, or to wait for, before it can be published."""
        saved, call = self.saved, self.desk.call
        if saved is None:
            return Hindrances((), None)
        try:
            prepared = call.wiring.policies.prepare(saved.document)
            if not publish.changes_contact_alone(self.in_force, prepared):
                publish.check_comments(self.in_force, self.rules, saved, call.now)
        except Problem as problem:
            return Hindrances((), problem) if problem.kind == "comments-demanded" else Hindrances(problem.places, None)
        return Hindrances((), None)

    def publishers(self) -> list[str]:
        """As whom the reader may publish what an owner asked for: not as the one who asked."""
        asked = None if self.saved is None else self.saved.draft.asked
        if asked is None or asked.by == self.desk.person.sub:
            return []
        desk, roles = self.desk, self.rules.approvers
        found = second_publisher.standing(desk.call.wiring.store, desk.member.org.id, desk.person, roles, desk.call.now)
        return [sub for sub in found if sub != asked.by]


def standing_of(call: Call) -> DraftStanding:
    tenant = tenant_of(call)
    desk = desk_of(call, draft.draft_keys(tenant))
    in_force = policy_version.read_version(call.wiring.store, tenant, desk.member.policy.version)
    return DraftStanding(desk, draft_desk.readable(desk), in_force, policy_version.amendment_rules(in_force))


def about(found: DraftStanding) -> str:
    """Who has saved the draft, and when."""
    if found.saved is None:
        return ""
    head, reader = found.saved.draft, found.desk.reader
    who = found.people([head.saved_by]).get(head.saved_by) or reader.text("role.owner")
    return reader.text("studio.draft_of", revision=head.revision, date=found.date(head.saved_at), who=who)


def early_text(found: DraftStanding, problem: Problem, reader: Reader) -> str:
    """What still stands before the publication, of a problem `comments-demanded`."""
    if "until" in problem.extra:
        return reader.text("studio.publish.until", date=moment_text(found, reader, problem.extra["until"]))
    groups = [reader.text(f"studio.consult.group.{one}") for one in problem.extra["groups"]]
    return reader.text("studio.publish.not_opened", groups=reader.text("studio.comma").join(groups))


def moment_text(found: DraftStanding, reader: Reader, instant: str) -> str:
    return time_text(found.desk.member.policy.calendar, reader, instant)


def fault_of(problem: Problem, reader: Reader) -> InputFault:
    """Of what concerns the draft as a whole. Raises the problem again if it is about something else."""
    if problem.kind in ("stale", "not-found"):
        return InputFault(STATE, reader.text(f"studio.consult.fault.{problem.kind.replace('-', '_')}"))
    if problem.kind == "policy-invalid":
        return InputFault(STATE, reader.text("studio.consult.fault.faulty", count=len(problem.places)))
    if problem.kind in ("conflict", "limit-reached"):
        return InputFault(STATE, languages.say(problem.text, reader.language))
    raise problem
