"""YAML text into plain values: YAML 1.2's core scalars, so that `yes`, `no` and dates stay text.

Nothing is constructed but maps, lists and scalars. Imported where a text is read, not before: PyYAML takes 29 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.composer import ComposerError

from chalicelib.policy.reading.bounds import MOST_DEPTH, MOST_VALUES
from chalicelib.policy.reading.faults import MOST_FAULTS, Fault, Path, PolicyFault

_TOO_LARGE = "too many values"
_TAGGED = "tags"
_TAG = "tag:yaml.org,2002:"
_NO_KEYS = (_TAG + "bool", _TAG + "null")
"""What YAML 1.1 writes for a key `on`, and what JSON cannot have for one."""


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML reads it off the class)
    composed = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse tags (a value is what it looks like), and stop at the first node too many."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        self.composed += 1
        if self.composed > MOST_VALUES:
            raise ComposerError(None, None, _TOO_LARGE, event.start_mark)
        if getattr(event, "tag", None) not in (None, "!"):
            raise ComposerError(None, None, _TAGGED, event.start_mark)
        return super().compose_node(parent, index)


_Loader.add_implicit_resolver(_TAG + "bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(_TAG + "null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(_TAG + "int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    _TAG + "float", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"), list("-0123456789")
)
_Loader.add_implicit_resolver(_TAG + "merge", re.compile(r"^<<$"), ["<"])


def load(text: str) -> tuple[Any, Callable[[Path], int | None]]:
    """The text's one document, and the line of each path in it. Raises `PolicyFault`."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        _measure(node)
        _refuse(list(_bad_keys(node, ())))
        value = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise PolicyFault([_fault(error)]) from error
    except RecursionError as error:
        raise PolicyFault([_too_large(None)]) from error
    except (ValueError, OverflowError) as error:  # PyYAML's answer to escapes beyond Unicode
        raise PolicyFault([Fault((), "yaml-value", reason=error)]) from error
    return value, lambda path: _line(node, path)


def _line(node: yaml.Node | None, path: Path) -> int | None:
    """Where the path's last step that was written stands, counted from 1."""
    line = None if node is None else node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, child) for key, child in node.value if _is(key, step)), None)
            if found is None:
                return line
            key, node = found
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _is(key: yaml.Node, step: str | int) -> bool:
    return str(key.value) == str(step)


def _fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "unexpected characters"
    line = mark.line + 1 if mark else None
    if what == _TOO_LARGE:
        return _too_large(line)
    return Fault((), "yaml-tag", line=line) if what == _TAGGED else Fault((), "no-yaml", line=line, reason=what)


def _too_large(line: int | None) -> Fault:
    return Fault((), "too-many-values", line=line, most=MOST_VALUES, depth=MOST_DEPTH)


def _measure(root: yaml.Node | None) -> None:
    """Count nodes as if every alias were written out, so that aliases cannot explode."""
    seen = 0
    stack = [(root, 0)] if root is not None else []
    while stack:
        node, depth = stack.pop()
        seen += 1
        if seen > MOST_VALUES or depth > MOST_DEPTH:
            raise PolicyFault([_too_large(node.start_mark.line + 1)])
        if isinstance(node, yaml.MappingNode):
            stack.extend((child, depth + 1) for pair in node.value for child in pair)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((child, depth + 1) for child in node.value)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise PolicyFault(faults[:MOST_FAULTS])


def _bad_keys(node: yaml.Node | None, path: Path) -> Iterator[Fault]:
    """Keys that are no text, and keys that occur twice."""
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _bad_keys(child, (*path, index))
    if not isinstance(node, yaml.MappingNode):
        return
    keys: set[str] = set()
    for key, child in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag in _NO_KEYS:
            yield Fault(path, "key-no-text", line=line)
            continue
        if key.value in keys:
            yield Fault((*path, key.value), "key-twice", line=line)
        keys.add(key.value)
        yield from _bad_keys(child, (*path, key.value))
