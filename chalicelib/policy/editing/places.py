"""Where the values of a YAML text stand: offsets into the text, from the nodes that PyYAML composes.

PyYAML ends a block after the comments and blank lines that follow it. Here it ends where its last value does.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import yaml

from chalicelib.policy.reading.faults import Fault, Path, PolicyFault, Spot
from chalicelib.policy.reading.yaml_text import Loader

_ALIAS = "alias"
_MERGE = "tag:yaml.org,2002:merge"
Kind = Literal["map", "list", "scalar", "alias"]


class WrittenValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value in the text. `text[start:end]` is what is written of it, `column` where it starts in its line."""

    kind: Kind
    start: int
    end: int
    column: int
    line: int
    """From 1."""
    flow: bool = False
    """Written with brackets or, a scalar, within its line."""
    style: str | None = None
    """Of a scalar: its quotes, `|`, `>`, or None."""
    anchored: bool = False
    odd: bool = False
    """Written in a way that is not edited: with `? key`, or a key that has an anchor or is no scalar."""
    members: tuple[PlacedMember, ...] = ()

    @property
    def block(self) -> bool:
        """Whether it is a map or list without brackets."""
        return self.kind in ("map", "list") and not self.flow


class PlacedMember(msgspec.Struct, frozen=True):
    """A member of a map, or an item of a list. `head`: where its key, its dash or, in brackets, its item starts."""

    name: str | int
    head: int
    key_end: int
    """The end of the key; of an item the offset after its dash, or `head`."""
    value: WrittenValue


class _PlacingLoader(Loader):
    """Composes a scalar for each alias, which PyYAML replaces with the node of its anchor, and notes the anchors."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.anchored: set[int] = set()

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()
        node = super().compose_node(parent, index)
        if isinstance(event, yaml.AliasEvent):
            marks: Any = (event.start_mark, event.end_mark)
            return yaml.ScalarNode(_ALIAS, str(event.anchor), *marks)
        if event.anchor is not None:
            self.anchored.add(id(node))
        return node


def locate(text: str) -> WrittenValue:
    """The root of a text that `yaml_text.load` reads. Raises `PolicyFault` for a text that cannot be edited."""
    _refuse_tabs(text)
    loader = _PlacingLoader(text)
    node = loader.get_single_node()
    return _Reader(text, loader.anchored).spot(node)


def _refuse_tabs(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise PolicyFault([Fault((), "edit-tab", spot=Spot(number, 1))])


class _Reader:
    def __init__(self, text: str, anchored: set[int]) -> None:
        self._text = text
        self._anchored = anchored

    def spot(self, node: Any) -> WrittenValue:
        start, column, line = node.start_mark.index, node.start_mark.column, node.start_mark.line + 1
        anchored = id(node) in self._anchored
        if isinstance(node, yaml.ScalarNode):
            kind: Kind = "alias" if node.tag == _ALIAS else "scalar"
            end = self._scalar_end(node)
            return WrittenValue(
                kind=kind, start=start, end=end, column=column, line=line, style=node.style, anchored=anchored
            )
        is_map = isinstance(node, yaml.MappingNode)
        odd = is_map and not all(self._is_plain_key(node, key) for key, _ in node.value)
        closed = anchored or odd
        members = self._map(node) if is_map else self._list(node, closed)
        return WrittenValue(
            kind="map" if is_map else "list",
            start=start,
            end=node.end_mark.index if node.flow_style or not members else members[-1].value.end,
            column=column,
            line=line,
            flow=bool(node.flow_style),
            anchored=anchored,
            odd=odd,
            members=members,
        )

    def _scalar_end(self, node: yaml.ScalarNode) -> int:
        end: int = node.end_mark.index
        if node.style not in ("|", ">"):
            return end
        return node.start_mark.index + len(self._text[node.start_mark.index : end].rstrip(" \r\n"))

    def _map(self, node: yaml.MappingNode) -> tuple[PlacedMember, ...]:
        return tuple(
            PlacedMember(
                "<<" if key.tag == _MERGE else str(key.value),
                key.start_mark.index,
                key.end_mark.index,
                self.spot(value),
            )
            for key, value in node.value
        )

    def _is_plain_key(self, node: yaml.MappingNode, key: yaml.Node) -> bool:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _ALIAS or id(key) in self._anchored:
            return False
        in_column = node.flow_style or id(node) in self._anchored or key.start_mark.column == node.start_mark.column
        return bool(in_column) and self._text[key.start_mark.index : key.start_mark.index + 1] != "?"

    def _list(self, node: yaml.SequenceNode, closed: bool) -> tuple[PlacedMember, ...]:
        """`closed`: it is not edited, and where its dashes stand is not looked for."""
        found: list[PlacedMember] = []
        for index, item in enumerate(node.value):
            value = self.spot(item)
            head, dash = value.start, 0
            if not node.flow_style and not closed:
                head, dash = node.start_mark.index, 1
                if found:
                    head = self._dash(found[-1].value.end, value.start, node.start_mark.column)
            found.append(PlacedMember(index, head, head + dash, value))
        return tuple(found)

    def _dash(self, after: int, before: int, column: int) -> int:
        """The dash of an item: the first in its column between the item before it and its value."""
        at = self._text.index("\n", after) + 1
        while at <= before:
            line = self._text[at : at + column + 1]
            if line.endswith("-") and len(line) == column + 1 and not line[:-1].strip():
                return at + column
            at = self._text.index("\n", at) + 1
        raise AssertionError("an item of a block list without a dash")


def follow(root: WrittenValue, path: Path) -> list[WrittenValue]:
    """The spots from the root to the value. Raises `PolicyFault` if there is none, or an anchor or alias on the way."""
    found = [root]
    for number, step in enumerate(path):
        if found[-1].odd:
            raise PolicyFault([Fault(path[:number], "edit-place", spot=Spot(found[-1].line, 1))])
        member = find_member(found[-1], step)
        if member is None:
            kind = "edit-alias" if has_merge(found[-1]) else "edit-nothing"
            raise PolicyFault([Fault(path[: number + 1], kind, spot=Spot(found[-1].line, 1))])
        found.append(member.value)
        if member.value.anchored or member.value.kind == _ALIAS:
            raise PolicyFault([Fault(path[: number + 1], "edit-alias", spot=Spot(member.value.line, 1))])
    return found


def find_member(spot: WrittenValue, step: str | int) -> PlacedMember | None:
    return next((one for one in spot.members if same_name(one.name, step, spot.kind)), None)


def same_name(name: str | int, step: str | int, kind: Kind) -> bool:
    """Keys are text in JSON, also where YAML reads a number."""
    return str(name) == str(step) if kind == "map" else name == step


def has_merge(spot: WrittenValue) -> bool:
    return any(one.name == "<<" for one in spot.members)


def anchors(spot: WrittenValue) -> int | None:
    """The line of an anchor at or below the spot."""
    if spot.anchored:
        return spot.line
    return next((line for one in spot.members if (line := anchors(one.value)) is not None), None)
