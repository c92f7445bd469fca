package duo

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// memberRef is a user in a group at the target.
type memberRef struct {
	key      string // of the Duo user
	id       string // the target's
	username string
}

// element is a member as it is sent.
func (p *Provisioner) element(m memberRef) *scim.Object {
	e := scim.NewObject(member("value", m.id))
	switch fieldMemberShape.ask(p.answers) {
	case MemberValueDisplay:
		e.Set("display", m.username)
	case MemberValueRef:
		e.Set("$ref", p.reference(m.id))
		e.Set("type", "User")
	}
	return e
}

// reference is the URI of a user (RFC 7643 section 2.4).
func (p *Provisioner) reference(id string) string {
	return strings.TrimRight(p.client.BaseURL, "/") + "/" + usersEndpoint + "/" + url.PathEscape(id)
}

func (p *Provisioner) elements(members []memberRef) []any {
	list := make([]any, len(members))
	for i, m := range members {
		list[i] = p.element(m)
	}
	return list
}

// groupResource is a whole group; withMembers also where there are none.
func (p *Provisioner) groupResource(g *remoteGroup, name string, withMembers bool) *scim.Object {
	r := scim.NewObject(member("schemas", []any{scim.GroupURN}))
	if g.id != "" {
		r.Set("id", g.id)
	}
	if fieldExternalID.ask(p.answers) == ExternalIDKey {
		r.Set("externalId", g.key)
	}
	r.Set("displayName", name)
	if withMembers {
		r.Set("members", p.elements(g.members))
	}
	return r
}

func (p *Provisioner) createGroup(g *remoteGroup, withMembers bool) call {
	return call{method: http.MethodPost, path: []string{groupsEndpoint}, body: p.groupResource(g, g.name, withMembers)}
}

func (p *Provisioner) putGroup(g *remoteGroup, name string) call {
	return call{method: http.MethodPut, path: []string{groupsEndpoint, g.id}, body: p.groupResource(g, name, true)}
}

func (p *Provisioner) renameGroup(g *remoteGroup, name string) call {
	switch fieldGroupRename.ask(p.answers) {
	case Put:
		return p.putGroup(g, name)
	case PatchPathless:
		return patchCall(groupsEndpoint, g.id, []*scim.Object{p.replace("", scim.NewObject(member("displayName", name)))})
	}
	return patchCall(groupsEndpoint, g.id, []*scim.Object{p.replace("displayName", name)})
}

// changeMembers is the one request that takes members out and puts members in,
// so that the group has all the wanted ones. If one of both is said by the
// whole list, the list says the other, too.
func (p *Provisioner) changeMembers(g *remoteGroup, joined, left, wanted []memberRef) call {
	var removing MembersRemove
	if len(left) > 0 {
		removing = fieldMembersRemove.ask(p.answers)
	}
	var adding MembersAdd
	if len(joined) > 0 {
		adding = fieldMembersAdd.ask(p.answers)
	}
	whole := *g
	whole.members = wanted
	if removing == RemovePut || adding == AddPut {
		return p.putGroup(&whole, g.name)
	}
	if removing == RemoveReplaceAll || adding == AddReplaceAll {
		return patchCall(groupsEndpoint, g.id, []*scim.Object{p.replace("members", p.elements(wanted))})
	}
	return patchCall(groupsEndpoint, g.id, append(p.removeMembers(left), p.addMembers(joined)...))
}

func (p *Provisioner) removeMembers(left []memberRef) []*scim.Object {
	if len(left) == 0 {
		return nil
	}
	if fieldMembersRemove.ask(p.answers) == RemoveValueArray {
		return []*scim.Object{p.operation("remove", "members", p.elements(left), false)}
	}
	operations := make([]*scim.Object, len(left))
	for i, m := range left {
		operations[i] = p.remove("members[value eq " + quoted(m.id) + "]")
	}
	return operations
}

func (p *Provisioner) addMembers(joined []memberRef) []*scim.Object {
	if len(joined) == 0 {
		return nil
	}
	if fieldMembersAdd.ask(p.answers) == AddTogether {
		return []*scim.Object{p.add("members", p.elements(joined))}
	}
	operations := make([]*scim.Object, len(joined))
	for i, m := range joined {
		operations[i] = p.add("members", []any{p.element(m)})
	}
	return operations
}
