package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"huiyin/internal/letter"
	"huiyin/internal/staff"
)

func staffCommand() *cobra.Command {
	c := &cobra.Command{Use: "staff", Short: "工作人员账号", Args: noSuchCommand, RunE: help}
	add := &cobra.Command{Use: "add LOGIN", Short: "新建账号，打印初始口令", Args: exactly(1), RunE: with(openData, addMember)}
	add.Flags().String("name", "", "姓名")
	add.Flags().String("unit", "", "单位的标识，例如 cgj")
	add.Flags().StringSlice("role", nil, "岗位，可用逗号分开："+roleList())
	c.AddCommand(add,
		&cobra.Command{Use: "list", Short: "列出账号", Args: exactly(0), RunE: with(openData, listMembers)},
		&cobra.Command{Use: "token LOGIN", Short: "为接口签发令牌（一年有效，只显示一次）", Args: exactly(1), RunE: with(openData, newToken)},
		&cobra.Command{Use: "reset LOGIN", Short: "重设口令，收回全部令牌", Args: exactly(1), RunE: with(openData, resetMember)})
	return c
}

func roleList() string {
	var words []string
	for _, r := range staff.Roles {
		words = append(words, string(r)+" "+r.Word())
	}
	return strings.Join(words, "、")
}

func addMember(c *cobra.Command, p *parts, args []string) error {
	name, errName := c.Flags().GetString("name")
	unit, errUnit := c.Flags().GetString("unit")
	roles, errRoles := c.Flags().GetStringSlice("role")
	for _, err := range []error{errName, errUnit, errRoles} {
		if err != nil {
			return err
		}
	}
	m := staff.Member{Login: args[0], Name: name, Unit: unit}
	for _, r := range roles {
		m.Roles = append(m.Roles, staff.Role(strings.TrimSpace(r)))
	}
	if err := m.Check(); err != nil {
		return withFields(err)
	}
	if _, ok := p.city.Load().Router.Unit(m.Unit); m.Unit != "" && !ok {
		return letter.Refuse("没有单位“%s”。", m.Unit)
	}
	_, err := p.store.Member(c.Context(), m.Login)
	if err == nil {
		return letter.Refuse("账号“%s”已经有了。要换口令请用 staff reset。", m.Login)
	}
	if !letter.IsKind(err, letter.KindNotFound) {
		return err
	}
	return setPassword(c, p, m)
}

func setPassword(c *cobra.Command, p *parts, m staff.Member) error {
	password := staff.NewPassword()
	hash, err := staff.HashPassword(password)
	if err != nil {
		return err
	}
	m.PasswordHash = hash
	if err := p.store.PutMember(c.Context(), m, time.Now()); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "%s %s\n", m.Login, password)
	return nil
}

func listMembers(c *cobra.Command, p *parts, _ []string) error {
	members, err := p.store.Members(c.Context())
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.OutOrStdout(), 0, 4, 2, ' ', 0)
	for _, m := range members {
		state := ""
		if m.Disabled {
			state = "已停用"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", m.Login, m.Name, p.city.Load().Router.Name(m.Unit), m.RoleWords(), state)
	}
	return w.Flush()
}

func newToken(c *cobra.Command, p *parts, args []string) error {
	m, err := p.store.Member(c.Context(), args[0])
	if err != nil {
		return err
	}
	token, hash := staff.NewToken()
	now := time.Now()
	if err := p.store.PutToken(c.Context(), hash, m.Login, now, now.AddDate(1, 0, 0)); err != nil {
		return err
	}
	fmt.Fprintln(c.OutOrStdout(), token)
	return nil
}

func resetMember(c *cobra.Command, p *parts, args []string) error {
	m, err := p.store.Member(c.Context(), args[0])
	if err != nil {
		return err
	}
	if err := p.store.DropTokens(c.Context(), m.Login); err != nil {
		return err
	}
	return setPassword(c, p, m)
}

// withFields says at the terminal what a form would show beside its fields.
func withFields(err error) error {
	var b strings.Builder
	if e, ok := err.(*letter.Error); ok {
		for field, sentence := range e.Fields {
			fmt.Fprintf(&b, " %s：%s", field, sentence)
		}
	}
	return fmt.Errorf("%w%s", err, b.String())
}
