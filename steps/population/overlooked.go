package population

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// A target may overlook filters altogether, or what it does not filter by: then every filter
// finds everybody, and one requirement tells it.

const (
	overlookedHome = filterRules + "01" // only what matches is found
	groupsHome     = filterRules + "45" // so with groups
	unknownHome    = filterRules + "35" // an attribute that does not exist finds nobody
)

// overfound says which requirement tells already that a filter finds more than it describes,
// other than the one that is judged; "" if there is none.
func (w *World) overfound(ctx context.Context, m *judge.Mismatch, judged string) (home, why string, err error) {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return "", "", err
	}
	for _, asked := range w.filtersIn(m) {
		collection, naming := asked[0], judge.Naming(asked[0])
		home = overlookedHome
		if collection == "Groups" {
			home = groupsHome
		}
		if why, err = w.findsAnybody(ctx, collection, naming); why != "" || err != nil {
			return unless(judged, home), why, err
		}
		if !isMore(m) {
			continue
		}
		f, parseErr := filter.Parse(asked[1], types[collection])
		if why, err = w.findsAnybody(ctx, collection, "sduoUnknown"); why == "" || err != nil || parseErr != nil {
			return "", "", err
		}
		for _, name := range namesIn(f) {
			if why, err = w.findsAnybody(ctx, collection, name); why != "" || err != nil {
				return unless(judged, unknownHome), why, err
			}
		}
	}
	return "", "", nil
}

// unless is the home, if it is not the requirement that is judged.
func unless(judged, home string) string {
	if judged == home {
		return ""
	}
	return home
}

// filtersIn are those that a Mismatch is about, each behind its collection.
func (w *World) filtersIn(m *judge.Mismatch) [][2]string {
	if asked := searchTold.FindStringSubmatch(m.What); asked != nil {
		return [][2]string{{asked[1], asked[2]}}
	}
	if asked := filterTold.FindStringSubmatch(m.What); asked != nil {
		return [][2]string{{asked[1], asked[2]}}
	}
	if asked := pageOfFilter.FindStringSubmatch(m.What); asked != nil {
		return [][2]string{{asked[1], asked[2]}}
	}
	if m.What == "filter.supported" {
		return [][2]string{{"Users", ""}}
	}
	var all [][2]string
	for _, a := range w.AnswersIn(m) {
		if text := judge.ParameterOf(a.Request, "filter"); text != "" && len(a.Request.Path) == 1 && a.Response.Status == 200 && slices.Contains([]string{"Users", "Groups"}, a.Request.Path[0]) {
			all = append(all, [2]string{a.Request.Path[0], text})
		}
	}
	return all
}

// searchTold recognises whom a filter finds of the population.
var searchTold = regexp.MustCompile(`^(Users|Groups) found where (.*?)(?: \(the smallest that was found.*)?$`)

// pageOfFilter recognises a page of what a filter finds.
var pageOfFilter = regexp.MustCompile(`GET /(Users|Groups)\?filter=([^&]*)&`)

// isMore says whether more was found than wanted: a higher number, or more names.
func isMore(m *judge.Mismatch) bool {
	want, wantErr := strconv.Atoi(m.Want)
	got, gotErr := strconv.Atoi(m.Got)
	if wantErr == nil && gotErr == nil {
		return got > want
	}
	if !strings.Contains(m.What, " found ") && !strings.Contains(m.What, "the number of elements of Resources") {
		return false
	}
	return names(m.Got) > names(m.Want) || strings.HasPrefix(m.Got, "[{") && m.Want == "0"
}

// names is how many there are in a list of them.
func names(text string) int {
	if text == "" || strings.HasPrefix(text, "nobody ") {
		return 0
	}
	return strings.Count(text, ", ") + 1
}

// namesIn are the attributes that a filter compares, as it names them.
func namesIn(f filter.Filter) []string {
	switch f := f.(type) {
	case filter.And:
		return append(namesIn(f.Left), namesIn(f.Right)...)
	case filter.Or:
		return append(namesIn(f.Left), namesIn(f.Right)...)
	case filter.Not:
		return namesIn(f.Of)
	case filter.ValuePath:
		return []string{f.Path.String() + ".value"}
	case filter.Compare:
		plain := filter.Path{URN: f.Path.URN, Attr: f.Path.Attr, Sub: f.Path.Sub}
		return []string{plain.String()}
	}
	return nil
}

// findsAnybody asks for a value that nobody has, and says whom of the population that finds.
func (w *World) findsAnybody(ctx context.Context, collection, name string) (string, error) {
	why, err := judge.SharedBy(ctx, w.Run, "an overlooked filter on "+name+" of "+collection, func(ctx context.Context, own *judge.Session) (string, error) {
		made, err := judge.SharedBy(ctx, own.Run, "population", func(ctx context.Context, own *judge.Session) (*madePopulation, error) { return New(own).populate(ctx) })
		if err != nil {
			return "", err
		}
		s := &Search{Where: name + ` eq "sduo-nobody-at-all"`, Collections: []string{collection}}
		if err := New(own).RunSearch(ctx, s); err != nil || s.Problem != "" || s.last.Status != 200 {
			return "", err
		}
		for _, m := range Members() {
			if of := made.members[m.Name]; of != nil && of.Collection == collection && s.found[collection+"/"+of.ID] {
				return "a filter on " + name + " is overlooked: GET /" + collection + "?filter=" + s.Where + " finds " + m.Name, nil
			}
		}
		return "", nil
	})
	return why, judge.OnlyLost(err)
}
