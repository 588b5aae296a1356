package desk

import "context"

// people are the names of members by login.
type people map[string]string

func (s *Server) names(ctx context.Context) (people, error) {
	members, err := s.Store.Members(ctx)
	if err != nil {
		return nil, err
	}
	names := people{}
	for _, m := range members {
		names[m.Login] = m.Name
	}
	return names, nil
}

// of is the member's name, the login when there is no such account any more.
func (p people) of(login string) string {
	if name := p[login]; name != "" {
		return name
	}
	return login
}
