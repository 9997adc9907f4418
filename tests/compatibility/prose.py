"""What an answer says to people in passing: problem details and the descriptions of a JSON Schema may be reworded."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.compatibility import recorded_presets


def without_prose(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as it was recorded, without the sentences that no program depends on."""
    body = _renamed_zone(answer.get("body"))
    if isinstance(body, dict) and "$defs" in body:
        return {**answer, "body": _schema(body, body["$defs"])}
    if isinstance(body, dict) and "source" in body:
        return {**answer, "body": {**body, "source": _without_comments(body["source"])}}
    if answer["status"] >= 400 and isinstance(body, dict):
        return {**answer, "body": _problem(body)}
    return {**answer, "body": body} if "body" in answer else dict(answer)


def as_then(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    """The new answer. A JSON Schema that allows all that the old one allowed, and more, counts as the old one; a preset
    with other content, too.
    """
    path, body = str(old["request"]["path"]), new.get("body")
    if path.startswith(recorded_presets.PATH) and isinstance(body, dict) and "source" in body:
        return {**new, "body": recorded_presets.as_recorded(without_prose(old)["body"], body)}
    if not path.endswith("-schema") or not isinstance(body, dict):
        return new
    then = without_prose(old)["body"]
    return {**new, "body": old["body"]} if _allows(without_prose(new)["body"], then) else new


def _allows(new: Any, old: Any) -> bool:
    """Whether a schema, or a part of one, allows every value that the old one allows."""
    if new == old:
        return True
    if not isinstance(new, dict) or not isinstance(old, dict):
        return False
    choices = new.get("anyOf")
    if isinstance(choices, list) and "anyOf" not in old:
        return any(_allows(choice, old) for choice in choices)
    implied = {"default", "type"} if new.get("type") == "string" and "enum" in old else {"default"}
    return new.keys() - old.keys() <= implied and all(
        (name in new and _PARTS.get(name, _same)(new[name], value)) or name == "default" for name, value in old.items()
    )


def _same(new: Any, old: Any) -> bool:
    return bool(new == old) or _allows(new, old)


def _more(new: Any, old: Any) -> bool:
    """More choices."""
    return all(any(_same(each, one) for each in new) for one in old)


def _less(new: Any, old: Any) -> bool:
    """Less is required."""
    return set(new) <= set(old)


def _properties(new: Any, old: Any) -> bool:
    return all(name in new and _allows(new[name], value) for name, value in old.items())


_PARTS = {"properties": _properties, "required": _less, "enum": _more, "anyOf": _more}


def _renamed_zone(body: Any) -> Any:
    """Explanations in Chinese say 北京时间 now."""
    text = json.dumps(body, ensure_ascii=False)
    if "（Asia/Shanghai" not in text:
        return body
    return json.loads(
        text.replace("（Asia/Shanghai时间）", "（北京时间）").replace("（Asia/Shanghai）", "（北京时间）")
    )


_LINES = {"Organisation: ": "机构：", "Address: ": "网址：", "User: ": "用户名：", "Password: ": "密码："}
"""What the lines of a Chinese invitation began with, and begin with now."""


def without_footer(sent: str) -> str:
    """A line of what left the deployment, without the subject and the footer of a mail.

    Invitations and webhooks have no footer. Subjects were the start of the text.
    """
    found = json.loads(sent)
    found.pop("subject", None)
    if "text" in found:
        found["text"] = found["text"].partition("\n-- \n")[0]
        for then, now in _LINES.items():
            found["text"] = found["text"].replace(f"\n{now}", f"\n{then}")
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def without_unit_names(line: str) -> str:
    """A line that was written. The messages of the scenario called its units by their ids, and now by their names."""
    return re.sub(r"(north|south)(?:区|\\\\*u533a)", r"\1", line)


def _without_comments(yaml: str) -> list[str]:
    """The lines of a preset's text, without comments and blank lines. No value of a preset holds ` #`."""
    lines = (re.sub(r"(^|\s+)#.*$", "", line) for line in yaml.splitlines())
    return [line for line in lines if line]


def _problem(body: Mapping[str, Any]) -> dict[str, Any]:
    """A problem without `title` and `detail`; its places keep their pointers."""
    places = [{**place, "detail": None} for place in body.get("errors", [])]
    return {**body, "title": None, "detail": None, "errors": places}


def _schema(value: Any, definitions: Mapping[str, Any]) -> Any:
    """A JSON Schema with its definitions in the place of references to them, whatever they are called."""
    if isinstance(value, list):
        return [_schema(each, definitions) for each in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    if isinstance(reference, str):
        return _schema(definitions[reference.rpartition("/")[2]], definitions)
    return {
        name: _members(each, definitions) if name == "properties" else _schema(each, definitions)
        for name, each in value.items()
        if name not in ("$defs", "title", "description")
    }


def _members(members: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _schema(each, definitions) for name, each in members.items()}
