package segment_test

import (
	"errors"
	"testing"

	"huiyin/internal/segment"
)

func TestCleanIsSafeToStoreAndKeepsWhatAReaderSees(t *testing.T) {
	table := map[string]string{
		"  路灯坏了  ":                  "路灯坏了",
		"电话１３８，Ａ区！":                 "电话138，A区！",
		"第一段\r\n\r\n\r\n　　第二段\r第三段": "第一段\n\n第二段\n第三段",
		"停\u200b车\ufeff\u202e难":     "停车难",
		"坏\x00字\xff节\x07":           "坏字节",
		"①水费②电费，80㎡…——《通知》":         "①水费②电费，80㎡…——《通知》",
		"a\t\t b":         "a b",
		"私用\ue000区\ue001": "私用区",
		"":                "",
	}
	for given, want := range table {
		got := segment.Clean(given)
		if got != want {
			t.Errorf("Clean(%q) = %q, want %q", given, got, want)
		}
		if again := segment.Clean(got); again != got {
			t.Errorf("cleaning %q again gives %q", got, again)
		}
		if err := segment.Check(got); err != nil {
			t.Errorf("cleaned %q is refused: %v", got, err)
		}
	}
}

func TestCheckNamesThePlaceOfWhatCannotBeTaken(t *testing.T) {
	table := []struct {
		text       string
		byteAt, at int
	}{
		{"路灯\x00坏了", 6, 3},
		{"路\xff灯", 3, 2},
		{"\xc2\xb7\xb5\xc6", 2, 2}, // 路灯 as GBK bytes
	}
	for _, row := range table {
		var fault *segment.Fault
		if err := segment.Check(row.text); !errors.As(err, &fault) {
			t.Errorf("%q is taken", row.text)
		} else if fault.Byte != row.byteAt || fault.Char != row.at {
			t.Errorf("%q: byte %d character %d, want %d, %d", row.text, fault.Byte, fault.Char, row.byteAt, row.at)
		}
	}
	for _, good := range []string{"", "路灯坏了", "written as \ufffd is a character", "表情🙏"} {
		if err := segment.Check(good); err != nil {
			t.Errorf("%q is refused: %v", good, err)
		}
	}
}

func FuzzCleanTwiceIsCleanOnce(f *testing.F) {
	f.Add("电话１３８\r\n　Ａ区")
	f.Fuzz(func(t *testing.T, text string) {
		once := segment.Clean(text)
		if err := segment.Check(once); err != nil {
			t.Fatal(err)
		}
		if twice := segment.Clean(once); twice != once {
			t.Fatalf("%q then %q", once, twice)
		}
	})
}
