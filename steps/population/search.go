package population

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that look for members of the population by a filter. What should be
// found is never read from the feature alone: the filter is evaluated on what
// the target showed of each member, by what the target declares of case.

// Search is one query with the answers to it, page by page.
type Search struct {
	Where       string // the filter
	byPost      bool   // by .search
	Collections []string
	parameters  [][2]string // beside the filter

	first    *wire.Response
	last     *wire.Response  // to what was asked last
	found    map[string]bool // ids, each behind its collection
	listed   []string        // the same, as often as they are listed
	total    int             // the highest totalResults
	complete bool            // all pages were seen
	pages    int             // how many were
	Problem  string          // why an answer is no list
}

// pagesSeen is how many pages a search reads at most: a target may hold much besides the
// population.
const pagesSeen = 20

// theClientLooksFor sends a filter by GET, or by POST to .search.
func (w *World) theClientLooksFor(ctx context.Context, how, kind, where, parameters string) error {
	text, err := w.ExpandJSON(where)
	if missing, ok := judge.IsMismatch(err); ok {
		return &judge.Unsupported{Reason: fmt.Sprintf("the target does not keep %s, which the filter names", missing.What)}
	}
	if err != nil {
		return err
	}
	s := &Search{Where: string(text), byPost: how == "searches", Collections: collectionsOf(kind)}
	for pair := range strings.SplitSeq(parameters, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			s.parameters = append(s.parameters, [2]string{name, value})
		}
	}
	if err := w.RunSearch(ctx, s); err != nil {
		return err
	}
	w.search = s
	return nil
}

// searched is the search that the client made last, if it has asked for nothing since.
func (w *World) searched() *Search {
	if w.search == nil || w.search.last != w.Last {
		return nil
	}
	return w.search
}

func collectionsOf(kind string) []string {
	switch kind {
	case "users":
		return []string{"Users"}
	case "groups":
		return []string{"Groups"}
	}
	return []string{"Users", "Groups"}
}

// RunSearch reads the answer and, where it is one page of several, the others.
func (w *World) RunSearch(ctx context.Context, s *Search) error {
	s.found, s.listed, s.total, s.pages, s.complete = map[string]bool{}, nil, 0, 0, false
	seen := 0
	for range pagesSeen {
		s.pages++
		if err := w.askSearch(ctx, s, seen); err != nil {
			return err
		}
		s.last = w.Last
		if s.first == nil {
			s.first = w.Last
			if err := w.notOffered(ctx, s); err != nil {
				return err
			}
		}
		list, problem := judge.ListOf(w.Last)
		if s.Problem = problem; problem != "" {
			return nil
		}
		for _, r := range list.Resources {
			s.found[s.key(r)] = true
			s.listed = append(s.listed, s.key(r))
		}
		s.total = max(s.total, list.TotalResults)
		seen += len(list.Resources)
		if len(list.Resources) == 0 || seen >= list.TotalResults {
			s.complete = true
			return nil
		}
	}
	return nil
}

// askSearch asks for what comes after the resources that were seen.
func (w *World) askSearch(ctx context.Context, s *Search, seen int) error {
	path := s.Collections
	if len(path) > 1 {
		path = nil // the root
	}
	query := append([][2]string{{"filter", s.Where}}, s.parameters...)
	if seen > 0 {
		query = slices.DeleteFunc(query, func(q [2]string) bool { return q[0] == "startIndex" })
		query = append(query, [2]string{"startIndex", strconv.Itoa(seen + 1)})
		if !slices.ContainsFunc(query, func(q [2]string) bool { return q[0] == "count" }) {
			query = append(query, [2]string{"count", "100"})
		}
	}
	if !s.byPost {
		return w.Ask(ctx, http.MethodGet, path, query, nil)
	}
	return w.Ask(ctx, http.MethodPost, append(slices.Clone(path), ".search"), nil, judge.SearchRequest(query))
}

