package privacy_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"huiyin/internal/privacy"
)

// idNumber completes 17 made-up digits by the rule of GB 11643, written here a second way: Σ aᵢ·Wᵢ mod 11.
func idNumber(first17 string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(first17[i]-'0') * weight
	}
	return first17 + "10X98765432"[sum%11:sum%11+1]
}

// wrongID is the same with a check digit that is not right.
func wrongID(first17 string) string {
	right := idNumber(first17)
	if right[17] == '7' {
		return first17 + "8"
	}
	return first17 + "7"
}

// xID is a made-up number whose check digit is X.
func xID() string {
	for tail := 100; ; tail++ {
		if id := idNumber("11010119900307" + string(rune('0'+tail/100%10)) + string(rune('0'+tail/10%10)) + string(rune('0'+tail%10))); id[17] == 'X' {
			return id
		}
	}
}

// card completes made-up digits by Luhn's rule.
func card(digits string) string {
	for check := byte('0'); ; check++ {
		sum := 0
		whole := digits + string(check)
		for i := range len(whole) {
			d := int(whole[len(whole)-1-i] - '0')
			if i%2 == 1 {
				d = d*2/10 + d*2%10
			}
			sum += d
		}
		if sum%10 == 0 {
			return whole
		}
	}
}

func TestPersonalDataIsMasked(t *testing.T) {
	id, x, bank := idNumber("11010119900307123"), xID(), card("621700000000000000")
	idMask, xMask, bankMask := "110101********"+id[14:], "110101********"+x[14:], "6217***********"+bank[15:]
	table := []struct{ given, want string }{
		{"我的电话13812345678，请联系", "我的电话138****5678，请联系"},
		{"13812345678和13987654321都打不通", "138****5678和139****4321都打不通"},
		{"13812345678,13987654321", "138****5678,139****4321"},
		{"1381234567813987654321", "138****5678139****4321"},
		{"１３８１２３４５６７８", "138****5678"},
		{"138 1234 5678", "138****5678"},
		{"138-1234-5678", "138****5678"},
		{"138.1234.5678。", "138****5678。"},
		{"138—1234—5678", "138****5678"},
		{"1381234-5678", "138****5678"},
		{"1 3 8 1 2 3 4 5 6 7 8", "138****5678"},
		{"138\u200b1234\u200b5678", "138****5678"},
		{"幺三八幺二三四五六七八", "138****5678"},
		{"一三八、一二三四、五六七八", "138****5678"},
		{"138一二三四5678", "138****5678"},
		{"①③⑧12345678", "138****5678"},
		{"138O123l678", "138****1678"},
		{"手机：壹叁捌壹贰叁肆伍陆柒捌", "手机：138****5678"},
		{"+86 13812345678", "+86 138****5678"},
		{"008613812345678", "0086138****5678"},
		{"有一13812345678", "有一138****5678"},
		{"照片IMG_13812345678.jpg", "照片IMG_138****5678.jpg"},
		{"电话0531-88881234", "电话0531-****1234"},
		{"（0531）8888 1234", "（0531-****1234"},
		{"05318888123", "0531-***8123"},
		{"010-66661234转801", "010-****1234转801"},
		{"家里座机 8888 1234", "家里座机 ****1234"},
		{"身份证" + id, "身份证" + idMask},
		{"身份证:" + x, "身份证:" + xMask},
		{strings.ToLower(x), xMask},
		{id[:6] + " " + id[6:14] + " " + id[14:], idMask},
		{"身份证" + id + ".jpg", "身份证" + idMask + ".jpg"},
		{"身份证号码：" + wrongID("11010119900307123"), "身份证号码：110101********" + wrongID("11010119900307123")[14:]},
		{"老证110101900307123", "老证110101******123"},
		{"一一零一零一" + "一九九零零三零七" + "一二三" + map[byte]string{'X': "X"}[id[17]] + chinese(id[17:]), idMask},
		{"卡号" + bank, "卡号" + bankMask},
		{bank[:4] + " " + bank[4:8] + " " + bank[8:12] + " " + bank[12:16] + " " + bank[16:], bankMask},
		{"对公账号 123456789012", "对公账号 1234****9012"},
		{"鲁A12345乱停", "鲁A***45乱停"},
		{"车牌鲁A·12345", "车牌鲁A***45"},
		{"鲁ＡＤ１２３４５", "鲁A****45"},
		{"粤b8h6k2", "粤B***K2"},
		{"车牌号A12345", "车牌号A***45"},
		{"zhang.san@example.com", "z***@example.com"},
		{"13812345678@example.com", "1***@example.com"},
		{"邮箱ａｂｃ＠example．com", "邮箱a***@example.com"},
		{"护照E12345678", "护照E******78"},
		{"持EA1234567入境", "持E******67入境"},
		{"微信号：wang_xm88", "微信号：w***"},
		{"加我vx abc12345", "加我vx a***"},
		{"QQ：12345678", "QQ：1***"},
		{"扣扣号123456789", "扣扣号1***"},
		{"阳光小区3幢2单元501室", "阳光小区某幢"},
		{"阳光小区3号楼2单元501漏水", "阳光小区某幢漏水"},
		{"阳光小区３栋", "阳光小区某幢"},
		{"阳光小区3-2-501", "阳光小区某幢"},
		{"三号楼东单元四楼西户", "某幢"},
		{"解放路88号3幢2单元501室", "解放路某幢"},
		{"家住解放路88号，", "家住解放路某号，"},
		{"住501室", "住某单元"},
		{"幸福弄128弄5号301室", "幸福弄某单元"},
		{"我叫王小明，住在城东", "我叫王某某，住在城东"},
		{"我叫王小明住在城东", "我叫王某某住在城东"},
		{"本人李明，因病", "本人李某，因病"},
		{"本人：欧阳修文，因病", "本人：欧阳某某，因病"},
		{"姓名：赵钱", "姓名：赵某"},
		{"联系人张三 13812345678", "联系人张某 138****5678"},
		{"尊敬的陈小红女士：", "尊敬的陈某某女士："},
		{"我叫阿卜杜·热合曼，", "我叫阿某某，"},
		{"出生日期：1990年3月7日，", "出生日期：某年某月，"},
		{"1990年3月7日出生", "某年某月出生"},
		{"社保号：A1234567", "社保号：******67"},
		{"生于1990年3月7日，", "生于某年某月，"},
		{"户主：史明，", "户主：史某，"},
		{"坏字节\xff13812345678\xff", "坏字节\xff138****5678\xff"},
	}
	for _, row := range table {
		got, spans := privacy.Mask(row.given)
		if got != row.want {
			t.Errorf("%q\n got %q\nwant %q (%+v)", row.given, got, row.want, spans)
		}
	}
}

