package privacy

import (
	"regexp"
	"strings"
)

const (
	houseNumber = `(?:[A-Za-z]?\d{1,5}[A-Za-z]?|[一二三四五六七八九十百零〇]{1,5}|[甲乙丙丁东西南北中A-Za-z])`
	houseUnit   = `(?:号楼|号院|号|楼栋|幢|栋|座|单元|弄|层|楼|室|户|房|门)`
	housePart   = houseNumber + `\s?` + houseUnit
)

var (
	house      = regexp.MustCompile(`(` + housePart + `(?:[\s,-]?` + housePart + `)*)([\s-]?(?:\d{1,2}-){0,2}\d{3,4}室?)?`)
	building   = regexp.MustCompile(`\d\s?号楼|[一二三四五六七八九十A-Za-z]\s?号楼|幢|栋`)
	roomOrUnit = regexp.MustCompile(`单元|[A-Za-z]?\d{3,4}\s?室|弄.*号|座.*[层楼室户]`)
	counted    = regexp.MustCompile(`(?:共|有|建|建成|盖|拆|拆除|约|近|第|多|各|达|这|那|某|每|整|几)\s?$`)
	dashed     = regexp.MustCompile(`(?:小区|花园|家园|公寓|苑|城|府|庭|湾|里|庄|村|社区|公馆|住)\s?([A-Za-z]?\d{1,3}-\d{1,2}-\d{2,4})`)
	streetDoor = regexp.MustCompile(`(?:路|街|巷|弄|胡同|大道|道|村|组|屯)\s?((?:甲|乙)?\d{1,5}号(?:院|附\d{1,3}号|之\d{1,3})?)`)
)

// notADoor are what a number behind a road may belong to instead of a house: 中山路2号线, 解放路3号井.
const notADoor = "线令文井门桥岗亭车站路机楼洞台闸杆灯公通告"

// findAddresses takes what is narrower than a community or a road: 3幢2单元501室 becomes 某幢. A floor or a number
// alone (三楼, 2号) is kept, and so is what is only counted (新建5栋楼).
func findAddresses(p *plain, c *claims) {
	if !p.mentions("楼", "幢", "栋", "单元", "室", "号", "弄", "座", "-") {
		return
	}
	for _, at := range house.FindAllStringSubmatchIndex(p.text, -1) {
		end := at[1]
		if at[4] >= 0 && strings.ContainsRune("年月日元米号个户人次平路万点多余.", p.following(end)) {
			end = at[3] // 3号楼2026年: the last number is none of the address
		}
		chain := p.text[at[2]:end]
		mask := ""
		switch {
		case building.MatchString(chain):
			mask = "某幢"
		case roomOrUnit.MatchString(chain):
			mask = "某单元"
		default:
			continue
		}
		alone := strings.Count(chain, "栋")+strings.Count(chain, "幢")+strings.Count(chain, "单元") == 1 && !strings.ContainsAny(chain, "室户号") && end == at[3]
		if alone && (counted.MatchString(p.text[max(0, at[0]-9):at[0]]) || strings.ContainsRune("楼房别居建", p.following(end))) {
			continue
		}
		c.addBytes(at[2], end, Address, mask)
	}
	for _, at := range dashed.FindAllStringSubmatchIndex(p.text, -1) {
		c.addBytes(at[2], at[3], Address, "某幢")
	}
	for _, at := range streetDoor.FindAllStringSubmatchIndex(p.text, -1) {
		if !strings.ContainsRune(notADoor, p.following(at[1])) {
			c.addBytes(at[2], at[3], Address, "某号")
		}
	}
}
