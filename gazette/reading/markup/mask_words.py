"""What stands behind the asterisks of masked figures and names, as patterns."""

import functools
import re

# A negative look-ahead names words with which emphasised text may well begin: `**年度**`, `**人民**`.
FIGURE = (
    r"\s?(?:余(?![额下])|多(?=[个名件人万次项户条家场年位])|[百千](?=[万余多个名件人次项户条家元])"
    r"|万(?![众物事一])|亿|元(?![旦素])|[%％‰]|小时|分钟|个百分点"
    r"|年(?![度轻龄会终初底货味青])|月(?![度报饼])|日(?![常益程报记])"
    r"|人(?![民才大员力口事物文工类生身们格权性心均])|名(?![单字称义优牌师额])|个(?![人体税性别])"
    r"|次(?![序要])|件|户(?![籍口外])|条(?![例款约理])|场(?![所景地合面馆])|项(?!目)|位(?!置)"
    r"|家(?![庭长乡园访电])|篇|期(?![间待限盼])|批(?![准示评复发判])|份(?!额)|台(?![账阶湾])|辆|套"
    r"|本(?![地人质身次月年市县省报期着届局色领科部])|亩|公里|平方米|米|吨|级(?!别)"
    r"|岁|倍|宗|起(?![草到来步点])|笔(?!记)|页|轮|所(?![有以得在谓需属])|支(?![持部撑出付援])|张(?!贴)"
    r"|处(?![理置罚长于])|座(?!谈)|间(?!接)|组(?![织建成])|班(?![子组级长])|号(?![召码])|种(?![植业])"
    r"|类(?![似型])|分(?![类级别局析管税配公工]))"
)
NAME = (
    r"国税|地税|税务[局所]|市(?![场民值面])|县(?!域)|省(?!略|力|心)|区(?![域别块间])|[州盟旗](?=[税局])"
    r"|分局|局(?![面限部])|镇|乡(?!村)|村(?!民)|街道|某|同志|先生|女士|公司|企业(?=[负财办法])"
)


@functools.cache
def _hint() -> re.Pattern[str]:
    """What a document with a mask holds; most documents hold no asterisk."""
    return re.compile(rf"\*(?:{FIGURE}|{NAME}|[，、。；])|第\*")


def may_hold_masks(source: str) -> bool:
    """Whether anything in the source looks like a mask; quickly."""
    return "*" in source and _hint().search(source) is not None
