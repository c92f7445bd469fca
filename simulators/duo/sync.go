package duo

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Sync is one pass of continuous provisioning: it compares what the directory
// demands with what the target is known to have, and sends the difference. Users
// go before groups (observed in Cisco guide 225885); those who left go before
// those who stay or come, so that a name is free before it is used again
// (assumed).
//
// A user or group that fails is logged and does not stop the others; the next
// pass tries it again. While provisioning is disabled nothing is sent. The only
// error is the context's.
func (p *Provisioner) Sync(ctx context.Context, dir *directory.Directory) (Summary, error) {
	var sum Summary
	if !p.enabled {
		return sum, nil
	}
	p.listing, p.gone = map[string]map[string][]*scim.Object{}, map[string]bool{}
	s := p.scope(dir)
	for _, a := range sortedBy(p.users, func(a *remoteUser) string { return a.username }) {
		if reason := s.reasonToLeave(a.key); reason != "" && ctx.Err() == nil {
			p.deprovisionUser(ctx, a, reason, &sum)
		}
	}
	for _, u := range s.users {
		if ctx.Err() == nil {
			p.provisionUser(ctx, u, &sum)
		}
	}
	p.dropGone()
	if !p.app.Groups.ExcludeGroupInformation {
		p.syncGroups(ctx, s, &sum)
	}
	p.listing, p.gone = nil, nil
	return sum, ctx.Err()
}

func (p *Provisioner) syncGroups(ctx context.Context, s scope, sum *Summary) {
	chosen := map[string]bool{}
	for _, g := range s.groups {
		chosen[g.Key] = true
	}
	for _, g := range sortedBy(p.groups, func(g *remoteGroup) string { return g.name }) {
		if !chosen[g.key] && ctx.Err() == nil {
			p.removeGroup(ctx, g, sum)
		}
	}
	for _, g := range s.groups {
		if ctx.Err() == nil {
			p.provisionGroup(ctx, g, p.membersOf(g, s), sum)
		}
	}
}

// scope is whom and what the settings cover in one state of the directory.
type scope struct {
	groups []directory.Group // the chosen ones that Duo still has
	users  []directory.User  // their members, each once, in the directory's order
	in     map[string]bool   // keys of these users
	reason map[string]string // why a user of Duo is not among them
}

func (p *Provisioner) scope(dir *directory.Directory) scope {
	s := scope{in: map[string]bool{}, reason: map[string]string{}}
	member := map[string]bool{}
	for _, g := range dir.Groups {
		if !slices.Contains(p.chosen, g.Key) {
			continue
		}
		s.groups = append(s.groups, g)
		for _, k := range g.Members {
			member[k] = true
		}
	}
	for _, u := range dir.Users {
		switch {
		case !member[u.Key]:
			s.reason[u.Key] = "in no chosen group any more"
		case p.shutOut(u):
			s.reason[u.Key] = string(u.Status) + " in Duo"
		default:
			s.in[u.Key] = true
			s.users = append(s.users, u)
		}
	}
	return s
}

// shutOut says whether a member's own status keeps it from being provisioned.
func (p *Provisioner) shutOut(u directory.User) bool {
	off := u.Status == directory.Disabled || u.Status == directory.PendingDeletion
	return off && fieldDisabledUser.ask(p.answers) == DisabledDeprovisioned
}

// reasonToLeave says why a provisioned user is to be deprovisioned, or "".
func (s scope) reasonToLeave(userKey string) string {
	if s.in[userKey] {
		return ""
	}
	if reason := s.reason[userKey]; reason != "" {
		return reason
	}
	return "no longer in Duo"
}

// membersOf lists the group's members that the target has; one who failed joins
// when a later pass succeeds.
func (p *Provisioner) membersOf(g directory.Group, s scope) []memberRef {
	var members []memberRef
	for _, k := range g.Members {
		if a := p.users[k]; a != nil && s.in[k] {
			members = append(members, memberRef{key: k, id: a.id, username: a.username})
		}
	}
	return members
}

// sortedBy lists a map's values by name and then by key, so that passes are
// repeatable.
func sortedBy[T any](m map[string]*T, name func(*T) string) []*T {
	keys := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(keys, func(a, b string) int { return strings.Compare(name(m[a]), name(m[b])) })
	all := make([]*T, len(keys))
	for i, k := range keys {
		all[i] = m[k]
	}
	return all
}
