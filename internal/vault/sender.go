package vault

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	phoneMarks  = strings.NewReplacer(" ", "", "-", "", "–", "", "—", "", ".", "", "·", "", "(", "", ")", "", "\t", "", "\u200b", "")
	phoneNumber = regexp.MustCompile(`^\+?[0-9]{5,15}$`)
	chinaMobile = regexp.MustCompile(`^(?:\+86|0086|86|0)?(1[3-9][0-9]{9})$`)
	chinaPrefix = regexp.MustCompile(`^(?:\+86|0086)0?([1-9][0-9]{8,11})$`)
)

// normalSender gives one spelling of a phone number; anything that is no phone number, such as an openid, is kept
// as it is but for space around it. The two never meet: each has its own prefix.
func normalSender(given string) string {
	given = strings.TrimSpace(given)
	if given == "" {
		return ""
	}
	digits := phoneMarks.Replace(norm.NFKC.String(given))
	switch {
	case !phoneNumber.MatchString(digits):
		return "id:" + given
	case chinaMobile.MatchString(digits):
		return "phone:" + chinaMobile.FindStringSubmatch(digits)[1]
	case chinaPrefix.MatchString(digits):
		return "phone:0" + chinaPrefix.FindStringSubmatch(digits)[1]
	}
	return "phone:" + digits
}
