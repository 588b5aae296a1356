package letter

// SuspensionReasons are the codes of what stops time besides waiting for the
// sender, each with its word: periods that the law takes out of a limit
// (行政许可法第四十五条, 政府信息公开条例第三十三条). Internal circulation, co-handlers and
// waiting for a leader are none (domain.md 2.8 no. 5).
var SuspensionReasons = []struct{ Code, Word string }{
	{"third_party", "征求第三方意见"}, {"hearing", "听证"}, {"inspection", "检验"}, {"testing", "检测"}, {"appraisal", "鉴定"}, {"expert_review", "专家评审"},
}

// SuspensionWord is the Chinese word of a reason, "" for an unknown code.
func SuspensionWord(code string) string {
	for _, r := range SuspensionReasons {
		if r.Code == code {
			return r.Word
		}
	}
	return ""
}

// Suspended says that a legal reason has stopped the letter's time.
func (s Status) Suspended() bool { return s.SuspendedFor != "" }

// mayBeSuspended refuses a reason that is not listed, and a second one on top.
func (l *Letter) mayBeSuspended(reason string) error {
	if l.Suspended() {
		return Refuse("这封信的时限已经中止计算。")
	}
	if SuspensionWord(reason) == "" {
		return Invalid("请选择一项理由。", map[string]string{string(NeedReason): "请选择一项理由。"})
	}
	return nil
}

// restsNow refuses what would start or pause a clock while time stands still.
func (l *Letter) restsNow(step Step) error {
	switch step {
	case Objection, Transfer, Part, ExtensionRequest, SupplementRequest, Review:
		if l.Suspended() {
			return Refuse("这封信的时限已中止计算。请先恢复计时。")
		}
	}
	return nil
}
