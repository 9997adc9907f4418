"""Texts about the request itself: credentials, headers, JSON, limits."""

TEXTS = {
    "A later release of the service has written this ({kind}: {words}). This release can only read it.": (
        "该内容由本服务的更新版本写入（{kind}：{words}），当前版本只能读取，不能更改。"
    ),
    "A later release of the service has recorded this ({type}).": "该事件由本服务的更新版本记录（{type}）。",
    "A stored item is damaged ({kind}). An operator must repair it.": (
        "一项已存储的内容已损坏（{kind}），须由运营方修复。"
    ),
    "The token is not a valid ID token of this service. Sign in again.": "令牌不是本服务的有效 ID 令牌，请重新登录。",
    "Tokens cannot be checked at the moment.": "目前无法验证令牌，请稍后再试。",
    "Sign in, or show the complaint's receipt.": "请登录，或出示该投诉的回执。",
    "Send Authorization: Bearer <ID token>.": "请发送 Authorization: Bearer <ID 令牌>。",
    "Send the credentials that this route takes.": "请发送该接口所要求的凭证。",
    "Sign the request with AWS Signature Version 4.": "请用 AWS Signature Version 4 对请求签名。",
    "Sign in first.": "请先登录。",
    "A receipt is the text that was shown when the complaint was filed.": "回执是提交投诉时显示的那段文字。",
    "Start again from the first page.": "请从第一页重新开始。",
    "Nothing has this address.": "这个网址没有对应的内容。",
    "The path does not support this method.": "该路径不支持此请求方法。",
    "The body is not valid base64.": "请求体不是有效的 base64。",
    "Send the form as application/x-www-form-urlencoded.": "表单请以 application/x-www-form-urlencoded 格式发送。",
    "The form cannot be read.": "无法读取表单。",
    "The form has no key. Begin the complaint again.": "表单缺少标识，请重新开始填写。",
    "The form was not sent from a page of this service.": "表单不是从本服务的页面提交的。",
    "The form has no key. Begin again.": "表单缺少标识，请重新开始。",
    "There is no such file.": "没有这个文件。",
    "The API has no such operation.": "没有这个接口。",
    "The API has no such schema.": "没有这个数据结构。",
    "The path is not percent-encoded UTF-8.": "路径不是百分号编码的 UTF-8。",
    "A segment of the path is too long or not printable.": "路径中有一段过长，或含有不可显示的字符。",
    "Send an Idempotency-Key.": "请发送 Idempotency-Key。",
    "Send an Idempotency-Key with 22 to 128 of A-Z a-z 0-9 _ -.": (
        "请发送 Idempotency-Key（22 至 128 个 A-Z a-z 0-9 _ - 字符）。"
    ),
    "An Idempotency-Key is 22 to 128 of A-Z a-z 0-9 _ -.": "Idempotency-Key 由 22 至 128 个 A-Z a-z 0-9 _ - 字符组成。",
    "This Idempotency-Key was used for another request.": "该 Idempotency-Key 已用于另一个请求。",
    'If-Match is one entity tag in quotes, such as "12", or *.': 'If-Match 应为带引号的实体标签，如 "12"，或 *。',
    "A request header is invalid.": "有一个请求头不正确。",
    "The query is not Unicode text.": "查询参数不是 Unicode 文本。",
    "contains half a character": "含有半个字符",
    "One value is invalid.": "有一个值不正确。",
    "{count} values are invalid.": "有 {count} 个值不正确。",
    "This key is required.": "缺少此键。",
    "This key is unknown here.": "此处没有这个键。",
    "A body may have at most {most} bytes.": "请求体最多 {most} 字节。",
    "Send the body as application/json in UTF-8.": "请以 UTF-8 编码的 application/json 发送请求体。",
    "A number or a text is too large.": "有一个数字或一段文本过大。",
    "A text may have at most {most} spaces or line breaks in a row.": "一段文本中连续的空格或换行最多 {most} 个。",
    "A whole number must lie within ±(2^53 - 1).": "整数须在 ±(2^53 - 1) 之内。",
    "The body is not UTF-8.": "请求体不是 UTF-8 编码。",
    "This text contains half of a surrogate pair.": "这段文本含有半个代理对。",
    "The JSON text ends too early.": "JSON 文本不完整。",
    "This key occurs twice.": "此键出现了两次。",
    "An object has the same key twice.": "同一对象中有重复的键。",
    "The JSON text has more than {most} levels of nesting.": "JSON 文本的嵌套超过 {most} 层。",
    "The store did not answer in time. Repeat the request.": "存储未能及时响应，请重复该请求。",
    "An email could not be sent now. Repeat the request.": "邮件暂时无法发送，请重复该请求。",
    "Something went wrong on our side.": "本服务出现了问题。",
    "No problem kind has this name.": "没有这个名称的错误类型。",
    "At most {most} requests per minute are accepted.": "每分钟最多接受 {most} 个请求。",
    "At most {most} complaints per day are accepted from one address. Sign in, or try again later.": (
        "同一地址每天最多提交 {most} 件投诉。请登录，或稍后再试。"
    ),
    "At most {most} invitations per day are sent to one address.": "每天最多向同一地址发送 {most} 封邀请。",
    "At most {most} organisations per hour sign up from one address. Try again later.": (
        "同一来源每小时最多注册 {most} 个机构，请稍后再试。"
    ),
    "Too many organisations sign up at this time. Try again later.": "目前注册的机构过多，请稍后再试。",
    "Too many mails are sent at this time. Try again later.": "目前发送的邮件过多，请稍后再试。",
    "The organisation's plan allows {most} of these mails per hour.": "本机构的套餐每小时最多发送 {most} 封此类邮件。",
    "The organisation's plan allows {most} of these mails per day.": "本机构的套餐每天最多发送 {most} 封此类邮件。",
    "At most {most} complaints with an e-mail address per day are accepted from one IP address. Leave it out, or "
    "try again later.": "同一来源每天最多提交 {most} 件填写邮箱的投诉。请不填邮箱，或稍后再试。",
    "There were too many wrong receipts. Try again later.": "错误的回执过多，请稍后再试。",
    "Another request changed the same items at the same time.": "另一个请求同时修改了相同的数据。",
}
