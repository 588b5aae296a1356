package meilitest

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// route finds what a request asks for. An unknown path or method is a 404 or 405 without a code, as the server's
// framework answers it.
func (s *Server) route(c call, bearer string) (int, any, *refusal) {
	path := strings.Split(strings.TrimPrefix(c.URL.Path, "/"), "/")
	name := c.Method + " " + path[0]
	switch {
	case len(path) == 3 && path[0] == "indexes":
		name += "/_/" + path[2]
	case len(path) == 4 && path[0] == "indexes":
		name += "/_/" + path[2] + "/" + path[3]
	case len(path) == 2:
		name += "/_"
	case len(path) > 1:
		return http.StatusNotFound, nil, nil
	}
	if name == "GET health" {
		return http.StatusOK, map[string]string{"status": "available"}, nil
	}
	route, ok := routes[name]
	if !ok {
		return http.StatusNotFound, nil, nil
	}
	if fault := s.admit(&c, bearer, route.action); fault != nil {
		return 0, nil, fault
	}
	uid := ""
	if path[0] == "indexes" && len(path) > 1 {
		uid = path[1]
		if fault := c.admit(uid); fault != nil {
			return 0, nil, fault
		}
	}
	if fault := s.checkBody(c); fault != nil {
		return 0, nil, fault
	}
	return route.serve(s, c, uid)
}

var routes map[string]struct {
	action string
	serve  func(*Server, call, string) (int, any, *refusal)
}

func init() {
	routes = map[string]struct {
		action string
		serve  func(*Server, call, string) (int, any, *refusal)
	}{
		"GET version":                           {"version", (*Server).version},
		"POST indexes":                          {"indexes.create", (*Server).createIndex},
		"GET indexes/_":                         {"indexes.get", (*Server).getIndex},
		"DELETE indexes/_":                      {"indexes.delete", (*Server).deleteIndex},
		"GET indexes/_/stats":                   {"stats.get", (*Server).stats},
		"PATCH indexes/_/settings":              {"settings.update", (*Server).updateSettings},
		"GET indexes/_/settings":                {"settings.get", (*Server).getSettings},
		"GET indexes/_/settings/typo-tolerance": {"settings.get", (*Server).getTypos},
		"GET indexes/_/settings/synonyms":       {"settings.get", (*Server).getSynonyms},
		"PUT indexes/_/settings/synonyms":       {"settings.update", (*Server).putSynonyms},
		"DELETE indexes/_/settings/synonyms":    {"settings.update", (*Server).resetSynonyms},
		"POST indexes/_/documents":              {"documents.add", (*Server).addDocuments},
		"POST indexes/_/documents/delete-batch": {"documents.delete", (*Server).deleteDocuments},
		"POST indexes/_/search":                 {"search", (*Server).search},
		"POST swap-indexes":                     {"indexes.swap", (*Server).swap},
		"GET tasks/_":                           {"tasks.get", (*Server).getTask},
		"GET tasks":                             {"tasks.get", (*Server).getTasks},
	}
}

// admit checks the key for the action.
func (s *Server) admit(c *call, bearer, action string) *refusal {
	if bearer == "" {
		return refuse("missing_authorization_header", auth, http.StatusUnauthorized, "The Authorization header is missing.")
	}
	k, ok := s.keys[bearer]
	if !ok || !k.may(action) {
		return forbidden()
	}
	c.key = k
	return nil
}

func forbidden() *refusal {
	return refuse("invalid_api_key", auth, http.StatusForbidden, "The provided API key is invalid.")
}

var uidForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,400}$`)

// admit checks the name of an index, and the key for it.
func (c call) admit(uid string) *refusal {
	if !uidForm.MatchString(uid) {
		return bad("invalid_index_uid", "`%s` is not a valid index uid.", uid)
	}
	if !c.key.on(uid) {
		return forbidden()
	}
	return nil
}

func (s *Server) index(uid string) (*index, *refusal) {
	if x := s.indexes[uid]; x != nil {
		return x, nil
	}
	return nil, refuse("index_not_found", invalid, http.StatusNotFound, "Index `%s` not found.", uid)
}

func (s *Server) version(call, string) (int, any, *refusal) {
	return http.StatusOK, map[string]string{"commitSha": "0", "commitDate": "0", "pkgVersion": s.Version}, nil
}

func (s *Server) getIndex(_ call, uid string) (int, any, *refusal) {
	x, fault := s.index(uid)
	if fault != nil {
		return 0, nil, fault
	}
	return http.StatusOK, map[string]any{"uid": uid, "createdAt": x.created, "updatedAt": x.updated, "primaryKey": x.primaryKey}, nil
}

func (s *Server) stats(_ call, uid string) (int, any, *refusal) {
	x, fault := s.index(uid)
	if fault != nil {
		return 0, nil, fault
	}
	return http.StatusOK, map[string]any{"numberOfDocuments": len(x.documents), "isIndexing": false, "fieldDistribution": map[string]int{}}, nil
}

func (s *Server) getTypos(_ call, uid string) (int, any, *refusal) {
	x, fault := s.index(uid)
	if fault != nil {
		return 0, nil, fault
	}
	return http.StatusOK, x.settings.TypoTolerance, nil
}

func (s *Server) getSynonyms(_ call, uid string) (int, any, *refusal) {
	x, fault := s.index(uid)
	if fault != nil {
		return 0, nil, fault
	}
	return http.StatusOK, x.settings.Synonyms, nil
}

func (s *Server) getSettings(_ call, uid string) (int, any, *refusal) {
	x, fault := s.index(uid)
	if fault != nil {
		return 0, nil, fault
	}
	return http.StatusOK, x.settings, nil
}

// getTask shows a swap only to a key of all indexes: its task belongs to none.
func (s *Server) getTask(c call, _ string) (int, any, *refusal) {
	name := strings.TrimPrefix(c.URL.Path, "/tasks/")
	uid, err := strconv.Atoi(name)
	if err != nil {
		return 0, nil, bad("invalid_task_uids", "Task uid `%s` is invalid.", name)
	}
	if uid < 0 || uid >= len(s.tasks) || !s.tasks[uid].shownTo(c.key) {
		return 0, nil, refuse("task_not_found", invalid, http.StatusNotFound, "Task `%d` not found.", uid)
	}
	return http.StatusOK, s.tasks[uid], nil
}

func (s *Server) getTasks(c call, _ string) (int, any, *refusal) {
	query := c.URL.Query()
	for name := range query {
		switch name {
		case "limit", "indexUids", "statuses":
		default:
			return 0, nil, bad("bad_request", "Unknown parameter `%s`", name)
		}
	}
	limit := 20
	if text := query.Get("limit"); text != "" {
		var err error
		if limit, err = strconv.Atoi(text); err != nil {
			return 0, nil, bad("invalid_task_limit", "Invalid value in parameter `limit`")
		}
	}
	all := []*task{}
	for i := len(s.tasks) - 1; i >= 0 && len(all) < limit; i-- {
		if t := s.tasks[i]; t.shownTo(c.key) && t.among(query.Get("indexUids"), query.Get("statuses")) {
			all = append(all, t)
		}
	}
	return http.StatusOK, map[string]any{"results": all, "total": len(all), "limit": limit, "from": nil, "next": nil}, nil
}
