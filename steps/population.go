package steps

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The population is a handful of users and groups that every kind of query has
// something to find in, or to leave out. It is made once in a run, never changed,
// and looked at by all scenarios about filters, sorting and paging.

// thePopulation makes its members known to the scenario by their names, as the
// target showed them.
func (w *world) thePopulation(ctx context.Context) error {
	common, err := w.run.commonWorld()
	if err != nil {
		return err
	}
	w.move(common)
	members, err := w.run.shared.population.get(func() (map[string]*subject, error) { return common.populate(ctx) })
	if err != nil {
		return err
	}
	if members["Red"] == nil && attemptOf(ctx).needs("groups") {
		return &Mismatch{What: "the groups of the population", Want: "to be created", Got: "a refusal, although groups are offered"}
	}
	maps.Copy(w.subjects, members)
	w.remembered["population"] = common.folk()
	return w.rememberMoments()
}

// needs says whether the example, or its whole Rule, requires a capability.
func (a *attempt) needs(capability string) bool {
	tag := "requires." + capability
	for _, e := range a.requirement.Examples {
		if e.Name == a.example && slices.Contains(e.Tags, tag) {
			return true
		}
	}
	return slices.Contains(a.requirement.Tags, tag)
}

// folkName tells the population from what else this run has made.
const folkName = "folk-"

// folk is the mark of the population: its names begin with it and a hyphen.
func (w *world) folk() string { return w.mark() + "-" + strings.TrimSuffix(folkName, "-") }

// populate makes the population, users before the groups that they are in.
func (w *world) populate(ctx context.Context) (map[string]*subject, error) {
	members := map[string]*subject{}
	for _, p := range population {
		s, err := w.settleIn(ctx, p, members)
		if _, refused := isMismatch(err); refused && p.collection == "Groups" {
			continue // a target without groups still has users to look for
		}
		if err != nil {
			return nil, err
		}
		members[p.name] = s
	}
	last := members["Lee"].shown.String("userName")
	err := w.eventually(ctx, func() error {
		found, err := w.find(ctx, w.judge(), "Users", "userName", last)
		if err == nil && len(found) == 0 {
			err = &Mismatch{What: "the population", Want: "to be found", Got: "nothing"}
		}
		return err
	})
	if _, missing := isMismatch(err); err != nil && !missing { // what a query does not find, its requirement says
		return nil, err
	}
	return members, nil
}

// settleIn makes one member. A target may refuse attributes that it does not
// have: it gets fewer then, until only what every resource needs is left. What
// is read back is what counts.
func (w *world) settleIn(ctx context.Context, p inhabitant, members map[string]*subject) (*subject, error) {
	full, err := w.describe(p, members)
	if err != nil {
		return nil, err
	}
	var refusal error
	for _, body := range []*scim.Object{full, basicPart(full), w.template(p.collection, folkName+strings.ToLower(p.name))} {
		answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodPost, Path: []string{p.collection}, Body: withSchemas(body)})
		if err != nil {
			return nil, err
		}
		if answer.Status/100 == 2 {
			return w.readBack(ctx, p.collection, answer)
		}
		if refusal == nil {
			refusal = &Mismatch{What: "POST /" + p.collection + " " + textOf(body), Want: "201", Got: statusOf(answer)}
		}
	}
	return nil, refusal
}

func (w *world) readBack(ctx context.Context, collection string, created *wire.Response) (*subject, error) {
	shown, err := created.Object()
	if err != nil || shown.String("id") == "" {
		if shown, err = w.followLocation(ctx, collection, created); err != nil {
			return nil, err
		}
	}
	id := shown.String("id")
	if shown, err = w.read(ctx, collection, id); err != nil {
		return nil, err
	}
	return &subject{collection: collection, id: id, shown: shown}, nil
}

// describe is the body that creates a member.
func (w *world) describe(p inhabitant, members map[string]*subject) (*scim.Object, error) {
	_, domain, _ := strings.Cut(w.freshUserName(""), "@")
	text := strings.NewReplacer("{mark}", w.folk(), "{domain}", domain).Replace(p.attributes)
	attributes, err := scim.ParseObject([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("population, %s: %w", p.name, err)
	}
	body := merge(w.template(p.collection, folkName+strings.ToLower(p.name)), attributes)
	for name, value := range attributes.All() {
		if value == nil { // which merge takes for "remove"
			body.Set(name, nil)
		}
	}
	if len(p.members) > 0 {
		list := []any{}
		for _, name := range p.members {
			list = append(list, scim.NewObject(scim.Member{Name: "value", Value: members[name].id}))
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
func (w *world) rememberMoments() error {
	ada, err := w.subject("Ada")
	if err != nil {
		return err
	}
	t, err := time.Parse(time.RFC3339Nano, ada.shown.Object("meta").String("created"))
	if err != nil { // then every filter on it is wrong, and that is what it is
		t = w.run.options.Now()
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
		w.remembered[name] = moment.Format("2006-01-02T15:04:05Z07:00")
	}
	return nil
}

// theTargetKeeps blocks or leaves out an example that needs an attribute which
// this target does not store.
func (w *world) theTargetKeeps(path, name string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	if value, ok := at(s.shown, path); !ok || scim.IsUnassigned(value) {
		return &unsupported{fmt.Sprintf("the target does not keep %s: it was sent for %s and not shown again", path, name)}
	}
	return nil
}
