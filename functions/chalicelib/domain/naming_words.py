"""How residents speak of staff: titles, trades, surnames, and words that are no names.

Read only, never said. All are compared folded (`naming.folded`): without capitals, accents,
full width or blanks between Chinese characters.
"""

from chalicelib.domain.staff import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR

ANY_POST = frozenset({HEAD, SUPERVISOR, MANAGER, LEADER})
OTHER: frozenset[str] = frozenset()
"""The posts of a trade: it is known, and none of those with a role here is called so."""

TITLES: dict[str, frozenset[str]] = {
    # Company leadership
    **dict.fromkeys(
        ("总经理", "董事长", "总裁", "总监", "老总", "公司领导", "公司高层", "老板"),
        frozenset({LEADER}),
    ),
    **dict.fromkeys(
        ("company leadership", "general manager", "managing director", "director", "ceo"),
        frozenset({LEADER}),
    ),
    **dict.fromkeys(("president", "chairman", "the boss", "boss"), frozenset({MANAGER, LEADER})),
    # The property manager
    **dict.fromkeys(
        ("物业经理", "项目经理", "小区经理", "小区负责人", "副经理", "经理"),
        frozenset({MANAGER}),
    ),
    **dict.fromkeys(
        ("property manager", "estate manager", "site manager", "building manager", "manager"),
        frozenset({MANAGER}),
    ),
    **dict.fromkeys(("mgr", "jingli", "xiangmu jingli"), frozenset({MANAGER})),
    # The supervisor
    **dict.fromkeys(("客服主任", "客服主管"), frozenset({SUPERVISOR})),
    **dict.fromkeys(("customer service supervisor",), frozenset({SUPERVISOR})),
    **dict.fromkeys(
        ("前台经理", "前台主管", "前台负责人", "front desk manager", "reception manager"),
        frozenset({SUPERVISOR, MANAGER}),
    ),
    **dict.fromkeys(("supervisor", "team leader"), frozenset({SUPERVISOR, HEAD})),
    **dict.fromkeys(
        ("主任", "主管", "组长", "班长", "领班", "zhuren", "zhuguan"), frozenset({SUPERVISOR, HEAD})
    ),
    # The office's head, by whatever it is called, besides what `PLACES` makes of a title
    **dict.fromkeys(("处长", "站长", "所长", "店长", "片长"), frozenset({MANAGER, HEAD})),
    **dict.fromkeys(("书记",), frozenset({MANAGER, LEADER})),
    # A department head
    **dict.fromkeys(
        ("部门主任", "部门经理", "部门主管", "部门负责人", "部门领导", "部长", "队长"),
        frozenset({HEAD}),
    ),
    **dict.fromkeys(
        ("department head", "department manager", "head", "chief", "foreman", "captain"),
        frozenset({HEAD}),
    ),
    # Whoever is above
    **dict.fromkeys(
        (
            *(
                "领导",
                "负责人",
                "负责的",
                "管事的",
                "当家的",
                "头儿",
                "头头",
                "的头",
                "一把手",
                "老大",
            ),
            *("上级", "上司", "管理层", "管理者", "管理人员", "高管"),
        ),
        ANY_POST,
    ),
    **dict.fromkeys(
        (
            *("in charge", "person responsible", "responsible person", "superior", "superiors"),
            *("leader", "management", "lingdao", "fuzeren", "laoban"),
        ),
        ANY_POST,
    ),
    # The front desk
    **dict.fromkeys(("前台", "接待员", "接待"), frozenset({RECEPTIONIST})),
    **dict.fromkeys(
        ("receptionist", "reception", "front desk", "front-desk"), frozenset({RECEPTIONIST})
    ),
    **dict.fromkeys(
        ("客服", "客户服务", "customer service", "customer-service"),
        frozenset({RECEPTIONIST, SUPERVISOR, HEAD}),
    ),
    # Trades: none of those with a role here
    **dict.fromkeys(
        (
            "师傅",
            "保安",
            "门卫",
            "安保",
            "保洁",
            "清洁工",
            "园丁",
            "绿化工",
            "水电工",
            "电工",
            "维修工",
        ),
        OTHER,
    ),
    **dict.fromkeys(
        (
            *("guard", "cleaner", "gardener", "electrician", "plumber", "technician", "repairman"),
            *(
                "fitter",
                "mechanic",
                "handyman",
                "workman",
                "porter",
                "janitor",
                "sweeper",
                "doorman",
            ),
        ),
        OTHER,
    ),
}
"""What a title may mean; of titles within one another the longest counts."""

DEPARTMENT_OF = {"客服": "customer-service", "customer service": "customer-service"}
"""What a department is called besides its own name, where there is one of this key."""
UNQUALIFIED = frozenset({"经理", "manager"})
"""Titles that a department before them gives to its head: the manager of engineering."""

