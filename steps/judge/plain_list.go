package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What a target does wrong with the plainest list, and that many requirements see: see
// FlawedPlainly.

var plainLists = []plainAnswer{
	{"RFC7643-3.1-02", whatever(isSearch), listsNoID(Searching)},
	{"RFC7643-3.1-02", whatever(lists("Users")), listsNoID(byQuery)},
	{"RFC7644-3.4.3-01", asksByPost, searchesInVain},
	{sortingHome, waitsForOrder, hangsAtOrder},
	{"RFC7644-3.4.2.3-01", isOrdered, servesNoOrder},
	{"RFC7644-3.4.2.3-01", ordersBy("title", "userType"), overlooksOrderBy("title")},
	{"RFC7644-3.4.2.3-01", ordersBy("displayName"), overlooksOrderBy("displayName")},
	{"RFC7644-3.4.2.3-01", ordersBy("nickName"), overlooksOrderBy("nickName")},
	{"RFC7644-3.4.2.3-01", ordersBy("externalId"), overlooksOrderBy("externalId")},
	{"RFC7644-3.4.2.3-01", ordersBy("familyName", "givenName"), overlooksOrderBy("name.familyName")},
	{"RFC7644-3.4.2.3-01", ordersBy("userName"), overlooksOrderBy("userName")},
	{"RFC7644-3.4.2.3-01", ordersBy("", "userName", "id"), overlooksMostOrders},
	{turnedHome, turnsRound, overlooksDescending},
	{cursorHome, asksByCursor, givesNoCursor},
	{"RFC7644-3.4.2.3-05", ordersBy("", "userName", "id"), ordersNoneBesideOne},
	{"RFC7644-3.4.2.3-04", ordersCapitals, ordersCapitalsFirst},
	{pagesHome, asksForPage("count"), overlooksCount},
	{pagesHome, asksForPage("startIndex"), overlooksPages},
	{"RFC7644-3.4.2.4-04", countsNothing, showsSomeOfNone},
	{"RFC7644-3.4.2-07", countsNobody, countsNobodyAs},
	{"RFC7644-3.4.2-02", isPage, countsThePage},
	{"RFC7644-3.4.2-02", aboutTotal, miscounts},
	{"RFC7644-3.4.3-04", countsSearch, countsPageOfSearch},
	{walkHome, whatever(ofNoGroups), repeatsOne("Users", byQuery)},
	{walkHome, whatever(lists("Groups")), repeatsOne("Groups", byQuery)},
	{walkHome, whatever(isSearch), repeatsOne("Users", Searching)},
	{walkHome, isPaged(ofNoGroups), walksBadly("Users", byQuery)},
	{walkHome, isPaged(lists("Groups")), walksBadly("Groups", byQuery)},
	{walkHome, isPaged(isSearch), walksBadly("Users", Searching)},
	{"RFC7644-3.4.2.2-15", hasSecondCondition, overlooksSecondCondition},
	{"RFC7644-3.4.2.4-05", startsLate, showsSomeBeyondTheEnd},
}

// ordersBy recognises a wrong order by one of these attributes; "" and what follows are all
// others than these.
func ordersBy(names ...string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		by := ParameterOf(r, "sortBy")
		told := strings.HasPrefix(m.Want, "an order by") || strings.HasPrefix(m.Want, "those without") || strings.HasPrefix(m.What, "the order of")
		last := strings.ToLower(by[strings.LastIndexAny(by, ".:")+1:])
		named := slices.ContainsFunc(names, func(name string) bool { return strings.ToLower(name) == last })
		return by != "" && told && named != (names[0] == "")
	}
}

// isOrdered recognises a query with an order that is not served.
func isOrdered(m *Mismatch, r wire.Request) bool {
	failed := strings.HasPrefix(m.Got, "404") || strings.HasPrefix(m.Got, "500") || strings.HasPrefix(m.What, "sort.supported")
	return failed && (ParameterOf(r, "sortOrder") != "" || strings.HasPrefix(m.What, "sort.supported"))
}

func servesNoOrder(ctx context.Context, own *Session) (string, error) {
	r := Reading("Users")
	r.Query = [][2]string{{"sortBy", "userName"}, {"sortOrder", "ascending"}, {"count", "1"}}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusNotFound && answer.Status != http.StatusInternalServerError {
		return "", err
	}
	return "the plainest order is not served: " + RequestText(r) + " is answered " + StatusOf(answer), nil
}

