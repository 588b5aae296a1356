package store_test

import (
	"fmt"
	"testing"
	"time"

	"huiyin/internal/letter"
	"huiyin/internal/store"
	"huiyin/internal/store/storetest"
	"huiyin/routing"
)

func TestTheLastFiveModelsCanBeGoneBackTo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, at := t.Context(), time.Date(2026, 3, 2, 2, 40, 0, 0, time.UTC)
		put := func(n int, state routing.EditionState) {
			t.Helper()
			e := routing.Edition{Version: fmt.Sprintf("m%d", n), State: state, Trained: at.AddDate(0, 0, n), Trial: []byte("{}"), Body: []byte{1, 0, byte(n)}}
			if state == routing.Active {
				e.Adopted = e.Trained
			}
			if err := s.PutModel(ctx, e); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 8 {
			put(n, routing.Active)
		}
		put(8, routing.Refused)
		list, err := s.Models(ctx, 20)
		if err != nil || len(list) != 9 {
			t.Fatalf("%d models, %v", len(list), err)
		}
		for i, e := range list { // the newest first: 8 was refused, 7 is active, 3 to 6 are kept
			if whole := i >= 1 && i <= 5; e.Whole != whole {
				t.Errorf("%s is %s, whole %v", e.Version, e.State, e.Whole)
			}
		}
		if v, err := s.ActiveVersion(ctx); err != nil || v != "m7" {
			t.Errorf("active %q, %v", v, err)
		}
		if err := s.ActivateModel(ctx, "m4", "weiran", at.AddDate(0, 1, 0)); err != nil {
			t.Fatal(err)
		}
		e, err := s.Model(ctx, "m4")
		if err != nil || e.State != routing.Active || e.By != "weiran" || len(e.Body) != 3 || e.Body[2] != 4 {
			t.Errorf("%+v, %v", e, err)
		}
		for _, gone := range []string{"m0", "m8", "m99"} {
			if err := s.ActivateModel(ctx, gone, "weiran", at); !letter.IsKind(err, letter.KindNotFound) {
				t.Errorf("going back to %s: %v", gone, err)
			}
		}
		if err := s.ActivateModel(ctx, "", "weiran", at.AddDate(0, 1, 1)); err != nil {
			t.Fatal(err)
		}
		if v, err := s.ActiveVersion(ctx); err != nil || v != "" {
			t.Errorf("still active %q, %v", v, err)
		}
		if changed, err := s.ModelsChanged(ctx); err != nil || !changed.Equal(at.AddDate(0, 1, 1)) {
			t.Errorf("changed %s, %v", changed, err)
		}
	})
}
