"""Adds, removes and moves the members of one map or list in a text. Each function returns the new text."""

from __future__ import annotations

from chalicelib.policy.editing.places import WrittenValue
from chalicelib.policy.reading.faults import Fault, PolicyFault, Spot


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The end of the line without its break."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def lead(text: str, spot: WrittenValue, index: int) -> int:
    """Where a member of a block begins: at its key or dash, or at the first of the comment lines right above it."""
    head = spot.members[index].head
    start = line_start(text, head)
    if text[start:head].strip():
        return head  # on the line of a dash
    above = spot.members[index - 1].value.end if index else spot.start if spot.start < start else 0
    found = head
    while start > 0:
        start = line_start(text, start - 1)
        line = text[start : next_line(text, start)]
        own = line[: spot.column].strip() == "" and line[spot.column : spot.column + 1] == "#"
        if start < above or not own:
            break
        found = start + spot.column
    return found


def tail(text: str, spot: WrittenValue, index: int) -> int:
    """The end of the last line of a member of a block, with the comment on that line."""
    return line_end(text, spot.members[index].value.end)


def remove(text: str, spot: WrittenValue, index: int) -> str:
    if not spot.block:
        return _remove_within(text, spot, index)
    head, end = spot.members[index].head, tail(text, spot, index)
    start = line_start(text, head)
    if not text[start:head].strip():
        after = next_line(text, end)
        if after == end:  # the last line, without a break
            start = line_end(text, line_start(text, start - 1)) if start else 0
        return text[:start] + text[after:]
    following = spot.members[index + 1].head
    if not text[end:following].strip():
        return text[:head] + text[following:]
    return text[:head].rstrip(" ") + text[end:]


def empty(text: str, spot: WrittenValue, after: int) -> str:
    """Removes the only member, which leaves `{}` or `[]`. `after`: the end of the key or dash that has the block."""
    if not spot.block:
        return _remove_within(text, spot, 0)
    nothing = "{}" if spot.kind == "map" else "[]"
    if line_start(text, after) == line_start(text, spot.start):
        return text[: spot.start] + nothing + text[spot.end :]
    removed = remove(text, spot, 0)
    return removed[:after] + " " + nothing + removed[after:]


def _remove_within(text: str, spot: WrittenValue, index: int) -> str:
    """Of brackets. The comma after the item goes too, of the last item that before it."""
    members = spot.members
    start, end = members[index].head, members[index].value.end
    if index + 1 < len(members):
        gap = text[end : members[index + 1].head]
        if not set(gap) - {",", " "}:
            return text[:start] + text[members[index + 1].head :]
    elif index and not set(text[members[index - 1].value.end : start]) - {",", " "}:
        return text[: members[index - 1].value.end] + text[end:]
    comma = len(text[end:]) - len(text[end:].lstrip(" "))
    if text[end + comma : end + comma + 1] == ",":
        end += comma + 1
    before = line_start(text, start)
    if not text[before:start].strip() and not text[end : line_end(text, end)].strip():
        return text[:before] + text[next_line(text, end) :]
    return text[:start] + text[end:]


def add(text: str, spot: WrittenValue, at: int, written: str, newline: str) -> str:
    """`written`: the member without the indentation of its first line."""
    if not spot.block:
        return _add_within(text, spot, at, written)
    indent = " " * spot.column
    if at < len(spot.members):
        start = lead(text, spot, at)
        return text[:start] + written + newline + indent + text[start:]
    end = _after_comments(text, tail(text, spot, len(spot.members) - 1), spot)
    return text[:end] + newline + indent + written + text[end:]


def _after_comments(text: str, end: int, spot: WrittenValue) -> int:
    """The end of the comment lines that follow the last member and are indented as it is."""
    if spot.kind == "list" or not spot.column:
        return end
    while (start := next_line(text, end)) > end:
        line = text[start : line_end(text, start)]
        indent = len(line) - len(line.lstrip(" "))
        if line[indent : indent + 1] != "#" or indent < spot.column:
            break
        end = line_end(text, start)
    return end


def _add_within(text: str, spot: WrittenValue, at: int, written: str) -> str:
    if not spot.members:
        return text[: spot.start + 1] + written + text[spot.start + 1 :]
    if at < len(spot.members):
        start = spot.members[at].head
        return text[:start] + written + ", " + text[start:]
    end = spot.members[-1].value.end
    return text[:end] + ", " + written + text[end:]


def move(text: str, spot: WrittenValue, index: int, to: int) -> str:
    """What stands between two members, such as blank lines or commas, stays where it is."""
    count = len(spot.members)
    if spot.block:
        spans = [(lead(text, spot, one), tail(text, spot, one)) for one in range(count)]
    else:
        spans = [(one.head, one.value.end) for one in spot.members]
    parts = [text[start:end] for start, end in spans]
    gaps = [text[spans[one][1] : spans[one + 1][0]] for one in range(count - 1)]
    if not spot.block and any("#" in gap for gap in gaps):
        raise PolicyFault([Fault((), "edit-place", spot=Spot(spot.line, 1))])
    order = [one for one in range(count) if one != index]
    order.insert(to, index)
    moved = "".join(parts[one] + gap for one, gap in zip(order, [*gaps, ""], strict=True))
    return text[: spans[0][0]] + moved + text[spans[-1][1] :]