// inOrder are three values in their order, however a text is compared, and the users are
// created in another one, with names in a third.
var inOrder = []string{"anise", "basil", "chive"}

func overlooksOrderBy(by string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		return SharedBy(ctx, own.Run, "the plain order by "+by, func(ctx context.Context, own *Session) (string, error) { return own.misorders(ctx, by) })
	}
}

// overlooksMostOrders is about attributes that are not tried themselves: they are overlooked where
// two of three are.
func overlooksMostOrders(ctx context.Context, own *Session) (why string, err error) {
	overlooked := 0
	for _, by := range []string{"title", "name.familyName", "displayName"} {
		flaw, err := overlooksOrderBy(by)(ctx, own)
		if err != nil {
			return "", err
		}
		if flaw != "" {
			why, overlooked = flaw, overlooked+1
		}
	}
	if overlooked < 2 {
		return "", nil
	}
	return why, nil
}

func (j *Session) misorders(ctx context.Context, by string) (string, error) {
	text := map[string]string{}
	for i, name := range inOrder {
		text[name] = strings.ToLower(j.Mark()) + " " + inOrder[i]
		if by == "userName" {
			text[name] = j.UserName("by-userName-" + inOrder[i])
		}
	}
	if err := j.makeNamed(ctx, by, []string{"basil", "chive", "anise"}, text); err != nil {
		return "", err
	}
	got, r, err := j.sorted(ctx, by, "ascending")
	if err != nil || len(got) != len(inOrder) || slices.Equal(got, inOrder) {
		return "", err
	}
	return "the plainest order is not kept: " + RequestText(r) + " is not answered in the order of " + by, nil
}

// ordersNoneBesideOne finds out whether somebody without the attribute disturbs the order of
// the others, which is kept without them.
func ordersNoneBesideOne(ctx context.Context, own *Session) (string, error) {
	if why, err := overlooksOrderBy("title")(ctx, own); why != "" || err != nil {
		return "", err
	}
	text := map[string]string{}
	order := []string{"chive", "none", "anise", "nobody", "basil"}
	for _, name := range inOrder {
		text[name] = strings.ToLower(own.Mark()) + " " + name
	}
	if err := own.makeNamed(ctx, "title", order, text); err != nil {
		return "", err
	}
	got, r, err := own.sorted(ctx, "title", "ascending")
	if err != nil || len(got) != len(order) {
		return "", err
	}
	if got = slices.DeleteFunc(got, func(name string) bool { return text[name] == "" }); slices.Equal(got, inOrder) {
		return "", nil
	}
	return "users without the attribute disturb the order of the others: " + RequestText(r), nil
}

// makeNamed creates users in an order, with names in that order, and each with its text, if any.
func (j *Session) makeNamed(ctx context.Context, by string, order []string, text map[string]string) error {
	for i, name := range order {
		user := j.Template("Users", "by-"+by+"-"+strconv.Itoa(i))
		if text[name] == "" {
			user.Delete(by)
		} else if attribute, part, nested := strings.Cut(by, "."); nested {
			user.Set(attribute, scim.NewObject(scim.Member{Name: part, Value: text[name]}))
		} else {
			user.Set(by, text[name])
		}
		if err := j.Make(ctx, name, "Users", user); err != nil {
			return err
		}
	}
	return nil
}

// sorted are the names of these users in the order that is asked for.
func (j *Session) sorted(ctx context.Context, by, order string) ([]string, wire.Request, error) {
	r := Querying("filter", "userName sw "+Text(j.Mark()+"-by-"+by+"-"), "Users")
	r.Query = append(r.Query, [2]string{"sortBy", by}, [2]string{"sortOrder", order})
	ids, err := j.shownBy(ctx, r)
	var names []string
	for _, id := range ids {
		for name, s := range j.Subjects {
			if s.ID == id {
				names = append(names, name)
			}
		}
	}
	return names, r, err
}

// before is how a wrong order is told: the texts of two that stand in it.
var before = regexp.MustCompile(`^\S+ \((.*)\) before \S+ \((.*)\)$`)