// notOffered tells apart what a target need not have: queries by POST, and those
// of everything (RFC 7644 section 3.4.2.1 says that they may be made). It has
// them if it answers one that asks for nothing in particular.
func (w *World) notOffered(ctx context.Context, s *Search) error {
	what := "queries of the service root"
	if s.byPost {
		what = "searches by POST"
	}
	declined := s.byPost && judge.IsAbsent(s.first)
	if len(s.Collections) > 1 {
		declined = judge.DeclinesRoot(s.first)
	}
	if !declined {
		return nil
	}
	plain := wire.Request{Method: w.Asked.Method, Path: w.Asked.Path, Query: [][2]string{{"count", "1"}}}
	if s.byPost {
		plain.Query, plain.Body = nil, judge.SearchRequest(plain.Query)
	}
	answer, err := w.Send(ctx, w.Client(), plain)
	if err != nil || answer.Status == http.StatusOK {
		return err
	}
	return &judge.Unsupported{Reason: fmt.Sprintf("the target has no %s: it answers %s", what, judge.StatusOf(s.first))}
}

// key tells users and groups of the same id apart, by what they say they are.
func (s *Search) key(r *scim.Object) string {
	collection := s.Collections[0]
	for name, is := range map[string][2]string{"Users": {"User", scim.UserURN}, "Groups": {"Group", scim.GroupURN}} {
		if r.Object("meta").String("resourceType") == is[0] || slices.Contains(r.Array("schemas"), any(is[1])) {
			collection = name
		}
	}
	return collection + "/" + scim.IDOf(r)
}

// exactlyTheseMembers compares with our own evaluation. The list of the feature
// says whom that finds if the target keeps the whole population.
func (w *World) exactlyTheseMembers(ctx context.Context, list string) error {
	s := w.searched()
	what := strings.Join(s.Collections, " and ") + " found where " + s.Where
	if judge.IsTooMany(s.first) {
		return &judge.Unsupported{Reason: fmt.Sprintf("the target finds too much where %s: it answers %s", s.Where, judge.StatusOf(s.first))}
	}
	if s.Problem != "" {
		return w.ExpectThat(false, what, "a list", s.Problem)
	}
	want, err := w.Described(ctx, s.Where, s.Collections)
	if err != nil {
		return err
	}
	told := judge.Listed(list)
	slices.Sort(told)
	if w.isPlainEmbedded() && !slices.Equal(told, want) {
		return fmt.Errorf("%s describes %q, not %q as the feature says", s.Where, want, told)
	}
	if len(want) == 0 && len(told) > 0 {
		return &judge.Unsupported{Reason: fmt.Sprintf("the target does not keep what %s looks for: nobody of the population has it", s.Where)}
	}
	err = w.CompareFound(ctx, s, what, want)
	if _, wrong := judge.IsMismatch(err); !wrong || s.pages < 2 {
		return err
	}
	// Other scenarios may have moved somebody from one page to another.
	if err := w.Run.WithoutWrites(ctx, func() error { return w.RunSearch(ctx, s) }); err != nil {
		return err
	}
	if s.Problem != "" {
		return w.ExpectThat(false, what, "a list", s.Problem)
	}
	return w.CompareFound(ctx, s, what, want)
}

// isPlainEmbedded says whether the target is the simulator as it is, so that the
// features are right about it to the word.
func (w *World) isPlainEmbedded() bool {
	const needed = 2 // schemas and userName
	return !w.Run.Altered && w.Run.Target.IsEmbedded() && w.Template("Users", "").Len() == needed
}

// CompareFound demands that a search found the wanted members of the population and no other.
func (w *World) CompareFound(ctx context.Context, s *Search, what string, want []string) error {
	got := w.membersIn(s)
	want, err := w.withoutHidden(ctx, s, want, got)
	if err != nil {
		return err
	}
	if !s.complete { // who is not on the pages seen may be on another
		want = slices.DeleteFunc(want, func(name string) bool { return !slices.Contains(got, name) })
	}
	return w.ExpectThat(slices.Equal(want, got), what, NamesText(want), NamesText(got))
}

// NamesText lists members of the population for a message.
func NamesText(names []string) string {
	if len(names) == 0 {
		return "nobody of the population"
	}
	return strings.Join(names, ", ")
}

