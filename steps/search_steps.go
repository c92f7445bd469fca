package steps

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
)

// The steps that look for members of the population by a filter. What should be
// found is never read from the feature alone: the filter is evaluated on what
// the target showed of each member, by what the target declares of case.

// search is one query with the answers to it, page by page.
type search struct {
	where       string // the filter
	byPost      bool   // by .search
	collections []string
	parameters  [][2]string // beside the filter

	first    *wire.Response
	found    map[string]bool // ids, each behind its collection
	complete bool            // all pages were seen
	pages    int             // how many were
	problem  string          // why an answer is no list
}

// pagesSeen bounds how far a search goes through what else a target holds.
const pagesSeen = 20

// theClientLooksFor sends a filter by GET, or by POST to .search.
func (w *world) theClientLooksFor(ctx context.Context, how, kind, where, parameters string) error {
	text, err := w.expandJSON(where)
	if missing, ok := isMismatch(err); ok {
		return &unsupported{fmt.Sprintf("the target does not keep %s, which the filter names", missing.What)}
	}
	if err != nil {
		return err
	}
	s := &search{where: string(text), byPost: how == "searches", collections: collectionsOf(kind)}
	for pair := range strings.SplitSeq(parameters, "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			s.parameters = append(s.parameters, [2]string{name, value})
		}
	}
	if err := w.runSearch(ctx, s); err != nil {
		return err
	}
	w.search = s
	return nil
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

// runSearch reads the answer and, where it is one page of several, the others.
func (w *world) runSearch(ctx context.Context, s *search) error {
	s.found, s.pages, s.complete = map[string]bool{}, 0, false
	seen := 0
	for range pagesSeen {
		s.pages++
		if err := w.askSearch(ctx, s, seen); err != nil {
			return err
		}
		if s.first == nil {
			s.first = w.last
			if err := w.notOffered(ctx, s); err != nil {
				return err
			}
		}
		list, problem := listOf(w.last)
		if s.problem = problem; problem != "" {
			return nil
		}
		for _, r := range list.Resources {
			s.found[s.key(r)] = true
		}
		seen += len(list.Resources)
		if len(list.Resources) == 0 || seen >= list.TotalResults {
			s.complete = true
			return nil
		}
	}
	return nil
}

// askSearch asks for what comes after the resources that were seen.
func (w *world) askSearch(ctx context.Context, s *search, seen int) error {
	path := s.collections
	if len(path) > 1 {
		path = nil // the root
	}
	query := append([][2]string{{"filter", s.where}}, s.parameters...)
	if seen > 0 {
		query = slices.DeleteFunc(query, func(q [2]string) bool { return q[0] == "startIndex" })
		query = append(query, [2]string{"startIndex", strconv.Itoa(seen + 1)})
		if !slices.ContainsFunc(query, func(q [2]string) bool { return q[0] == "count" }) {
			query = append(query, [2]string{"count", "100"})
		}
	}
	if !s.byPost {
		return w.ask(ctx, http.MethodGet, path, query, nil)
	}
	return w.ask(ctx, http.MethodPost, append(slices.Clone(path), ".search"), nil, searchRequest(query))
}

// searchRequest is the body that says what the query would.
func searchRequest(query [][2]string) *scim.Object {
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}})
	for _, q := range query {
		var value any = q[1]
		switch q[0] {
		case "startIndex", "count":
			value, _ = scim.Parse([]byte(q[1]))
		case "attributes", "excludedAttributes":
			names := []any{}
			for name := range strings.SplitSeq(q[1], ",") {
				names = append(names, name)
			}
			value = names
		}
		body.Set(q[0], value)
	}
	return body
}

// notOffered tells apart what a target need not have: queries by POST, and those
// of everything (RFC 7644 section 3.4.2.1 says that they may be made). It has
// them if it answers one that asks for nothing in particular.
func (w *world) notOffered(ctx context.Context, s *search) error {
	what := "queries of the service root"
	if s.byPost {
		what = "searches by POST"
	}
	absent := slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, s.first.Status)
	if !absent || !s.byPost && len(s.collections) == 1 {
		return nil
	}
	plain := wire.Request{Method: w.asked.Method, Path: w.asked.Path, Query: [][2]string{{"count", "1"}}}
	if s.byPost {
		plain.Query, plain.Body = nil, searchRequest(plain.Query)
	}
	answer, err := w.send(ctx, w.judge(), plain)
	if err != nil || answer.Status == http.StatusOK {
		return err
	}
	return &unsupported{fmt.Sprintf("the target has no %s: it answers %s", what, statusOf(s.first))}
}

// listOf is the list that an answer holds, or what is wrong with it.
func listOf(answer *wire.Response) (*scim.List, string) {
	if answer.Status != http.StatusOK {
		return nil, statusOf(answer)
	}
	object, err := answer.Object()
	if err != nil {
		return nil, err.Error()
	}
	list, err := scim.ParseList(object)
	if err != nil {
		return nil, err.Error()
	}
	return list, ""
}

// key tells users and groups of the same id apart, by what they say they are.
func (s *search) key(r *scim.Object) string {
	collection := s.collections[0]
	for name, is := range map[string][2]string{"Users": {"User", scim.UserURN}, "Groups": {"Group", scim.GroupURN}} {
		if r.Object("meta").String("resourceType") == is[0] || slices.Contains(r.Array("schemas"), any(is[1])) {
			collection = name
		}
	}
	return collection + "/" + r.String("id")
}

