"""The page of the local issuer: the demonstration people, and a form for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from chalicelib.web.pages import assets

_WORDS = {
    "zh": {
        "title": "登录（本机演示）",
        "lead": "本页只存在于本机，代替正式部署中的登录服务。点击即以该人员身份登录。",
        "other": "以其他账户登录",
        "email": "邮箱",
        "password": "密码",
        "enter": "登录",
        "failed": "邮箱或密码不正确。",
    },
    "en": {
        "title": "Sign in (this machine only)",
        "lead": "This page stands in for the sign-in service of a deployment. Choose the person to sign in as.",
        "other": "Sign in with another account",
        "email": "E-mail address",
        "password": "Password",
        "enter": "Sign in",
        "failed": "The e-mail address or the password is wrong.",
    },
}


def sign_in_page(asked: Mapping[str, str], shown: Sequence[dict[str, Any]], email: str, *, failed: bool) -> str:
    """`asked`: the parameters of the request, which each form sends again. `email`: what the person has entered."""
    language = "zh" if asked.get("lang", "").startswith("zh") else "en"
    words = _WORDS[language]
    hidden = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in asked.items())
    head = (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{words["title"]}</title>'
        f'<link rel="stylesheet" href="{assets.path("pages.css")}"><link rel="icon" href="data:,"></head><body>'
    )
    fault = f'<div class="faults" role="alert"><p>{words["failed"]}</p></div>' if failed else ""
    body = "".join([*_people(shown, hidden), _form(words, hidden, email)])
    return f'{head}<main class="wide"><h1>{words["title"]}</h1>{fault}<p>{words["lead"]}</p>{body}</main></body></html>'


def _people(shown: Sequence[dict[str, Any]], hidden: str) -> Iterator[str]:
    for tenant in shown:
        yield f'<form method="post">{hidden}<h2>{escape(tenant["slug"])}</h2><ul class="plain">'
        for person in tenant["people"]:
            email, roles = escape(person["email"]), escape(" ".join(person["roles"]))
            yield f'<li><button name="as" value="{email}">{email}</button> <span class="hint">{roles}</span></li>'
        yield "</ul></form>"


def _form(words: Mapping[str, str], hidden: str, email: str) -> str:
    return (
        f'<h2>{words["other"]}</h2><form method="post">{hidden}'
        f'<div class="field"><label for="email">{words["email"]}</label>'
        f'<input id="email" name="email" type="email" value="{escape(email)}" autocomplete="username"></div>'
        f'<div class="field"><label for="password">{words["password"]}</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password"></div>'
        f'<p><button class="button">{words["enter"]}</button></p></form>'
    )
