package portal

import (
	"github.com/gofiber/fiber/v2"

	"huiyin/search"
	"huiyin/web/page"
)

// alike is what similar published letters are looked up by.
type alike struct {
	search.Like
	// Near says which letters to keep of those that do not hold every word: the rest share no more than common words.
	Near func(search.Hit) bool
}

// similar finds published letters on the same matter. A page is whole without them, so a search that fails leaves
// them out.
func (s *Server) similar(c *fiber.Ctx, like alike) []found {
	most := like.Most
	like.Most = 4 * most
	hits, err := s.Index.Similar(c.UserContext(), like.Like)
	if err != nil {
		s.Log.Warn("similar letters", "error", err)
		return nil
	}
	n := names{s.City(), page.Lang(c)}
	var list []found
	for _, hit := range hits {
		if len(list) < most && (hit.Exact || like.Near(hit)) {
			list = append(list, n.found(hit))
		}
	}
	return list
}
