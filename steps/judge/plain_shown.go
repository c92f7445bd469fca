package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What a target never shows of a resource, whatever was done to it: see FlawedPlainly.

const (
	// membersHome is the requirement that the members of a group are shown.
	membersHome = "RFC7643-4.2-09"
	// newMetaHome is the requirement that a new resource has all of meta.
	newMetaHome = "RFC7643-3.1-13"
)

// hiddenPlainly finds out whether what a Mismatch misses is never shown.
func (j *Session) hiddenPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	if part := missingMeta.FindStringSubmatch(m.What); part != nil && judged != newMetaHome && slices.Contains([]string{"none", "null", "", `""`}, m.Got) {
		path := strings.ReplaceAll(part[1], ", ", ".")
		why, err = SharedBy(ctx, j.Run, "whether a user shows "+path, func(ctx context.Context, own *Session) (string, error) { return own.hides(ctx, path) })
		return newMetaHome, why, OnlyLost(err)
	}
	if !strings.HasPrefix(m.What, "the members of ") || m.Got != "" && !strings.HasPrefix(m.Got, "0 members") || judged == membersHome {
		return "", "", nil
	}
	if why, err = SharedBy(ctx, j.Run, "whether groups show members", hidesEveryMember); why != "" || err != nil {
		return membersHome, why, OnlyLost(err)
	}
	if slices.ContainsFunc(j.Wire.Exchanges(), func(x *wire.Exchange) bool { return createsWithMembers(j.requestOf(x)) }) {
		why, err = SharedBy(ctx, j.Run, "whether new groups show members", hidesNewMembers)
	}
	return membersHome, why, OnlyLost(err)
}

// missingMeta matches a part of meta that a Mismatch is about.
var missingMeta = regexp.MustCompile(`^(?:Resources\[\d+\]\.|\w+ as it is (?:read now|stored), )?(meta(?:(?:\.|, )(?:resourceType|created|lastModified|location))?)\b`)

func (j *Session) hides(ctx context.Context, part string) (string, error) {
	if err := j.Make(ctx, "P", "Users", j.Template("Users", "plain-meta")); err != nil {
		return "", err
	}
	now, err := j.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	if v, _ := Lookup(now.Shown, part); !scim.IsUnassigned(v) {
		return "", nil
	}
	return "no user shows " + part + ": GET /Users/{id} of a new one is answered without", nil
}

// hidesNewMembers creates a group with a member.
func hidesNewMembers(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-shown")); err != nil {
		return "", err
	}
	group := own.Template("Groups", "plain-shown")
	group.Set("members", MemberList([]string{own.Subjects["P"].ID}))
	if err := own.Make(ctx, "G", "Groups", group); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "G")
	if err != nil || len(now.Shown.Array("members")) > 0 {
		return "", err
	}
	return "a new group shows no members: it was created with one by " + RequestText(wire.Request{Method: http.MethodPost, Path: []string{"Groups"}, Body: group}), nil
}

// hidesEveryMember looks also whether a member shows that is added by a PATCH.
func hidesEveryMember(ctx context.Context, own *Session) (string, error) {
	why, err := hidesNewMembers(ctx, own)
	if why == "" || err != nil {
		return "", err
	}
	addition := scim.NewObject(
		scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "members"},
		scim.Member{Name: "value", Value: MemberList([]string{own.Subjects["P"].ID})},
	)
	r := wire.Request{Method: http.MethodPatch, Path: []string{"Groups", own.Subjects["G"].ID}, Body: PatchOp([]any{addition})}
	if _, err := own.Send(ctx, own.Client(), r); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "G")
	if err != nil || len(now.Shown.Array("members")) > 0 {
		return "", err
	}
	return "no group shows members, neither from its creation nor from a PATCH: " + RequestText(r), nil
}

// losesSomeMembers creates a group with three members.
func losesSomeMembers(ctx context.Context, own *Session) (string, error) {
	var ids []string
	for _, name := range []string{"P", "Q", "R"} {
		if err := own.Make(ctx, name, "Users", own.Template("Users", "plain-member-"+name)); err != nil {
			return "", err
		}
		ids = append(ids, own.Subjects[name].ID)
	}
	group := own.Template("Groups", "plain-three")
	group.Set("members", MemberList(ids))
	if err := own.Make(ctx, "G", "Groups", group); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "G")
	shown := ValuesOf(now.Shown, "members")
	if err != nil || len(shown) == 0 || !slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(shown, id) }) {
		return "", err
	}
	return "a new group loses members: it was created with three, and is read with " + strconv.Itoa(len(shown)), nil
}

// whatever recognises all that is wrong with the answer to such a request.
func whatever(is func(wire.Request) bool) func(*Mismatch, wire.Request) bool {
	return func(_ *Mismatch, r wire.Request) bool { return is(r) }
}

// listsNoID finds a user by a list or a search.
func listsNoID(ask func(filter string, path ...string) wire.Request) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-listed")); err != nil {
			return "", err
		}
		r := ask("userName eq "+Text(own.UserName("plain-listed")), "Users")
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil {
			return "", err
		}
		if list, problem := ListOf(answer); problem != "" || len(list.Resources) != 1 || scim.IDOf(list.Resources[0]) != "" {
			return "", nil
		}
		return "a user who is found is shown without an id: " + RequestText(r), nil
	}
}
