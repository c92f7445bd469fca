package duo

import (
	"context"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// Continue is one cycle of a provisioner that may have run before: on a new store
// it is SaveAndEnable; otherwise settings that have changed since are put into
// effect first. A group that was chosen and is no longer in Duo counts as removed
// from the application.
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

// resume checks the settings and, if they are not those in force, saves them.
func (p *Provisioner) resume(dir *directory.Directory) error {
	app := p.app.clone()
	app.Groups.Select, app.SSOAccess = p.present(app.Groups.Select, dir), p.present(app.SSOAccess, dir)
	if p.state.Settings != p.app.checksum() {
		if err := p.choose(&app, dir); err != nil {
			return err
		}
		p.state.Settings = p.app.checksum()
		return p.commit(p.remember(), p.adminEntry(ProvisioningUpdated, nil))
	}
	return p.choose(&app, dir)
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
