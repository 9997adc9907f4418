"""A fault or a hint of a policy, as responses show it."""

from __future__ import annotations

import msgspec

from chalicelib.kit.problem import Place


class FaultView(msgspec.Struct, frozen=True, kw_only=True):
    """A fault or a hint of a policy, and how to correct it. `line` is set if the policy is YAML text."""

    pointer: str
    detail: str
    detail_zh: str
    mend: str
    mend_zh: str
    line: int | msgspec.UnsetType = msgspec.UNSET


def fault_view(place: Place) -> FaultView:
    more = {**place.more, "detail_zh": str(place.more["detail_zh"])}
    return FaultView(pointer=place.pointer, detail=place.detail, **more)
