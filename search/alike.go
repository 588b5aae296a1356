package search

import "strings"

// alikes are characters that are taken for each other by their form, each group on its own: one is read, or picked from the
// keyboard's list, for the other.
var alikes = strings.Fields(`
己已巳 未末 士土 日曰 人入八 大太犬 天夫无 干千于 贝见 今令 侯候 免兔 帐账 竞竟 密蜜 部陪培 徽微 拔拨 析折拆 戊戌戍 辩辨辫 暴爆瀑 燥躁澡
蓝篮 园圆 住往 治冶 准淮 拦栏 捡检险验 徒徙 埋理 鸟乌 晴睛情清请 睬踩 即既 官宫管 宜宣 具其 且旦 申由甲田 力刀 厂广 户尸护 同回 因困团囚 休体 低底抵
位拉垃 何河 作昨 促捉 保堡 停亭 偷愉 博傅 栋冻 冷泠 几凡 列例 济剂 助肋 热势 勤勒 厕侧 厘原 反友 司可 币市巾 名各 吵抄炒 员贡 味昧 那哪 唤换 喝渴 极级
坏环 坑抗 块快 城诚 赌堵睹 赛寨塞 墙樯 复夏 孩该 密宓 屋层 展屡 崩蹦 师帅 幅福副 乎平 床庆 度席 座坐 庭廷 建健键 弄异 录绿 形刑 待侍 除徐 征证 忙茫 忽急
恳垦 悦说 患惠 惯贯 漫慢 扰拢 扶抚 枝技 抢枪 报服 抬拾 担但 施拖 招召 泼拨 挡档 损捐 排徘 探深 控空 描瞄 提堤题 般搬 滩摊 幢撞 播潘 操澡 故放 警敬 料科
新亲 早旱 朋明 普晋 景影 援暖 木本术 机饥 构购沟 驾架 标杯 校较 根跟 桥侨 梯涕 楼搂 摸模膜 殊珠 母每 水永 汇江 池地 污圬 沉沈 海悔 流疏 浇绕烧 消稍销 涨张
巷港 渣查 糊湖 源原愿 洗先 烂拦 牌脾 浊独 现观规 瓶拼 画面 梳疏 病疾 盗盆 盲育 眼跟 睡垂 满瞒 破坡 磅傍 杜社 祖组租阻粗 种钟 称秤 积职织识 稳隐 坚竖 章意
童重 筹等 精清 紧坚 线钱 经轻 给拾 暑署 肥肌 背肯 态能 洲州 节芦 苗笛 荒慌 约药 菜莱 营宫 藏臧 补朴 栽载裁 装袋 惊警 汀订 仪议 访仿 坪评 诉拆 试拭 详样 课棵
谅凉 财材 货贷 贴帖 赔陪 砖转传 沦轮 输愉 达送 迁迂 运远 违伟 邮由 都郡 配酒 理里 针计 纲钢岗 跌铁 铺辅 键健 镇填 们门 闭闲问间 陈阵 限恨 院完 障樟 隔融 电申
项顶 食良 饭饮 馆管
`)

// lookAlike says whether one character may be taken for the other by its form.
func lookAlike(a, b rune) bool {
	for _, group := range alikes {
		if strings.ContainsRune(group, a) && strings.ContainsRune(group, b) {
			return true
		}
	}
	return false
}
