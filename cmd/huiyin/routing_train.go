package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/routing/training"
)

func trainCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "train FILE", Short: "用有标签的来信训练一个分派模型", Args: exactly(1), RunE: train,
		Long: "FILE 是 JSON Lines、CSV 或 XLSX。同一文件和 --seed 得到同一个模型。\n模型文件里写有版本、训练日期、来信数和在留出的来信上测得的准确率。",
	}
	columnFlags(c)
	c.Flags().String("model", "", "写出的模型文件")
	c.Flags().Int64("seed", 1, "随机种子")
	c.Flags().Int("least", 2, "一个标签至少要有的来信数，不足的不学")
	return c
}

func train(c *cobra.Command, args []string) error {
	path, err := c.Flags().GetString("model")
	if err != nil {
		return err
	}
	if path == "" {
		return &usageError{fmt.Errorf("缺少 --model：模型写到哪个文件")}
	}
	a, err := columnsOf(c)
	if err != nil {
		return err
	}
	o, err := optionsOf(c, a.target)
	if err != nil {
		return err
	}
	_, cut, err := cityWords(c)
	if err != nil {
		return err
	}
	f, err := readLetters(args[0], a, cut)
	if err != nil {
		return err
	}
	f.told(c)
	began := time.Now()
	m, err := training.Train(c.Context(), f.examples, o)
	if err != nil {
		return err
	}
	file := m.Bytes()
	if err := writeWhole(path, file); err != nil {
		return letter.Refuse("无法写入 %s，请检查路径和权限。", path).Because(err)
	}
	tellModel(c, m, len(file), time.Since(began))
	return nil
}

// writeWhole never leaves half a model under the name of one.
func writeWhole(path string, body []byte) error {
	if err := os.WriteFile(path+".new", body, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func optionsOf(c *cobra.Command, target routing.Target) (training.Options, error) {
	seed, err := c.Flags().GetInt64("seed")
	if err != nil {
		return training.Options{}, err
	}
	least, err := c.Flags().GetInt("least")
	if err != nil {
		return training.Options{}, err
	}
	return training.Options{Seed: seed, Least: least, Trained: time.Now(), Targets: []routing.Target{target}}, nil
}

func tellModel(c *cobra.Command, m *routing.Model, bytes int, took time.Duration) {
	card, out := m.Card(), c.OutOrStdout()
	fmt.Fprintf(out, "模型 %s：来信 %d 封，特征 %d 个，文件 %.1f MB，用时 %s。\n",
		card.Version, card.Letters, card.Features, float64(bytes)/(1<<20), took.Round(time.Millisecond))
	for _, h := range card.Heads {
		fmt.Fprintf(out, "%s：%d 种标签，%d 封；在留出的 %d 封上准确率 %.3f，宏平均 F1 %.3f，前三 %.3f。\n",
			h.Target, len(h.Labels), h.Letters, h.Figures.N, h.Figures.Accuracy, h.Figures.MacroF1, h.Figures.Top3)
	}
}

func joinKeys(set map[string]bool) string {
	var names []string
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, "、")
}
