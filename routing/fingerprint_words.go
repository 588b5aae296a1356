package routing

import "strings"

// saidInLetters are words that newspapers seldom write and letters often: they say that somebody writes, not of what.
var saidInLetters = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
您好 你好 尊敬 敬爱 领导 书记 市长 局长 谢谢 感谢 恳请 恳求 请求 请问 咨询 反映 投诉 举报 求助 建议 望 盼望 期盼 答复 回复 回信
来信 网友 市民 居民 村民 业主 百姓 老百姓 群众 本人 我们 我家 贵局 贵单位 百忙之中 麻烦 打扰 核实 核查 查实 处理 解决 整改 整治 协调
严重 严重影响 影响 扰民 生活 小区 物业 开发商 相关部门 有关部门 相关 部门 投诉无门 无门 多次 一直 至今 迟迟 尽快 尽早 早日 何时 什么时候
怎么办 怎么 为什么 能否 是否 可否 希望 情况 问题 事情 住户 附近 门口 旁边 路口 电话 打电话 拨打 热线 百忙 此致 敬礼 关于 现在 目前
不作为 乱收费 维权 不合理 不合法 合理 合法 强烈 强烈要求 强烈建议 关注 重视 监管 查处 执法 有没有 存在 导致 造成 安全隐患 隐患 每天 晚上
白天 早上 凌晨 天天 居住 入住 交房 购房 房子 孩子 小孩 老人 家长 学生 上班 下班 出行 请予 敬请 诉求 西地省 县城 社区
有件事 这件 这件事 管一管 管管 看看 两天 三天 几天 好几天 街道 街道办 居委会 业委会
`) {
		set[w] = true
	}
	return set
}()
