package judge

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// searchedHome is the requirement that tells that a search shows something else than a list.
const searchedHome = "RFC7644-3.4.3-07"

// listedPlainly finds out whether the plainest list shows something else of a resource than a
// read, or a search does where a list does not, in what a Mismatch is about; see FlawedPlainly.
func (j *Session) listedPlainly(ctx context.Context, m *Mismatch, _ string) (home, why string, err error) {
	for _, r := range j.requestsIn(m) {
		collection := "Users"
		if len(r.Path) > 0 && r.Path[0] == "Groups" {
			collection = "Groups"
		}
		if !lists(collection)(r) && !isSearch(r) {
			continue
		}
		listed, err := j.listsUnlikeRead(ctx, collection, "list", byQuery)
		if err != nil {
			return "", "", OnlyLost(err)
		}
		if listed.told(m) {
			return shownHome, listed.why, nil
		}
		if !isSearch(r) || len(listed.parts) > 0 {
			continue
		}
		found, err := j.listsUnlikeRead(ctx, collection, "search", Searching)
		if err != nil {
			return "", "", OnlyLost(err)
		}
		if found.told(m) {
			return searchedHome, found.why, nil
		}
	}
	return "", "", nil
}

// told says whether a Mismatch is about one of the parts, or about whole resources.
func (u unlike) told(m *Mismatch) bool {
	whole := strings.HasPrefix(m.Want, "the same as to GET ") || strings.HasSuffix(m.What, " in the list")
	return len(u.parts) > 0 && whole || slices.ContainsFunc(u.parts, func(part string) bool {
		name, _, _ := strings.Cut(part, ".")
		return tellsPart(m, part) || strings.HasSuffix(m.What, ", Resources") && strings.Contains(m.Want, Text(name))
	})
}

func (j *Session) listsUnlikeRead(ctx context.Context, collection, kind string, ask func(filter string, path ...string) wire.Request) (unlike, error) {
	return SharedBy(ctx, j.Run, "what a "+kind+" shows of "+collection, func(ctx context.Context, own *Session) (unlike, error) {
		made := Merge(own.Template(collection, "listed"), scim.NewObject(
			scim.Member{Name: "displayName", Value: own.GroupName("listed")}, scim.Member{Name: "externalId", Value: own.Mark() + "-listed"},
		))
		if collection == "Users" {
			mail := scim.NewObject(scim.Member{Name: "value", Value: own.UserName("listed-mail")}, scim.Member{Name: "type", Value: "work"})
			made = Merge(made, scim.NewObject(scim.Member{Name: "emails", Value: []any{mail}}))
		} else {
			if err := own.Make(ctx, "Q", "Users", own.Template("Users", "listed-member")); err != nil {
				return unlike{}, err
			}
			made = Merge(made, scim.NewObject(scim.Member{Name: "members", Value: MemberList([]string{own.Subjects["Q"].ID})}))
		}
		if err := own.Make(ctx, "P", collection, made); err != nil {
			return unlike{}, err
		}
		now, err := own.Reread(ctx, "P")
		if err != nil {
			return unlike{}, err
		}
		r := ask(Naming(collection)+" eq "+Text(now.Shown.String(Naming(collection))), collection)
		list, err := own.list(ctx, r)
		if err != nil || list == nil || len(list.Resources) != 1 {
			return unlike{}, err
		}
		d := differences(now.Shown, list.Resources[0])
		d.parts = slices.DeleteFunc(d.parts, func(part string) bool { return part == "id" || part == "meta.lastModified" }) // which others tell
		d.why = "a " + kind + " shows something else than a read in the plainest form: " + RequestText(r) + " differs in " + strings.Join(d.parts, ", ")
		return d, nil
	})
}

// differences are the parts of what is shown that are otherwise in the other.
func differences(shown, other *scim.Object) unlike {
	var d unlike
	for name, v := range shown.All() {
		is, _ := other.Get(name)
		if Difference("", v, is) == nil {
			continue
		}
		d.why += ", " + name
		parts, _ := v.(*scim.Object)
		if parts == nil {
			d.parts = append(d.parts, name)
			continue
		}
		whole, _ := is.(*scim.Object)
		for part, v := range parts.All() {
			if Difference("", v, value(whole, part)) != nil {
				d.parts = append(d.parts, name+"."+part)
			}
		}
	}
	return d
}

// asksByPost recognises a search of one kind of resource, or of all.
func asksByPost(_ *Mismatch, r wire.Request) bool {
	return r.Method == http.MethodPost && len(r.Path) > 0 && r.Path[len(r.Path)-1] == ".search"
}

// searchesInVain says whether a search finds fewer than a list by the same filter.
func searchesInVain(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{"a", "b"} {
		if err := own.Make(ctx, name, "Users", own.Template("Users", "sought-"+name)); err != nil {
			return "", err
		}
	}
	filter := "userName eq " + Text(own.UserName("sought-a")) + " or userName eq " + Text(own.UserName("sought-b"))
	listed, err := own.list(ctx, Querying("filter", filter, "Users"))
	if err != nil || listed == nil {
		return "", err
	}
	r := Searching(filter, "Users")
	found, err := own.list(ctx, r)
	if err != nil || found == nil || len(found.Resources) >= len(listed.Resources) {
		return "", err
	}
	return "a search finds fewer than a list in the plainest form: " + RequestText(r) + " shows " + strconv.Itoa(len(found.Resources)) + " of " + strconv.Itoa(len(listed.Resources)), nil
}
