package inbound

import (
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"huiyin/channels/wechat"
	"huiyin/internal/letter"
)

func errNoAccount() error {
	return letter.Fail(letter.KindUnavailable, "没有设置 wechat.token、wechat.app-id 和 wechat.key，暂不接收微信消息。")
}

func asked(c *fiber.Ctx) wechat.Query {
	return wechat.Query{
		Signature: c.Query("signature"), Timestamp: c.Query("timestamp"), Nonce: c.Query("nonce"), Echo: c.Query("echostr"),
		EncryptType: c.Query("encrypt_type"), MsgSignature: c.Query("msg_signature"),
	}
}

// check answers WeChat's server check, by which the account's owner proves that this is his server.
func (s *Server) check(c *fiber.Ctx) error {
	if s.account == nil {
		return errNoAccount()
	}
	echo, err := s.account.Echo(asked(c), s.Now())
	if err != nil {
		return err
	}
	c.Type("txt", "utf-8")
	return c.SendString(echo)
}

// message takes one message of a resident and answers it, sealed. What fails for reasons of ours is an error, so that
// WeChat brings the message again.
func (s *Server) message(c *fiber.Ctx) error {
	if s.account == nil {
		return errNoAccount()
	}
	m, err := s.account.Read(asked(c), c.Request().Body(), s.Now())
	if err != nil {
		return err
	}
	text, err := s.converse(c.UserContext(), m)
	if err != nil {
		return err
	}
	reply, err := s.account.Reply(m, text, s.Now())
	if err != nil {
		return err
	}
	if text != "" {
		c.Set(fiber.HeaderContentType, fiber.MIMETextXMLCharsetUTF8)
	}
	return c.Send(reply)
}

// converse does what a message asks for and words the answer. Messages of one person wait for each other: each adds
// to what the one before left.
func (s *Server) converse(ctx context.Context, m wechat.Message) (string, error) {
	sender := s.Vault.SenderKey(m.OpenID)
	lane := &s.lanes[laneOf(sender)]
	lane.Lock()
	defer lane.Unlock()
	memory, err := s.recall(ctx, sender)
	if err != nil {
		return "", err
	}
	if repeated, text, err := s.again(ctx, m, memory); repeated || err != nil {
		return text, err
	}
	action, text := wechat.Answer(m, memory.Draft)
	switch action.Do {
	case wechat.Keep:
		return text, s.remember(ctx, sender, memory.took(m.ID, &action.Draft))
	case wechat.Drop:
		if m.Kind == wechat.Unsubscribe {
			return text, s.Store.DropWeChatDraft(ctx, sender)
		}
		return text, s.remember(ctx, sender, memory.took(m.ID, nil))
	case wechat.Submit:
		return s.file(ctx, m, memory, action.Draft)
	case wechat.Status:
		return s.progress(ctx, sender, action)
	}
	return text, nil
}

func laneOf(sender string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(sender))
	return h.Sum32() % 64
}

// again answers a message that was taken before, which WeChat brings again when an answer was late: with the same
// words where they matter, else with nothing.
func (s *Server) again(ctx context.Context, m wechat.Message, memory memory) (repeated bool, text string, err error) {
	switch {
	case memory.Filed != "" && memory.FiledBy == m.ID:
		text, err = s.receipt(ctx, memory.Filed)
		return true, text, err
	case memory.Draft != nil && memory.Draft.Last == m.ID:
		return false, "", nil // wechat.Answer shows the draft again
	}
	return memory.has(m.ID), "", nil
}

// file submits the draft. It is forgotten only after the letter is on disk; should the process die in between, the
// source id keeps the repeated message from filing it twice. What intake refuses stays a draft, with the reason told.
func (s *Server) file(ctx context.Context, m wechat.Message, memory memory, d wechat.Draft) (string, error) {
	r, err := s.Intake.Submit(ctx, d.Letter(m.OpenID))
	if letter.IsRefused(err) {
		return reasons(err), nil
	}
	if err != nil {
		return "", err
	}
	s.Poke()
	memory = memory.took(m.ID, nil)
	memory.Filed, memory.FiledBy = r.Number, m.ID
	if err := s.remember(ctx, s.Vault.SenderKey(m.OpenID), memory); err != nil {
		return "", err
	}
	return wechat.Filed(r.Number, r.QueryCode, s.day(r.Due.Due)), nil
}

// reasons is what intake found wrong, for somebody without a form before him.
func reasons(err error) string {
	var sentences []string
	var e *letter.Error
	if errors.As(err, &e) {
		sentences = slices.Sorted(maps.Values(e.Fields))
	}
	if len(sentences) == 0 {
		sentences = []string{err.Error()}
	}
	return "没有提交。" + strings.Join(sentences, "\n")
}