// ordersCapitals recognises an order that is right where all capital letters come first.
func ordersCapitals(m *Mismatch, r wire.Request) bool {
	texts := before.FindStringSubmatch(m.Got)
	if texts == nil || ParameterOf(r, "sortBy") == "" {
		return false
	}
	ascending := strings.HasSuffix(m.Want, "ascending")
	exact, folded := strings.Compare(texts[1], texts[2]), strings.Compare(strings.ToLower(texts[1]), strings.ToLower(texts[2]))
	return exact*folded < 0 && exact < 0 == ascending
}

func ordersCapitalsFirst(ctx context.Context, own *Session) (string, error) {
	mark := strings.ToLower(own.Mark())
	text := map[string]string{"apple": mark + " apple", "Banana": mark + " Banana", "cherry": mark + " cherry"}
	if err := own.makeNamed(ctx, "displayName", []string{"cherry", "apple", "Banana"}, text); err != nil {
		return "", err
	}
	got, r, err := own.sorted(ctx, "displayName", "ascending")
	if err != nil || !slices.Equal(got, []string{"Banana", "apple", "cherry"}) {
		return "", err
	}
	return "capital letters come first in an order by displayName, whose case does not matter: " + RequestText(r), nil
}

// shownBy are the ids of the users of the plain form, as a list shows them.
func (j *Session) shownBy(ctx context.Context, r wire.Request) ([]string, error) {
	list, err := j.list(ctx, r)
	if err != nil || list == nil {
		return nil, err
	}
	return idsIn(list), nil
}

// byQuery is a list of what a filter finds.
func byQuery(filter string, path ...string) wire.Request { return Querying("filter", filter, path...) }

// pagesHome is the requirement that tells that a target does not page at all.
const pagesHome = "RFC7644-3.4.2.4-02"

// asksForPage recognises what is wrong with the contents or the numbers of a page, or with an
// order that is seen page by page.
func asksForPage(parameter string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		about := pageTold.MatchString(m.What) || strings.Contains(m.What, "count=") || strings.Contains(m.What, "startIndex=") || isSearch(r) && strings.HasPrefix(m.What, "POST /")
		return about && (ParameterOf(r, parameter) != "" || strings.Contains(m.What, parameter+"="))
	}
}

// pageTold is how what is wrong with a page begins.
var pageTold = regexp.MustCompile(`^(?:startIndex|itemsPerPage|totalResults|the number of elements of Resources|the resources shown by|page \d+ of) `)

// overlooksCount asks for one of two users.
func overlooksCount(ctx context.Context, own *Session) (string, error) {
	return SharedBy(ctx, own.Run, "the plain count", func(ctx context.Context, own *Session) (string, error) { return own.showsAll(ctx, "count", "1") })
}

// overlooksPages says whether a target that overlooks count overlooks startIndex as well.
func overlooksPages(ctx context.Context, own *Session) (string, error) {
	if why, err := overlooksCount(ctx, own); why == "" || err != nil {
		return "", err
	}
	return own.showsAll(ctx, "startIndex", "2")
}

// showsAll says whether the parameter, which leaves out somebody, makes no difference.
func (j *Session) showsAll(ctx context.Context, parameter, value string) (string, error) {
	for _, name := range []string{"a", "b"} {
		if err := j.Make(ctx, name, "Users", j.Template("Users", "page-"+parameter+"-"+name)); err != nil {
			return "", err
		}
	}
	r := Querying(parameter, value, "Users")
	got, err := j.shownBy(ctx, r)
	shown := func(name string) bool { return slices.Contains(got, j.Subjects[name].ID) }
	tooMany := parameter == "count" && len(got) > 1 // of a long list, whose first page has neither
	if err != nil || !tooMany && (!shown("a") || !shown("b")) || parameter == "startIndex" && !j.showsFirst(ctx, got) {
		return "", err
	}
	return "the plainest page is not kept to: " + RequestText(r) + " shows " + strconv.Itoa(len(got)) + " users", nil
}

// showsFirst says whether the first user of the whole list is among these.
func (j *Session) showsFirst(ctx context.Context, ids []string) bool {
	all, err := j.shownBy(ctx, Reading("Users"))
	return err == nil && len(all) > 0 && slices.Contains(ids, all[0])
}

