package judge

import (
	"context"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// AddedByItself are the lists that the target fills, or demands, of a user who was
// created with nothing but what it needs, such as a default address. A server may, so that
// a user without them cannot be had there. It is looked at once in a run.
func (j *Session) AddedByItself(ctx context.Context) ([]string, error) {
	added, err := SharedBy(ctx, j.Run, "what the target adds to a user", func(ctx context.Context, own *Session) ([]string, error) {
		sent := own.Template("Users", "added")
		if err := own.Make(ctx, "A", "Users", sent); err != nil {
			return nil, onlyLost(err)
		}
		now, err := own.Reread(ctx, "A")
		if err != nil {
			return nil, onlyLost(err)
		}
		var names []string
		for name, value := range now.Shown.All() {
			if name != "schemas" && hasValues(value) {
				names = append(names, name)
			}
		}
		return names, nil
	})
	return added, onlyLost(err)
}

// hasValues says whether each element of a list has a value.
func hasValues(v any) bool {
	list, _ := v.([]any)
	return len(list) > 0 && !slices.ContainsFunc(list, func(e any) bool {
		o, _ := e.(*scim.Object)
		return len(o.String("value")) < 2
	})
}

// AddedInstead says that the target itself has put a value where none is wanted.
func (j *Session) AddedInstead(ctx context.Context, m *Mismatch) (string, error) {
	nothing := slices.Contains([]string{"no value", "none", "null", "[]"}, m.Want) && m.Got != "none"
	if !nothing && !hasMore(m.Got, m.Want) {
		return "", nil
	}
	added, err := j.AddedByItself(ctx)
	for _, name := range added {
		if slices.ContainsFunc(strings.FieldsFunc(m.What, notInName), func(word string) bool { return word == name }) {
			return "every user has " + name + " at this target, which adds or demands them: a user without it cannot be had", err
		}
	}
	return "", err
}

// hasMore compares two lists that a Mismatch shows.
func hasMore(got, want string) bool {
	a, errA := scim.Parse([]byte(got))
	b, errB := scim.Parse([]byte(want))
	more, isList := a.([]any)
	fewer, wantsList := b.([]any)
	return errA == nil && errB == nil && isList && wantsList && len(more) > len(fewer)
}

func notInName(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '$'
}
