package duo

import (
	"context"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// Continue is one cycle of a provisioner that may have run before: on a new store
// it is SaveAndEnable; otherwise settings that have changed since are put into
// effect first. A chosen group that is not in Duo is an error, see Options.GroupsMayGo.
// Another target than that of the store is a *MovedError.
func (p *Provisioner) Continue(ctx context.Context, dir *directory.Directory, how Cycle) (Summary, error) {
	if err := p.takeEffect(ctx, dir); err != nil {
		return Summary{}, err
	}
	return p.Run(ctx, dir, how)
}

// takeEffect enables provisioning, or puts settings that have changed into effect.
func (p *Provisioner) takeEffect(ctx context.Context, dir *directory.Directory) error {
	if !p.state.Enabled {
		return p.enable(ctx, dir)
	}
	return p.resume(dir)
}

// resume checks the target and the settings and, if the settings are not those in
// force, saves them.
func (p *Provisioner) resume(dir *directory.Directory) error {
	note, err := p.sameTarget()
	if err != nil {
		return err
	}
	app := p.app.clone()
	if p.opt.GroupsMayGo {
		app.Groups.Select, app.SSOAccess = p.present(app.Groups.Select, dir), p.present(app.SSOAccess, dir)
	}
	was := p.state.Settings
	if err := p.choose(&app, dir); err != nil {
		return err
	}
	p.state.Settings = p.app.checksum()
	if note {
		p.state.Target = p.client.BaseURL
	}
	switch {
	case was != p.state.Settings:
		return p.commit(p.remember(), p.adminEntry(ProvisioningUpdated, nil))
	case note:
		return p.commit(p.remember())
	}
	return nil
}

// present leaves out the groups that were chosen once and are gone from Duo.
func (p *Provisioner) present(refs []string, dir *directory.Directory) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool {
		_, there := dir.Group(p.groupKey(ref, dir))
		return !there && p.state.Bound[strings.ToLower(ref)] != ""
	})
}

// checksum is a number that changes with the settings.
func (a *Application) checksum() uint64 {
	return checksum(0, string(encoded(a)))
}
