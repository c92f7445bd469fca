package population

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// A filter is judged by what is new in it. Where its parts in their plainest form already
// miss whom they describe, or are answered by an error, that is the finding of another
// requirement.

// plainFilter is the plainest filter of a kind, and the requirement that it is the home of.
type plainFilter struct {
	home       string
	collection string
	needs      func(filter.Compare, *scim.Attribute) bool // which comparisons need it; nil for none
	brackets   bool                                       // whether square brackets need it
	texts      []string                                   // the filters; of several, all have to fail
	by         string                                     // {value} stands for this attribute of a member who has it
	joins      func(filter.Filter) bool                   // whether how conditions are joined needs it; nil for not
}

var plainFilters = []plainFilter{
	{home: "02", collection: "Users", needs: equatesMore, texts: []string{"title eq {value}"}, by: "title"},
	{home: "02", collection: "Users", needs: equatesMore, texts: []string{"displayName eq {value}"}, by: "displayName"},
	{home: "02", collection: "Users", needs: equatesMore, texts: []string{"name.familyName eq {value}"}, by: "name.familyName"},
	{home: "15", collection: "Users", joins: isAnd, texts: []string{"userName eq {value} and userName eq {value}"}, by: "userName"},
	{home: "15", collection: "Users", joins: isOr, texts: []string{`userName eq {value} or userName eq "sduo"`}, by: "userName"},
	{home: "07", collection: "Groups", needs: compares(filter.Sw), texts: []string{"displayName sw {beginning}"}, by: "displayName"},
	{home: "06", collection: "Groups", needs: compares(filter.Co), texts: []string{"displayName co {middle}"}, by: "displayName"},
	{home: "15", collection: "Groups", joins: isAnd, texts: []string{"displayName eq {value} and displayName eq {value}"}, by: "displayName"},
	{home: "16", collection: "Users", joins: isNot, texts: []string{`not (userName eq "sduo")`}, by: "userName"},
	{home: "36", collection: "Users", needs: hasEscapes, texts: []string{"displayName eq {value}"}, by: "displayName"},
	{home: "22", collection: "Users", needs: isInList, texts: []string{"emails.value eq {value}", `emails.type eq "work"`}, by: "emails.value"},
	{home: "22", collection: "Groups", needs: isInList, texts: []string{"members.value eq {value}"}, by: "members.value"},
	{home: "19", collection: "Users", brackets: true, texts: []string{"emails[value eq {value}]"}, by: "emails.value"},
	{home: "10", collection: "Users", needs: hasOffset, texts: []string{"meta.created gt {earlier}"}, by: "meta.created"},
	{home: "06", collection: "Users", needs: compares(filter.Co), texts: []string{"title co {middle}"}, by: "title"},
	{home: "07", collection: "Users", needs: compares(filter.Sw), texts: []string{"title sw {beginning}"}, by: "title"},
	{home: "07", collection: "Users", needs: compares(filter.Sw), texts: []string{"userName sw {beginning}"}, by: "userName"},
	{home: "08", collection: "Users", needs: compares(filter.Ew), texts: []string{"title ew {end}"}, by: "title"},
	{home: "09", collection: "Users", needs: compares(filter.Pr), texts: []string{"title pr"}, by: "title"},
	{home: "12", collection: "Users", needs: orders, texts: []string{`title gt "0"`, `title lt "zzz"`}, by: "title"},
	{home: "05", collection: "Users", needs: compares(filter.Ne), texts: []string{`title ne "sduo"`}, by: "title"},
}

// filterRules is the section whose requirements are homes.
const filterRules = "RFC7644-3.4.2.2-"

func isAnd(f filter.Filter) bool {
	_, is := f.(filter.And)
	return is
}

func isOr(f filter.Filter) bool {
	_, is := f.(filter.Or)
	return is
}

func isNot(f filter.Filter) bool {
	_, is := f.(filter.Not)
	return is
}

