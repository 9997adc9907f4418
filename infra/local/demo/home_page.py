"""Adds the demonstration organisations, with people and passwords, to the first page of a local stack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from infra.local.http import LocalRequest, Response

Json = dict[str, Any]
_END = b"</main>"
_TEXTS = {
    "zh": {
        "title": "本机演示",
        "lead": "这些单位只存在于本机，数据在停止后丢失。点击邮箱即以该人员身份登录。",
        "password": "密码",
        "roles": "角色",
        "email": "邮箱",
        "mails": "本机“发出”的邮件（JSON）",
    },
    "en": {
        "title": "Demonstration on this machine",
        "lead": "These organisations exist on this machine only. Their data is lost when the stack stops."
        " An address signs in as that person.",
        "password": "Password",
        "roles": "Roles",
        "email": "E-mail",
        "mails": "Mails that the stack “sent” (JSON)",
    },
}


def is_first_page(request: LocalRequest) -> bool:
    return request.method == "GET" and request.target.partition("?")[0] == "/"


def with_demonstration(response: Response, tenants: Sequence[Json]) -> Response:
    """`tenants`: as in `.local/stack.json`. The response itself if it is no page, or there are none."""
    if not tenants or _END not in response.body:
        return response
    language = dict(response.headers).get("Content-Language", "zh")
    section = "".join(_section(tenants, _TEXTS["en" if language.startswith("en") else "zh"]))
    return Response(response.status, response.headers, response.body.replace(_END, section.encode() + _END))


def _section(tenants: Sequence[Json], words: dict[str, str]) -> Iterator[str]:
    yield f'<h2>{words["title"]}</h2><p>{words["lead"]} <a href="/_local/mail">{words["mails"]}</a></p>'
    for tenant in tenants:
        slug = escape(tenant["slug"])
        yield f'<h3><a href="/t/{slug}">{slug}</a> <small>{escape(tenant["preset"])}</small></h3>'
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{slug}"><table class="people"><thead><tr>'
        yield "".join(f'<th scope="col">{words[name]}</th>' for name in ("email", "password", "roles"))
        yield "</tr></thead><tbody>"
        for person in tenant["people"]:
            email, link = escape(person["email"]), escape(person["sign_in"])
            cells = (
                f'<td><a href="{link}">{email}</a></td>',
                *(f"<td>{escape(cell)}</td>" for cell in (person["password"], " ".join(person["roles"]))),
            )
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody></table></div>"
