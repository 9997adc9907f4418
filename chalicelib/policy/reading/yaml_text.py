"""Loads YAML text into plain values. Scalars follow the core schema of YAML 1.2: `yes`, `no` and dates stay text.

Only maps, lists and scalars are constructed. Import this module only where a text is read: PyYAML takes 29 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.composer import Composer, ComposerError
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from chalicelib.policy.reading.bounds import MAX_DEPTH, MAX_VALUES
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, Path, PolicyFault

_TOO_LARGE = "too many values"
_TOO_DEEP = "exceeded maximum nesting depth"
"""libyaml's own problem, at 1,000 levels."""
_TAGGED = "tags"
_TAG = "tag:yaml.org,2002:"
_INVALID_KEY_TAGS = (_TAG + "bool", _TAG + "null")
"""Tags of values that cannot be keys in JSON."""


class Loader(Composer, CParser, SafeConstructor, Resolver):
    """Scans and parses with libyaml, four times as fast as PyYAML's scanner. libyaml's composer has no bound to set."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # PyYAML reads it off the class
    composed = 0
    depth = 0

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Rejects tags, so that a value is what it looks like, and stops when there are too many or too deep nodes.

        The composer is recursive.
        """
        event: Any = self.peek_event()
        self.composed += 1
        if self.composed > MAX_VALUES or self.depth > MAX_DEPTH:
            raise ComposerError(None, None, _TOO_LARGE, event.start_mark)
        if getattr(event, "tag", None) not in (None, "!"):
            raise ComposerError(None, None, _TAGGED, event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


Loader.add_implicit_resolver(_TAG + "bool", re.compile(r"^(?:true|false)$"), list("tf"))
Loader.add_implicit_resolver(_TAG + "null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
Loader.add_implicit_resolver(_TAG + "int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789"))
Loader.add_implicit_resolver(
    _TAG + "float", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"), list("-0123456789")
)
Loader.add_implicit_resolver(_TAG + "merge", re.compile(r"^<<$"), ["<"])
RESOLVERS = Loader.yaml_implicit_resolvers
"""What a plain scalar is read as."""


def load(text: str) -> tuple[Any, Callable[[Path], int | None]]:
    """Returns the value of the only document in the text, and a function from a path to its line.

    Raises `PolicyFault` for a text that is no YAML, is too large, or has invalid or repeated keys.
    """
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        _check_size(node)
        _raise_if_any(list(_bad_keys(node, ())))
        value = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise PolicyFault([_fault(error)]) from error
    except RecursionError as error:
        raise PolicyFault([_too_large(None)]) from error
    except (ValueError, OverflowError) as error:  # PyYAML raises these for escapes beyond Unicode
        raise PolicyFault([Fault((), "yaml-value", reason=error)]) from error
    return value, lambda path: _line(node, path)


def _line(node: yaml.Node | None, path: Path) -> int | None:
    """The line, from 1, of the last step of the path that exists in the text."""
    line = None if node is None else node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, child) for key, child in node.value if _has_name(key, step)), None)
            if found is None:
                return line
            key, node = found
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _has_name(key: yaml.Node, step: str | int) -> bool:
    return str(key.value) == str(step)


def _fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "unexpected characters"
    line = mark.line + 1 if mark else None
    if what in (_TOO_LARGE, _TOO_DEEP):
        return _too_large(line)
    return Fault((), "yaml-tag", line=line) if what == _TAGGED else Fault((), "no-yaml", line=line, reason=what)


def _too_large(line: int | None) -> Fault:
    return Fault((), "too-many-values", line=line, most=MAX_VALUES, depth=MAX_DEPTH)


def _check_size(root: yaml.Node | None) -> None:
    """Counts nodes as if every alias were expanded, so that aliases cannot multiply the values without limit."""
    count = 0
    stack = [(root, 0)] if root is not None else []
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_VALUES or depth > MAX_DEPTH:
            raise PolicyFault([_too_large(node.start_mark.line + 1)])
        if isinstance(node, yaml.MappingNode):
            stack.extend((child, depth + 1) for pair in node.value for child in pair)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((child, depth + 1) for child in node.value)


def _raise_if_any(faults: list[Fault]) -> None:
    if faults:
        raise PolicyFault(faults[:MAX_FAULTS])


def _bad_keys(node: yaml.Node | None, path: Path) -> Iterator[Fault]:
    """Keys that are not text, and keys that occur twice."""
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _bad_keys(child, (*path, index))
    if not isinstance(node, yaml.MappingNode):
        return
    keys: set[str] = set()
    for key, child in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag in _INVALID_KEY_TAGS:
            yield Fault(path, "key-no-text", line=line)
            continue
        if key.value in keys:
            yield Fault((*path, key.value), "key-twice", line=line)
        keys.add(key.value)
        yield from _bad_keys(child, (*path, key.value))
