"""A deadline must not depend on the edition of the time zones that a system happens to have."""

from __future__ import annotations

import zoneinfo

import chalicelib  # noqa: F401  which says so


def test_zones_are_those_of_the_pinned_package_alone() -> None:
    assert zoneinfo.TZPATH == ()
