"""Texts about evidence and demands for it."""

TEXTS = {
    "Upload the files that were declared before this one, or ask the office to take a large file.": (
        "请先上传之前声明的文件，或请机构代收大文件。"
    ),
    "Files of at most {most} bytes per day are accepted from one address.": "同一地址每天最多接受 {most} 字节的文件。",
    "{most} demands for evidence are open already. Wait until some are answered.": (
        "已有 {most} 项举证要求尚未答复，请等待部分答复后再提出。"
    ),
    "nothing is demanded": "目前没有举证要求",
    "No such evidence is demanded.": "没有这项举证要求。",
    "There is no such demand.": "没有这项举证要求。",
    "The file has arrived, or the time for its upload is over.": "文件已经收到，或上传时间已过。",
    "The demand was answered, or its time is over.": "该举证要求已答复，或期限已过。",
    "Only members of the organisation can get a demand's link.": "只有机构成员可以获取举证链接。",
    "No party can answer this demand any more.": "当事人已不能再答复该举证要求。",
    "The file cannot be accepted as declared.": "所申报的文件不能接收。",
    "must be 1 to {most} printable characters": "须为 1 至 {most} 个可显示的字符",
    "must be a name, not a path": "须为文件名，不能是路径",
    "must be 1 to {most} bytes": "须为 1 至 {most} 字节",
    "must be at least 1 byte": "至少 1 字节",
    "must be 64 lower-case hex digits": "须为 64 位小写十六进制数字",
    "must be the SHA-256 of each of {count} parts": "须为 {count} 个分段各自的 SHA-256",
    "are for files above 16 MiB": "仅用于超过 16 MiB 的文件",
    "The parts do not make up the declared file.": "各分段不能组成所申报的文件。",
    "must be the parts 1 to {count}, in order": "须依次为第 1 至第 {count} 分段",
    "are not those that were uploaded": "与已上传的分段不符",
    "is only for members who may see who the complainant is": "仅供可以查看投诉人身份的成员使用",
    "You have no upload in parts with this id.": "您没有这个标识的分段上传。",
    "Upload the files that were declared before this one.": "请先上传此前已申报的文件。",
    "The case has ended: no more evidence is taken.": "案件已办结，不再接收证据。",
    "The session has ended. Enter the receipt again.": "会话已结束，请重新输入回执。",
    "The complaint has no such evidence.": "该投诉没有这份证据。",
    "There is no such copy that you may download.": "没有您可以下载的这份副本。",
    "The organisation's plan has no space for more evidence.": "机构套餐的证据空间已用尽。",
    "Nothing of this name is quarantined.": "没有这个名称的异常条目。",
}
