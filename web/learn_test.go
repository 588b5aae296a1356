package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// clerk is somebody who works at the desk through its pages.
type clerk struct {
	t *testing.T
	house
	client *http.Client
}

func (h house) clerk(t *testing.T, login string) *clerk {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{t, h, &http.Client{Jar: jar, Timeout: 60 * time.Second}}
	c.post("/sign-in", url.Values{"login": {login}, "password": {h.passwords[login]}})
	return c
}

func (c *clerk) post(path string, form url.Values) string {
	c.t.Helper()
	r, err := c.client.PostForm(c.address+path, form)
	return c.read(path, r, err)
}

func (c *clerk) get(path string) string {
	c.t.Helper()
	r, err := c.client.Get(c.address + path)
	return c.read(path, r, err)
}

func (c *clerk) read(path string, r *http.Response, err error) string {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode >= 400 {
		c.t.Fatalf("%s: %d %v\n%.400s", path, r.StatusCode, err, body)
	}
	return string(body)
}

// send submits a letter through the API and gives its number and the unit it went to, "" when a dispatcher decides.
func (h house) send(t *testing.T, title, body string) (number, unit string) {
	t.Helper()
	draft, err := json.Marshal(map[string]any{"kind": "help", "title": title, "body": body, "name": "来信人", "phone": "13900000000", "publish": true})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(h.address+"/api/v1/letters", "application/json", bytes.NewReader(draft))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var got struct {
		Number     string
		Department *struct{ ID string }
	}
	if err := json.NewDecoder(r.Body).Decode(&got); err != nil || r.StatusCode != http.StatusCreated {
		t.Fatalf("submit: %d %v", r.StatusCode, err)
	}
	if got.Department == nil {
		return got.Number, ""
	}
	return got.Number, got.Department.ID
}

var version = regexp.MustCompile(`name="version" value="([^"]+)"`)

// A dispatcher puts letters right, the administrator trains, a letter on the like matter goes where people sent the
// others, and goes to a person again without the model.
func TestTheRouterLearnsFromTheDispatcherAndForgetsOnAsking(t *testing.T) {
	h := openHouse(t)
	dispatcher, admin := h.clerk(t, "zhouping"), h.clerk(t, "weiran")
	if page := admin.get("/supervise/routing"); !strings.Contains(page, "只有规则，还没有学过") {
		t.Fatalf("a fresh city has a model already:\n%.600s", page)
	}
	for _, told := range [][2]string{
		{"旧衣回收箱塞满了", "小桥边的旧衣回收箱塞满了，衣服掉了一地，没有人来取。"},
		{"回收箱没人清", "楼前放旧衣服的回收箱好久没人清，盖子也合不上。"},
		{"旧衣箱", "旧衣箱满得往外掉，旁边堆着好几袋衣服，想问谁来收。"},
		{"捐旧衣服的箱子", "捐旧衣服的箱子锁坏了，里面的旧衣被翻得到处都是。"},
		{"旧衣回收箱挪一挪", "旧衣回收箱放在拐角，塞满以后挡住轮椅，能不能挪开。"},
		{"旧衣物没有人收", "旧衣物投进回收箱一个月，没有人来收，都发霉了。"},
	} {
		number, unit := h.send(t, told[0], told[1])
		if unit != "" && unit == "mzj" {
			t.Fatalf("%s went right by rules: the matter teaches nothing", told[0])
		}
		if unit == "" {
			dispatcher.post("/desk/letters/"+number+"/assignment", url.Values{"unit": {"mzj"}, "kind": {"help"}})
		}
	}
	admin.post("/supervise/routing/training", nil)
	page := ""
	for deadline := time.Now().Add(90 * time.Second); !strings.Contains(page, "规则和模型") && time.Now().Before(deadline); time.Sleep(300 * time.Millisecond) {
		page = admin.get("/supervise/routing")
	}
	if !strings.Contains(page, "规则和模型") {
		t.Fatalf("nothing was learned:\n%s", page)
	}
	like := [2]string{"旧衣回收箱又满了", "小区门口的旧衣回收箱又塞满了，衣服堆在地上，请来人收走。"}
	number, unit := h.send(t, like[0], like[1])
	if unit != "mzj" {
		t.Errorf("a letter on the like matter went to %q\n%s", unit, dispatcher.get("/desk/letters/"+number))
	}
	if shown := dispatcher.get("/desk/letters/" + number); !strings.Contains(shown, "以往办件") || !strings.Contains(shown, "回收箱") {
		t.Error("the desk does not say why")
	}
	admin.post("/supervise/routing/model", url.Values{"version": {""}})
	if _, unit := h.send(t, "旧衣回收箱满了", "桥头的旧衣回收箱满了，请来人收走。"); unit == "mzj" {
		t.Error("without the model it still goes there")
	}
	if old := version.FindStringSubmatch(admin.get("/supervise/routing")); old == nil {
		t.Error("one cannot go back to the model")
	} else {
		admin.post("/supervise/routing/model", url.Values{"version": {old[1]}})
	}
	if _, unit := h.send(t, like[0], like[1]+"谢谢。"); unit != "mzj" {
		t.Errorf("back with the model a letter on the like matter went to %q", unit)
	}
	admin.post("/supervise/routing/threshold", url.Values{"at_most": {"2"}})
	if page := admin.get("/supervise/routing"); strings.Contains(page, "只有规则，还没有学过") {
		t.Error("a new limit took the model away")
	}
}
