package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	"github.com/spf13/cobra"

	"huiyin/internal/letter"
	"huiyin/routing"
	"huiyin/routing/training"
)

func evalCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "eval FILE", Short: "在有标签的来信上测量分派的准确率", Args: exactly(1), RunE: eval,
		Long: "三种测法选一种：--folds 5 把来信分成五份，轮流用四份训练、一份测量（近乎相同的来信在同一份里）；\n" +
			"--model 测一个训练好的模型；--rules 只用城市的规则，不训练，--map 指明我们的分类代码对应文件里的哪个标签。",
	}
	columnFlags(c)
	c.Flags().String("model", "", "要测的模型文件")
	c.Flags().Int("folds", 0, "交叉验证的份数")
	c.Flags().Bool("rules", false, "只用规则")
	c.Flags().String("map", "", "分类代码、单位或类型对应的标签（YAML）")
	c.Flags().Bool("json", false, "只输出一个 JSON 对象")
	c.Flags().Int64("seed", 1, "随机种子")
	c.Flags().Int("least", 2, "一个标签至少要有的来信数，不足的不测")
	return c
}

// evaluation is what eval --json prints (contracts.md, Command line).
type evaluation struct {
	routing.Figures
	Stopped float64 `json:"stopped"`
	PerSec  float64 `json:"letters_per_second"`
}

func eval(c *cobra.Command, args []string) error {
	a, err := columnsOf(c)
	if err != nil {
		return err
	}
	try, err := trialOf(c)
	if err != nil {
		return err
	}
	city, cut, err := cityWords(c)
	if err != nil {
		return err
	}
	f, err := readLetters(args[0], a, cut)
	if err != nil {
		return err
	}
	f.told(c)
	began := time.Now()
	trials, err := try(city.Router, f, a)
	if err != nil {
		return err
	}
	e := evaluation{Figures: training.Judge(trials), PerSec: math.Round(float64(len(trials)) / time.Since(began).Seconds())}
	e.Stopped = stopped(city.Router, f)
	if asJSON, err := c.Flags().GetBool("json"); err != nil || asJSON {
		return errors.Join(err, json.NewEncoder(c.OutOrStdout()).Encode(e))
	}
	tellEvaluation(c, e, trials)
	return nil
}

// trying places the letters of a file in one of the three ways.
type trying func(*routing.Router, labelledFile, reading) ([]training.Trial, error)

func trialOf(c *cobra.Command) (trying, error) {
	flags := c.Flags()
	folds, err := flags.GetInt("folds")
	if err != nil {
		return nil, err
	}
	model, err := flags.GetString("model")
	if err != nil {
		return nil, err
	}
	rules, err := flags.GetBool("rules")
	if err != nil {
		return nil, err
	}
	switch {
	case folds >= 2 && model == "" && !rules:
		return func(_ *routing.Router, f labelledFile, a reading) ([]training.Trial, error) {
			o, err := optionsOf(c, a.target)
			if err != nil {
				return nil, err
			}
			return training.CrossTry(c.Context(), f.examples, a.target, folds, o, func(done int) {
				fmt.Fprintf(c.ErrOrStderr(), "第 %d 份，共 %d 份\n", done, folds)
			})
		}, nil
	case model != "" && folds == 0 && !rules:
		return func(_ *routing.Router, f labelledFile, a reading) ([]training.Trial, error) {
			return tryModel(model, f, a)
		}, nil
	case rules && model == "" && folds == 0:
		path, err := flags.GetString("map")
		return func(r *routing.Router, f labelledFile, a reading) ([]training.Trial, error) {
			return tryRules(r, path, f, a)
		}, err
	}
	return nil, &usageError{errors.New("--folds N（N 至少为 2）、--model 文件、--rules 三者选一")}
}

func tryModel(path string, f labelledFile, a reading) ([]training.Trial, error) {
	m, err := readModelFile(path)
	if err != nil {
		return nil, err
	}
	target := a.target
	if heads := m.Card().Heads; m.Labels(target) == nil {
		if len(heads) != 1 {
			return nil, letter.Refuse("这个模型不判断“%s”。", string(target))
		}
		target = heads[0].Target // a model of one head answers whatever the column is called
		for i := range f.examples {
			f.examples[i].Labels[target] = f.examples[i].Labels[a.target]
		}
	}
	return training.Try(m, target, f.examples), nil
}

func readModelFile(path string) (*routing.Model, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, letter.Refuse("打不开模型文件 %s。", path).Because(err)
	}
	return routing.ReadModel(file)
}

// stopped is the share of letters that a flag seals or keeps for a person.
func stopped(r *routing.Router, f labelledFile) float64 {
	n := 0
	for i, d := range f.drafts {
		p := r.Decide(d, f.examples[i].Words, nil)
		if p.Guard != "" || p.Queue == letter.DispatchQueue && p.Has(letter.LegalRoute) {
			n++
		}
	}
	return math.Round(10000*float64(n)/float64(len(f.drafts))) / 10000
}

func tellEvaluation(c *cobra.Command, e evaluation, trials []training.Trial) {
	out := c.OutOrStdout()
	fmt.Fprintf(out, "来信 %d 封　准确率 %.4f　宏平均 F1 %.4f　前三 %.4f　密封或留给人的 %.4f　每秒 %.0f 封\n",
		e.N, e.Accuracy, e.MacroF1, e.Top3, e.Stopped, e.PerSec)
	for _, share := range []string{"0.80", "0.90", "0.95", "1.00"} {
		fmt.Fprintf(out, "最有把握的 %s：准确率 %.4f\n", share, e.Coverage[share])
	}
	for _, l := range training.Labels(trials) {
		fmt.Fprintf(out, "%s　%d 封　精确率 %.3f　召回率 %.3f　F1 %.3f", l.Label, l.Truth, l.Precision(), l.Recall(), l.F1())
		if len(l.Taken) > 0 {
			fmt.Fprintf(out, "　最常误作 %s（%d 封）", l.Taken[0].Label, l.Taken[0].N)
		}
		fmt.Fprintln(out)
	}
}
