"""Reads `[Content_Types].xml`: which content type each part has (ECMA-376 part 2 §6.2.3)."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.features.evidence.check.office.xml_parts import Reader
from chalicelib.features.evidence.refusal import Refusal

_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"


class ContentTypes(Reader):
    """Names and extensions are compared without regard to case."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._by_extension: dict[str, str] = {}

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if space != _SPACE:
            raise Refusal("broken")  # another program would leave this element out
        if name not in ("Override", "Default"):
            return
        table, key = (
            (self._by_name, attributes.get("PartName", ""))
            if name == "Override"
            else (self._by_extension, attributes.get("Extension", ""))
        )
        if key.casefold() in table:
            raise Refusal("broken")  # programs differ in which of the two they take
        table[key.casefold()] = attributes.get("ContentType", "")

    def of(self, part: str) -> str:
        """The content type of a member of the archive. Raises `Refusal("active-content")` for one without a type."""
        name = f"/{part}".casefold()
        kind = self._by_name.get(name) or self._by_extension.get(name.rpartition(".")[2])
        if kind is None:
            raise Refusal("active-content")
        return kind
