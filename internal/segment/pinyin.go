package segment

import (
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// maxReadings bounds the ways one word is read: 行长 has nine, and hardly anybody types the last of them.
const maxReadings = 8

// Reading is a way to type a word by its sound, without tones: 路灯 is Full ludeng and Initials ld.
type Reading struct {
	Full     string
	Initials string
	// Loose says that u stands for a ü, as people type who find no v.
	Loose bool
}

// Readings are the ways a word of Han characters, Simplified or Traditional, may be read, likeliest first, at most 8. The
// library knows characters, not words, so every reading of each counts: 银行 is yinxing and yinhang. ü is written v, as
// keyboards have it, and u, as people type it. A word with a character that has no known reading has none.
func Readings(word string) []Reading {
	all := []Reading{{}}
	for _, one := range glyphsOf(word) {
		syllables := syllablesOf(one.r)
		next := make([]Reading, 0, len(all)*len(syllables))
		// The likelier syllable outermost, so that cutting to the first few drops the rare ones.
		for _, syllable := range syllables {
			for _, before := range all {
				next = append(next, Reading{before.Full + syllable.text, before.Initials + syllable.text[:1], before.Loose || syllable.loose})
			}
		}
		all = next[:min(len(next), maxReadings)]
	}
	if len(all) == 0 || all[0].Full == "" {
		return nil
	}
	return all
}

// IsSyllable says whether characters in use are read so.
func IsSyllable(letters string) bool {
	_, ok := knownSyllables()[letters]
	return ok
}

type syllable struct {
	text  string
	loose bool
}

// syllables keeps what the library says of a character; asking it each time takes longer than all the rest.
var syllables sync.Map // rune → []syllable

func syllablesOf(r rune) []syllable {
	if known, ok := syllables.Load(r); ok {
		return known.([]syllable)
	}
	var all []syllable
	add := func(text string, loose bool) {
		if !slices.ContainsFunc(all, func(other syllable) bool { return other.text == text }) {
			all = append(all, syllable{text, loose})
		}
	}
	for _, text := range pinyin.SinglePinyin(r, heteronyms) {
		if text == "" {
			continue
		}
		add(text, false)
		if strings.Contains(text, "v") {
			add(strings.Replace(text, "v", "u", 1), true)
		}
	}
	syllables.Store(r, all)
	return all
}

var heteronyms = pinyin.Args{Style: pinyin.Normal, Heteronym: true}

// knownSyllables are all that characters in use are read as; ü is v. They are written out, because asking the library for
// the readings of 20,000 characters takes a quarter of a second; a test compares.
var knownSyllables = sync.OnceValue(func() map[string]bool {
	all := wordSet(`
a ai an ang ao
ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu
ca cai can cang cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo
da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo
e ei en eng er
fa fan fang fei fen feng fiao fo fou fu
ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
la lai lan lang lao le lei len leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve
ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve
o ou
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu
qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun
ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo
ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
wa wai wan wang wei wen weng wo wu
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun
ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun
za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
`)
	all["lue"], all["nue"] = true, true // as lve and nve are typed
	return all
})
