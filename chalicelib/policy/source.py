"""Reading a policy document's text: YAML for people, JSON for programs, both into plain values.

YAML 1.2's plain scalars: `yes`, `no` and dates stay text. Nothing is constructed but maps, lists and scalars.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml

from chalicelib.policy.faults import Fault, PolicyFault

MOST_BYTES = 256 * 1024
MOST_NODES = 20_000
MOST_DEPTH = 24


class _Loader(yaml.SafeLoader):
    """YAML 1.2 core scalars, no duplicate keys, bounded size after its aliases are written out."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML reads it off the class)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"), list("-0123456789")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


def read(text: str) -> dict[str, Any]:
    """The document as plain values. Raises `PolicyFault` for text that is too large, malformed or no map."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise PolicyFault([Fault((), f"the document is larger than {MOST_BYTES // 1024} KiB")])
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        _measure(node)
        _refuse_duplicates(node, ())
        value = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        raise PolicyFault([_fault(error)]) from error
    except RecursionError as error:
        raise PolicyFault([Fault((), "the document is nested too deeply")]) from error
    except ValueError as error:
        raise PolicyFault([Fault((), f"a value cannot be read: {error}")]) from error
    finally:
        loader.dispose()
    if not isinstance(value, dict):
        raise PolicyFault([Fault((), "the document must be a map")])
    return value


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
            raise PolicyFault([Fault((), "the document is too large or nested too deeply", line=line)])
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
            raise PolicyFault(
                [Fault((*path, key.value), "the key occurs twice", line=key.start_mark.line + 1)],
            )
        keys.add(key.value)
        _refuse_duplicates(child, (*path, key.value))
