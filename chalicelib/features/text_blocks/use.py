"""How an act names a text block. Apart from the check (`named`): a cold start imports this module."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.kit.decoding import RequestDocument

MOST = 10
"""Text blocks that an act names."""


class UsedTextBlock(RequestDocument, frozen=True, kw_only=True):
    """A text block from which a text of the act was made, in the version that was inserted."""

    block: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,9}$")]
    version: Annotated[int, msgspec.Meta(ge=1, le=999_999)]


UsedTextBlocks = Annotated[list[UsedTextBlock], msgspec.Meta(max_length=MOST)]