func chinese(digit string) string {
	if digit == "X" {
		return ""
	}
	return string([]rune("零一二三四五六七八九")[digit[0]-'0'])
}

func TestHarmlessTextStaysAsItIs(t *testing.T) {
	luhnless := card("621700000000000000")
	luhnless = luhnless[:18] + string('0'+(luhnless[18]-'0'+1)%10)
	for _, text := range []string{
		"请拨打12345、110或者114", "客服95588和10086", "热线400-812-3456", "8008100000",
		"拨打12345热线电话12345-2", "受理编号26010100000015", "工单编号：13812345678", "案号" + wrongID("11010119900307123"),
		"订单202610011234567890", "编号20261001123456789", luhnless, "投资15000000000元", "共13800000000万", "¥13812345678",
		"2026-03-15 14:30:25", "2026年3月15日", "2026.03.15-2026.04.15", "13、14、15、16、17、1路公交", "一三五七九", "二〇二六年一月一日",
		"国发〔2026〕12号", "第3号令", "地铁2号线解放路2号线", "3月5号", "公交3号线", "三楼会议室", "两室一厅", "新建5栋楼房", "共3栋", "第三单元课文", "30户居民", "A座", "解放路与中山路路口",
		"高速G20", "京G2高速", "京A座", "最新A12", "云A股", "编号G20231015", "微信公众号", "微信小程序", "微信支付WeChat", "QQ邮箱", "微信群里通知",
		"我是安徽人，", "我是车主，", "我是党员，", "本人于2026年", "本人和家人，", "本人从未收到", "本人常年在外，", "我是高三学生，", "联系人李主任，", "王女士您好", "单身女士优先", "我叫了车",
		"开往19、812、501、213、139路", "业主管部门", "物业主和业主方的，", "姓名和联系方式", "李先生于2019年10月16日到任", "欧阳先生您好", "本人成绩。", "1-602/1-23-1-202/1-23-1-502/1-23-1-601", "医保号在哪查", "合同编号是什么", "1234567", "88881234平方米", "0.12345678", "价格3.1415926元", "北纬36.123456，东经117.123456", "65536", "",
	} {
		if got, spans := privacy.Mask(text); got != text {
			t.Errorf("%q became %q (%+v)", text, got, spans)
		}
	}
}

func TestSkippedKindsStandAndTheOthersAreMasked(t *testing.T) {
	reply := "请联系交通局0531-88881234，地址解放路88号。王先生电话13812345678。"
	got, spans := privacy.MaskKinds(reply, privacy.Landline, privacy.Address)
	if want := "请联系交通局0531-88881234，地址解放路88号。王先生电话138****5678。"; got != want {
		t.Errorf("got %q", got)
	}
	if len(spans) != 1 || spans[0].Kind != privacy.Mobile {
		t.Errorf("spans %+v", spans)
	}
}

func TestMaskedTextHoldsNothingMoreToMaskOfProvableKinds(t *testing.T) {
	text := "身份证" + idNumber("11010119900307123") + "，卡" + card("621700000000000000") + "，电话13812345678、0531-88881234，鲁A12345，zhang@example.com"
	once, _ := privacy.Mask(text)
	for _, span := range privacy.Find(once) {
		if slices.Contains([]privacy.Kind{privacy.IDCard, privacy.BankCard, privacy.Mobile, privacy.Landline, privacy.Plate}, span.Kind) {
			t.Errorf("%q: %+v", once, span)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"我叫王小明，幺三八1234五六七八", "解放路88号3幢2单元501室", "110101 19900307 123X", "鲁A·12345 a@b.cn", "\xff１３８\x00", "微信：abc-123", "①③⑧", "车牌A12345号"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, span := range privacy.Find(text) {
			if span.Start < last || span.Start >= span.End || span.End > len(text) || span.Kind == "" || span.Mask == "" {
				t.Fatalf("%+v behind %d in %d bytes", span, last, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[span.Start:span.End]) {
				t.Fatalf("%+v cuts a character", span)
			}
			last = span.End
		}
		privacy.Mask(text)
	})
}

func BenchmarkMask200Characters(b *testing.B) {
	text := strings.Repeat("解放路与中山路路口的红绿灯坏了三天，早高峰堵得厉害，", 7) + "我叫王小明，电话13812345678。"
	for b.Loop() {
		privacy.Mask(text)
	}
}
