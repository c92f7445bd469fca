package duo

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// SaveAndEnable is the button "Save and enable": it checks the settings against
// the directory, enables provisioning, tests the connection again and makes the
// first pass (order observed in Cisco guide 225885). Settings that are wrong are
// an error before anything is logged or sent. A connection that fails is a
// *ConnectError, logged, and provisioning is disabled again (assumed).
func (p *Provisioner) SaveAndEnable(ctx context.Context, dir *directory.Directory) (Summary, error) {
	if err := p.enable(ctx, dir); err != nil {
		return Summary{}, err
	}
	return p.Sync(ctx, dir)
}

func (p *Provisioner) enable(ctx context.Context, dir *directory.Directory) error {
	if _, err := p.sameTarget(); err != nil {
		return err
	}
	if err := p.choose(&p.app, dir); err != nil {
		return err
	}
	if err := p.setEnabled(true); err != nil {
		return err
	}
	if err := p.Connect(ctx); err != nil {
		if unwritten := p.notEnabled(err); unwritten != nil {
			return errors.Join(err, unwritten)
		}
		return err
	}
	p.state.Target = p.client.BaseURL // only now: an address that was mistyped is not noted
	return p.commit(p.remember(), p.adminEntry(ProvisioningConnected, nil))
}

func (p *Provisioner) setEnabled(enabled bool) error {
	p.state.Enabled = enabled
	action := ProvisioningDisabled
	if enabled {
		action = ProvisioningEnabled
	}
	return p.commit(p.remember(), p.adminEntry(action, nil))
}

// notEnabled takes back that provisioning was enabled.
func (p *Provisioner) notEnabled(reason error) error {
	p.state.Enabled = false
	var entries []Entry
	if e, ok := errors.AsType[*ConnectError](reason); ok {
		entries = append(entries, p.adminEntry(ProvisioningNotConnected, scim.NewObject(member("error", e.Error()))))
	}
	entries = append(entries, p.entry(ProvisioningDisabled, integration(), p.application(), scim.NewObject(
		member("reason", "the connection could not be made"))))
	return p.commit(p.remember(), entries...)
}

// Save is the button "Save": other settings for the same target, which the next
// pass puts into effect. Whether provisioning is enabled stays as it is. Wrong
// settings are an error and change nothing.
func (p *Provisioner) Save(app Application, dir *directory.Directory) error {
	app = app.clone()
	if err := p.choose(&app, dir); err != nil {
		return err
	}
	p.app = app
	return p.commit(p.remember(), p.adminEntry(ProvisioningUpdated, nil))
}

// Disable switches provisioning off. The target is left as it is. The error is
// the store's.
func (p *Provisioner) Disable() error {
	if !p.state.Enabled {
		return nil
	}
	return p.setEnabled(false)
}

// choose checks the settings and turns the groups that they name into keys: the
// Admin Panel chooses groups, not names, so that a renamed group stays chosen.
func (p *Provisioner) choose(app *Application, dir *directory.Directory) error {
	byKey := app.clone()
	for _, refs := range [][]string{byKey.Groups.Select, byKey.SSOAccess} {
		for i, ref := range refs {
			refs[i] = p.groupKey(ref, dir)
		}
	}
	if err := byKey.CheckAgainst(dir); err != nil {
		return err
	}
	p.state.Chosen, p.state.Settings = nil, app.checksum()
	for i, k := range byKey.chosenGroups() {
		if !slices.Contains(p.state.Chosen, k) {
			p.state.Chosen = append(p.state.Chosen, k)
		}
		p.state.Bound[strings.ToLower(app.chosenGroups()[i])] = k
	}
	return nil
}

// groupKey is the key of the group with this name or key now, or else of the
// group that was chosen by this name and renamed since.
func (p *Provisioner) groupKey(ref string, dir *directory.Directory) string {
	if g, ok := dir.Group(ref); ok {
		return g.Key
	}
	if k := p.state.Bound[strings.ToLower(ref)]; k != "" {
		if _, ok := dir.Group(k); ok {
			return k
		}
	}
	return ref
}
