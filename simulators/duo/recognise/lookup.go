package recognise

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// lookUps looks at how users and groups are found: at look-ups that found somebody,
// and at what came before a creation.
func (r *reading) lookUps(n int, i *item) {
	switch {
	case i.creates(users):
		r.beforeCreation(n, i, "user-lookup", "userName")
	case i.creates(groups):
		r.beforeCreation(n, i, "group-lookup", "displayName")
	case i.x.Method != http.MethodGet || i.id != "":
	case i.query.Has("filter"):
		r.filtered(n, i)
		if attribute, text, ok := i.asked(); ok {
			r.sought[soughtKey(i.endpoint, attribute, text)] = n
		}
	case isPage(i):
		r.listed[i.endpoint] = i
	}
}

func soughtKey(endpoint, attribute, text string) string {
	return endpoint + " " + strings.ToLower(attribute) + " " + strings.ToLower(text)
}

// beforeCreation finds the look-up that came before a creation.
func (r *reading) beforeCreation(n int, i *item, field duo.Field, by string) {
	name := i.body.String(by)
	at, sought := r.sought[soughtKey(i.endpoint, by, name)]
	list := r.listed[i.endpoint]
	switch {
	case sought:
		r.showLookUp(at, r.items[at], field)
		r.paging(r.items[at])
	case list != nil && field == "user-lookup":
		r.show(field, duo.Choice(duo.UserLookupList), list, "all users are read, and none is %s", name)
	case list != nil:
		r.show(field, duo.Choice(duo.GroupLookupList), list, "all groups are read, and none is %s", name)
	case n > 0:
		r.against(field, i, "nobody looked for %s before it is created", name)
	}
}

// isPage tells a page of a list from a probe for one user.
func isPage(i *item) bool {
	count, err := strconv.Atoi(i.query.Get("count"))
	return len(i.query) == 0 || err == nil && count > 1
}

// filtered looks at a look-up that found somebody, and at filters of another kind.
func (r *reading) filtered(n int, i *item) {
	field, by := duo.Field("user-lookup"), "userName"
	if i.endpoint == groups {
		field, by = "group-lookup", "displayName"
	}
	attribute, text, ok := i.asked()
	switch {
	case i.endpoint != users && i.endpoint != groups:
	case !ok || !strings.EqualFold(attribute, by) && !strings.EqualFold(attribute, "externalId"):
		r.against(field, i, "the filter is %s", i.query.Get("filter"))
	case found(i, attribute, text):
		r.showLookUp(n, i, field)
		r.paging(i)
	}
}

func found(i *item, attribute, text string) bool {
	for _, o := range i.resources() {
		if strings.EqualFold(o.String(attribute), text) {
			return true
		}
	}
	return false
}

// showLookUp says what a filter shows. One for a userName may follow one for an
// externalId.
func (r *reading) showLookUp(n int, i *item, field duo.Field) {
	attribute, _, _ := i.asked()
	if field == "group-lookup" {
		r.groupLookUp(i, attribute)
		return
	}
	if strings.EqualFold(attribute, "externalId") {
		r.show(field, duo.Choice(duo.UserLookupExternalID), i, "filter=%s", i.query.Get("filter"))
		return
	}
	if n > 0 {
		if before, _, ok := r.items[n-1].asked(); ok && strings.EqualFold(before, "externalId") && r.items[n-1].endpoint == users {
			r.show(field, duo.Choice(duo.UserLookupExternalID), r.items[n-1], "filter=%s, and then by userName", r.items[n-1].query.Get("filter"))
			r.paging(r.items[n-1])
			return
		}
	}
	r.show(field, duo.Choice(duo.UserLookupFilter), i, "filter=%s", i.query.Get("filter"))
}

func (r *reading) groupLookUp(i *item, attribute string) {
	excluded := i.query.Get("excludedAttributes")
	switch {
	case !strings.EqualFold(attribute, "displayName"):
		r.against("group-lookup", i, "the filter is %s", i.query.Get("filter"))
	case excluded == "":
		r.show("group-lookup", duo.Choice(duo.GroupLookupFilter), i, "filter=%s", i.query.Get("filter"))
	case strings.EqualFold(excluded, "members"):
		r.show("group-lookup", duo.Choice(duo.GroupLookupLean), i, "excludedAttributes=members")
	default:
		r.against("group-lookup", i, "excludedAttributes=%s", excluded)
	}
}

// paging looks at the page that a look-up with a filter asks for.
func (r *reading) paging(i *item) {
	start, count := i.query.Get("startIndex"), i.query.Get("count")
	switch {
	case start == "" && count == "":
		r.show("paging", duo.Choice(duo.PagingOmitted), i, "a filter, and no startIndex and count")
	case start == "1" && count == "100":
		r.show("paging", duo.Choice(duo.PageOf100), i, "startIndex=1&count=100")
	default:
		r.against("paging", i, "startIndex=%s&count=%s", start, count)
	}
}

// mappedNames are the attributes that Duo is known to map: those of the users whom
// it created, and userName.
func mappedNames(items []*item) map[string]bool {
	names := map[string]bool{"username": true}
	for _, i := range items {
		if i.creates(users) {
			for _, a := range assignments(i.body) {
				names[strings.ToLower(a.path)] = true
			}
		}
	}
	return names
}

// matched compares the first update of a user whom the target had already with what
// the target had.
func (r *reading) matched(i *item, a *account, written []assigned, how duo.Choice) {
	if a == nil || a.created || a.seen == nil || a.compared || !i.succeeded() {
		return
	}
	a.compared = true
	same, names := 0, map[string]bool{}
	for _, w := range written {
		names[strings.ToLower(w.path)] = true
		if holds(valueAt(a.seen, w.path), w.value) {
			same++
		}
	}
	switch {
	case how == duo.Choice(duo.Put) && same == len(written):
		r.show("matched-user", duo.Choice(duo.MatchedAll), i, "the user was matched, nothing differs, and all is written")
	case how == duo.Choice(duo.Put): // which always writes all
	case same > 0:
		r.show("matched-user", duo.Choice(duo.MatchedAll), i, "the user was matched, and what the target has already is written, too")
	default:
		r.spared(i, a.seen, names)
	}
}

// spared looks for a mapped attribute that is equal at the target and not written.
func (r *reading) spared(i *item, seen *scim.Object, written map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(r.mappedNames)) {
		if !written[name] && valueAt(seen, name) != nil {
			r.show("matched-user", duo.Choice(duo.MatchedDifferences), i, "the user was matched, and %s is not written again", name)
			return
		}
	}
}