PLACES = (
    *(
        "物业",
        "物管",
        "管理处",
        "管理中心",
        "(?<!客户)服务中心",
        "服务处",
        "项目",
        "小区",
        "社区",
        "园区",
    ),
    *(r"\bestates?\b", r"\bproperty\b", r"\bmanagement\b", r"\bsite\b", r"\bproject\b"),
    *(r"\b(?:service|management) cent(?:re|er)\b", r"\bcompound\b", r"\bcommunity\b"),
)
"""What the property manager is over, as patterns."""
OF_A_PLACE = frozenset(
    (
        *("主任", "主管", "部长", "队长", "组长", "老总", "总监", "老板", "zhuren", "zhuguan"),
        *("supervisor", "head", "chief", "director", "captain"),
    )
)
"""Titles that mean the property manager too where the place is named: 管理处主任."""

EVERYBODY = (
    *("所有人", "每个人", "全体", "你们都", "所有员工", "所有工作人员", "整个物业"),
    *("everybody", "everyone", "all staff", "all of you", "all of them", "the whole team"),
)
"""Who speaks so may mean anybody."""

BEFORE_A_SURNAME = "姓老小阿大"
AFTER_A_SURNAME = (
    # Nobody knows what follows
    *("某", "什么", "啥", "姓", "氏"),
    # As one speaks to people
    *("先生", "女士", "小姐", "太", "夫人", "老师", "同志", "师", "sir"),
    *("大", "阿", "老", "小", "美女", "帅", "靓", "胖", "瘦", "秃", "麻子"),
    # As to one's kin
    *("哥", "姐", "弟", "妹", "兄", "嫂", "叔", "伯", "婶", "姨", "姑", "舅", "娘", "爷", "奶"),
    *("爸", "妈", "爹", "婆", "公"),
    # By their post
    *("总", "工", "董", "副", "处", "局", "科", "所", "站", "队", "班", "组", "头", "主", "经"),
    *("书记", "秘书", "助理", "助", "导", "长"),
    # By what they do
    *("管家", "会计", "出纳", "司", "文员", "专员", "内勤", "协管", "巡逻", "监控", "收费"),
    *("维修", "工程", "财务", "绿化", "水电"),
)
"""What makes a surname of the character before it, besides every title."""
AFTER_A_GIVEN_NAME = (
    *("哥", "姐", "弟", "妹", "叔", "伯", "婶", "嫂", "姨", "爷", "总", "工", "子", "儿", "老师"),
    *("经理", "主任", "主管", "师傅", "队长", "部长"),
)

COMPOUND_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "慕容")
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭"
    "郎鲁韦马苗凤方俞袁柳鲍史唐费廉岑薛雷贺倪汤殷罗毕郝邬安常乐于傅齐康伍余元顾孟平黄穆萧"
    "尹姚邵汪祁毛狄米贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍"
    "万柯管卢莫房丁邓洪包左石崔吉龚程邢裴陆荣翁侯段焦牧谷车宁仇甘厉武符刘景詹龙叶黎白蒲温庄晏"
    "柴阎连习艾向古易廖耿匡文寇欧聂曾关游肖覃隋"
)
"""With which a full name may begin, of somebody who is not on the staff."""
NO_NAME = frozenset(
    "的个人员位名谁不是有在和与等们某哪那这男女年轻老小子头发衣服工号班岗门口戴穿高矮胖瘦"
    "楼层点晚早天月日电话态度前后台部处室所物业主任经理长总师傅保安洁客接待先生士家事全东南西北"
    "褂衫裤鞋帽裙镜链须尾辫脸眼嘴手脚车区园队组班值夜白黑红黄蓝绿灰色大高"
    "姓氏目什么啥弟兄嫂婶姑舅娘婆爷奶爸妈爹姐哥叔姨妹副站董局科秃"
    "上下来去说吵骂打要会能过给让把被就都也还又很太真好没做办修管声常间必我你他她它末排额式病凶急气快慢"
)
"""Characters that stand in no given name of a stranger: what has one of them is no full name."""
NO_STRANGER = (
    *("管理", "管道", "安检", "安防", "安全", "安管", "安装", "房管", "房产", "房东", "车管"),
    *("方面", "方便", "关于", "关系", "关键", "平时", "平常", "曾经", "严重", "严厉", "严肃"),
    *("严苛", "高级", "高傲", "高冷", "高管", "高空", "高层", "高峰期", "常务", "常驻", "连续"),
    *("马上", "马路", "马桶", "万能", "景观", "金牌", "包工", "左右", "左边", "石材", "向来"),
    *("温和", "温柔", "何时", "何人", "许多", "许久", "周围", "周边", "金融", "文明", "文书"),
    *("康复", "易怒", "古怪", "古板", "毛躁", "毛糙", "车辆"),
)
"""Words that begin as a name does, and are none."""

