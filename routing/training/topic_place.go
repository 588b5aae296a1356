package training

import (
	"slices"
	"strings"
	"unicode"
)

// What names of places and groups end with, longest first where one ends with another. Roads come apart: they are long,
// and two letters about one wide may well be about two matters.
var (
	placeEnds = listOf([]string{
		"职业技术学院", "职业学院", "技术学院", "幼儿园", "居委会", "业委会", "安置房", "公租房", "工业园", "产业园", "夜市街", "菜市场",
		"小区", "社区", "新村", "新城", "花园", "家园", "名城", "名都", "公馆", "公寓", "大厦", "山庄", "学院", "大学", "中学", "小学", "学校",
		"医院", "公司", "集团", "市场", "广场", "公园", "车站", "夜市", "水库", "工地", "宿舍", "别墅", "国际", "中心",
		"苑", "府", "城", "湾", "郡", "园", "庭", "居", "邸", "墅", "村",
	})
	wideEnds = listOf([]string{"街道", "大道", "新区", "开发区", "路", "街", "巷", "镇", "乡"})

	// districts begin what follows the letter that stands for their name.
	districts = listOf([]string{"区", "市", "县", "省"})

	// before are words after which a name begins.
	before = listOf([]string{
		"关于", "反映", "投诉", "举报", "咨询", "请问", "询问", "建议", "希望", "要求", "恳请", "请求", "呼吁", "质疑", "反应", "强烈", "坚决", "反对", "解决",
		"加快", "尽快", "关注", "位于", "附近", "旁边", "对面", "隔壁", "我们", "我是", "我家", "住在", "这里是", "作为", "来自", "社区", "街道", "大道", "违反", "违法", "无视",
		"一个", "整个", "多个", "部分", "以后", "之后", "因为", "由于", "能否", "是否", "维护", "取消", "取缔", "维权", "楼盘", "开发商", "业主", "居民", "市民", "属下", "学生", "家长", "买了", "购买",
		"有", "把", "救救", "可否", "增加", "省", "市", "县", "镇", "乡", "路", "街", "巷", "号", "旁", "的", "在", "对", "请", "问", "求", "被", "至", "到", "从", "向", "于", "给", "了", "是", "让", "，",
	})
	// nobody are cores that name no place of their own.
	nobody = words(`本 该 我 我们 我们的 本人 某 某某 各 每个 全 老旧 高档 新建 附近 周边 居民 商业 住宅 安置 学校 公共 旁边 自己 一个 这个 那个 哪个 多个 大型 很多 许多
		所有 各个 所在 物业 物管 工业 旅游 地铁 公交 汽车 火车 有限 房地产 置业 建筑 装修 食品 投资 施工 服务 管理 社区 街道 小区 学院 中 大 小 城 老 新 乡 农 农村 城市 城乡
		新农 主城 入城 进城 出城 商 县 市 省 国 校 幼儿 儿童 全市 全国 家 邻 定居 居 同居 分居 社 出 政 政府 校园 公园 花园 学 停车 城中 名 旧 旧城 电 水 工地 村 本村 我村`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// named is a place or group that a text names.
type named struct {
	name string // 魅力之城小区
	core string // 魅力之城: without its last ending
	wide bool
}

// begun is the core and the first character of the ending: 小区 alone is no name, and neither are its pairs.
func (n named) begun() string {
	runes := []rune(n.name)
	return string(runes[:min(len(runes), len([]rune(n.core))+1)])
}

// mostName is how long a name may be, its ending included.
const mostName = 12

// placesIn lists the names in a text, in its order.
func placesIn(text string) []named {
	var list []named
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		list = append(list, namesIn([]rune(run))...)
	}
	return list
}

func namesIn(run []rune) []named {
	var list []named
	start := 0
	if districts.at(run) > 0 {
		start = 1 // of a district with a letter for a name
	}
	for i := start; i < len(run); {
		if n := before.at(run[i:]); n > 0 && !endsHere(run, start, i) {
			i += n
			start = i
			continue
		}
		end, last, wide := ending(run[i:])
		if n := len(list) - 1; end > 0 && i == start && !wide && n >= 0 && list[n].wide && touches(run, i, list[n].name) {
			// 柳堤路夜市 is a place on a road.
			list[n] = named{name: list[n].name + string(run[i:i+end]), core: list[n].name}
			i += end
			start = i
			continue
		}
		if end == 0 || i == start {
			i++
			continue
		}
		i += end
		from := max(start, i-mostName)
		start = i
		name, core := string(run[from:i]), string(run[from:i-last])
		if len([]rune(core)) < 2 || nobody[core] || wide && nobody[name] {
			continue
		}
		list = append(list, named{name: name, core: core, wide: wide})
	}
	return list
}

// touches says that a name ends where the rest of the run begins.
func touches(run []rune, at int, name string) bool {
	return strings.HasSuffix(string(run[:at]), name)
}

// endsHere says that what looks like a beginning word is the end of a name: 社区, 街道, 路.
func endsHere(run []rune, start, at int) bool {
	n, _, _ := ending(run[at:])
	return n > 0 && at > start
}

// ending is the length of the endings that stand at the beginning of a run, 0 when there is none, and of the last of
// them: 魅力之城小区 ends with 城小区, and its core is 魅力之城.
func ending(run []rune) (all, last int, wide bool) {
	if n := wideEnds.at(run); n > 0 {
		return n, n, true
	}
	for {
		n := placeEnds.at(run[all:])
		if n == 0 || all > 0 && n == 1 {
			return all, last, false
		}
		all, last = all+n, n
	}
}

// wordList finds the word that a run begins with; the words stand by their first characters.
type wordList map[rune][][]rune

func listOf(list []string) wordList {
	words := wordList{}
	for _, w := range list {
		runes := []rune(w)
		words[runes[0]] = append(words[runes[0]], runes)
	}
	return words
}

// at is the length of the first word of the list that stands at the beginning of a run, 0 when none does.
func (l wordList) at(run []rune) int {
	if len(run) == 0 {
		return 0
	}
	for _, w := range l[run[0]] {
		if len(w) <= len(run) && slices.Equal(run[:len(w)], w) {
			return len(w)
		}
	}
	return 0
}
