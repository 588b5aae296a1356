package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"huiyin/routing/training"
)

// learnNightly learns from what people corrected since models changed last.
func (s *server) learnNightly(ctx context.Context, _ time.Time) error {
	return s.learned(ctx, s.teacher.Nightly)
}

// learnIfAsked learns when somebody pressed the button or gave the command.
func (s *server) learnIfAsked(ctx context.Context, _ time.Time) error {
	return s.learned(ctx, s.teacher.IfAsked)
}

// learned runs one way of learning, unless another is under way, and puts a model that was adopted to work.
func (s *server) learned(ctx context.Context, way func(context.Context) (training.Course, bool, error)) error {
	if !s.learning.TryLock() {
		return nil
	}
	defer s.learning.Unlock()
	c, ran, err := way(ctx)
	if err != nil || !ran {
		return err
	}
	debug.FreeOSMemory() // learning is rare, and what it took is not needed again
	s.log.Info("learned from letters", "letters", c.Letters, "corrections", c.Corrections, "model", c.Version, "adopted", c.Adopted, "took", c.Took())
	return s.readCity(ctx)
}

func learnCommand() *cobra.Command {
	return &cobra.Command{
		Use: "learn", Short: "从本市的来信重新训练分派模型", Args: exactly(0), RunE: with(openData, askToLearn),
		Long: "只登记一个愿望：正在运行的服务几秒内开始训练，没有服务在运行时，下次启动后开始。\n" +
			"新模型不比现用的好就不启用；结果见“派单质量”页。",
	}
}

func askToLearn(c *cobra.Command, p *parts, _ []string) error {
	if err := p.teacher.Ask(c.Context(), ""); err != nil {
		return err
	}
	fmt.Fprintln(c.OutOrStdout(), "已登记：正在运行的服务几秒内开始训练；没有服务在运行时，下次启动后开始。")
	return nil
}
