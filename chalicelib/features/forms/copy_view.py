"""The answer to a complainant who asks for a copy of the case."""

from __future__ import annotations

import msgspec


class CopyView(msgspec.Struct, frozen=True, kw_only=True):
    """`url`: of the ZIP file, valid for `seconds`. `size` in bytes, `sha256` as hex digits.

    `files`: how many the ZIP file has. `left_out`: the ids of files for which it has no room; each has its own link.
    """

    url: str
    seconds: int
    name: str
    size: int
    sha256: str
    files: int
    left_out: list[str]