TRADITIONAL = str.maketrans(
    "趙錢孫吳鄭馮陳衛蔣韓楊許張孔嚴魏謝鄒竇蘇範魯韋馬鳳鮑費賀湯羅畢鄔傅齊顧黃蕭姚貝龐紀項樑閔賈"
    "顏鐘駱萬盧鄧龔陸榮厲劉葉黎莊閻連習歐聶關遊靜國強遠麗雅慧華經總師長務業門蘭飛軍偉麼個"
    "負責處們區領導隊組頭員爺媽嬸誰書記潔維綠電財會計紀層級",
    "赵钱孙吴郑冯陈卫蒋韩杨许张孔严魏谢邹窦苏范鲁韦马凤鲍费贺汤罗毕邬傅齐顾黄萧姚贝庞纪项梁闵贾"
    "颜钟骆万卢邓龚陆荣厉刘叶黎庄阎连习欧聂关游静国强远丽雅慧华经总师长务业门兰飞军伟么个"
    "负责处们区领导队组头员爷妈婶谁书记洁维绿电财会计纪层级",
)
"""Characters of names and titles as they are written outside the mainland."""

CHINESE_FORMS = (
    *("lao", "xiao", "da", "ah", "zong", "gong", "shifu", "jie", "ge", "gege", "jiejie", "dajie"),
    *("dage", "shu", "shushu", "bo", "yi", "ayi", "mei", "di", "xiong", "sao", "shen", "dong"),
    *(
        "nvshi",
        "nushi",
        "xiansheng",
        "xiaojie",
        "taitai",
        "tai",
        "laoshi",
        "jingli",
        "zhuren",
        "zhuguan",
    ),
    *("duizhang", "zuzhang", "banzhang", "buzhang", "zhanzhang", "shuji", "guanjia", "mou", "xing"),
)
"""Chinese forms of address in Latin letters; as a given name they leave open who it is."""
LATIN_FORMS = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "madam", "madame", "sir", "mister", "mdm", "dr", "prof"),
        *("engineer", "engr", "master", "uncle", "auntie", "aunty", "aunt", "brother", "sister"),
        *("bro", "sis", "big", "little", "old", "young", "dear", "boss", "mgr", "pm", "gm"),
        *("dir", "capt", "comrade", "teacher", "surnamed", "called", "named"),
        *CHINESE_FORMS,
    )
)
"""Forms of address, in small letters."""
WESTERN_NAMES = frozenset(
    (
        *("ada", "alan", "amanda", "ana", "anna", "anne", "ben", "dan", "dana", "diana", "dina"),
        *("dean", "lee", "lena", "leo", "lina", "linda", "lisa", "lulu", "luke", "lou", "mandy"),
        *("maria", "mia", "mike", "mimi", "mina", "nana", "nina", "rita", "sue", "susan", "susie"),
        *("suki", "tina", "wade", "tate", "pete", "duke", "dane", "wendi", "heidi", "ken", "fanny"),
        *("lane", "lana", "lola", "coco", "mona", "nana", "sasha", "shane", "sean", "ian", "eden"),
    )
)
"""Western given names that could be Chinese by their letters; all others show that they are not."""
ORDINARY_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "be", "bin", "by", "can", "do", "for", "he", "her", "him", "his"),
        *(
            "in",
            "is",
            "it",
            "long",
            "man",
            "may",
            "me",
            "my",
            "name",
            "no",
            "not",
            "of",
            "on",
            "or",
        ),
        *("our", "own", "she", "so", "some", "song", "sun", "that", "the", "then", "they", "to"),
        *("ban", "bang", "ding", "due", "fan", "fang", "fun", "gang", "gun", "hang", "hen", "lie"),
        *("lung", "men", "min", "mine", "pan", "pang", "pen", "pin", "ping", "ran", "sang", "tan"),
        *("tang", "ten"),
        *("or", "us", "was", "we", "who", "wing", "you", "your"),
    )
)
"""Latin words that are somebody's name only beside a form of address or a title."""
NO_LATIN_NAME = ORDINARY_WORDS | frozenset(
    (
        *("woman", "lady", "gentleman", "boy", "girl", "guy", "old", "young", "tall", "short"),
        *("someone", "somebody", "person", "people", "worker", "team", "member", "staff", "driver"),
        *("office", "desk", "gate", "building", "block", "tower", "unit", "room", "day", "night"),
        *("shift", "morning", "evening", "with", "from", "uniform", "glasses", "fat", "thin"),
        *("blue", "red", "black", "white", "green", "north", "south", "east", "west"),
        *("engineering", "cleaning", "landscaping", "finance", "service", "customer", "security"),
        *("department", "manager", "supervisor"),
    )
)
"""Latin words that make no full name of a stranger."""

OF_RESIDENTS = (
    *("女士", "先生", "小姐", "太太", "夫人", "阿姨", "大姐", "大哥", "叔叔"),
    *("大爷", "大妈", "大叔", "大婶", "爷爷", "奶奶", "老太", "家的", "家里"),
)
"""What residents are called after their surname, and no fitter is."""