// exactlyTheseMembers compares with our own evaluation. The list of the feature
// says whom that finds if the target keeps the whole population.
func (w *world) exactlyTheseMembers(ctx context.Context, list string) error {
	s := w.search
	what := strings.Join(s.collections, " and ") + " found where " + s.where
	if fault := s.first.Fault(); s.first.Status == http.StatusBadRequest && fault != nil && fault.ScimType == scim.ScimTypeTooMany {
		return &unsupported{fmt.Sprintf("the target finds too much where %s: it answers %s", s.where, statusOf(s.first))}
	}
	if s.problem != "" {
		return w.expectThat(false, what, "a list", s.problem)
	}
	want, err := w.described(ctx, s.where, s.collections)
	if err != nil {
		return err
	}
	told := listed(list)
	slices.Sort(told)
	if w.isPlainEmbedded() && !slices.Equal(told, want) {
		return fmt.Errorf("%s describes %q, not %q as the feature says", s.where, want, told)
	}
	if len(want) == 0 && len(told) > 0 {
		return &unsupported{fmt.Sprintf("the target does not keep what %s looks for: nobody of the population has it", s.where)}
	}
	err = w.compareFound(s, what, want)
	if _, wrong := isMismatch(err); !wrong || s.pages < 2 {
		return err
	}
	// Other scenarios may have moved somebody from one page to another.
	if err := w.run.transport.read(func() error { return w.runSearch(ctx, s) }); err != nil {
		return err
	}
	if s.problem != "" {
		return w.expectThat(false, what, "a list", s.problem)
	}
	return w.compareFound(s, what, want)
}

// isPlainEmbedded says whether the target is the simulator as it is, so that the
// features are right about it to the word.
func (w *world) isPlainEmbedded() bool {
	const needed = 2 // schemas and userName
	return w.run.options.Wrap == nil && w.run.options.Target.IsEmbedded() && w.template("Users", "").Len() == needed
}

func (w *world) compareFound(s *search, what string, want []string) error {
	got := w.membersIn(s)
	if !s.complete { // who is not on the pages seen may be on another
		want = slices.DeleteFunc(want, func(name string) bool { return !slices.Contains(got, name) })
	}
	return w.expectThat(slices.Equal(want, got), what, namesText(want), namesText(got))
}

func namesText(names []string) string {
	if len(names) == 0 {
		return "nobody of the population"
	}
	return strings.Join(names, ", ")
}

// membersIn are the members of the population that were found, sorted.
func (w *world) membersIn(s *search) []string {
	var names []string
	for _, p := range population {
		if m := w.subjects[p.name]; m != nil && s.found[m.collection+"/"+m.id] {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return names
}

// described are the members of the population that a filter describes, sorted.
func (w *world) described(ctx context.Context, where string, collections []string) ([]string, error) {
	types, err := w.declaredTypes(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range population {
		m := w.subjects[p.name]
		if m == nil || !slices.Contains(collections, m.collection) {
			continue
		}
		t := types[m.collection]
		condition, err := filter.Parse(where, t)
		if err != nil {
			return nil, err
		}
		if filter.Match(condition, t, m.shown) {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// areFound judges whom a list shows; where a target need not offer what was asked
// for, "or" says what it may answer instead.
func (w *world) areFound(ctx context.Context, list, or string) error {
	switch {
	case or == "the filter is refused":
		return w.areFoundOrRefused(ctx, list)
	case or == "the request is refused":
		return w.isRefusedOrFinds(ctx, list)
	case or != "" && w.last != nil && w.last.Status != http.StatusOK:
		return w.theAnswerIsOneOf(strings.TrimPrefix(or, "the answer is "))
	}
	return w.exactlyAreFound(ctx, list)
}

// areFoundOrRefused is for what a target may do or refuse.
func (w *world) areFoundOrRefused(ctx context.Context, list string) error {
	if w.search == nil {
		return fmt.Errorf("the client has not looked for anything")
	}
	status := w.search.first.Status
	refused := status == http.StatusBadRequest || status == http.StatusForbidden || status == http.StatusNotImplemented
	switch {
	case refused && list != "":
		return &unsupported{"the target refuses the filter " + w.search.where + ": it answers " + statusOf(w.search.first)}
	case refused:
		w.assertions++
		return nil
	}
	return w.exactlyTheseMembers(ctx, list)
}

// theAnswerIsAListOrTooMany is for queries that may find more than a target is
// willing to show.
func (w *world) theAnswerIsAListOrTooMany() error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	atRoot := len(w.asked.Path) == 0
	if atRoot && slices.Contains([]int{http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, w.last.Status) {
		return &unsupported{"the target has no queries of the service root: it answers " + statusOf(w.last)}
	}
	what := "the answer to " + w.theRequest() + queryText(w.asked)
	if w.last.Status != http.StatusOK {
		return w.expectThat(isTooMany(w.last), what, "200 with a list, or 400 with scimType tooMany", statusOf(w.last))
	}
	_, problem := listOf(w.last)
	return w.expectThat(problem == "", what, "a list", problem)
}

// isTooMany says whether the target declines to answer with so much, as it may a
// query of everything that it has.
func isTooMany(a *wire.Response) bool {
	fault := a.Fault()
	return a.Status == http.StatusBadRequest && fault != nil && fault.ScimType == scim.ScimTypeTooMany
}
