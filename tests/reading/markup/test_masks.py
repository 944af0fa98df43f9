"""Masked figures against emphasis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.reading.markup.masks import masks_in

from .outcome import html_of, problems_of

MASKED = [
    "开展**余场，惠及**万人。",
    "****年以来举办培训**余场，参加****余人次，有**人入选人才库，**人获评标兵。",
    "志愿者占总人数的**%。",
    "收集线索***余条，投入**余万元，筹集*余万元，购书*本以上。",
    "收入**亿元，位居全省第*，地方收入位居全省第*，支持了*发展。第二项。新建*个服务厅。",
    "实行**小时值班制度。",
    "*国税局认真落实部署，*国税局党组多次研究。",
    "体现*国税特点，为推进*国税事业发展，建设大美*、活力*、幸福*再作贡献。",
    "推进*国税事业，建设和谐*、文明*、富裕*再立新功。",
    "服务**户企业，资料减少**%，环节减少**%，时间缩短**%。",
    "**年**月**日，*市*县税务局走访**家企业、**名个体户。",
    "平均年龄**岁，党员**名。",
    "全市*个分局、**个税务所、***名干部。",
]

EMPHASISED = [
    ("**加粗**年度", "<strong>加粗</strong>年度"),
    ("*强调*人", "<em>强调</em>人"),
    ("**3000**余人", "<strong>3000</strong>余人"),
    ("减税**5亿**元", "减税<strong>5亿</strong>元"),
    ("**年度重点**工作", "<strong>年度重点</strong>工作"),
    ("**人民至上**理念", "<strong>人民至上</strong>理念"),
    ("**市场主体**万户", "<strong>市场主体</strong>万户"),
    ("**万人评议**活动", "<strong>万人评议</strong>活动"),
    ("**国税系统**先进", "<strong>国税系统</strong>先进"),
    ("**国税系统，先进**。", "<strong>国税系统，先进</strong>。"),
    ("**一是强化领导，**成立专班", "<strong>一是强化领导，</strong>成立专班"),
    ("**“三个一”**年", "<strong>“三个一”</strong>年"),
    ("***重点***项目", "<strong><em>重点</em></strong>项目"),
    ("**甲**和**乙**两市", "<strong>甲</strong>和<strong>乙</strong>两市"),
    ("**第一句。第二句**个人", "<strong>第一句。第二句</strong>个人"),
    ("*甲*县与*乙*市", "<em>甲</em>县与<em>乙</em>市"),
    ("**个税**和**增值税**件", "<strong>个税</strong>和<strong>增值税</strong>件"),
]

BOTH = [
    ("开展**余场**重点**活动", "开展**余场<strong>重点</strong>活动"),
    ("**重点**：举办*余场", "<strong>重点</strong>：举办*余场"),
    ("**全年办理*件**", "<strong>全年办理*件</strong>"),
    ("**年度工作**完成**件，走访**户", "<strong>年度工作</strong>完成**件，走访**户"),
    ("办理**余件，见`a**b`", "办理**余件，见<code>a**b</code>"),
    ("办理\\*\\*余件", "办理**余件"),
]


@pytest.mark.parametrize("source", MASKED)
def test_masks_stay_literal(source: str) -> None:
    assert html_of(source) == f"<p>{source}</p>"
    assert problems_of(source) == [("mask-literal", 1)]


@pytest.mark.parametrize(("source", "html"), EMPHASISED)
def test_emphasis_stays_emphasis(source: str, html: str) -> None:
    assert html_of(source) == f"<p>{html}</p>"
    assert problems_of(source) == []


@pytest.mark.parametrize(("source", "html"), BOTH)
def test_both_in_one_paragraph(source: str, html: str) -> None:
    assert html_of(source) == f"<p>{html}</p>"


def test_one_warning_a_line() -> None:
    text = "首段\n\n办理**余件、**户\n\n- 走访**家\n- 减税**亿元\n\n| 项 | **万 |\n|---|---|\n| **% | 1 |"
    assert problems_of(text) == [("mask-literal", line) for line in (3, 5, 6, 8, 10)]


def test_what_other_paragraphs_say_counts() -> None:
    text = "推进*国税事业，建设大美*再立新功"
    assert html_of(text) == "<p>推进<em>国税事业，建设大美</em>再立新功</p>"
    assert f"<p>{text}</p>" in html_of(f"全省第*，办理**余件、**户，**人\n\n{text}")


def test_neither_code_nor_links_nor_html() -> None:
    assert html_of("`**余场`和`**万`") == "<p><code>**余场</code>和<code>**万</code></p>"
    assert html_of("```\n**余场**万\n```") == "<pre><code>**余场**万\n</code></pre>"
    assert 'href="http://a.cn/**余"' in html_of("[甲](http://a.cn/**余)")
    assert html_of("<div>**余场</div>") == "<div>**余场</div>"


def test_headings_and_alternatives() -> None:
    assert html_of("## 完成**余项") == '<h2 id="完成余项">完成**余项</h2>'
    assert 'alt="**人参加"' in html_of("![**人参加](a.jpg)")


def test_switched_off() -> None:
    source = "开展**余场，惠及**万人"
    assert html_of(source, masks=False) == "<p>开展<strong>余场，惠及</strong>万人</p>"


@given(st.text(alphabet="*余年第，。甲 `\\\n", max_size=60), st.integers(0, 9))
def test_masks_are_runs_of_the_text(text: str, elsewhere: int) -> None:
    for start, end in masks_in(text, elsewhere):
        assert set(text[start:end]) == {"*"}
        assert text[end : end + 1] != "*"
