package letter

// Kind is what the sender wants: 诉求性质.
type Kind string

// The six kinds of product.md.
const (
	Consultation Kind = "consultation"
	Help         Kind = "help"
	Complaint    Kind = "complaint"
	Report       Kind = "report"
	Suggestion   Kind = "suggestion"
	Praise       Kind = "praise"
)

// Kinds lists every kind in the order in which pages show them.
var Kinds = []Kind{Consultation, Help, Complaint, Report, Suggestion, Praise}

var kindWords = map[Kind]string{
	Consultation: "咨询", Help: "求助", Complaint: "投诉", Report: "举报", Suggestion: "建议", Praise: "表扬",
}

// Word is the Chinese word pages show.
func (k Kind) Word() string { return kindWords[k] }

// Known says whether k is one of the six kinds.
func (k Kind) Known() bool { return kindWords[k] != "" }

// Column is the place of the site through which a matter came: 栏目. Each has a
// responsible member and a deputy.
type Column string

// The columns of product.md.
const (
	Leaders            Column = "leaders"
	Complaints         Column = "complaints"
	SurveyColumn       Column = "survey"
	ConsultationColumn Column = "consultation"
	InterviewColumn    Column = "interview"
	Guidance           Column = "guidance"
)

// Columns lists every column in the order in which pages show them.
var Columns = []Column{Leaders, Complaints, SurveyColumn, ConsultationColumn, InterviewColumn, Guidance}

var columnWords = map[Column]string{
	Leaders: "领导信箱", Complaints: "建议投诉", SurveyColumn: "网上调查",
	ConsultationColumn: "民意征集", InterviewColumn: "在线访谈", Guidance: "信息咨询与法律援助",
}

// Word is the Chinese word pages show.
func (c Column) Word() string { return columnWords[c] }

// Known says whether c is one of the columns.
func (c Column) Known() bool { return columnWords[c] != "" }

// Channel is the way a matter came in.
type Channel string

// The channels.
const (
	Web     Channel = "web"
	WeChat  Channel = "wechat"
	Hotline Channel = "hotline"
)

var channelWords = map[Channel]string{Web: "网站", WeChat: "微信", Hotline: "12345 热线"}

// Word is the Chinese word pages show.
func (c Channel) Word() string { return channelWords[c] }

// Known says whether c is one of the channels.
func (c Channel) Known() bool { return channelWords[c] != "" }

// Urgency decides which policy's limits run: 紧急程度.
type Urgency string

// The urgencies; Critical letters go to the duty officer.
const (
	Normal   Urgency = "normal"
	Urgent   Urgency = "urgent"
	Critical Urgency = "critical"
)

var urgencyWords = map[Urgency]string{Normal: "一般", Urgent: "紧急", Critical: "特急"}

// Urgencies lists every urgency in the order in which pages show them.
var Urgencies = []Urgency{Normal, Urgent, Critical}

// Word is the Chinese word pages show.
func (u Urgency) Word() string { return urgencyWords[u] }

// Known says whether u is one of the urgencies.
func (u Urgency) Known() bool { return urgencyWords[u] != "" }

// Flag marks a letter that needs more care than the ordinary path.
type Flag string

// The flags: the first three take a letter off the ordinary queue.
const (
	Accusation Flag = "accusation" // 检举控告: sealed, to the discipline unit
	Danger     Flag = "danger"     // 危及生命: to the duty officer at once
	Secret     Flag = "secret"     // 疑似涉密: to the duty officer, never published
	Minor      Flag = "minor"      // 侵害未成年人: to the duty officer, never published
	Health     Flag = "health"     // 疾病隐私: published only after a second look
	LegalRoute Flag = "legal"      // 诉讼仲裁复议: a person decides, hint to the legal route
	Disclosure Flag = "disclosure" // 依申请公开: to be moved to the disclosure track
)

var flagWords = map[Flag]string{
	Accusation: "检举控告", Danger: "危及生命", Secret: "疑似涉密", Minor: "侵害未成年人",
	Health: "疾病隐私", LegalRoute: "法定途径", Disclosure: "信息公开申请",
}

// Word is the Chinese word pages show.
func (f Flag) Word() string { return flagWords[f] }

// NeverPublic says that a letter with this flag must not be published at all.
func (f Flag) NeverPublic() bool {
	return f == Accusation || f == Secret || f == Minor || f == Danger
}
