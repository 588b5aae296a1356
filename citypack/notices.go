package citypack

import "huiyin/sla"

// Notices says when members are told what came due.
func (s *Snapshot) Notices() sla.Notices {
	if n := s.Pack.City.Notices; n != nil {
		return *n
	}
	return sla.DefaultNotices
}
