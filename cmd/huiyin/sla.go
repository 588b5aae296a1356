package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"huiyin/citypack"
	"huiyin/sla"
)

func slaCommand() *cobra.Command {
	c := &cobra.Command{Use: "sla", Short: "时限计算", Args: noSuchCommand, RunE: help}
	c.AddCommand(&cobra.Command{
		Use: "due", Short: "从标准输入读取 start,amount,unit，逐行写出截止时间", Args: exactly(0),
		Long: "每行：开始时间,数量,单位（calendar_day、working_day、hour、working_hour、month）。\n输出：start,amount,unit,due,provisional。有误的行截止时间为空，原因写到标准错误，退出码为 1。",
		RunE: due,
	})
	return c
}

// due counts with the city's own calendar when its data folder is there, and
// with the calendar that ships otherwise; it makes no folder.
func due(c *cobra.Command, _ []string) error {
	calendar, err := calendarOf(c)
	if err != nil {
		return err
	}
	bad, err := sla.AnswerCSV(c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr(), calendar)
	if err != nil {
		return fmt.Errorf("read the lines: %w", err)
	}
	if bad > 0 {
		return errReported
	}
	return nil
}

func calendarOf(c *cobra.Command) (*sla.Calendar, error) {
	config, err := loadConfig(c.Flags())
	if err != nil {
		return nil, err
	}
	if config.exists() {
		p, err := openData(c.Context(), config)
		if err != nil {
			return nil, err
		}
		return p.city.Load().Clocks.Calendar, p.close()
	}
	return shippedCalendar(config)
}

func shippedCalendar(config Config) (*sla.Calendar, error) {
	s, err := shippedCity(config)
	if err != nil {
		return nil, err
	}
	return s.Clocks.Calendar, nil
}

// shippedCity is the demonstration city, for commands that need no data folder.
func shippedCity(config Config) (*citypack.Snapshot, error) {
	zone, err := config.location()
	if err != nil {
		return nil, err
	}
	pack, err := citypack.Demo()
	if err != nil {
		return nil, err
	}
	return pack.Snapshot(zone, "shipped")
}