func countsNothing(m *Mismatch, r wire.Request) bool {
	count := ParameterOf(r, "count")
	return (count == "0" || strings.HasPrefix(count, "-")) && (strings.HasPrefix(m.What, "the resources shown by") || strings.HasPrefix(m.What, "the number of elements of Resources"))
}

func showsSomeOfNone(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-count")); err != nil {
		return "", err
	}
	r := Querying("count", "0", "Users")
	got, err := own.shownBy(ctx, r)
	if err != nil || len(got) == 0 {
		return "", err
	}
	return "a count of 0 shows resources: " + RequestText(r), nil
}

func countsSearch(m *Mismatch, r wire.Request) bool {
	return isSearch(r) && strings.HasPrefix(m.What, "totalResults")
}

func countsPageOfSearch(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{"a", "b"} {
		if err := own.Make(ctx, name, "Users", own.Template("Users", "counted-"+name)); err != nil {
			return "", err
		}
	}
	r := Searching("userName sw "+Text(own.Mark()+"-counted-"), "Users")
	bodyOf(r).Set("count", 1)
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil {
		return "", err
	}
	if list, problem := ListOf(answer); problem == "" && list.TotalResults == 1 && len(list.Resources) == 1 {
		return "a search counts what is on the page: " + RequestText(r) + " finds two, and totalResults is 1", nil
	}
	return "", nil
}

// isPage recognises a query that asks for a part of what it finds.
func isPage(_ *Mismatch, r wire.Request) bool {
	searches := r.Method == http.MethodPost && len(r.Path) > 0 && r.Path[len(r.Path)-1] == ".search"
	return slices.ContainsFunc([]string{"count", "startIndex", "cursor"}, func(name string) bool {
		_, inBody := bodyOf(r).Get(name)
		return selects(r, name) || searches && inBody
	})
}

// countsThePage asks for one of two users.
func countsThePage(ctx context.Context, own *Session) (string, error) {
	list, r, err := own.pageOfTwo(ctx, "1", "1")
	if err != nil || list == nil || list.TotalResults != 1 || len(list.Resources) != 1 {
		return "", err
	}
	return "totalResults is that of the page: " + RequestText(r) + " finds two, and totalResults is 1", nil
}

// startsLate recognises a query from a later place on.
func startsLate(_ *Mismatch, r wire.Request) bool {
	from, err := strconv.Atoi(ParameterOf(r, "startIndex"))
	return err == nil && from > 1
}

// showsSomeBeyondTheEnd asks for the third of two users.
func showsSomeBeyondTheEnd(ctx context.Context, own *Session) (string, error) {
	list, r, err := own.pageOfTwo(ctx, "3", "2")
	if err != nil || list == nil || len(list.Resources) == 0 {
		return "", err
	}
	return "resources are shown beyond the end: " + RequestText(r) + " finds two, and is answered with " + strconv.Itoa(len(list.Resources)), nil
}

// pageOfTwo is a part of a list of two users, nil if there is no list.
func (j *Session) pageOfTwo(ctx context.Context, startIndex, count string) (*scim.List, wire.Request, error) {
	for _, name := range []string{"a", "b"} {
		if err := j.Make(ctx, name, "Users", j.Template("Users", "two-"+name)); err != nil {
			return nil, wire.Request{}, err
		}
	}
	r := Querying("filter", "userName sw "+Text(j.Mark()+"-two-"), "Users")
	r.Query = append(r.Query, [2]string{"startIndex", startIndex}, [2]string{"count", count})
	list, err := j.list(ctx, r)
	return list, r, err
}

// hasSecondCondition recognises a filter that goes on with "and".
func hasSecondCondition(_ *Mismatch, r wire.Request) bool {
	return strings.Contains(strings.ToLower(ParameterOf(r, "filter")), " and ")
}

// overlooksSecondCondition asks for somebody who would have two names.
func overlooksSecondCondition(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-and")); err != nil {
		return "", err
	}
	r := Querying("filter", "userName eq "+Text(own.UserName("plain-and"))+" and "+plainText("Users"), "Users")
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil {
		return "", err
	}
	if list, problem := ListOf(answer); problem != "" || len(list.Resources) == 0 {
		return "", nil
	}
	return "what stands behind and is overlooked in its plainest form: " + RequestText(r) + " finds somebody", nil
}
