// Package searchtest says what every search.Index must do, whatever engine is in it. Run asserts nothing about the order
// of hits beyond what the interface promises; RunRanked does.
package searchtest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/search"
)

// rule is one thing an index must do, said by its name.
type rule struct {
	name  string
	check func(t *testing.T, index search.Index)
}

// Run runs what any body must do, also a client over a server that is played; open gives a new empty index, which Run
// closes.
func Run(t *testing.T, open func(t *testing.T) search.Index) {
	run(t, open, []rule{
		{"PublishedLetterIsFound", publishedIsFound},
		{"DeletedLetterIsGone", deletedIsGone},
		{"PuttingTwiceKeepsOneLetter", puttingTwice},
		{"PuttingAgainReplacesTheText", puttingReplaces},
		{"HitCarriesTheLetter", hitCarriesTheLetter},
		{"FacetsAddUpToTheTotal", facetsAddUp},
		{"FiltersNarrow", filtersNarrow},
		{"DateBoundsAreInclusive", dateBounds},
		{"EmptyTextShowsNewestAnswerFirst", newestFirst},
		{"PagesCoverEveryLetterOnce", pages},
		{"QueriesBeyondTheBoundsAreRefused", refusals},
		{"YearIsTheOneTheDocumentNames", years},
		{"OrderIsTheOneAskedFor", orders},
		{"FacetsAndMarksCanBeLeftOut", leaner},
		{"ExactLettersStandBeforeTheOthers", exactFirst},
		{"NumberAndSourceIDFindTheirLetter", codes},
		{"TraditionalFindsSimplifiedAndBack", traditional},
		{"DigitsAndLatinAreFoundInAnyWidthAndCase", latin},
		{"MissingWordsRelaxTheQuestion", relaxes},
		{"NothingFoundIsNoError", nothing},
		{"AwkwardTextIsHarmless", awkward},
		{"MarksAreSafeInHTML", escaping},
		{"TitlesAreSuggested", suggestions},
		{"NothingButTitlesAndWordsIsSuggested", noTextSuggested},
		{"SimilarLettersLeaveOutTheirOwn", similarButSelf},
		{"OtherWordsNeedARebuild", otherWords},
		{"GenerationGrowsWithEveryChange", generations},
		{"HealthyIndexSaysNothing", healthy},
		{"EndedContextIsReported", endedContext},
		{"RebuildReplacesEverything", rebuildReplaces},
		{"FailedRebuildLeavesTheIndex", failedRebuild},
		{"RebuildLeavesNoGap", rebuildWithoutGap},
		{"WritesDuringARebuildAreKept", writesDuringRebuild},
		{"SecondRebuildIsAConflict", secondRebuild},
		{"WritersAndReadersTogether", together},
	})
}

func run(t *testing.T, open func(t *testing.T) search.Index, rules []rule) {
	for _, rule := range rules {
		t.Run(rule.name, func(t *testing.T) {
			index := open(t)
			t.Cleanup(func() {
				if err := index.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			rule.check(t, index)
		})
	}
}

// day is a day of the city's spring, in UTC, so that the suite needs no zone.
func day(d int) time.Time { return time.Date(2026, 3, d, 4, 0, 0, 0, time.UTC) }

// letters are four letters that differ in every field.
func letters() []search.Document {
	return []search.Document{
		{Number: "26030100000018", Kind: letter.Complaint, Column: letter.Complaints, Category: "environment", Unit: "shengtai", District: "东湖区", Year: 2026,
			Title: "河边化工厂污水直排", Body: "城东化工厂污水夜里直接排进河里，气味刺鼻。", Reply: "已对该厂立案调查，责令停产整改。",
			Answered: day(2), Published: day(3), SourceID: "hb-17"},
		{Number: "26030200000024", Kind: letter.Consultation, Column: letter.Guidance, Category: "housing", Unit: "zhujian", District: "南浦区", Year: 2026,
			Title: "公租房申请需要哪些材料", Body: "外地户口能不能申请公租房？身份证之外还要什么？", Reply: "请持身份证、收入证明到街道窗口办理。",
			Answered: day(5), Published: day(6), SourceID: "zj-3"},
		{Number: "26030300000030", Kind: letter.Complaint, Column: letter.Complaints, Category: "traffic", Unit: "chengguan", District: "东湖区", Year: 2026,
			Title: "小区门口停车占道", Body: "K902路公交站旁停车占道，WiFi杆也被撞歪，打过12345。", Reply: "已增派人员巡查，违停车辆依法处理。",
			Answered: day(9), Published: day(9)},
		{Number: "26030400000046", Kind: letter.Praise, Column: letter.Leaders, Category: "housing", Unit: "zhujian", District: "南浦区", Year: 2026,
			Title: "感谢窗口人员耐心解答", Body: "办理公租房续租时，工作人员很耐心。", Reply: "谢谢您的肯定。",
			Answered: day(12), Published: day(13)},
	}
}

func put(t *testing.T, index search.Index, documents ...search.Document) {
	t.Helper()
	if err := index.Put(context.Background(), documents...); err != nil {
		t.Fatalf("put: %v", err)
	}
}

func ask(t *testing.T, index search.Index, query search.Query) search.Result {
	t.Helper()
	result, err := index.Search(context.Background(), query)
	if err != nil {
		t.Fatalf("search %q: %v", query.Text, err)
	}
	return result
}

func numbers(result search.Result) []string {
	var all []string
	for _, hit := range result.Hits {
		all = append(all, hit.Number)
	}
	return all
}

// wantFound asserts which letters are found, in whatever order.
func wantFound(t *testing.T, index search.Index, query search.Query, want ...string) {
	t.Helper()
	result := ask(t, index, query)
	got := numbers(result)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("search %+v found %v, want %v", query, got, want)
	}
	if result.Total != len(want) {
		t.Errorf("search %+v: total %d, want %d", query, result.Total, len(want))
	}
}

func wantCount(t *testing.T, index search.Index, want int) {
	t.Helper()
	got, err := index.Count(context.Background())
	if err != nil {
		t.Fatalf("count: %v", err)
	}
	if got != want {
		t.Errorf("index holds %d letters, want %d", got, want)
	}
}

func each(documents []search.Document) iter.Seq2[search.Document, error] {
	return func(yield func(search.Document, error) bool) {
		for _, d := range documents {
			if !yield(d, nil) {
				return
			}
		}
	}
}

var errSource = errors.New("the database went away")
