"""The text blocks that an act names: they exist, its texts have no gaps left, and its event names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.rights.permits import Asker, UsedTextBlock
from chalicelib.features.text_blocks import block
from chalicelib.features.text_blocks.filling import gaps
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.store.port import Entry, Key


class NamedTextBlocks(NamedTuple):
    tenant: str
    used: Sequence[UsedTextBlock]

    @property
    def keys(self) -> list[Key]:
        """Of their versions, to read them with the complaint."""
        return [block.version_key(self.tenant, one.block, one.version) for one in self.used]

    def check(self, given: Mapping[str, Any], asker: Asker, found: Mapping[Key, Entry]) -> None:
        """Raises `Problem("invalid")` for a version that the organisation never had, for everybody but its members, and
        for texts with gaps. A block that was retired or changed meanwhile may be named: its version is what was
        inserted. `given`: the values of the act."""
        unknown = [at for at, key in enumerate(self.keys) if asker.kind != "staff" or key not in found]
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
