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

// Lists and filters that find nobody, or others, each in its plainest form; see plainReads.

// listsNobody says whether the list of all shows nothing, although there is something.
func listsNobody(collection string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", collection, own.Template(collection, "plain-there")); err != nil {
			return "", err
		}
		if _, err := own.Reread(ctx, "P"); err != nil {
			return "", err
		}
		list, err := own.list(ctx, Reading(collection))
		if err != nil || list == nil || list.TotalResults > 0 || len(list.Resources) > 0 {
			return "", err
		}
		return "the list of all is empty: GET /" + collection + " does not show what a read shows", nil
	}
}

// seeks recognises what comes of a filter.
func seeks(collection string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool { return looksUp(collection)(r) || m.What == "filter.supported" }
}

// findsNobody says whether no filter finds a resource that a read shows.
func findsNobody(collection string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", collection, own.Template(collection, "plain-sought")); err != nil {
			return "", err
		}
		now, err := own.Reread(ctx, "P")
		if err != nil {
			return "", err
		}
		naming := Naming(collection)
		name := Text(now.Shown.String(naming))
		for _, text := range []string{naming + " eq " + name, naming + " sw " + name, naming + " pr"} {
			list, err := own.list(ctx, Querying("filter", text, collection))
			if err != nil || list == nil || len(list.Resources) > 0 {
				return "", err
			}
		}
		return "nothing is found by any filter: GET /" + collection + "?filter=" + naming + " eq " + name + " does not find what a read shows", nil
	}
}

// filtersBy recognises what a filter by this attribute does not find.
func filtersBy(attribute string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		found := strings.Contains(m.What, " found where ") || strings.HasPrefix(m.What, "resources found by ")
		return found && strings.Contains(strings.ToLower(m.What+ParameterOf(r, "filter")), strings.ToLower(attribute)+" ")
	}
}

// findsNobodyBy looks for a user by the value that a read shows.
func findsNobodyBy(attribute string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		value := own.Mark() + "-" + attribute
		user := Merge(own.Template("Users", "found-by-"+attribute), scim.NewObject(scim.Member{Name: attribute, Value: value}))
		if err := own.Make(ctx, "P", "Users", user); err != nil {
			return "", err
		}
		now, err := own.Reread(ctx, "P")
		if err != nil || now.Shown.String(attribute) != value {
			return "", err
		}
		r := Querying("filter", attribute+" eq "+Text(value), "Users")
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil || answer.Status != http.StatusOK {
			return "", err
		}
		if list, problem := ListOf(answer); problem != "" || len(list.Resources) > 0 {
			return "", nil
		}
		return "nobody is found in the plainest form: " + RequestText(r) + " does not find the user who shows it", nil
	}
}

// looksUpByName recognises a user who is not found by the userName.
func looksUpByName(m *Mismatch, r wire.Request) bool {
	nobody := slices.Contains([]string{"no resources", "0", "[]", "", "none", "nobody of the population"}, m.Got)
	return nobody && strings.HasPrefix(ParameterOf(r, "filter"), "userName eq ")
}

// findsByAddress looks for a user by the name, who has another address.
func findsByAddress(ctx context.Context, own *Session) (string, error) {
	for _, more := range []string{`{}`, `{"emails": [{"value": ` + Text(own.UserName("address")) + `, "type": "work", "primary": true}]}`} {
		name := "named-" + strconv.Itoa(len(more))
		if err := own.Make(ctx, name, "Users", Merge(own.Template("Users", name), MustObject(more))); err != nil {
			return "", err
		}
		r := Querying("filter", "userName eq "+Text(own.UserName(name)), "Users")
		found, err := own.shownBy(ctx, r)
		if err != nil || more == "{}" && len(found) == 0 {
			return "", err
		}
		if len(found) == 0 {
			return "a user whose address is another than the userName is not found by the userName: " + RequestText(r), nil
		}
	}
	return "", nil
}
