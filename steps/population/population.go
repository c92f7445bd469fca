package population

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The population is a handful of users and groups that every kind of query has
// something to find in, or to leave out. It is made once in a run, never changed,
// and looked at by all scenarios about filters, sorting and paging.

// thePeopleOf makes the members known to the scenario by their names, as the target
// showed them. The numbers are for the reader, and have to be those of the file.
func (w *World) thePeopleOf(ctx context.Context, users, groups int, file string) error {
	if file != "fixtures/"+peopleFile || users != countOf("Users") || groups != countOf("Groups") {
		return fmt.Errorf("the population is fixtures/%s with %d users and %d groups, not %s with %d and %d",
			peopleFile, countOf("Users"), countOf("Groups"), file, users, groups)
	}
	shared, err := judge.Shared(ctx, w.Session, "population", func(ctx context.Context, own *judge.Session) (*madePopulation, error) { return New(own).populate(ctx) })
	if err != nil {
		return err
	}
	if shared.members["Red"] == nil && w.Needs("groups") {
		return &judge.Mismatch{What: "the groups of the population", Want: "to be created", Got: "a refusal, although groups are offered"}
	}
	maps.Copy(w.Subjects, shared.members)
	w.Remembered["population"] = shared.mark
	return w.rememberMoments()
}

// madePopulation is the population as it was made.
type madePopulation struct {
	members map[string]*judge.Subject
	mark    string // their names begin with it and a hyphen
}

// populationName tells the population from what else this run has made.
const populationName = "people-"

// populationMark is the mark of the population: its names begin with it and a hyphen.
func (w *World) populationMark() string {
	return w.Mark() + "-" + strings.TrimSuffix(populationName, "-")
}

// populate makes the population, users before the groups that they are in.
func (w *World) populate(ctx context.Context) (*madePopulation, error) {
	members := map[string]*judge.Subject{}
	for _, p := range Members() {
		s, err := w.makeMember(ctx, p, members)
		if judge.IsRefusal(err) && p.Collection == "Groups" {
			continue // a target without groups still has users to look for
		}
		if err != nil {
			return nil, err
		}
		members[p.Name] = s
	}
	last := members["Lee"].Shown.String("userName")
	err := w.Eventually(ctx, func() error {
		found, err := w.Find(ctx, w.Client(), "Users", "userName", last)
		if err == nil && len(found) == 0 {
			err = &judge.Mismatch{What: "the population", Want: "to be found", Got: "nothing"}
		}
		return err
	})
	if err != nil && !judge.IsRefusal(err) { // what a query does not find, its requirement says
		return nil, err
	}
	return &madePopulation{members, w.populationMark()}, nil
}

// makeMember makes one member. A target may refuse attributes that it does not
// have: it gets fewer then, until only what every resource needs is left. What
// is read back is what counts.
func (w *World) makeMember(ctx context.Context, p Member, members map[string]*judge.Subject) (*judge.Subject, error) {
	full, err := w.describe(p, members)
	if err != nil {
		return nil, err
	}
	var refusal error
	for _, body := range []*scim.Object{full, basicPart(full), w.Template(p.Collection, populationName+strings.ToLower(p.Name))} {
		answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodPost, Path: []string{p.Collection}, Body: judge.WithSchemas(body)})
		if err != nil {
			return nil, err
		}
		if judge.Took(answer) {
			return w.readBack(ctx, p.Collection, answer)
		}
		if refusal == nil {
			refusal = &judge.Mismatch{What: "POST /" + p.Collection + " " + judge.Text(body), Want: "201", Got: judge.StatusOf(answer)}
		}
	}
	return nil, refusal
}

func (w *World) readBack(ctx context.Context, collection string, created *wire.Response) (*judge.Subject, error) {
	shown, err := judge.ObjectIn(created)
	if err != nil || scim.IDOf(shown) == "" {
		if shown, err = w.FollowLocation(ctx, collection, created); err != nil {
			return nil, err
		}
	}
	id := scim.IDOf(shown)
	if shown, err = w.Read(ctx, collection, id); err != nil {
		return nil, err
	}
	if scim.IDOf(shown) == id {
		shown.Set("id", id) // also where it is a number: filters compare it as a text
	}
	return &judge.Subject{Collection: collection, ID: id, Shown: shown}, nil
}

// describe is the body that creates a member.
func (w *World) describe(p Member, members map[string]*judge.Subject) (*scim.Object, error) {
	_, domain, _ := strings.Cut(w.UserName(""), "@")
	text := strings.NewReplacer("{population}", w.populationMark(), "{domain}", domain).Replace(p.Attributes)
	attributes, err := scim.ParseObject([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("population, %s: %w", p.Name, err)
	}
	body := judge.Merge(w.Template(p.Collection, populationName+strings.ToLower(p.Name)), attributes)
	for name, value := range attributes.All() {
		if value == nil { // which merge takes for "remove"
			body.Set(name, nil)
		}
	}
	if len(p.members) > 0 {
		list := []any{}
		for _, name := range p.members {
			list = append(list, scim.NewObject(scim.Member{Name: "value", Value: members[name].ID}))
		}
		body.Set("members", list)
	}
	return body, nil
}

// basicPart is what nearly every target keeps.
func basicPart(full *scim.Object) *scim.Object {
	basic := scim.NewObject()
	for _, name := range []string{"schemas", "userName", "displayName", "name", "emails", "active", "members"} {
		if value, ok := full.Get(name); ok && !scim.IsUnassigned(value) {
			basic.Set(name, value)
		}
	}
	return basic
}

// rememberMoments gives names to moments around the creation of Ada, well away
// from it: a target may show less precision than it keeps.
func (w *World) rememberMoments() error {
	ada, err := w.Subject("Ada")
	if err != nil {
		return err
	}
	t, err := time.Parse(time.RFC3339Nano, ada.Shown.Object("meta").String("created"))
	if err != nil { // then every filter on it is wrong, and that is what it is
		t = w.Run.Now()
	}
	east, west := time.FixedZone("", 14*60*60), time.FixedZone("", -12*60*60)
	for name, moment := range map[string]time.Time{
		"an hour before":         t.Add(-time.Hour).UTC(),
		"an hour before in east": t.Add(-time.Hour).In(east),
		"an hour after":          t.Add(time.Hour).UTC(),
		"an hour after in west":  t.Add(time.Hour).In(west),
		"just before":            t.Add(-2 * time.Second).UTC(),
		"a minute after":         t.Add(time.Minute).UTC(),
	} {
		w.Remembered[name] = moment.Format("2006-01-02T15:04:05Z07:00")
	}
	return nil
}

// theTargetKeeps blocks or leaves out an example that needs an attribute which
// this target does not store.
func (w *World) theTargetKeeps(path, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if value, ok := judge.At(s.Shown, path); !ok || scim.IsUnassigned(value) {
		return &judge.Unsupported{Reason: fmt.Sprintf("the target does not keep %s: it was sent for %s and not shown again", path, name)}
	}
	return nil
}