func hasEscapes(c filter.Compare, _ *scim.Attribute) bool {
	text, _ := c.Value.(string)
	return strings.ContainsAny(text, `"\`)
}

// equatesMore recognises what is asked of more than the name, which is all that some targets compare.
func equatesMore(c filter.Compare, a *scim.Attribute) bool {
	return c.Op == filter.Eq && a != nil && !strings.EqualFold(a.Name, "userName")
}

func isInList(_ filter.Compare, a *scim.Attribute) bool { return a != nil && a.MultiValued }

// withOffset matches a dateTime that names its zone otherwise than by Z.
var withOffset = regexp.MustCompile(`[+-]\d\d:\d\d$`)

func hasOffset(c filter.Compare, _ *scim.Attribute) bool {
	text, _ := c.Value.(string)
	return judge.IsA(c.Value, "dateTime") && withOffset.MatchString(text)
}

func orders(c filter.Compare, _ *scim.Attribute) bool {
	return slices.Contains([]filter.Op{filter.Gt, filter.Ge, filter.Lt, filter.Le}, c.Op)
}

func compares(op filter.Op) func(filter.Compare, *scim.Attribute) bool {
	return func(c filter.Compare, _ *scim.Attribute) bool { return c.Op == op }
}

// Misfound says which requirement tells already what is wrong with the filter that a Mismatch
// is about, other than the one that is judged: a plain filter that it is made of misses
// somebody whom it describes. "" if there is none. Each plain filter is asked once in a run.
func (w *World) Misfound(ctx context.Context, m *judge.Mismatch, judged string) (home, why string, err error) {
	if home, why, err = w.overfound(ctx, m, judged); home != "" || err != nil {
		return home, why, err
	}
	if asked := filterTold.FindStringSubmatch(m.What); asked != nil { // of several, which the session does not keep
		return w.misfound(ctx, asked[2], asked[1:2], judged)
	}
	for _, a := range w.AnswersIn(m) {
		text := judge.ParameterOf(a.Request, "filter")
		if text == "" || a.Response.Status >= 400 && a.Response.Status < 500 {
			continue
		}
		if home, why, err = w.misfound(ctx, text, a.Request.Path, judged); home != "" || err != nil {
			return home, why, err
		}
	}
	return "", "", nil
}

// filterTold recognises what is found by a filter alone.
var filterTold = regexp.MustCompile(`^resources found by GET /(Users|Groups)\?filter=([^&]*)$`)

func (w *World) misfound(ctx context.Context, text string, path []string, judged string) (home, why string, err error) {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return "", "", err
	}
	for i, p := range plainFilters {
		if !slices.Contains(collectionsAsked(path), p.collection) || !p.isPartOf(text, types[p.collection]) {
			continue
		}
		found, err := judge.SharedBy(ctx, w.Run, "the plain filter "+strconv.Itoa(i)+" of "+p.home, func(ctx context.Context, own *judge.Session) (string, error) {
			return New(own).misses(ctx, p)
		})
		switch {
		case judge.IsLost(err):
			return "", "", err
		case found != "" && filterRules+p.home == judged:
			return "", "", nil // it is the one that tells it
		case found != "" && home == "":
			home, why = filterRules+p.home, found
		}
	}
	return home, why, nil
}

func collectionsAsked(path []string) []string {
	if len(path) > 0 && (path[0] == "Users" || path[0] == "Groups") {
		return path[:1]
	}
	return []string{"Users", "Groups"}
}

// isPartOf says whether a filter has something in it that is this one in its plainest form.
func (p plainFilter) isPartOf(text string, t *scim.ResourceType) bool {
	f, err := filter.Parse(text, t)
	return err == nil && p.isIn(f, t)
}

func (p plainFilter) isIn(f filter.Filter, t *scim.ResourceType) bool {
	if p.joins != nil && p.joins(f) {
		return true
	}
	switch f := f.(type) {
	case filter.And:
		return p.isIn(f.Left, t) || p.isIn(f.Right, t)
	case filter.Or:
		return p.isIn(f.Left, t) || p.isIn(f.Right, t)
	case filter.Not:
		return p.isIn(f.Of, t)
	case filter.ValuePath:
		return p.brackets || p.isIn(f.Of, t)
	case filter.Compare:
		found, _ := filter.Resolve(t, filter.Path{URN: f.Path.URN, Attr: f.Path.Attr, Sub: f.Path.Sub})
		return p.needs != nil && p.needs(f, found.Attribute)
	}
	return false
}

// misses asks for a member of the population who has the attribute, by the plain filters, and
// says how they fail if all do.
func (w *World) misses(ctx context.Context, p plainFilter) (string, error) {
	made, err := judge.SharedBy(ctx, w.Run, "population", func(ctx context.Context, own *judge.Session) (*madePopulation, error) { return New(own).populate(ctx) })
	if err != nil {
		return "", err
	}
	name, value := p.someone(made.members)
	if name == "" {
		return "", nil
	}
	why := ""
	for _, text := range p.texts {
		s := &Search{Where: p.filled(text, value), Collections: []string{p.collection}}
		if err := w.RunSearch(ctx, s); err != nil {
			return "", err
		}
		var got string
		switch {
		case w.Last.Status >= 500:
			got = judge.StatusOf(w.Last)
		case s.Problem == "" && s.complete && !s.found[p.collection+"/"+made.members[name].ID]:
			got = "a list without " + name
		default:
			return "", nil
		}
		why = "the plain filter fails alike: GET /" + p.collection + "?filter=" + s.Where + " is answered " + got
	}
	return why, nil
}

// someone is a member who has the attribute, with its value; for the filter on escapes one
// whose value needs them.
func (p plainFilter) someone(members map[string]*judge.Subject) (name, value string) {
	for _, m := range Members() {
		s := members[m.Name]
		if s == nil || m.Collection != p.collection {
			continue
		}
		text := textAt(s.Shown, p.by)
		if text != "" && (p.home != "36" || strings.ContainsAny(text, `"\`)) && (p.by != "emails.value" || textAt(s.Shown, "emails.type") == "work") {
			return m.Name, text
		}
	}
	return "", ""
}

// textAt is a text at a path of at most two names; of a list that of its first element.
func textAt(o *scim.Object, path string) string {
	name, sub, nested := strings.Cut(path, ".")
	if !nested {
		return o.String(name)
	}
	if list := o.Array(name); len(list) > 0 {
		first, _ := list[0].(*scim.Object)
		return first.String(sub)
	}
	return o.Object(name).String(sub)
}

func (p plainFilter) filled(text, value string) string {
	letters := []rune(value)
	most := max(1, len(letters)-3) // what takes sw for eq or ew does not find the beginning
	beginning, end := string(letters[:most]), string(letters[len(letters)-most:])
	middle := string(letters[(len(letters)-most)/3 : (len(letters)+2*most)/3])
	return strings.NewReplacer("{value}", judge.Text(value), "{beginning}", judge.Text(beginning), "{middle}", judge.Text(middle), "{end}", judge.Text(end), "{earlier}", judge.Text(earlierInEast(value))).Replace(text)
}

// earlierInEast is an hour before a time, written where it is a later hour.
func earlierInEast(text string) string {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return text
	}
	return t.Add(-time.Hour).In(time.FixedZone("", 14*60*60)).Format("2006-01-02T15:04:05Z07:00")
}
