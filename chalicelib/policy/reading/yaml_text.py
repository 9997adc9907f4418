"""Loads YAML text into plain values. Scalars follow the core schema of YAML 1.2: `yes`, `no` and dates stay text.

Only maps, lists and scalars are constructed. Import this module only where a text is read: PyYAML takes 29 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser
from yaml.composer import Composer, ComposerError
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from chalicelib.policy.reading.bounds import MAX_DEPTH, MAX_VALUES
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, Path, PolicyFault, Rewording, Spot

_TOO_LARGE = "too many values"
_TOO_DEEP = "exceeded maximum nesting depth"
"""libyaml's own problem, at 1,000 levels."""
_TAGGED = "tags"
_UNDEFINED = re.compile(r"found undefined alias '?([^']*)'?")
_TABS = re.compile(r"\t+")
_INDENT = "  "
_QUOTES = ("'", '"')
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


class Spots(NamedTuple):
    """Where the values of a text stand in it."""

    text: str
    root: yaml.Node | None

    def of(self, path: Path) -> Spot | None:
        """Of the last step of the path that exists in the text. Of a member of a map: its key."""
        key, node = self._at(path)
        shown = key or node
        return None if shown is None else _spot(shown.start_mark)

    def of_word(self, path: Path, word: str) -> Spot | None:
        """Of the key or the value at the path that is this word and is written without escapes; else None."""
        for node in self._at(path):
            if isinstance(node, yaml.ScalarNode) and node.value == word:
                at = node.start_mark.index + (node.style in _QUOTES)
                if self.text[at : at + len(word)] == word:
                    spot = _spot(node.start_mark)
                    return Spot(spot.line, spot.column + (node.style in _QUOTES))
        return None

    def _at(self, path: Path) -> tuple[yaml.Node | None, yaml.Node | None]:
        """The key, where the last step is a member of a map, and the value."""
        key: yaml.Node | None = None
        node = self.root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if _has_name(pair[0], step)), None)
                if found is None:
                    break
                key, node = found
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                key, node = None, node.value[step]
        return key, node


def _spot(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1)


def load(text: str) -> tuple[Any, Spots]:
    """Returns the value of the only document in the text, and the spots of its parts.

    Raises `PolicyFault` for a text that is no YAML, is too large, or has invalid or repeated keys.
    """
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        _check_size(node)
        _raise_if_any(list(_bad_keys(node, ())))
        value = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise PolicyFault([_fault(error, text)]) from error
    except RecursionError as error:
        raise PolicyFault([_too_large(None)]) from error
    except (ValueError, OverflowError) as error:  # PyYAML raises these for escapes beyond Unicode
        raise PolicyFault([Fault((), "yaml-value", reason=error)]) from error
    return value, Spots(text, node)


def _has_name(key: yaml.Node, step: str | int) -> bool:
    return str(key.value) == str(step)


def _fault(error: yaml.YAMLError, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "unexpected characters"
    spot = _spot(mark) if mark else None
    if what in (_TOO_LARGE, _TOO_DEEP):
        return _too_large(spot)
    if what == _TAGGED:
        return Fault((), "yaml-tag", spot=spot)
    if spot is not None and (tabs := _tabs(text, spot)):
        return Fault((), "yaml-tab", spot=spot, rewording=Rewording(spot, tabs, _INDENT * len(tabs)))
    if alias := _UNDEFINED.fullmatch(what):
        return Fault((), "yaml-alias", spot=spot, name=alias[1])
    return Fault((), "no-yaml", spot=spot, reason=what)


def _tabs(text: str, spot: Spot) -> str:
    """The tabs at the spot, with which authors often indent."""
    lines = text.split("\n")
    found = _TABS.match(lines[spot.line - 1], spot.column - 1) if spot.line <= len(lines) else None
    return found[0] if found else ""


def _too_large(spot: Spot | None) -> Fault:
    return Fault((), "too-many-values", spot=spot, most=MAX_VALUES, depth=MAX_DEPTH)


def _check_size(root: yaml.Node | None) -> None:
    """Counts nodes as if every alias were expanded, so that aliases cannot multiply the values without limit."""
    count = 0
    stack = [(root, 0)] if root is not None else []
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_VALUES or depth > MAX_DEPTH:
            raise PolicyFault([_too_large(_spot(node.start_mark))])
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
        spot = _spot(key.start_mark)
        if not isinstance(key, yaml.ScalarNode) or key.tag in _INVALID_KEY_TAGS:
            yield Fault(path, "key-no-text", spot=spot)
            continue
        if key.value in keys:
            yield Fault((*path, key.value), "key-twice", spot=spot)
        keys.add(key.value)
        yield from _bad_keys(child, (*path, key.value))
