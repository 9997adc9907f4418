"""Texts about drafts and versions of the policy."""

TEXTS = {
    "Version {version} of the organisation's policy has words of a later release of the service: {words}. "
    "Nothing can be changed under it until that release runs again.": (
        "机构制度的第 {version} 版含有本服务更新版本才有的词：{words}。"
        "更新版本恢复运行之前，不能按该版制度更改任何内容。"
    ),
    "Version {version} of the organisation's policy has words of a later release of the service, which may say who "
    "may read: {words}. Nothing can be read or changed under it until that release runs again.": (
        "机构制度的第 {version} 版含有本服务更新版本才有的词，这些词可能规定哪些人可以查看：{words}。"
        "更新版本恢复运行之前，不能按该版制度查看或更改任何内容。"
    ),
    "The document is not a valid policy.": "该文件不是有效的制度。",
    "The policy cannot be published as it is.": "该制度存在问题，不能发布。",
    "The organisation has no such policy version.": "该机构没有这个制度版本。",
    "There is no draft.": "没有草案。",
    "The draft has changed since you read it.": "您读取之后，草案已有变化。",
    "The draft cannot be written as text.": "草案无法写成文本。",
    "The draft is too large.": "草案过大。",
    "the document is larger than {most} KiB": "文件超过 {most} KiB",
    "The draft is not open to you.": "草案未对您开放。",
    "The draft is not open for your comments.": "草案未向您征求意见。",
    "The draft has changed, or the same comment was sent twice. Repeat the request.": (
        "草案已有变化，或同一意见提交了两次。请重复该请求。"
    ),
    "A draft accepts at most {most} comments per person.": "每人对同一草案最多提交 {most} 条意见。",
    "Only owners may read comments.": "只有机构管理员可以查看意见。",
    "Give the number of the receipt's complaint.": "请填写回执所属投诉的编号。",
    "A version cannot take effect in the past.": "版本的生效时间不能早于现在。",
    "There can be at most {upcoming} upcoming versions, and {roles} roles in all versions together.": (
        "待生效的版本最多 {upcoming} 个，所有版本的角色合计最多 {roles} 个。"
    ),
    "Another version was published at the same time. Review it and repeat the request.": (
        "另一版本同时发布。请查看该版本后重复请求。"
    ),
    "The policy in force requires that the present revision of the draft is opened for comments to: {known}": (
        "现行制度要求，草案的当前修订须先向以下各方征求意见：{known}"
    ),
    "The time for comments is not over.": "征求意见的时间尚未结束。",
}
