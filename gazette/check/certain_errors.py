"""Errors that are never right, whatever stands around them.

Each line: what is wrong, what is right, and for the few that may also arise where two words meet the
characters before and after that make them innocent.
"""

from typing import NamedTuple


class CertainError(NamedTuple):
    """A wrong word; it is innocent after one of `before` or before one of `after`."""

    wrong: str
    right: str
    before: str = ""
    after: str = ""

    def is_innocent(self, text: str, start: int) -> bool:
        """Whether what stands at `start` is two right words that meet."""
        end = start + len(self.wrong)
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        return bool(before and before in self.before) or bool(after and after in self.after)


SERIOUS = (
    CertainError("攻府", "政府", "进围强猛主反夜火", "邸衙城第县"),
    CertainError("市正府", "市政府"),
    CertainError("县正府", "县政府"),
    CertainError("民正府", "民政府"),
    CertainError("政俯", "政府"),
    CertainError("人民证府", "人民政府"),
    CertainError("人民政腐", "人民政府"),
    CertainError("人名政府", "人民政府"),
    CertainError("人名法院", "人民法院"),
    CertainError("人民发院", "人民法院"),
    CertainError("人民检查院", "人民检察院"),
    CertainError("入民政府", "人民政府", "深融"),
    CertainError("入民法院", "人民法院", "深融纳"),
    CertainError("入民检察院", "人民检察院", "深融"),
    CertainError("入民解放军", "人民解放军"),
    CertainError("入民代表", "人民代表", "深融"),
    CertainError("入民日报", "人民日报"),
    CertainError("入民银行", "人民银行"),
    CertainError("入民币", "人民币"),
    CertainError("入民警察", "人民警察"),
    CertainError("中国入民", "中国人民"),
    CertainError("中国人名", "中国人民", "", "字单的、册录和及"),
    CertainError("烈土", "烈士", "热剧强激浓惨炽猛壮", "地壤豆质家"),
    CertainError("人民代表大人", "人民代表大会"),
    CertainError("中共人民共和国", "中华人民共和国"),
    CertainError("中国人民共和国", "中华人民共和国"),
    CertainError("扫黑险恶", "扫黑除恶"),
    CertainError("扫黑出恶", "扫黑除恶"),
    CertainError("扫黄除恶", "扫黑除恶"),
    CertainError("一国两治", "一国两制"),
    CertainError("台湾政府", "台湾当局", "", "采"),
    CertainError("港澳台等国家", "港澳台等地区"),
    CertainError("台湾等国家", "台湾等地区", "", "和"),
    CertainError("四个维护", "两个维护"),
    CertainError("四个确立", "两个确立"),
    CertainError("两个自信", "四个自信"),
    CertainError("“五位一体”战略布局", "“五位一体”总体布局"),
    CertainError("“四个全面”总体布局", "“四个全面”战略布局"),
    CertainError("新时代特色社会主义", "新时代中国特色社会主义"),
    CertainError("社会主意", "社会主义", "向", "见识"),
    CertainError("共产党员党员", "共产党员"),
    CertainError("国家主度", "国家制度"),
    CertainError("中国共产党党员党", "中国共产党党员"),
)
"""Wrong names of state and party, and slips that count as political; they stop a build."""