// membersIn are the members of the population that were found, sorted.
func (w *World) membersIn(s *Search) []string {
	var names []string
	for _, p := range Members() {
		if m := w.Subjects[p.Name]; m != nil && s.found[m.Collection+"/"+m.ID] {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return names
}

// Described are the members of the population that a filter describes, sorted.
func (w *World) Described(ctx context.Context, where string, collections []string) ([]string, error) {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range Members() {
		m := w.Subjects[p.Name]
		if m == nil || !slices.Contains(collections, m.Collection) {
			continue
		}
		t := types[m.Collection]
		condition, err := filter.Parse(where, t)
		if err != nil {
			return nil, err
		}
		if filter.Match(condition, t, m.Shown) {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// areFound judges whom a list shows; where a target need not offer what was asked
// for, "or" says what it may answer instead.
func (w *World) areFound(ctx context.Context, list, or string) error {
	switch {
	case or == "the filter is refused":
		return w.areFoundOrRefused(ctx, list)
	case or == "the request is refused":
		return w.isRefusedOrFinds(ctx, list)
	case or != "" && w.Last != nil && w.Last.Status != http.StatusOK:
		return w.ExpectOneOf(strings.TrimPrefix(or, "the answer is "))
	}
	return w.exactlyAreFound(ctx, list)
}

// areFoundOrRefused is for what a target may do or refuse.
func (w *World) areFoundOrRefused(ctx context.Context, list string) error {
	s := w.searched()
	if s == nil {
		return fmt.Errorf("the client has not looked for anything")
	}
	status := s.first.Status
	refused := status == http.StatusBadRequest || status == http.StatusForbidden || status == http.StatusNotImplemented
	switch {
	case refused && list != "":
		return &judge.Unsupported{Reason: "the target refuses the filter " + s.Where + ": it answers " + judge.StatusOf(s.first)}
	case refused:
		w.Asserted(1)
		return nil
	}
	return w.exactlyTheseMembers(ctx, list)
}

// exactlyAreFound looks at the resources of this scenario in a list answer;
// what else the target holds does not matter. A list that does not show all it
// counts cannot be judged.
func (w *World) exactlyAreFound(ctx context.Context, list string) error {
	if w.searched() != nil {
		return w.exactlyTheseMembers(ctx, list)
	}
	object, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	if err := w.ExpectStatus(func(s int) bool { return s == 200 }, "200"); err != nil {
		return err
	}
	got, err := scim.ParseList(object)
	if err != nil {
		return w.ExpectThat(false, "the answer to "+w.TheRequest(), "a list", err.Error())
	}
	byID := map[string]string{}
	for name, s := range w.Subjects {
		byID[s.ID] = name
	}
	var found []string
	for _, r := range got.Resources {
		if name := byID[scim.IDOf(r)]; name != "" {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	want := judge.Listed(list)
	slices.Sort(want)
	w.foundBefore = true
	return w.Expect("resources found by "+w.TheRequest()+judge.QueryText(w.Asked), strings.Join(want, ", "), strings.Join(found, ", "))
}

// isRefusedOrFinds takes a refusal for a filter that the target does not offer
// (RFC 7644 section 3.4.2.2).
func (w *World) isRefusedOrFinds(ctx context.Context, list string) error {
	refused, err := w.RefusedOrDone()
	switch {
	case err != nil:
		return err
	case refused && list != "" && w.foundBefore:
		return judge.ErrEnded // what was judged before holds
	case refused && list != "":
		return &judge.Unsupported{Reason: "the target refuses " + w.TheRequest() + judge.QueryText(w.Asked) + ": it answers " + judge.StatusOf(w.Last)}
	case refused:
		return nil
	}
	return w.exactlyAreFound(ctx, list)
}

// eachIsListedOnce compares the list with the different resources in it, and with how
// many it counts. A refused filter tells nothing.
func (w *World) eachIsListedOnce() error {
	s := w.searched()
	switch {
	case s == nil:
		return fmt.Errorf("the client has not looked for anything")
	case s.Problem != "" && s.first.Status >= 400 && (s.first.Status < 500 || s.first.Status == http.StatusNotImplemented):
		return &judge.Unsupported{Reason: "the target refuses the filter " + s.Where + ": it answers " + judge.StatusOf(s.first)}
	case s.Problem != "":
		return w.ExpectThat(false, "what is found where "+s.Where, "a list", s.Problem)
	case !s.complete:
		return &judge.Unsupported{Reason: "the target finds more than this example goes through where " + s.Where}
	}
	listed := slices.Clone(s.listed)
	slices.Sort(listed)
	for i := range listed[:max(len(listed)-1, 0)] {
		if err := w.ExpectThat(listed[i] != listed[i+1], "the resources listed where "+s.Where, "each of them once", listed[i]+" again"); err != nil {
			return err
		}
	}
	return w.ExpectThat(s.total == len(listed), "totalResults where "+s.Where, strconv.Itoa(len(listed)), strconv.Itoa(s.total))
}
