"""Texts of the pages on which files are added."""

from __future__ import annotations

TEXTS = {
    "files.add": ("添加材料", "Add a file"),
    "files.kind": ("您要添加哪种材料？", "What kind of file do you add?"),
    "files.kind_missing": ("请选择材料的种类", "Choose the kind of file"),
    "files.how": (
        "一次添加一份。添加完一份后，可以再添加下一份。",
        "Add one file at a time. You can add the next one afterwards.",
    ),
    "files.choose": ("上传：{kind}", "Send: {kind}"),
    "files.file": ("选择文件", "Choose the file"),
    "files.limits": ("最大 {most}。格式：{types}", "At most {most}. Formats: {types}"),
    "files.until": (
        "请在 {until} 之前开始上传，否则请重新载入本页。上传完成之前请不要关闭页面。",
        "Begin before {until}; otherwise load this page again. Do not close the page until the file is sent.",
    ),
    "files.send": ("上传", "Send the file"),
    "files.metadata": (
        "文件会先经过安全检查，再封存。照片里的拍摄地点等信息不会提供给被投诉方。",
        "The file is checked for malware and then sealed. The other party never gets the place and the time in a photo.",
    ),
    "files.resume": ("继续上传", "Send it now"),
    "files.because": ("：{reason}", ": {reason}"),
    "case.uploaded": (
        "文件已收到，正在检查。检查通常在一分钟内完成：请稍后重新载入本页查看结果。",
        "The file has come and is being checked, usually within a minute. Load this page again to see the result.",
    ),
    "case.arrived": (
        "这份材料已经上传，或者上传时间已过。需要时请再添加一份。",
        "This file was sent, or its time is over. Add another one if you need to.",
    ),
    "file_kind.document": ("文件", "Document"),
    "file_kind.photo": ("照片", "Photo"),
    "file_kind.recording": ("录音", "Sound recording"),
    "file_kind.video": ("视频", "Video"),
    "file_state.declared": ("等待上传", "Not sent yet"),
    "file_state.uploaded": ("已上传，等待检查", "Sent, waiting for the check"),
    "file_state.checking": ("正在检查", "Being checked"),
    "file_state.sealed": ("已检查并封存", "Checked and sealed"),
    "file_state.refused": ("未接收", "Refused"),
    "file_state.expired": ("未按时上传", "Not sent in time"),
    "file_state.erased": ("已删除", "Erased"),
    "file_reason.size": ("大小与申报的不同", "its size is not the declared one"),
    "file_reason.sha256": ("内容与申报的不同，可能在传输中损坏", "its content changed on the way"),
    "file_reason.type": ("不接受这种格式", "files of this format are not accepted"),
    "file_reason.broken": ("文件已损坏，无法读取", "it is damaged and cannot be read"),
    "file_reason.bomb": ("解压后过大", "it becomes too large when it is unpacked"),
    "file_reason.polyglot": ("文件中含有另一种格式的内容", "it also contains a file of another format"),
    "file_reason.active-content": ("文件中含有宏、脚本或程序", "it contains macros, scripts or programs"),
    "file_reason.encrypted": ("文件有密码，请去掉密码后再上传", "it has a password: send it without one"),
    "file_reason.malware": ("发现恶意软件", "malware was found in it"),
    "file_reason.not-scannable": ("无法检查其内容", "its content cannot be checked"),
    "file_reason.no-verdict": ("检查未能按时完成，请再上传一次", "the check did not end in time: send it again"),
    "file_reason.gone": ("文件已不存在，请再上传一次", "it is gone: send it again"),
}