_PLAIN = """
秸杆 秸秆|减税将费 减税降费|减税降废 减税降费|增殖税 增值税|所得睡 所得税|所德税 所得税|增值说 增值税|纳税入 纳税人|缴费入 缴费人|营业执造 营业执照
税收优会 税收优惠|税务居 税务局|税收证策 税收政策|税收政测 税收政策|党风廉正 党风廉政|廉正建设 廉政建设|精神文名 精神文明
布署 部署|按步就班 按部就班|必竞 必竟|渡假 度假|松驰 松弛|尤如 犹如|幅射 辐射|寒喧 寒暄|震憾 震撼|安祥 安详|气慨 气概|针贬 针砭
泊来品 舶来品|亲睐 青睐|凭添 平添|大姆指 大拇指|一愁莫展 一筹莫展|再接再励 再接再厉|迫不急待 迫不及待|谈笑风声 谈笑风生
甘败下风 甘拜下风|走头无路 走投无路|黄梁美梦 黄粱美梦|直接了当 直截了当|竭泽而鱼 竭泽而渔|世外桃园 世外桃源|出奇不意 出其不意
墨守陈规 墨守成规|默守成规 墨守成规|鼎立相助 鼎力相助|名列前矛 名列前茅|悬梁刺骨 悬梁刺股|一如继往 一如既往|一诺千斤 一诺千金
脍灸人口 脍炙人口|金壁辉煌 金碧辉煌|变本加利 变本加厉|不径而走 不胫而走|穿流不息 川流不息|磬竹难书 罄竹难书|蛛丝蚂迹 蛛丝马迹
既往不究 既往不咎|天翻地复 天翻地覆|食不裹腹 食不果腹|草管人命 草菅人命|娇揉造作 矫揉造作|不落巢臼 不落窠臼|兰天白云 蓝天白云
沤心沥血 呕心沥血|出类拔粹 出类拔萃|死心踏地 死心塌地|一股作气 一鼓作气|情不自尽 情不自禁|委屈求全 委曲求全|绿草如荫 绿草如茵
萎糜不振 萎靡不振|消声匿迹 销声匿迹|义不容词 义不容辞|言简意骇 言简意赅|阴谋鬼计 阴谋诡计|融汇贯通 融会贯通|相辅相承 相辅相成
因地治宜 因地制宜|因地置宜 因地制宜|因地至宜 因地制宜|事倍工半 事倍功半|事半工倍 事半功倍|实事求事 实事求是|坚持不泄 坚持不懈
坚苦奋斗 艰苦奋斗|艰苦朴实 艰苦朴素|齐心胁力 齐心协力|齐抓共关 齐抓共管|众志成诚 众志成城|万众一新 万众一心|行之有郊 行之有效
持之以衡 持之以恒|抓铁有恒 抓铁有痕|踏石留印迹 踏石留印|砥厉前行 砥砺前行|砥励前行 砥砺前行|勇往只前 勇往直前|锲而不舍得 锲而不舍
锐意进去 锐意进取|开拓进去 开拓进取|与时具进 与时俱进|与时惧进 与时俱进|脚踏实的 脚踏实地|走深走时 走深走实|深入贯切 深入贯彻
贯彻落时 贯彻落实|惯彻落实 贯彻落实|贯彻洛实 贯彻落实|认真落时 认真落实|全面惯彻 全面贯彻|攻坚克南 攻坚克难|攻坚刻难 攻坚克难
脱贫工坚 脱贫攻坚|脱贫攻艰 脱贫攻坚|乡村震兴 乡村振兴|乡村振新 乡村振兴|营商环镜 营商环境|营商坏境 营商环境|高质量发战 高质量发展
改革开方 改革开放|生态文名 生态文明|依法制国 依法治国|依法制税 依法治税|以法治国 依法治国|民主集中治 民主集中制|不忘初新 不忘初心
不忘初心，牢记使命”主题教育 不忘初心、牢记使命”主题教育|牢记使名 牢记使命|为人名服务 为人民服务|为入民服务 为人民服务|全心全力为人民服务 全心全意为人民服务
步聚 步骤|科学发展关 科学发展观|近来年 近年来|编篡 编纂|防犯 防范|贻笑大雅 贻笑大方|座落 坐落|座无虚席地 座无虚席|凑和 凑合|重迭 重叠|精兵减政 精兵简政|满义度 满意度|办税服务听 办税服务厅
""".strip()

_GUARDED = (
    CertainError("己经", "已经", "自知利克异", "过历验营手济常"),
    CertainError("帐户", "账户", "营蚊"),
    CertainError("一但", "一旦", "之唯第万", ""),
    CertainError("既使", "即使", "", "人用得劲"),
)
_INNOCENT = {
    "纳税入": ("", "库统网户规账帐"),
    "增值说": ("", "明法起"),
    "科学发展关": ("", "系键心于注"),
    "幅射": ("大小", ""),
    "防犯": ("预", "罪"),
    "尤如": ("", "何此"),
    "亲睐": ("", ""),
    "缴费入": ("", "口库网账帐户"),
    "税务居": ("", "民家住委中"),
    "近来年": ("", "轻初末关底迈"),
    "布署": ("", "名"),
    "松驰": ("", "名"),
    "渡假": ("", "如"),
    "寒喧": ("", ""),
    "凭添": ("", "加"),
    "步聚": ("", "焦集会"),
    "必竞": ("", "争"),
    "气慨": ("", "然"),
    "凑和": ("", ""),
    "精神文名": ("", ""),
    "坚苦奋斗": ("", ""),
    "座落": ("", "地"),
    "办税服务听": ("", "取证"),
    "一诺千斤": ("", "顶"),
}


def _errors() -> tuple[CertainError, ...]:
    found = []
    for pair in _PLAIN.replace("\n", "|").split("|"):
        wrong, right = pair.split(" ")
        found.append(CertainError(wrong, right, *_INNOCENT.get(wrong, ("", ""))))
    return (*found, *_GUARDED)


COMMON = _errors()
"""Misspelt words."""
