package judge

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// A target need not have every attribute of RFC 7643: which it has, its /Schemas says. An example
// that wants to see one which the target drops whatever is sent is not about that.

// keptHome is the requirement that what is declared is kept.
const keptHome = "RFC7643-7-19"

// shownAs are the ways in which a Mismatch names an attribute of a resource.
var shownAs = []*regexp.Regexp{
	regexp.MustCompile(`^(\w+) as it is (?:read now|stored), (urn:[^,]+|\w+)`),
	regexp.MustCompile(`^the answer to (?:POST|PUT|PATCH|GET) /(Users|Groups)[^,]*, (urn:[^,]+|\w+)$`),
}

// NotKept says that an attribute which a Mismatch misses is never kept: by which requirement that
// is told, if the target declares the attribute, and why. It is looked at once in a run.
func (j *Session) NotKept(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	collection, name := j.missedIn(m)
	if name == "" || judged == keptHome {
		return "", "", nil
	}
	sample := sampleOf(collection, name)
	if sample == nil {
		return "", "", nil
	}
	why, err = SharedBy(ctx, j.Run, "whether "+name+" is kept in "+collection, func(ctx context.Context, own *Session) (string, error) {
		body := Merge(own.Template(collection, "kept"), scim.NewObject(scim.Member{Name: name, Value: withName(sample, own.UserName("kept"))}))
		if err := own.Make(ctx, "K", collection, WithSchemas(body)); err != nil {
			return "", err
		}
		now, err := own.Reread(ctx, "K")
		if err != nil {
			return "", err
		}
		if v, _ := now.Shown.Get(name); !scim.IsUnassigned(v) {
			return "", nil
		}
		return "the target does not keep " + name + ": " + Text(sample) + " was sent in a POST to /" + collection + ", and a read does not show it", nil
	})
	if why == "" || err != nil {
		return "", "", OnlyLost(err)
	}
	if missing, err := j.Missing(ctx, "Schemas"); err != nil || missing != "" {
		return "", why, OnlyLost(err)
	}
	return keptHome, why, nil
}

// missedIn is the attribute that a Mismatch misses altogether, and where; "" if it is about
// something else.
func (j *Session) missedIn(m *Mismatch) (collection, name string) {
	if !slices.Contains([]string{"null", "none", "[]", ""}, m.Got) {
		return "", ""
	}
	for _, form := range shownAs {
		told := form.FindStringSubmatch(m.What)
		if told == nil {
			continue
		}
		if s := j.Subjects[told[1]]; s != nil {
			return s.Collection, told[2]
		}
		if told[1] == "Users" || told[1] == "Groups" {
			return told[1], told[2]
		}
	}
	return "", ""
}

// sampleOf is a value of an attribute that a client may leave out; nil of any other.
func sampleOf(collection, name string) any {
	t := typeOf(collection)
	for _, x := range t.Extensions {
		if strings.EqualFold(x.Schema.ID, name) {
			return scim.NewObject(scim.Member{Name: "department", Value: "Tours"})
		}
	}
	a := t.Schema.Attribute(name)
	if a == nil || a.Mutability == scim.ReadOnly || a.Returned == scim.Never || strings.EqualFold(name, "members") || strings.EqualFold(name, Naming(collection)) {
		return nil
	}
	if value := plainSamples[a.Name]; value != nil {
		return value
	}
	return demandedValue(a)
}

// plainSamples are values of what has a form of its own.
var plainSamples = map[string]any{
	"timezone": "America/Los_Angeles", "locale": "en-US", "preferredLanguage": "en",
	"phoneNumbers": MustObject(`{"all": [{"value": "tel:+1-201-555-0123", "type": "work"}]}`).Array("all"),
	"addresses":    MustObject(`{"all": [{"locality": "Hollywood", "country": "US", "type": "work"}]}`).Array("all"),
}
