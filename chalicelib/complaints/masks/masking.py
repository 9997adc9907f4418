"""The masks of a record, as acts ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from chalicelib.complaints.envelope import Secrets

MaskState = Literal["pending", "released", "confirmed"]
STATE_AFTER: Mapping[str, MaskState] = {"unmasked": "released", "mask_confirmed": "confirmed"}
"""By the type of the event that decided on a mask."""


class Mask(msgspec.Struct, frozen=True):
    """A particular in a text that the respondent reads."""

    text: str
    state: MaskState


class Masking(msgspec.Struct, frozen=True):
    """The masks by name, and whether texts that an act would add have further particulars."""

    masks: Mapping[str, Mask]
    finds: Callable[[Secrets], bool] = lambda _added: False

    def is_pending(self, added: Secrets) -> bool:
        return self.is_left or self.finds(added)

    @property
    def is_left(self) -> bool:
        """Whether texts on record have masks that wait for a decision."""
        return any(mask.state == "pending" for mask in self.masks.values())
