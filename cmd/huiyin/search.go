package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"huiyin/internal/segment"
	"huiyin/search"
	quality "huiyin/search/eval"
	"huiyin/search/local"
)

func searchCommand() *cobra.Command {
	c := &cobra.Command{Use: "search", Short: "搜索：测量查得准不准", Args: noSuchCommand, RunE: help}
	measure := &cobra.Command{
		Use: "eval FILE", Short: "用已知答案的问题测量搜索", Args: exactly(1), RunE: evalSearch,
		Long: "FILE 是 JSON Lines：有 title、body、reply 的来信，用标题去找正文和答复（标题不进索引）；\n" +
			"有 question、answer 的问答，用问题去找回答。MRR@10 是第一封正确来信名次倒数的平均。\n" +
			"FILE 也可以是文本：“# 类别”一行，其后每行“问题 = 编号 …”，来信在 --letters 的文件里。\n" +
			"分词总用本市的词语；同义词和弱词要加 --city 才用。本市即数据目录里的城市，没有数据目录时是随程序附带的城市。",
	}
	measure.Flags().String("also", "", "另一个 JSON Lines 文件，其中的来信一并进索引，作为干扰")
	measure.Flags().Int("others", 0, "干扰的来信最多几封，0 表示不限")
	measure.Flags().String("letters", "search/testdata/letters.txt", "文本文件所问的来信")
	measure.Flags().Bool("city", false, "也用本市的同义词和弱词")
	measure.Flags().Bool("json", false, "只输出一个 JSON 对象")
	c.AddCommand(measure)
	return c
}

// searched is what search eval --json prints.
type searched struct {
	File     string            `json:"file"`
	Measures []quality.Measure `json:"measures"`
}

func evalSearch(c *cobra.Command, args []string) error {
	tasks, err := tasksOf(c, args[0])
	if err != nil {
		return err
	}
	city, cut, err := cityWords(c)
	if err != nil {
		return err
	}
	known := search.Vocabulary{Words: city.Words()}
	if all, err := c.Flags().GetBool("city"); err != nil {
		return err
	} else if all {
		known = vocabulary(city)
	}
	all := searched{File: args[0]}
	for _, task := range tasks {
		words := known
		words.Synonyms = slices.Concat(task.Synonyms, known.Synonyms)
		m, err := measured(c.Context(), task, cut, words)
		if err != nil {
			return err
		}
		all.Measures = append(all.Measures, m)
	}
	if asJSON, err := c.Flags().GetBool("json"); err != nil || asJSON {
		return errors.Join(err, json.NewEncoder(c.OutOrStdout()).Encode(all))
	}
	tellSearched(c, all)
	return nil
}

func tasksOf(c *cobra.Command, file string) ([]quality.Task, error) {
	flags := c.Flags()
	also, err := flags.GetString("also")
	if err != nil {
		return nil, err
	}
	most, err := flags.GetInt("others")
	if err != nil {
		return nil, err
	}
	if filepath.Ext(file) == ".txt" {
		letters, err := flags.GetString("letters")
		if err != nil {
			return nil, err
		}
		task, err := quality.Classes(file, letters)
		return []quality.Task{task}, err
	}
	var others []search.Document
	if also != "" {
		if others, err = quality.Others(also, file, most); err != nil {
			return nil, err
		}
	}
	return quality.Letters(file, others)
}

// measured asks an index of its own, which is gone after.
func measured(ctx context.Context, task quality.Task, cut *segment.Segmenter, words search.Vocabulary) (m quality.Measure, err error) {
	dir, err := os.MkdirTemp("", "huiyin-search-")
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	index, err := local.Open(dir, cut, words.Words...)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	if err := index.Use(ctx, words); err != nil {
		return m, err
	}
	return quality.Run(ctx, index, task)
}

func tellSearched(c *cobra.Command, all searched) {
	out := c.OutOrStdout()
	fmt.Fprintln(out, "测量　问题　来信　MRR@10　前十找到　词典词找到　p50 毫秒　p95 毫秒")
	for _, m := range all.Measures {
		fmt.Fprintf(out, "%s　%d　%d　%.4f　%.4f　%.2f%%　%.1f　%.1f\n", m.Name, m.N, m.Letters, m.MRR, m.Found, 100*m.Words, m.P50, m.P95)
		if len(m.Missing) > 0 {
			fmt.Fprintln(out, "　找不到的词：", strings.Join(m.Missing, " "))
		}
		for _, class := range m.Classes {
			fmt.Fprintf(out, "　%s　%d 问　前十找到 %.2f", class.Name, class.N, class.Found)
			if len(class.Missed) > 0 {
				fmt.Fprintf(out, "　没找到：%s", strings.Join(class.Missed, "｜"))
			}
			fmt.Fprintln(out)
		}
	}
}
