package supervise

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/routing"
	"huiyin/web/page"
)

// topicsPage lists the matters that many people write about.
type topicsPage struct {
	page.Head
	Topics []hot
	Spans  []span
	Chosen span
	Older  int // topics of all time when the span has none
	Rules  letter.TopicRules
}

// span is a choice of how far back to look.
type span struct {
	Value  string
	Word   string
	Days   int // 0: everything
	Chosen bool
}

var spans = []span{{"7", "近 7 天", 7, false}, {"30", "近 30 天", 30, false}, {"90", "近 90 天", 90, false}, {"all", "不限时间", 0, false}}

const usualSpan = "30"

// hot is a topic as the pages show it.
type hot struct {
	store.TopicFigures
	Units    string // names
	Category string // name
	New      bool   // started in the last days
	OneDay   bool   // all its letters came on one day
	Heat     heat
	Drawing  weeksDrawing
}

// Link opens the topic.
func (h hot) Link() string { return page.PathSupervise + "/topics/" + h.ID }

// newFor is how long a topic is called new.
const newFor = 3 * 24 * time.Hour

// topics shows what many people write about now.
func (s *Server) topics(c *fiber.Ctx) error {
	city, lang := s.City(), page.Lang(c)
	now := s.Now().In(city.Zone())
	chosen, err := spanOf(c.Query("days", usualSpan))
	if err != nil {
		return err
	}
	v := &topicsPage{Head: page.Head{Title: "热点"}, Chosen: chosen, Rules: city.Pack.Routing.Topics.WithDefaults()}
	for _, one := range spans {
		one.Chosen = one.Value == chosen.Value
		v.Spans = append(v.Spans, one)
	}
	if v.Topics, err = s.hottest(c.UserContext(), readerOf(c), chosen, city, now, lang); err != nil {
		return err
	}
	if len(v.Topics) == 0 && chosen.Days > 0 {
		older, err := s.hottest(c.UserContext(), readerOf(c), spans[len(spans)-1], city, now, lang)
		if err != nil {
			return err
		}
		v.Older = len(older)
	}
	return s.set.Render(c, "topics", v)
}

func spanOf(value string) (span, error) {
	for _, one := range spans {
		if one.Value == value {
			return one, nil
		}
	}
	return span{}, badAddress("days")
}

func (p span) period(now time.Time) store.Period {
	period := store.Period{From: time.UnixMilli(0), To: now.Add(time.Millisecond)}
	if p.Days > 0 {
		period.From = now.AddDate(0, 0, -p.Days)
	}
	return period
}

// hottest are the topics of a span, those that most people wrote about first.
func (s *Server) hottest(ctx context.Context, reader store.Reader, p span, city *citypack.Snapshot, now time.Time, lang page.Language) ([]hot, error) {
	topics, err := s.Store.StartedTopics(ctx, reader, p.period(now), now.Add(time.Millisecond), drawnWeeks)
	if err != nil {
		return nil, err
	}
	list := make([]hot, 0, len(topics))
	for _, t := range topics {
		list = append(list, hotOf(t, city, now, lang))
	}
	slices.SortStableFunc(list, func(a, b hot) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.Heat.Now, a.Heat.Now), b.Last.Compare(a.Last))
	})
	return list, nil
}

func hotOf(t store.TopicFigures, city *citypack.Snapshot, now time.Time, lang page.Language) hot {
	h := hot{TopicFigures: t, New: now.Sub(t.Started) < newFor && !t.Started.After(now), Heat: heatOf(t.Weeks), Drawing: drawWeeks(t.Weeks)}
	h.OneDay = t.First.In(now.Location()).Format(time.DateOnly) == t.Last.In(now.Location()).Format(time.DateOnly)
	var names []string
	for _, u := range t.Units {
		names = append(names, unitName(city, u, lang))
	}
	separator := "、"
	if lang == page.English {
		separator = ", "
	}
	h.Units = strings.Join(names[:min(len(names), 3)], separator)
	h.Category = categoryName(city.Pack.Routing.Categories, t.Category, lang)
	return h
}

func categoryName(list []routing.Category, code string, lang page.Language) string {
	for _, c := range list {
		if c.Code == code && lang == page.English && c.NameEn != "" {
			return c.NameEn
		}
		if c.Code == code {
			return c.Name
		}
		if name := categoryName(c.Children, code, lang); name != "" {
			return name
		}
	}
	return ""
}

// topicPage is one topic with its letters.
type topicPage struct {
	page.Head
	Topic   hot
	Letters []standing
	Pages   page.Pages
}

// topic opens one topic with all its letters that the reader may see.
func (s *Server) topic(c *fiber.Ctx) error {
	city, lang, reader := s.City(), page.Lang(c), readerOf(c)
	now := s.Now().In(city.Zone())
	everything := spans[len(spans)-1].period(now)
	found, err := s.Store.StartedTopic(c.UserContext(), reader, c.Params("id"), everything, now.Add(time.Millisecond), drawnWeeks)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(c.Query("page", "1"))
	if err != nil || at < 1 || at > 10_000 {
		return badAddress("page")
	}
	f := store.Filter{Topic: found.ID, Order: store.ByNewest}
	rows, total, err := s.Store.List(c.UserContext(), reader, f, store.Page{Number: at, Size: perPage})
	if err != nil {
		return err
	}
	v := &topicPage{Head: page.Head{Title: "热点"}, Topic: hotOf(found, city, now, lang), Letters: standings(rows, city, now, lang)}
	v.Pages = page.Pages{Page: at, PerPage: perPage, Total: total, Address: c.OriginalURL()}
	return s.set.Render(c, "topic", v)
}
