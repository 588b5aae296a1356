package segment

import (
	"maps"
	"slices"
	"strings"
)

// stopWords are left out of questions: they stand in nearly every letter, or only make a question polite. Words that can
// be the matter itself (停, 水, 电, 怎样的标准) are not among them.
var stopWords = wordSet(`
的 地 得 了 着 过 吗 呢 吧 啊 呀 嘛 么 哦 嗯 啦
我 你 您 他 她 它 们 我们 你们 您们 他们 她们 自己 本人 大家 咱们 人家
这 那 此 该 其 这个 那个 这些 那些 这里 那里 这样 那样 这么 那么 哪 哪个 哪些 哪里 哪儿 谁
是 有 在 和 与 及 或 或者 以及 而 而且 并 并且 但 但是 不过 可是 如果 若 因为 所以 因此 由于 虽然
就 都 也 还 又 再 很 太 更 最 才 只 已 已经 正在 曾 将 会 能 能够 可 可以 应 应该 要 想 需要
把 被 给 让 使 对 对于 关于 向 从 到 由 为 以 于 按 按照 根据 之 所 等 等等
上 下 里 中 内 外 时 时候 后 前 来 去 说 做 弄 搞 个 一 一个 一些 一下 有点 有些
什么 怎么 怎么办 怎样 怎么样 如何 为什么 为何 何时 多少 几 几个 是否 是不是 能不能 可不可以 有没有 有无
请 请问 问 想问 想问一下 问一下 咨询 咨询一下 了解 了解一下 想知道 求助 您好 你好 谢谢 感谢 麻烦 希望 望 恳请
`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, one := range strings.Fields(list) {
		set[one] = true
	}
	return set
}

// StopWords are the words that questions leave out, sorted, for an engine that wants to be told.
func StopWords() []string { return slices.Sorted(maps.Keys(stopWords)) }
