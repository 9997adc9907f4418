"""A step of the guide."""

from __future__ import annotations

import msgspec


class GuideStep(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: what to do. `done`: whether the organisation has done it, which its items say. `path`: of the page on
    which it is done; empty without one. `detail`: what is missing, who does it, or the clause; empty without any.

    Of the first day: `name`, by which the page finds the step's form; `current`: the one to do next, which alone is
    shown in full; `link`: what the link or button to the page says; `waited_for`: opening waits for it.
    """

    text: str
    done: bool
    path: str = ""
    detail: str = ""
    name: str = ""
    current: bool = False
    link: str = ""
    waited_for: bool = False
