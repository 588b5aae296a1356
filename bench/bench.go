// Package bench measures what a letter costs: intake over HTTP against a bare server that only inserts a row, and the start on an existing data folder.
package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// matters are what people write about, as sentences of one letter: what is
// wrong, since when, what was done, what is wanted.
var matters = [][]string{
	{"路灯不亮", "%s从东头到西头有七盏路灯不亮", "晚上下班的人只能打着手机走，前天有位老人在台阶处摔了一跤", "物业说路灯归城管，城管热线让等通知", "请尽快派人检修，并告诉我们哪天能亮"},
	{"夜间施工噪声", "%s旁边的工地夜里一点还在打桩", "家里有高考的孩子，窗户关严了也睡不着", "向工地门卫反映过两次，只说工期紧", "请查一查有没有夜间施工许可，没有就让他们停下来"},
	{"楼道堆放杂物", "%s三号楼的楼道被旧家具和电动车堵住了", "一旦着火，住在上面的十几户都跑不出来", "物业贴过告示，没有人搬", "请消防部门来看一看，把通道清出来"},
	{"公交站牌移走", "%s的公交站牌上个月被移到了路口对面", "老人过马路要等两个红灯，送孩子上学也赶不上点", "公交公司客服说是临时调整，没有说到什么时候", "请把站点移回来，或者在这边加一个临时站"},
	{"拖欠工资", "我们十二个人在%s的工地做木工", "从春节后到现在只发过一次生活费，每人还差两万多元", "找过包工头和项目部，都说等甲方结账", "请劳动监察帮我们把工资要回来，我们有考勤表和欠条"},
	{"污水外溢", "%s的污水井一下雨就往外冒", "臭水流到菜摊跟前，夏天苍蝇很多", "社区来冲洗过一次，管道没有疏通", "请排水部门查清是堵了还是管子太细，从根上修好"},
	{"小区停水没有通知", "%s的几栋楼从昨天早上起一直停水", "做饭冲厕所都成问题，有的人家还有刚出生的孩子", "自来水公司电话一直占线，物业也不知道原因", "请告诉大家什么时候恢复，停水以后能不能先通知"},
	{"入学片区咨询", "我家去年搬到%s，孩子今年九月上一年级", "原来的户口还在老城区，房产证办好了", "问过两所学校，说法不一样", "请问按规定应当报哪一所小学，需要准备哪些材料"},
	{"医保报销比例", "我母亲住在%s，上个月在外地做了手术", "出院时只报了三成，医院说备案晚了两天", "去医保窗口问过，让我们再等通知", "请问这种情况能不能补备案，差的部分怎么报"},
	{"建议增设座椅", "%s的小公园修得很好，早晚都有很多人", "可是走一圈没有几把椅子，老人累了只能坐在花坛边上", "跟养护的师傅说过，他们做不了主", "建议在树荫下添几把带扶手的座椅，再加一个饮水点"},
}

var places = []string{
	"春晖路", "临江新村", "望湖街道办事处门口", "青石桥菜市场", "文昌小区北门", "南塘街", "柳林路与建设路交叉口", "西关幼儿园", "东风里社区", "滨河路二段",
	"梧桐苑", "老纺织厂宿舍", "凤凰山脚下", "人民医院后门", "汽车站对面", "银杏小区",
}

// details make letters of about 200 characters and no two alike.
var details = []string{
	"这件事从%d月份就开始了", "住在这里的大约有%d户人家", "我先后打过%d次电话", "照片我拍了%d张，可以随时提供", "附近的商铺也有%d家受影响",
	"上一次有人来看是%d天以前", "从我家走过去只要%d分钟", "我们楼里%d位邻居都签了名",
}

// Letter is the text of the nth letter, the same for the same n: about 200
// characters on a matter that some department is responsible for.
func Letter(n uint64) (title, body string) {
	r := rand.New(rand.NewPCG(n, 12345))
	place := places[r.IntN(len(places))]
	m := matters[r.IntN(len(matters))]
	sentences := []string{"您好", strings.Replace(m[1], "%s", place, 1), m[2], m[3]}
	for _, i := range r.Perm(len(details))[:6] {
		sentences = append(sentences, fmt.Sprintf(details[i], 2+r.IntN(40)))
	}
	return place + m[0], strings.Join(append(sentences, m[4]), "，") + "。希望早日得到答复，谢谢。"
}
