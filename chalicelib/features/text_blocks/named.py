"""The text blocks that an act names: they exist, its texts have no gaps left, and its event names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.rights.permits import Asker, UsedTextBlock
from chalicelib.features.text_blocks import block
from chalicelib.features.text_blocks.block import Language
from chalicelib.features.text_blocks.filling import filled, gaps, has_placeholder, label
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import InBoth, Place, Problem, Text
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation


class NoValue(Problem):
    """The complaint has no value for a placeholder of a text that is for many."""


class NamedTextBlocks(NamedTuple):
    """`language`: in which the complaint fills what is left of their placeholders; empty if nothing is."""

    tenant: str
    used: Sequence[UsedTextBlock]
    language: str = ""

    @property
    def keys(self) -> list[Key]:
        """To read them with the complaint: their versions, and the organisation if they are to be filled."""
        return [*self._versions, *([organisation.key(self.tenant)] if self.language else [])]

    @property
    def _versions(self) -> list[Key]:
        return [block.version_key(self.tenant, one.block, one.version) for one in self.used]

    def filled(self, given: Mapping[str, Any], flow: Flow, found: Mapping[Key, Entry], now: Instant) -> dict[str, Any]:
        """The values of the act with the placeholders of their texts filled. Raises `NoValue`, of kind `invalid`."""
        units = {name: unit.name for name, unit in organisation.among(found, self.tenant).units.items()}
        language: Language = "zh" if self.language == "zh" else "en"
        texts = {
            name: filled(flow.policy, flow.complaint, units, text, language, now)
            for name, text in given.items()
            if isinstance(text, str) and has_placeholder(text)
        }
        if lacking := dict.fromkeys(name for one in texts.values() for name in one.lacking):
            names = InBoth(*(", ".join(label(flow.policy, name, said) for name in lacking) for said in ("en", "zh")))
            raise NoValue(
                "invalid", Text("The complaint has no value for a placeholder of the text: {names}", names=names)
            )
        return {**given, **{name: one.text for name, one in texts.items()}}

    def check(self, given: Mapping[str, Any], asker: Asker, found: Mapping[Key, Entry]) -> None:
        """Raises `Problem("invalid")` for a version that the organisation never had, for a caller who is no member, and
        for texts with gaps. A block that was retired or changed meanwhile may be named: its version is what was
        inserted. `given`: the values of the act."""
        unknown = [at for at, key in enumerate(self._versions) if asker.kind != "staff" or key not in found]
        if unknown:
            places = [Place(f"/text_blocks/{at}", "names no text block of the organisation") for at in unknown]
            raise Problem("invalid", "The act names a text block that does not exist.", places=places)
        left = {name: len(gaps(text)) for name, text in given.items() if isinstance(text, str)}
        places = [
            Place(fields.pointer("fields", name), Text("still has gaps to fill in: {number}", number=number))
            for name, number in left.items()
            if number
        ]
        if places:
            raise Problem("invalid", "A text from a text block is not complete.", places=places)

    def note(self, drafts: list[EventDraft], first: int) -> None:
        """Names them in the event of the act: the first of `drafts` from `first` on."""
        named = [msgspec.to_builtins(one) for one in dict.fromkeys(self.used)]
        draft = drafts[first]
        drafts[first] = replace(draft, result=replace(draft.result, text_blocks=named))
