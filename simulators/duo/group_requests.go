package duo

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

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

// groupResource is a whole group; a nil list of members is left out.
func (p *Provisioner) groupResource(g store.Group, members []memberRef) *scim.Object {
	r := scim.NewObject(member("schemas", []any{scim.GroupURN}))
	if g.ID != "" {
		r.Set("id", g.ID)
	}
	if fieldExternalID.ask(p.answers) == ExternalIDKey {
		r.Set("externalId", g.Key)
	}
	r.Set("displayName", g.Name)
	if members != nil {
		r.Set("members", p.elements(members))
	}
	return r
}

// createGroup is the request that creates a group, with members if there are any.
func (p *Provisioner) createGroup(g store.Group, members []memberRef) call {
	return call{method: http.MethodPost, path: []string{groupsEndpoint}, body: p.groupResource(g, members)}
}

// putGroup is the request that writes the whole group.
func (p *Provisioner) putGroup(g store.Group, members []memberRef) call {
	if members == nil {
		members = []memberRef{}
	}
	return call{method: http.MethodPut, path: []string{groupsEndpoint, g.ID}, body: p.groupResource(g, members)}
}

// renaming is the request that gives a group another name. One that writes the
// whole group repeats the members whom Duo put there.
func (p *Provisioner) renaming(ctx context.Context, c *cycle, g store.Group, name string) (call, error) {
	how := fieldGroupRename.ask(p.answers)
	if how == Put {
		members, err := p.putThere(ctx, c, g)
		g.Name = name
		return p.putGroup(g, members), err
	}
	if how == PatchPathless {
		return patchCall(groupsEndpoint, g.ID, []*scim.Object{p.replace("", scim.NewObject(member("displayName", name)))}), nil
	}
	return patchCall(groupsEndpoint, g.ID, []*scim.Object{p.replace("displayName", name)}), nil
}

// changeMembers is the one request that takes members out and puts members in,
// so that the group has all the wanted ones. If one of both is said by the
// whole list, the list says the other, too.
func (p *Provisioner) changeMembers(g store.Group, joined, left, wanted []memberRef) call {
	removing, adding := p.membersHow(joined, left)
	if removing == RemovePut || adding == AddPut {
		return p.putGroup(g, wanted)
	}
	if removing == RemoveReplaceAll || adding == AddReplaceAll {
		return patchCall(groupsEndpoint, g.ID, []*scim.Object{p.replace("members", p.elements(wanted))})
	}
	return patchCall(groupsEndpoint, g.ID, append(p.removeMembers(left), p.addMembers(joined)...))
}

// membersHow are the answers of the profile for those who leave and join, each
// only if there is one.
func (p *Provisioner) membersHow(joined, left []memberRef) (removing MembersRemove, adding MembersAdd) {
	if len(left) > 0 {
		removing = fieldMembersRemove.ask(p.answers)
	}
	if len(joined) > 0 {
		adding = fieldMembersAdd.ask(p.answers)
	}
	return removing, adding
}

// sendsWholeList says whether the request for these changes names every member.
func (p *Provisioner) sendsWholeList(joined, left []memberRef) bool {
	removing, adding := p.membersHow(joined, left)
	return removing == RemovePut || removing == RemoveReplaceAll || adding == AddPut || adding == AddReplaceAll
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
