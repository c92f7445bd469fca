package duo

import (
	"errors"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestAStateBelongsToTheTargetThatItWasMadeWith(t *testing.T) {
	r := newRig(t, people("josue"))
	if _, err := r.Continue(t.Context(), r.dir, Cycle{}); err != nil {
		t.Fatal(err)
	}
	at := func(url string, moved bool) *Provisioner {
		t.Helper()
		client := r.client
		client.BaseURL = url
		p, err := New(r.app, Profile{}, &client, Options{Store: r.store, Moved: moved})
		r.must(err)
		return p
	}
	home, elsewhere := r.client.BaseURL, "http://elsewhere.invalid/scim"
	r.wire()
	for name, use := range map[string]func(p *Provisioner) error{
		"Continue": func(p *Provisioner) error { _, err := p.Continue(t.Context(), r.dir, Cycle{}); return err },
		"Prepare":  func(p *Provisioner) error { _, _, err := p.Prepare(t.Context(), r.dir); return err },
		"Plan":     func(p *Provisioner) error { _, err := p.Plan(t.Context(), r.dir, Cycle{}); return err },
		"Verify":   func(p *Provisioner) error { _, err := p.Verify(t.Context(), r.dir); return err },
		"ProvisionOne": func(p *Provisioner) error {
			_, err := p.ProvisionOne(t.Context(), r.dir, "josue@example.com")
			return err
		},
	} {
		moved, ok := errors.AsType[*MovedError](use(at(elsewhere, false)))
		if !ok || moved.Known != home || moved.Asked != elsewhere {
			t.Errorf("%s: %v", name, moved)
		}
	}
	if sent := r.wire(); sent != "" {
		t.Errorf("sent %s", sent)
	}
	if _, err := at(elsewhere, true).Continue(t.Context(), r.dir, Cycle{}); err != nil {
		t.Errorf("the same server under a new address: %v", err)
	}
	if _, err := at(home, false).Continue(t.Context(), r.dir, Cycle{}); err == nil {
		t.Error("the new address was not noted")
	}
}

func TestAStateWithoutATargetTakesTheFirstOne(t *testing.T) {
	r := newRig(t, people("josue"))
	if _, err := r.Continue(t.Context(), r.dir, Cycle{}); err != nil {
		t.Fatal(err)
	}
	older := r.state
	older.Target = ""
	r.must(r.store.Commit(t.Context(), store.Batch{State: encoded(older)}))
	for i, url := range []string{"http://first.invalid/scim", "http://second.invalid/scim"} {
		p, err := New(r.app, Profile{}, &wire.Client{BaseURL: url}, Options{Store: r.store})
		r.must(err)
		_, err = p.Continue(t.Context(), r.dir, Cycle{})
		if _, moved := errors.AsType[*MovedError](err); moved != (i == 1) {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestSpellingsOfOneBaseURLAreOneTarget(t *testing.T) {
	for _, same := range []string{"https://example.com/scim/", "HTTPS://Example.com:443/scim"} {
		if !sameURL("https://example.com/scim", same) {
			t.Errorf("%s is taken for another target", same)
		}
	}
	for _, other := range []string{"https://example.com/SCIM", "http://example.com/scim", "https://example.com:8443/scim", "https://example.com"} {
		if sameURL("https://example.com/scim", other) {
			t.Errorf("%s is taken for the same target", other)
		}
	}
}
