"""Texts around the documentation of the API, which is in English."""

from __future__ import annotations

TEXTS = {
    "docs.title": ("接口文档", "Documentation of the API"),
    "docs.lead": (
        "版本 {version}。页面上能做的事，程序都可以用这些接口来做。接口说明为英文。",
        "Version {version}. Programs can do with these operations whatever people do on pages.",
    ),
    "docs.document": ("OpenAPI 文件（JSON）", "The OpenAPI document (JSON)"),
    "docs.parameters": ("参数", "Parameters"),
    "docs.body": ("请求内容", "Body of the request"),
    "docs.answers": ("响应", "Responses"),
    "docs.required": ("必填", "required"),
    "docs.example": ("示例：{of}", "Example: {of}"),
}
