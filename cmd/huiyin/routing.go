package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/internal/segment"
)

func routingCommand() *cobra.Command {
	c := &cobra.Command{Use: "routing", Short: "分派：规则和模型", Args: noSuchCommand, RunE: help}
	c.AddCommand(trainCommand(), evalCommand(), learnCommand(), &cobra.Command{
		Use: "explain TEXT", Short: "说明一段文字会派到哪里、为什么", Args: exactly(1), RunE: explain,
	})
	return c
}

// explain decides with the city's own rules when its data folder is there, and
// with those that ship otherwise.
func explain(c *cobra.Command, args []string) error {
	city, words, err := cityWords(c)
	if err != nil {
		return err
	}
	if err := segment.Check(args[0]); err != nil {
		return letter.Refuse("这段文字里有无法识别的字符。").Because(err)
	}
	cut := words.Letter("", args[0])
	p := city.Router.Decide(letter.Draft{Channel: letter.Web, Body: args[0]}, cut, nil)
	out := c.OutOrStdout()
	fmt.Fprintln(out, "分词：", strings.Join(cut, " / "))
	fmt.Fprintln(out, "去向：", destination(city, p))
	fmt.Fprintf(out, "类型：%s　分类：%s　紧急程度：%s\n", p.Kind.Word(), city.Category(p.Category), p.Urgency.Word())
	for _, f := range p.Flags {
		fmt.Fprintln(out, "标记：", f.Word())
	}
	if p.Model != "" {
		fmt.Fprintln(out, "模型：", p.Model)
	}
	for i, t := range p.Top {
		fmt.Fprintf(out, "%d. %s　%.0f%%　%s\n", i+1, city.Router.Name(t.Unit), t.Sure()*100, spoken(t.Words))
	}
	for _, r := range p.Reasons {
		fmt.Fprintf(out, "理由：%s（规则 %s）\n", r.Text, r.Rule)
	}
	return nil
}

func destination(city *citypack.Snapshot, p letter.Placement) string {
	switch p.Queue {
	case letter.DutyQueue:
		return "值班员（立即）"
	case letter.DispatchQueue:
		return "派单员判断"
	case letter.DisciplineQueue:
		return city.Router.Name(p.Unit) + "（密件）"
	}
	return city.Router.Name(p.Unit)
}

func spoken(words []letter.Word) string {
	var b strings.Builder
	for _, w := range words {
		fmt.Fprintf(&b, "%s(%+.1f) ", w.Text, w.Points)
	}
	return strings.TrimSpace(b.String())
}

// cityWords is the city and what cuts its letters.
func cityWords(c *cobra.Command) (*citypack.Snapshot, *segment.Segmenter, error) {
	city, data, err := cityOf(c)
	if err != nil {
		return nil, nil, err
	}
	words, err := segment.Open(data, city.Words())
	return city, words, err
}

// cityOf is the city of the data folder, or the one that ships, and a folder to
// unpack dictionaries into.
func cityOf(c *cobra.Command) (*citypack.Snapshot, string, error) {
	config, err := loadConfig(c.Flags())
	if err != nil {
		return nil, "", err
	}
	if !config.exists() {
		s, err := shippedCity(config)
		return s, os.TempDir(), err
	}
	p, err := openData(c.Context(), config)
	if err != nil {
		return nil, "", err
	}
	return p.city.Load(), config.Data, p.close()
}
