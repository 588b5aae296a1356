// Command huiyin is the whole system in one binary; it wires the packages and holds no rules.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"huiyin/internal/letter"
)

// Exit codes (contracts.md, Command line).
const (
	exitRefused = 1
	exitUsage   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run carries out one command line and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	root := root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return exitRefused
	}
	fmt.Fprintln(errs, "huiyin:", sentence(err))
	var usage *usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(errs, "用法见 huiyin help。")
		return exitUsage
	}
	return exitRefused
}

// errReported ends a command that has printed what was wrong.
var errReported = errors.New("reported")

type usageError struct{ error }

// sentence is the error as the person at the terminal needs it, with its cause.
func sentence(err error) string {
	var e *letter.Error
	if errors.As(err, &e) && e.Cause != nil {
		return fmt.Sprintf("%s（%v）", err, e.Cause)
	}
	return err.Error()
}

func root() *cobra.Command {
	c := &cobra.Command{
		Use: "huiyin", Short: "回音：件件有回音", Long: "回音：每一封来信都到对的人手里，按时答复，答复能被下一个人查到。",
		SilenceUsage: true, SilenceErrors: true,
		Args: noSuchCommand, RunE: help,
	}
	c.CompletionOptions.HiddenDefaultCmd = true
	flags(c.PersistentFlags())
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	c.AddCommand(serveCommand(), importCommand(), routingCommand(), slaCommand(), staffCommand(),
		reindexCommand(), searchCommand(), verifyCommand(), doctorCommand(), citypackCommand(), calendarCommand())
	return c
}

// noSuchCommand refuses what is left over where only a command may stand.
func noSuchCommand(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{fmt.Errorf("没有命令“%s”", args[0])}
	}
	return nil
}

func help(c *cobra.Command, _ []string) error { return c.Help() }

// exactly is cobra.ExactArgs with our exit code.
func exactly(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := cobra.ExactArgs(n)(c, args); err != nil {
			return &usageError{err}
		}
		return nil
	}
}

// with opens what a command needs by its settings and closes it after.
func with(open func(context.Context, Config) (*parts, error), do func(*cobra.Command, *parts, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) (err error) {
		config, err := loadConfig(c.Flags())
		if err != nil {
			return err
		}
		p, err := open(c.Context(), config)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, p.close()) }()
		return do(c, p, args)
	}
}
