"""Family placeholders: parts of a page's frame that came along when its text was copied."""

import re
from collections.abc import Iterator

from gazette.check.family import Hits, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.old_names import is_quoted
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

_SOURCE = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：内容准确；三审三校制度"

PAGE = Rule(
    id="placeholders-page",
    family="placeholders",
    severity="error",
    source=_SOURCE,
    message=Message(_("Remains of a copied web page: {found}"), _("Delete it.")),
    explanation=_(
        "Parts of a page's frame that came along when its text was copied: 打印本页, 字号, 扫一扫在手机打开, 上一篇."
    ),
    bad=(
        "字号：[大] [中] [小] 打印本页",
        "扫一扫在手机打开当前页",
        "您当前的位置：首页 > 新闻",
        "【打印】【关闭】",
        "分享到：",
        "上一篇：某通知",
        "• 抖音\n• 微博\n• 微信",
    ),
    good=(
        "微信扫一扫即可缴费。",
        "点击“打印本页”按钮即可打印。",
        "个体工商户可以使用字号。",
        "老字号企业焕发新活力。",
        "通过微博、微信、抖音等平台宣传。",
    ),
)

_FRAME = r"[【\[]?(?:打印|关闭|收藏|分享|纠错|返回|返回顶部|网站地图|联系我们|关于我们|网站声明|设为首页|加入收藏|上一页|下一页)[】\]]?"
_EDGE, _CLOSE = r"(?:(?<=[\s|｜】\]>＞·•）)])|^)", r"(?=[\s|｜【\[<（(]|$)"
_PAGE = re.compile(
    rf"^{_FRAME}(?:[ \u3000|｜·/]+{_FRAME})+$"
    r"|^(?:分享到微信|扫码分享|(?:点击)?(?:阅读|查看)原文|加载中[….]*|Loading[….]*|您的浏览器不支持.{0,20})$"
    r"|点击上方.{0,8}关注(?:我们)?|预览时标签不可点|喜欢此内容的人还喜欢|(?:轻触|点击)阅读原文|微信扫一扫关注该公众号|继续滑动看下一个|阅读\s*10万\+"
    r"|\[/?(?:caption|gallery|embed|audio|video|playlist|vc_\w+)\b[^\]\n]{0,200}\](?!\()"
    r"|^(?:网站)?首页\s*[>»›＞]|[\u4e00-\u9fff]公网安备\s*[0-9]|©\s*(?:19|20)[0-9]{2}"
    rf"|{_EDGE}(?:[\[【（(]?(?:打印本页|打印此页|打印文章|关闭窗口|关闭本页|返回顶部|返回列表|返回首页|返回上一页|收藏本页|设为首页|加入收藏)[\]】）)]?{_CLOSE}"
    r"|分享到?[:：]|[【\[]?字[号体][:：]?\s*[\[【（(]?\s*(?:大|[\]】]|小|A)|[【\[]字[号体]"
    r"|扫一扫(?:[，,]?(?:在|用)?手机上?(?:打开|浏览|查看|阅读)(?:当前页面?|此页|本页)?)"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)[:：]\s*(?:[\[次]|[0-9]+(?![0-9.+余多万亿])|$)|(?:浏览|点击|阅读|访问)[:：]\s*[0-9]+次?$|(?:(?:您|你)?(?:当前|现在|所在)的?|您的)位置[:：]"
    r"|[上下]一[篇条][:：]|(?:[【\[](?:打印|关闭|收藏|纠错|大|中|小)[】\]]\s*)+|发布时间[:：]\s*\d{4}[年-].{0,40}来源[:：].{0,30}(?:字[号体]|浏览|打印)"
    r"|版权所有\s*[:：©]|[Cc]opyright\s*(?:©|\([Cc]\)|20)|(?:网站标识码|政府网站标识码)[:：]|[\u4e00-\u9fff]ICP[备证]\s*[0-9]"
    r"|责任编辑[:：].{0,12}\s(?:打印|关闭|分享|收藏))",
    re.MULTILINE,
)
_SHARES = re.compile(
    r"\s*(?:[•·●]?\s*(?:抖音|微博|新浪微博|微信|微信好友|QQ空间|QQ好友|朋友圈|快手|今日头条)[\s•·●]*){2,}"
)
_LONGEST_SHARES = 40


def find(manuscript: Manuscript, _lists: Lists, hits: Hits) -> Iterator[Finding]:
    """Remains of pages, one a line."""
    for segment in manuscript.segments_at(place for place, _word in hits):
        if segment.kind != "field":
            span = _remains(segment.text)
            if span is not None:
                yield manuscript.finding(PAGE, segment, *span)


def _remains(text: str) -> tuple[int, int] | None:
    for match in _PAGE.finditer(text):
        if not is_quoted(text, match.start()):
            return match.span()
    shares = len(text) <= _LONGEST_SHARES and _SHARES.fullmatch(text)
    return (0, len(text)) if shares else None


_WORDS = (
    "本页 此页 打印文章 关闭窗口 返回 设为首页 加入收藏 分享 字号 字体 扫一扫 位置： 位置: 一篇： 一篇: 一条： "
    "一条: 【打印 【关闭 【收藏 【纠错 【大 【中 【小 [打印 [关闭 [收藏 [纠错 次数： 次数: 量： 量: 数： 数: "
    "来源： 来源: 版权所有 opyright 标识码 ICP备 打印 关闭 收藏 纠错 网站地图 联系我们 上一页 分享到微信 "
    "扫码分享 原文 加载中 Loading 浏览器不支持 首页 浏览： 浏览: 点击： 点击: 阅读： 阅读: 公网安备 ICP证 © "
    "点击上方 标签不可点 还喜欢 公众号 滑动看 10万+ [caption [/caption [gallery [embed [audio [video [playlist "
    "[vc_ 责任编辑 抖音 微信 微博 朋友圈"
)
FAMILY = TextFamily("placeholders", (PAGE,), find, words=lambda _lists: _WORDS.split())
