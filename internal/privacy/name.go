package privacy

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓韩冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫阎雷龙段史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
	doubles  = " 欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 端木 南宫 独孤 "
)

var (
	surely    = regexp.MustCompile(`(?:我叫|名叫|名字叫|名字是|姓名[是为叫:\s]|我的名字[是叫])\s{0,2}`)
	perhaps   = regexp.MustCompile(`(?:本人|我是|联系人|投诉人|反映人|举报人|申请人|来电人|诉求人|当事人|户主|业主|患者|死者|我爱人|我丈夫|我妻子|我父亲|我母亲|我儿子|我女儿)(?:姓名)?[是为叫:]?\s{0,2}`)
	minority  = regexp.MustCompile(`^\p{Han}{1,6}(?:[·•]\p{Han}{1,8}){1,3}`)
	titled    = regexp.MustCompile(`(?:^|[^\p{Han}]|尊敬的|网友|市民|居民|业主|人|系|为|向|与|叫|和)(\p{Han}{2,4})(?:先生|女士|小姐)`)
	nameEnds  = regexp.MustCompile(`^(?:$|[^\p{Han}A-Za-z0-9]|\d|是|系|在|住|家住|今年|现|来自|电话|手机|身份|男|女|的|于|因|我|反映|投诉|举报|想|要|年龄|联系|出生|户籍|籍贯|性别)`)
	polite    = regexp.MustCompile(`^(?:.?某|.(?:先生|女士|小姐|老师|同志|师傅|主任|局长|书记|市长|经理|总|工|姓|氏|姐|哥|阿姨|大爷|大妈|医生|警官))`)
	notNames  = regexp.MustCompile(`^(?:高中|高三|高龄|高度|高级|高新|于[今昨前是此上下]|和.|管[理部申]|查.|成绩|尤其|商业|房内|常客|时[常间而]|常[年住常]|全[家职部体程]|万[分一般]|方[便面才只及的案干指]|曾[经在于因]|成[年都员为]|毕业|安[置徽全装]|单[身位亲独]|农[民业村户]|党员|车[主辆位]|房[东主屋产子]|左右|黄金|金额|白[天领]|关于|路[过人]|申[请报诉明]|石家|江[苏西]|宁[夏波]|温州|商[户家铺]|师[范生]|明[知天确年白]|应[该当届]|向[来你您贵]|解[决释放]|连[续夜]|司机|卫生|包[括工]|项目|文[化明]|武[汉警]|苏州|贵[阳州]|田[间地]|林[业地场]|康复|马上|许[多可久]|何[时人处]|任[何职意]|严[重格]|谢谢|年轻|周[边围]|全体)`)
	groupWord = regexp.MustCompile(`(?:人|员|户|主|者|区|市|县|村|镇|业|们|友|群众|居民|学生|老人|职工)$`)
)

// findNames takes names where the words around say that one stands there. Without such words a name is left to the
// two people who read before publication: 高明, 金山 and 和平 are names as well as words.
func findNames(p *plain, c *claims) {
	if p.mentions("叫", "名") {
		for _, at := range surely.FindAllStringIndex(p.text, -1) {
			claimName(p, c, at[1], true)
		}
	}
	for _, at := range perhaps.FindAllStringIndex(p.text, -1) {
		claimName(p, c, at[1], false)
	}
	if !p.mentions("先生", "女士", "小姐") {
		return
	}
	for _, at := range titled.FindAllStringSubmatchIndex(p.text, -1) {
		name := []rune(p.text[at[2]:at[3]])
		family := familyName(name)
		if family > 0 && len(name) > family && len(name) <= family+2 && !polite.MatchString(string(name)) && !notNames.MatchString(string(name)) {
			c.addBytes(at[2], at[3], Name, maskName(name, family))
		}
	}
}

// claimName takes the name that begins at a byte of the plain text. Where only a name can follow (我叫), three
// characters are taken even if nothing marks its end.
func claimName(p *plain, c *claims, from int, sure bool) {
	rest := p.text[from:]
	if found := minority.FindString(rest); found != "" {
		c.addBytes(from, from+len(found), Name, firstRune(found)+"某某")
		return
	}
	ahead := leading(rest, 5)
	family := familyName(ahead)
	if family == 0 || polite.MatchString(rest) || !sure && notNames.MatchString(rest) {
		return
	}
	for given := 1; given <= 2 && family+given <= len(ahead); given++ {
		name := ahead[:family+given]
		size := len(string(name))
		if !nameEnds.MatchString(rest[size:]) {
			continue
		}
		if !sure && groupWord.MatchString(string(name)) {
			return
		}
		c.addBytes(from, from+size, Name, maskName(name, family))
		return
	}
	if sure && len(ahead) >= family+2 {
		name := ahead[:family+2]
		c.addBytes(from, from+len(string(name)), Name, maskName(name, family))
	}
}

func maskName(name []rune, family int) string {
	return string(name[:family]) + strings.Repeat("某", len(name)-family)
}

// leading gives the Han characters a text begins with, n at most.
func leading(text string, n int) []rune {
	var out []rune
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) || len(out) == n {
			break
		}
		out = append(out, r)
	}
	return out
}

// familyName gives how many characters of the name are the family name, 0 if it begins with none.
func familyName(name []rune) int {
	if len(name) >= 2 && strings.Contains(doubles, " "+string(name[:2])+" ") {
		return 2
	}
	if len(name) > 0 && strings.ContainsRune(surnames, name[0]) {
		return 1
	}
	return 0
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}
