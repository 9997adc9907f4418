"""What only staff say of a complaint: facts that are `given_by: staff`, and categories that are `chosen_by_staff`.

Staff say it in their filing. Where a complainant filed, the first act of staff that leads to another stage asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact, RequiredWhen
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act


def names(document: PolicyDocument) -> list[str]:
    """The facts and categories that only staff say."""
    return [*document.intake.asked_of_staff(), *document.intake.chosen_by_staff]


def as_asked(
    policy: Policy, facts: Mapping[str, Any], category: str | Mapping[str, str] | None, by_staff: bool | None
) -> tuple[Policy, list[str]]:
    """The policy as it asks the person who files, and what is left for staff to say.

    `by_staff`: None if it is unknown who files: then it is staff if the filing says what only they say.
    """
    document = policy.document
    own = names(document)
    if not own:
        return policy, []
    intake = document.intake
    if by_staff is None:
        by_staff = says(intake, facts, category)
    if by_staff:
        asked = replace(intake, required=[*intake.required, *intake.chosen_by_staff])
    else:
        asked = replace(
            intake,
            facts={name: fact for name, fact in intake.facts.items() if name not in own},
            categories={name: labels for name, labels in intake.categories.items() if name not in own},
        )
    return replace(policy, document=replace(document, intake=asked)), [] if by_staff else own


def says(intake: Intake, facts: Mapping[str, Any], category: str | Mapping[str, str] | None) -> bool:
    """Whether a filing says what only staff say."""
    return not facts.keys().isdisjoint(intake.asked_of_staff()) or _is_chosen(category, intake)


def _is_chosen(category: str | Mapping[str, str] | None, intake: Intake) -> bool:
    if isinstance(category, str):
        return any(category in intake.categories.get(name, ()) for name in intake.chosen_by_staff)
    return category is not None and not category.keys().isdisjoint(intake.chosen_by_staff)


def asking(document: PolicyDocument, complaint: Complaint, act: Act) -> Act:
    """The act of staff, with the fields for what they have not said yet if it can lead to another stage."""
    if not complaint.for_staff or act.stages_after(complaint.stage) <= {complaint.stage}:
        return act
    intake, own = document.intake, names(document)
    known = [name for name in complaint.for_staff if name in own and name not in complaint.category]
    needed = [name for name in known if name in intake.chosen_by_staff or _is_needed(intake.facts.get(name), complaint)]
    others = [name for name in known if name not in needed]
    return replace(act, needs=[*act.needs, *needed], takes=[*act.takes, *others])


def _is_needed(fact: Fact | None, complaint: Complaint) -> bool:
    """Of a condition, `fields.missing` decides."""
    if fact is None or isinstance(fact.required, RequiredWhen):
        return False
    return fact.required if isinstance(fact.required, bool) else complaint.channel in fact.required
