"""Texts around the documentation of the API, whose own texts are those of the OpenAPI document."""

from __future__ import annotations

TEXTS = {
    "docs.title": ("接口文档", "Documentation of the API"),
    "docs.lead": (
        "版本 {version}。页面上能做的事，程序都可以用这些接口来做。",
        "Version {version}. Programs can do with these operations whatever people do on pages.",
    ),
    "docs.document": ("OpenAPI 文件（JSON）", "The OpenAPI document (JSON)"),
    "docs.groups": ("接口分组", "Groups of operations"),
    "docs.problems": ("错误种类", "Kinds of problems"),
    "docs.problems.lead": (
        "出错时的响应为 {type}（RFC 9457）。响应中的 {member} 以下列种类之一结尾。",
        "A response that is a problem is {type} (RFC 9457). Its {member} ends with one of these kinds.",
    ),
    "docs.problems.schema": ("错误响应的字段", "The members of a problem"),
    "docs.parameters": ("参数", "Parameters"),
    "docs.body": ("请求内容", "Body of the request"),
    "docs.answers": ("响应", "Responses"),
    "docs.required": ("必填", "required"),
    "docs.example": ("示例：{of}", "Example: {of}"),
    "docs.type.or": (" 或 ", " or "),
    "docs.type.and": ("，", ", "),
    "docs.type.any": ("任意值", "any value"),
    "docs.type.array": ("array（各项为 {of}）", "array of {of}"),
    "docs.type.object": ("object（各值为 {of}）", "object of {of}"),
    "docs.type.least_characters": ("至少 {value} 个字符", "at least {value} characters"),
    "docs.type.most_characters": ("最多 {value} 个字符", "at most {value} characters"),
    "docs.type.least": ("不小于 {value}", "at least {value}"),
    "docs.type.most": ("不大于 {value}", "at most {value}"),
    "docs.type.least_items": ("至少 {value} 项", "at least {value} items"),
    "docs.type.most_items": ("最多 {value} 项", "at most {value} items"),
    "docs.type.pattern": ("格式 {value}", "pattern {value}"),
    "docs.type.format": ("{value}", "{value}"),
}
