"""Texts of every page."""

from __future__ import annotations

TEXTS = {
    "common.service": ("投诉服务", "Complaints service"),
    "common.skip": ("跳到主要内容", "Skip to main content"),
    "common.other_language": ("English", "中文"),
    "common.language": ("语言", "Language"),
    "common.back": ("返回", "Back"),
    "common.continue": ("继续", "Continue"),
    "common.change": ("修改", "Change"),
    "common.optional": ("{label}（选填）", "{label} (optional)"),
    "common.yes": ("是", "Yes"),
    "common.no": ("否", "No"),
    "common.problem": ("有内容需要修改", "There is a problem"),
    "common.error": ("错误：", "Error: "),
    "common.home": ("首页", "Home"),
    "common.print": ("打印本页", "Print this page"),
    "common.footer": ("由 Redress 投诉处理系统提供", "Powered by Redress, a complaint-handling service"),
}
