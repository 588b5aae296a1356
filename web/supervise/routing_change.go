package supervise

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"huiyin/citypack"
	"huiyin/internal/letter"
	"huiyin/routing/training"
	"huiyin/web/page"
)

// train asks for a training; it begins within seconds, in the background.
func (s *Server) train(c *fiber.Ctx) error {
	m, _ := page.Member(c)
	if err := s.Teacher.Ask(c.UserContext(), m.Login); err != nil {
		return err
	}
	s.Log.Info("training asked for", "by", m.Login)
	page.Flash(c, "几秒内开始训练，完成后刷新本页看结果；信照常派。")
	return c.Redirect(page.PathRouting+"#model", fiber.StatusSeeOther)
}

// useModel goes back to a model that is kept, or to rules alone.
func (s *Server) useModel(c *fiber.Ctx) error {
	m, _ := page.Member(c)
	version := c.FormValue("version")
	if len(version) > 100 {
		return badAddress("version")
	}
	if err := s.Store.ActivateModel(c.UserContext(), version, m.Login, s.Now()); err != nil {
		return err
	}
	if err := s.ReadCity(c.UserContext()); err != nil {
		return err
	}
	s.Log.Info("model changed by hand", "by", m.Login, "model", version)
	if version == "" {
		page.Flash(c, "已停用模型，从现在起只按规则派单。")
	} else {
		page.Flash(c, "已换用模型 %s，从现在起的来信按它派单。", version)
	}
	return c.Redirect(page.PathRouting+"#model", fiber.StatusSeeOther)
}

// chooseThreshold takes over how many letters sent without a person may go wrong, as a rule of the city with its source
// and the moment from which it holds.
func (s *Server) chooseThreshold(c *fiber.Ctx) error {
	m, _ := page.Member(c)
	share, ok := levelOf(c.FormValue("at_most"))
	if !ok {
		return errNoLevel
	}
	if err := s.keepChoice(c.UserContext(), share, m.Login); err != nil {
		return err
	}
	s.Log.Info("threshold chosen", "by", m.Login, "at_most_wrong", share)
	if share == 0 {
		page.Flash(c, "已改回规则原有的门槛，立即生效。")
	} else {
		page.Flash(c, "已改为至多错 %s%%，立即生效。", percentText(share))
	}
	return c.Redirect(page.PathRouting+"#threshold", fiber.StatusSeeOther)
}

func (s *Server) keepChoice(ctx context.Context, share float64, by string) error {
	now := s.Now()
	items, err := s.Store.CityItems(ctx, now)
	if err != nil {
		return err
	}
	item, found, err := citypack.ChooseAtMostWrong(items, share, by, now)
	if err != nil {
		return err
	}
	if !found {
		return letter.Refuse("本市还没有派单规则，请先导入城市包。")
	}
	if err := s.Store.PutCityItems(ctx, []letter.CityItem{item}, now); err != nil {
		return err
	}
	return s.ReadCity(ctx)
}

// levelOf reads a choice as the page wrote it; 0 is the thresholds of the rules.
func levelOf(text string) (float64, bool) {
	if text == "0" {
		return 0, true
	}
	for _, level := range training.Levels {
		if text == percentText(level) {
			return level, true
		}
	}
	return 0, false
}
