package desk_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/testhouse"
	"huiyin/search/local"
	"huiyin/web/desk"
)

// files brings the members' index up to what the store holds.
func (o *office) files() {
	o.t.Helper()
	err := o.Store.EachFiled(o.t.Context(), func(f store.Filed) error {
		d, err := desk.Document(f, o.Vault)
		if err != nil {
			return err
		}
		return o.found.Put(o.t.Context(), d)
	})
	testhouse.Must(o.t, err)
}

// seeks is what a member's search shows.
func (b *browser) seeks(text string, more ...string) string {
	b.t.Helper()
	q := url.Values{"q": {text}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return b.Get("/desk/search?"+q.Encode()).Want(b.t, http.StatusOK).Text
}

func (b *browser) finds(number, text string, more ...string) {
	b.t.Helper()
	if !strings.Contains(b.seeks(text, more...), "row-"+number) {
		b.t.Errorf("%q does not find %s", text, number)
	}
}

func (b *browser) misses(number, text string, more ...string) {
	b.t.Helper()
	if page := b.seeks(text, more...); strings.Contains(page, number) {
		b.t.Errorf("%q finds %s", text, number)
	}
}

// A letter is found by its number or the beginning of it, by its sender's telephone however it is typed, by his whole
// name in either script, and by words of title, text and answer, long before it is public.
func TestMembersFindALetterByNumberPhoneNameAndWords(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		d := lamps
		d.Name, d.Phone = "欧阳国庆", "139 0000 1234"
		number := o.Submit(d)
		other := o.Submit(letter.Draft{Kind: letter.Help, Title: "公园长椅坏了", Body: "人民公园东门的长椅坏了两张，请修一修。", Name: "王芳", Phone: "13900005678"})
		o.Answer(number, "三盏灯的镇流器已经更换。", "")
		o.files()
		leader := o.as("jiangtao")
		for _, text := range []string{number, number[:8] + " " + number[8:], "13900001234", "+86 139-0000-1234", "１３９００００１２３４", "欧阳国庆", "歐陽國慶",
			"欧阳 国庆", d.Title, "镇流器", "鎮流器", "路灯"} {
			leader.finds(number, text)
			leader.misses(other, strings.ReplaceAll(text, "路灯", "路灯不亮"))
		}
		leader.finds(number, number[:6])
		leader.finds(other, number[:6])
		leader.misses(number, "欧阳")
		leader.misses(number, number[:3])
		leader.misses(number, "13900001235")
	})
}

// Conditions narrow what was found, by state and by unit.
func TestASearchIsNarrowedByStateAndUnit(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	unit := o.Read(number).Unit
	o.files()
	b := o.as("jiangtao")
	b.finds(number, "路灯", "state", "open", "unit", unit)
	b.misses(number, "路灯", "state", "done")
	b.misses(number, "路灯", "unit", "jwjw")
	o.Answer(number, "已修好。", "")
	o.files()
	b.finds(number, "路灯", "state", "done")
}

// The index may be a moment behind: a letter that was sealed or moved meanwhile is not shown, nor counted, and the log
// says how many but not what.
func TestWhatTheIndexStillHoldsIsAskedOfTheStoreAgain(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	o.files()
	b := o.as("accused") // works in a unit that the index does not know to be accused
	b.finds(number, "路灯")
	filed, err := o.Store.FiledAmong(t.Context(), []string{number})
	testhouse.Must(t, err)
	sealed := o.Submit(letter.Draft{Title: "房管局办事不公", Body: "房管局的工作人员收了开发商的红包和一架缂丝屏风，验收时睁一只眼闭一只眼。", Phone: "13900001183"})
	filed[0].Number, filed[0].Title = sealed, "反映缂丝屏风"
	d, err := desk.Document(filed[0], o.Vault) // as if it had been open when it was filed
	testhouse.Must(t, err)
	testhouse.Must(t, o.found.Put(t.Context(), d))
	page := b.seeks("缂丝屏风")
	if strings.Contains(page, sealed) || strings.Contains(page, "房管局办事不公") || !strings.Contains(page, "没有找到") {
		t.Errorf("a sealed letter is shown:\n%s", page)
	}
	if log := o.log.String(); !strings.Contains(log, "left_out=1") || strings.Contains(log, "缂丝") || strings.Contains(log, sealed) {
		t.Errorf("the log says:\n%s", log)
	}
}

// Nothing of the person stands in the index but keyed hashes.
func TestTheIndexHoldsNeitherNameNorPhone(t *testing.T) {
	o := open(t)
	d := lamps
	d.Name, d.Phone = "欧阳国庆", "13900001234"
	o.Submit(d)
	dir := t.TempDir()
	index, err := local.OpenDesk(dir, o.Words, o.City.Words()...)
	testhouse.Must(t, err)
	err = o.Store.EachFiled(t.Context(), func(f store.Filed) error {
		d, err := desk.Document(f, o.Vault)
		if err != nil {
			return err
		}
		return index.Put(t.Context(), d)
	})
	testhouse.Must(t, err)
	testhouse.Must(t, index.Close())
	err = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, plain := range []string{"欧阳国庆", "13900001234"} {
			if strings.Contains(string(text), plain) {
				t.Errorf("%s holds %s", path, plain)
			}
		}
		return err
	})
	testhouse.Must(t, err)
}

// An index that is down says so, and the rest of the desk goes on.
func TestASearchThatIsDownSaysSo(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	o.files()
	b := o.as("jiangtao")
	testhouse.Must(t, os.Remove(filepath.Join(o.folder, "current")))
	b.Get("/desk/search?q=路灯").Want(t, http.StatusServiceUnavailable, "查信暂时不能用")
	b.sees("/desk/letters/" + number)
}

// Without a question the page says what can be asked; so does one that found nothing; a page past the end leads back.
func TestASearchPageSaysHowToSearch(t *testing.T) {
	o := open(t)
	o.Submit(lamps)
	o.files()
	b := o.as("jiangtao")
	b.sees("/desk/search", "可以这样查", "来信人的全名")
	b.sees("/desk/search?q=麒麟", "没有找到", "可以这样查")
	b.sees("/desk/search?q=路灯&page=7", "没有这一页", "一共只有 1 页")
	b.Get("/desk/search?q="+strings.Repeat("灯", 900)).Want(t, http.StatusOK)
}

// Those who run the system read no letters and get no box.
func TestAdministratorsHaveNothingToSearch(t *testing.T) {
	o := open(t)
	number := o.Submit(lamps)
	o.files()
	b := o.as("weiran")
	b.misses(number, "路灯")
	if strings.Contains(b.sees("/desk").Text, `id="seek"`) {
		t.Error("an administrator sees the search box")
	}
	if !strings.Contains(o.as("jiangtao").sees("/desk").Text, `id="seek"`) {
		t.Error("a leader sees no search box")
	}
}
