"""Makes edits in the text of a policy. After each the text is read again, and must be the document that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.policy.editing import members, places, writing
from chalicelib.policy.editing.edits import AddMember, Edit, MoveMember, RemoveMember, SetValue, edited, position, same
from chalicelib.policy.editing.places import PlacedMember, WrittenValue
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import Fault, Path, PolicyFault, Spot


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits. Lines of other values are the same, with their comments.

    Raises `PolicyFault` for a text that cannot be read or edited, a path that leads to nothing or through an alias,
    and an edit that would change something else.
    """
    document: Any = source.read(text)
    for edit in edits:
        meant = edited(document, edit)
        if same(meant, document):
            continue
        text = _edit(text, edit)
        document = _read_again(text, edit)
        if not same(document, meant):
            raise PolicyFault([Fault(edit.path, "edit-elsewhere")])
    return text


def _read_again(text: str, edit: Edit) -> Any:
    try:
        return source.read(text)
    except PolicyFault as fault:
        if fault.faults[0].kind in ("too-large", "too-many-values"):
            raise
        raise PolicyFault([Fault(edit.path, "edit-elsewhere")]) from fault


def _edit(text: str, edit: Edit) -> str:
    root = places.locate(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    if not edit.path:
        raise PolicyFault([Fault((), "edit-nothing", spot=Spot(1, 1))])
    spots = places.follow(root, edit.path[:-1] if isinstance(edit, AddMember) else edit.path)
    if isinstance(edit, AddMember):
        return _add(text, edit, spots, newline)
    holder = spots[-2]
    member = places.find_member(holder, edit.path[-1])
    assert member is not None
    if isinstance(edit, SetValue):
        return _set(text, edit, (root, holder, member), newline)
    index = holder.members.index(member)
    if isinstance(edit, MoveMember):
        _refuse_odd(holder, edit.path[:-1])
        return members.move(text, holder, index, position(edit.to, len(holder.members) - 1, edit.path))
    return _remove(text, edit, spots, index)


def _refuse_odd(spot: WrittenValue, path: Path) -> None:
    if spot.odd or spot.kind not in ("map", "list"):
        raise PolicyFault([Fault(path, "edit-place", spot=Spot(spot.line, 1))])


def _remove(text: str, edit: RemoveMember, spots: list[WrittenValue], index: int) -> str:
    holder = spots[-2]
    if (line := places.anchors(spots[-1])) is not None:
        raise PolicyFault([Fault(edit.path, "edit-alias", spot=Spot(line, 1))])
    if len(holder.members) > 1:
        return members.remove(text, holder, index)
    if len(spots) == 2:
        raise PolicyFault([Fault(edit.path, "edit-nothing", spot=Spot(holder.line, 1))])
    above = places.find_member(spots[-3], edit.path[-2])
    assert above is not None
    return members.empty(text, holder, _after_key(text, spots[-3], above))


def _after_key(text: str, holder: WrittenValue, member: PlacedMember) -> int:
    """The offset after the colon of a key, or after the dash of an item."""
    if holder.kind == "list":
        return member.key_end
    colon = text.index(":", member.key_end)
    return colon + 1


def _add(text: str, edit: AddMember, spots: list[WrittenValue], newline: str) -> str:
    holder, name = spots[-1], edit.path[-1]
    if holder.kind not in ("map", "list"):
        raise PolicyFault([Fault(edit.path[:-1], "edit-nothing", spot=Spot(holder.line, 1))])
    _refuse_odd(holder, edit.path[:-1])
    if not holder.block and text[holder.start] not in "{[":
        raise PolicyFault([Fault(edit.path[:-1], "edit-place", spot=Spot(holder.line, 1))])
    at = len(holder.members) if edit.at is None else position(edit.at, len(holder.members), edit.path)
    step = _step(text, spots[0])
    if holder.kind == "list":
        item = writing.in_line(edit.value) if not holder.block else _item(edit.value, holder, step, newline)
        return members.add(text, holder, at, item, newline)
    if not holder.block:
        return members.add(text, holder, at, f"{writing.key_text(name)}: {writing.in_line(edit.value)}", newline)
    key = writing.key_text(name)
    force = isinstance(edit.value, Mapping) and _blocks(holder)
    written = f"{key}:{writing.as_block(edit.value, holder.column, step, newline, force=force)}"
    return members.add(text, holder, at, written, newline)


def _item(value: Any, holder: WrittenValue, step: int, newline: str) -> str:
    return "-" + writing.item(value, holder.column, step, newline)


def _blocks(holder: WrittenValue) -> bool:
    """Whether its members are blocks, so that a new one is."""
    return any(one.value.kind == "map" and one.value.block for one in holder.members)


def _step(text: str, root: WrittenValue) -> int:
    """By how much the text indents: that of the first map below the root."""
    return next((one.value.column for one in root.members if one.value.kind == "map" and one.value.block), 2) or 2


def _own_step(text: str, old: WrittenValue, column: int) -> int:
    """By how much the lines of a value are indented; 0 if it has none of its own."""
    if old.style in ("|", ">"):
        content = text[members.next_line(text, old.start) : old.end].lstrip("\r\n")
        return len(content) - len(content.lstrip(" ")) - column if content else 0
    return old.column - column if old.block else 0


def _set(text: str, edit: SetValue, place: tuple[WrittenValue, WrittenValue, PlacedMember], newline: str) -> str:
    root, holder, member = place
    old = member.value
    if (line := places.anchors(old)) is not None:
        raise PolicyFault([Fault(edit.path, "edit-alias", spot=Spot(line, 1))])
    if not holder.block or holder.odd:
        return _replace(text, old, _spaced(text, old, writing.in_line(edit.value, writing.quotes_of(old.style))))
    column = holder.column
    if isinstance(edit.value, Mapping | list) or (isinstance(edit.value, str) and "\n" in edit.value):
        step = _own_step(text, old, column) or _step(text, root)
        write = writing.item if holder.kind == "list" else writing.as_block
        written = write(edit.value, column, step, newline)
    else:
        written = " " + writing.in_line(edit.value, writing.quotes_of(old.style), flow=False)
    return _rewrite(text, _after_key(text, holder, member), old, written, newline)


def _spaced(text: str, old: WrittenValue, written: str) -> str:
    """With the colon and space that an empty value may lack."""
    if old.start != old.end:
        return written
    before = text[: old.start].rstrip(" ")[-1:]
    return (" " if text[old.start - 1] in ":-" else "") + written if before in ":-" else ": " + written


def _replace(text: str, old: WrittenValue, written: str) -> str:
    return text[: old.start] + written + text[old.end :]


def _rewrite(text: str, after: int, old: WrittenValue, written: str, newline: str) -> str:
    """Replaces a value in a block. The comment on the line of the key stays there.

    `written`: ` value`, then further lines. `after`: the end of the key or dash.
    """
    first, *more = written.split(newline, 1)
    further = "".join(newline + one for one in more)
    header = members.line_end(text, after)
    if "\n" in text[after : old.start]:  # on lines of its own
        start, end = members.line_start(text, old.start), members.next_line(text, old.end)
        body = further.removeprefix(newline) + newline if further else ""
        return text[:after] + first + text[after:start] + body + text[end:]
    if old.style in ("|", ">") and "\n" in text[old.start : old.end]:
        comment = _comment(text[old.start : members.line_end(text, old.start)])
        return text[:after] + first + comment + further + text[old.end :]
    end = after if old.start == old.end else old.end
    if not further:
        return text[:after] + first + text[end:]
    comment = text[end : members.line_end(text, end)] if end <= header else ""
    return text[:after] + first + comment + further + text[members.line_end(text, end) :]


def _comment(header: str) -> str:
    """The comment after the `|` of a text, with the spaces before it."""
    at = header.find(" #")
    return "" if at < 0 else header[len(header[:at].rstrip(" ")) :]
