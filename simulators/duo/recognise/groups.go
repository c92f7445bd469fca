package recognise

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// group looks at what changes a group.
func (r *reading) group(n int, i *item) {
	if i.endpoint != groups {
		return
	}
	if i.x.Method == http.MethodDelete {
		r.show("group-removal", duo.Choice(duo.GroupDelete), i, "a group is deleted")
	}
	if i.body == nil {
		return
	}
	switch i.x.Method {
	case http.MethodPost:
		r.externalID(i)
		r.createdGroup(n, i)
	case http.MethodPut:
		r.externalID(i)
		r.putGroup(i)
	case http.MethodPatch:
		r.operations(i)
		r.patchGroup(i)
	}
}

func (r *reading) createdGroup(n int, i *item) {
	v, sent := i.body.Get("members")
	switch list, _ := v.([]any); {
	case len(list) > 0:
		r.show("group-create", duo.Choice(duo.WithMembers), i, "%d members", len(list))
		r.elements(i, v)
	case sent:
		r.against("group-create", i, "members is there, and empty")
	case r.isFilled(n, i):
		r.show("group-create", duo.Choice(duo.EmptyThenMembers), i, "no members, and then a request that adds them")
	}
}

// isFilled says whether members are put into a group right after its creation,
// before anything happens to a user.
func (r *reading) isFilled(n int, i *item) bool {
	id := i.createdID()
	for _, later := range r.items[n+1:] {
		if later.endpoint == users || id == "" {
			return false
		}
		if later.id == id && later.writes() {
			return true
		}
	}
	return false
}

func (r *reading) putGroup(i *item) {
	v, _ := i.body.Get("members")
	r.elements(i, v)
	g := r.world.groups[i.id]
	if g == nil || g.name == "" {
		return
	}
	if name := i.body.String("displayName"); name != g.name {
		r.show("group-rename", duo.Choice(duo.Put), i, "the whole group, with another name")
		return
	}
	r.wholeList(i, g, membersOf(i.body), duo.Choice(duo.AddPut), duo.Choice(duo.RemovePut))
}

// wholeList says what a request that names all members shows. One that adds and
// removes at once shows neither.
func (r *reading) wholeList(i *item, g *group, wanted map[string]bool, adding, removing duo.Choice) {
	if g == nil || g.members == nil {
		return
	}
	joined, left := 0, 0
	for id := range wanted {
		if !g.members[id] {
			joined++
		}
	}
	for id := range g.members {
		if !wanted[id] {
			left++
		}
	}
	switch {
	case joined > 0 && left == 0:
		r.show("members-add", adding, i, "the whole list, in which %d are new", joined)
	case left > 0 && joined == 0:
		r.show("members-remove", removing, i, "the whole list, in which %d are missing", left)
	}
}

// oneMember is the path that selects one member.
var oneMember = regexp.MustCompile(`^(?i:members)\[\s*(?i:value)\s+(?i:eq)\s+("(?:[^"\\]|\\.)*")\s*\]$`)

func unquoted(literal string) (string, bool) {
	v, err := scim.Parse([]byte(literal))
	text, ok := v.(string)
	return text, ok && err == nil
}

func (r *reading) patchGroup(i *item) {
	var added []int // how many members each add operation has
	for _, op := range i.ops {
		switch path := strings.ToLower(op.path); {
		case path == "displayname" && op.kind == "replace":
			r.show("group-rename", duo.Choice(duo.PatchPath), i, "replace displayName")
		case path == "":
			r.pathless(i, op)
		case path == "members" && op.kind == "add":
			added = append(added, len(idsIn(op.value)))
			r.elements(i, op.value)
		case path == "members" && op.kind == "replace":
			r.elements(i, op.value)
			r.wholeList(i, r.world.groups[i.id], idsIn(op.value), duo.Choice(duo.AddReplaceAll), duo.Choice(duo.RemoveReplaceAll))
		case strings.HasPrefix(path, "members") && op.kind == "remove":
			r.removal(i, op)
		default:
			r.strange(i, "the model does not send %s %s to a group", op.name, op.path)
		}
	}
	r.added(i, added)
}

func (r *reading) pathless(i *item, op operation) {
	o, ok := op.value.(*scim.Object)
	if !ok || op.kind != "replace" || strings.Join(namesOf(o), ",") != "displayName" {
		r.against("group-rename", i, "%s without a path, with more than displayName", op.name)
		return
	}
	r.show("group-rename", duo.Choice(duo.PatchPathless), i, "replace without a path")
}

// added tells one operation with a list from an operation for each member. One
// member in one operation is both.
func (r *reading) added(i *item, sizes []int) {
	most := 0
	for _, n := range sizes {
		most = max(most, n)
	}
	switch {
	case len(sizes) == 1 && most > 1:
		r.show("members-add", duo.Choice(duo.AddTogether), i, "one operation with %d members", most)
	case len(sizes) > 1 && most == 1:
		r.show("members-add", duo.Choice(duo.AddEach), i, "%d operations with a member each", len(sizes))
	case len(sizes) > 1:
		r.against("members-add", i, "%d operations with up to %d members", len(sizes), most)
	}
}

func (r *reading) removal(i *item, op operation) {
	switch {
	case oneMember.MatchString(op.path) && !op.has:
		r.show("members-remove", duo.Choice(duo.RemoveFilterPath), i, "remove %s", op.path)
	case strings.EqualFold(op.path, "members") && op.has:
		r.show("members-remove", duo.Choice(duo.RemoveValueArray), i, "remove members with a list as value")
		r.elements(i, op.value)
	default:
		r.against("members-remove", i, "remove %s", op.path)
	}
}

// elements looks at what an element of members has.
func (r *reading) elements(i *item, v any) {
	elements, _ := elementsOf(v)
	for _, e := range elements {
		switch names := strings.Join(namesOf(e), ","); names {
		case "value":
			r.show("member-shape", duo.Choice(duo.MemberValue), i, "value alone")
		case "display,value":
			r.show("member-shape", duo.Choice(duo.MemberValueDisplay), i, "value and display")
		case "$ref,type,value":
			r.show("member-shape", duo.Choice(duo.MemberValueRef), i, "value, $ref and type")
		default:
			r.against("member-shape", i, "an element has %s", names)
		}
	}
}
