package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// AddedByItself are the lists that the target fills, or demands, of a user who was
// created with nothing but what it needs, such as a default address. A server may, so that
// a user without them cannot be had there. Groups are none: they follow from the groups that
// there are. It is looked at once in a run.
func (j *Session) AddedByItself(ctx context.Context) ([]string, error) {
	added, err := SharedBy(ctx, j.Run, "what the target adds to a user", func(ctx context.Context, own *Session) ([]string, error) {
		sent := own.Template("Users", "added")
		if err := own.Make(ctx, "A", "Users", sent); err != nil {
			return nil, OnlyLost(err)
		}
		now, err := own.Reread(ctx, "A")
		if err != nil {
			return nil, OnlyLost(err)
		}
		var names []string
		for name, value := range now.Shown.All() {
			if name != "schemas" && name != "groups" && hasValues(value) {
				names = append(names, name)
			}
		}
		return names, nil
	})
	return added, OnlyLost(err)
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
	if !wantsNothing(m) && !hasMore(m.Got, m.Want) {
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

func wantsNothing(m *Mismatch) bool {
	return slices.Contains([]string{"no value", "none", "null", "[]"}, m.Want) && m.Got != "none"
}

// DemandedInstead says that what should be gone is what the target demands of every user: a
// user without it cannot be had there.
func (j *Session) DemandedInstead(m *Mismatch) string {
	path, _, _ := strings.Cut(m.What, " ")
	if value, demanded := At(j.Demands("Users", ""), path); !demanded || scim.IsUnassigned(value) || !wantsNothing(m) {
		return ""
	}
	return "the target demands " + path + " of every user: one without it cannot be had"
}

// RefusedAsDemanded says that the target refuses to change or remove what it demands of
// every resource, if the last answer is such a refusal: a resource without it cannot be had.
// That it demands it is known from its schemas, from the user, or by trying.
func (j *Session) RefusedAsDemanded() string {
	if j.Last == nil || len(j.Asked.Path) == 0 || j.Asked.Method != http.MethodPatch || !slices.Contains(refusalsOfNeeds, j.Last.Status) {
		return ""
	}
	for name := range j.Demands(j.Asked.Path[0], "").All() {
		if name != Naming(j.Asked.Path[0]) && slices.ContainsFunc(operationsIn(j.Asked), func(op any) bool { return touches(op, name) }) {
			return "the target demands " + name + " of every resource, and so refuses to change it this way: " + StatusOf(j.Last)
		}
	}
	return ""
}

// RefusedAsGiven says that the target refuses another value than the one that its user has given
// for all resources, if the last answer is such a refusal: which values it takes, only he knows.
func (j *Session) RefusedAsGiven() string {
	if j.Last == nil || j.Last.Status < 400 || len(j.Asked.Path) == 0 {
		return ""
	}
	sent := []*scim.Object{bodyOf(j.Asked)}
	for _, o := range objectsIn(operationsIn(j.Asked)) {
		sent = append(sent, scim.NewObject(scim.Member{Name: o.String("path"), Value: value(o, "value")}))
	}
	for name, part := range j.Demands(j.Asked.Path[0], "").All() {
		inner, isComplex := part.(*scim.Object)
		if !isComplex {
			continue
		}
		for sub, given := range inner.All() {
			for _, o := range sent {
				for _, at := range []string{name + ":" + sub, name + "." + sub} {
					if v, is := At(o, at); is && !scim.IsUnassigned(v) && Text(v) != Text(given) {
						return "the run is told to give every resource " + name + " with " + sub + " " + Text(given) + ", and the target refuses " + Text(v)
					}
				}
			}
		}
	}
	return ""
}

// RefusedToEmpty says that the target refuses to remove a list which it fills by itself for every
// user: a user without it cannot be had there (RFC 7644 section 3.5.2.2 lets it refuse to remove
// what it requires).
func (j *Session) RefusedToEmpty(ctx context.Context) (string, error) {
	if j.Last == nil || !isPatch(j.Asked) || j.Asked.Path[0] != "Users" || !slices.Contains(refusalsOfNeeds, j.Last.Status) {
		return "", nil
	}
	var removed []string
	for _, o := range objectsIn(operationsIn(j.Asked)) {
		if strings.EqualFold(o.String("op"), "remove") && !hasValuePath(o) {
			removed = append(removed, strings.ToLower(o.String("path")))
		}
	}
	if len(removed) == 0 {
		return "", nil
	}
	added, err := j.AddedByItself(ctx)
	for _, name := range added {
		if slices.Contains(removed, strings.ToLower(name)) {
			return "every user has " + name + " at this target, which adds or demands them, and so refuses to remove them: " + StatusOf(j.Last), err
		}
	}
	return "", err
}

// HeldByAnAddress says that a new user is refused for a conflict with what the target itself has
// made of a name that was given up: the one who had it keeps an address of that text. What else
// has to be unique beside userName is the server's business (RFC 7644 section 3.3).
func (j *Session) HeldByAnAddress(ctx context.Context, m *Mismatch) (string, error) {
	if j.Last == nil || j.Last.Status != http.StatusConflict || j.Asked.Method != http.MethodPost || !strings.HasPrefix(m.Got, "409") {
		return "", nil
	}
	wanted := bodyOf(j.Asked).String("userName")
	added, err := j.AddedByItself(ctx)
	if err != nil || len(added) == 0 || wanted == "" {
		return "", OnlyLost(err)
	}
	for name, s := range j.Subjects {
		if s.Collection != "Users" {
			continue
		}
		now, err := j.Reread(ctx, name)
		if err != nil {
			return "", OnlyLost(err)
		}
		for _, list := range added {
			if slices.ContainsFunc(ValuesOf(now.Shown, list), func(v string) bool { return strings.EqualFold(v, wanted) }) {
				return "the target gives every user " + list + ", and the one who had the name keeps it there: what else is unique is its own business", nil
			}
		}
	}
	return "", nil
}

// touches says whether an operation removes or replaces the attribute or a part of it.
func touches(operation any, name string) bool {
	o, _ := operation.(*scim.Object)
	if strings.EqualFold(o.String("op"), "add") {
		return false
	}
	value, _ := o.Get("value")
	members, _ := value.(*scim.Object)
	_, inValue := members.Get(name)
	root := strings.FieldsFunc(o.String("path"), notInName)
	return o.String("path") == "" && inValue || len(root) > 0 && strings.EqualFold(root[0], name)
}

// refusalsOfNeeds are the statuses by which servers refuse a resource that lacks something.
var refusalsOfNeeds = []int{http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity}

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
