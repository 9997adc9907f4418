"""YAML text into plain values: YAML 1.2's core scalars, so that `yes`, `no` and dates stay text.

Nothing is constructed but maps, lists and scalars. Imported where a text is read, not before: PyYAML takes 29 ms.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml
from yaml.composer import ComposerError

from chalicelib.policy.faults import Fault, PolicyFault

MOST_NODES = 20_000
MOST_DEPTH = 24
_TOO_LARGE = "the document is too large or nested too deeply"
_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML reads it off the class)
    composed = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse tags (a value is what it looks like), and stop at the first node too many."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        self.composed += 1
        if self.composed > MOST_NODES:
            raise ComposerError(None, None, _TOO_LARGE, event.start_mark)
        if getattr(event, "tag", None) not in (None, "!"):
            raise ComposerError(None, None, "tags such as `!!int` are not part of the language", event.start_mark)
        return super().compose_node(parent, index)


_Loader.add_implicit_resolver(_TAG + "bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(_TAG + "null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(_TAG + "int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    _TAG + "float", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"), list("-0123456789")
)
_Loader.add_implicit_resolver(_TAG + "merge", re.compile(r"^<<$"), ["<"])


def load(text: str) -> Any:
    """The text's one document. Raises `PolicyFault`."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        _measure(node)
        _refuse_duplicates(node, ())
        return loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise PolicyFault([_fault(error)]) from error
    except RecursionError as error:
        raise PolicyFault([Fault((), _TOO_LARGE)]) from error
    except (ValueError, OverflowError) as error:  # PyYAML's answer to escapes beyond Unicode
        raise PolicyFault([Fault((), f"a value cannot be read: {error}")]) from error


def _fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "the text is not YAML"
    return Fault((), str(what), line=mark.line + 1 if mark else None)


def _measure(root: yaml.Node | None) -> None:
    """Count nodes as if every alias were written out, so that aliases cannot explode."""
    seen = 0
    stack = [(root, 0)] if root is not None else []
    while stack:
        node, depth = stack.pop()
        seen += 1
        if seen > MOST_NODES or depth > MOST_DEPTH:
            line = node.start_mark.line + 1
            raise PolicyFault([Fault((), _TOO_LARGE, line=line)])
        if isinstance(node, yaml.MappingNode):
            stack.extend((child, depth + 1) for pair in node.value for child in pair)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((child, depth + 1) for child in node.value)


def _refuse_duplicates(node: yaml.Node | None, path: tuple[str | int, ...]) -> None:
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _refuse_duplicates(child, (*path, index))
    if not isinstance(node, yaml.MappingNode):
        return
    keys: set[Hashable] = set()
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise PolicyFault([Fault(path, "a key must be text", line=key.start_mark.line + 1)])
        if key.value in keys:
            raise PolicyFault([Fault((*path, key.value), "the key occurs twice", line=key.start_mark.line + 1)])
        keys.add(key.value)
        _refuse_duplicates(child, (*path, key.value))
