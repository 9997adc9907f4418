"""A step of the guide."""

from __future__ import annotations

import msgspec


class GuideStep(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: what to do. `done`: whether the organisation has done it, which its items say. `path`: of the page on
    which it is done; empty without one. `detail`: what is missing, who does it, or the clause; empty without any."""

    text: str
    done: bool
    path: str = ""
    detail: str = ""
