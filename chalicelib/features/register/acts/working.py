"""An act on a notice while it is performed."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor
from chalicelib.features.register.input import NoticeInput, cleaned, refuse_particulars
from chalicelib.features.register.notice import Notice, NoticeTexts, PreparedField
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.particulars.terms import Terms
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds


class Working(msgspec.Struct, kw_only=True):
    """`policy`: the version under which the notice was prepared. `flow`: of the case. `terms`: reads the case's record.

    `notice` and `texts` change. `asks_again`: whether the parties are to be asked about a changed text.
    `settles`: whether an objection was decided.
    """

    notice: Notice
    texts: NoticeTexts
    policy: Policy
    flow: Flow
    actor: Actor
    given: NoticeInput
    now: Instant
    terms: Callable[[], Terms]
    asks_again: bool = False
    settles: bool = False

    def change_texts(self) -> None:
        """Takes the given texts. Raises `Problem("invalid")` for other fields and for particulars of the case."""
        given = self.given.texts or {}
        places = [
            Place(f"/fields/texts/{name}", "is no text of the notice")
            for name in given
            if name not in self._text_names()
        ]
        if places or not given:
            raise Problem("invalid", "Only texts that the policy shows can be changed.", places=places)
        texts = cleaned(given, "/fields/texts")
        refuse_particulars(texts, self.terms(), "/fields/texts")
        present = {field.name for field in self.notice.fields}
        added = [self._added(name) for name in texts if name not in present]
        unsafe = [name for name in self.notice.unsafe if name not in texts]
        approval = "given" if self.notice.approval == "given" else "asked"
        self.notice = replace(self.notice, fields=[*self.notice.fields, *added], unsafe=unsafe, approval=approval)
        self.texts = replace(self.texts, fields={**self.texts.fields, **texts})

    def _text_names(self) -> set[str]:
        publicity, fields = self.policy.document.publicity, self.policy.document.fields
        parts = {} if publicity is None else {"notice": publicity.notices, "result": publicity.results}
        part = parts.get(self.notice.kind)
        shown = [name for name in (part.shows if part else ()) if name in fields]
        texts = {name for name in shown if fact_kinds.of(fields[name].kind).is_free_text}
        return texts - {field.name for field in self.notice.fields if not field.is_text}

    def _added(self, name: str) -> PreparedField:
        """A text that no act has given."""
        fact = self.policy.document.fields.get(name, Fact())
        label = {"zh": name, "en": name} if fact.name is None else fact.name.to_json()
        asks = fact.consent == "complainant"
        return PreparedField(name=name, kind="text", label=label, source="", by=self.actor.id, needs_consent=asks)
