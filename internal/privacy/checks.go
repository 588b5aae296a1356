package privacy

import (
	"strings"
	"time"
)

// The provinces an id card can come from (GB/T 2260), with the numbers of residence permits for Hong Kong, Macao, Taiwan.
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// validID says whether digits can be an id card: GB 11643, province and date possible, the 18th place by ISO 7064 MOD
// 11-2. The older 15 places have no check digit; province and date alone then decide.
func validID(digits string) bool {
	if len(digits) != 15 && len(digits) != 18 || !strings.Contains(provinces, " "+digits[:2]+" ") {
		return false
	}
	if len(digits) == 15 {
		return possibleDate("19" + digits[6:12])
	}
	return possibleDate(digits[6:14]) && digits[17] == idCheckDigit(digits[:17])
}

func idCheckDigit(first17 string) byte {
	sum := 0
	for i := range 17 {
		weight := 1
		for range 17 - i {
			weight = weight * 2 % 11
		}
		sum += int(first17[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

func possibleDate(day string) bool {
	_, err := time.Parse("20060102", day)
	return err == nil && day >= "18800101" && day < "21000101"
}

// validBankCard says whether digits can be a bank card: 16 to 19 of them, an issuer's first digit, Luhn's check. Case
// and order numbers begin with 1 or 2, mostly with the year.
func validBankCard(digits string) bool {
	if len(digits) < 16 || len(digits) > 19 || !strings.ContainsRune("34569", rune(digits[0])) {
		return false
	}
	if strings.Count(digits, digits[:1]) == len(digits) {
		return false
	}
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
