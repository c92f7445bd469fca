package recognise

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// item is an exchange with a SCIM endpoint, read.
type item struct {
	x        *wire.Exchange
	endpoint string // Users, Groups, …
	id       string // what follows it in the path, unescaped
	query    url.Values
	body     *scim.Object // nil if there is none that is an object
	answer   *scim.Object
	ops      []operation // of a PATCH
}

// endpoints are the first segments of paths below a base URL that Duo may use.
const (
	users  = "Users"
	groups = "Groups"
)

var scimPath = regexp.MustCompile(`^(.*?)/(Users|Groups|ServiceProviderConfig|ResourceTypes|Schemas|Bulk|Me|\.search)(/.*)?$`)

// looksLikeSCIM tells exchanges with SCIM endpoints from what else a browser or a
// proxy has seen: web pages have other media types.
func looksLikeSCIM(x *wire.Exchange) bool {
	u, err := url.Parse(x.URL)
	if err != nil || !scimPath.MatchString(u.EscapedPath()) {
		return false
	}
	for _, media := range []string{x.RequestHeader.Get("Accept"), x.RequestHeader.Get("Content-Type"), x.ResponseHeader.Get("Content-Type")} {
		if strings.Contains(strings.ToLower(media), "json") {
			return true
		}
	}
	return len(x.RequestHeader) == 0 || x.Method == http.MethodDelete
}

// itemsOf are the exchanges of the base URL that has the most of them, in the order
// in which they began; and how many each base URL has.
func itemsOf(all []*wire.Exchange) ([]*item, map[string]int) {
	bases := map[string]int{}
	of := map[string][]*item{}
	most := ""
	for _, x := range all {
		u, err := url.Parse(x.URL)
		if err != nil || !looksLikeSCIM(x) {
			continue
		}
		parts := scimPath.FindStringSubmatch(u.EscapedPath())
		base := u.Scheme + "://" + u.Host + parts[1]
		of[base] = append(of[base], newItem(x, u, parts))
		bases[base]++
		if bases[base] > bases[most] {
			most = base
		}
	}
	items := of[most]
	if !slices.ContainsFunc(items, func(i *item) bool { return i.x.Started.IsZero() }) {
		slices.SortStableFunc(items, func(a, b *item) int { return cmp.Or(a.x.Started.Compare(b.x.Started), cmp.Compare(a.x.Seq, b.x.Seq)) })
	}
	return items, bases
}

func newItem(x *wire.Exchange, u *url.URL, parts []string) *item {
	i := &item{x: x, endpoint: parts[2], query: u.Query(), body: object(x.RequestBody), answer: object(x.ResponseBody)}
	if id, err := url.PathUnescape(strings.TrimPrefix(parts[3], "/")); err == nil {
		i.id = id
	}
	if x.Method == http.MethodPatch {
		i.ops = operationsOf(i.body)
	}
	return i
}

func object(text []byte) *scim.Object {
	if len(text) == 0 {
		return nil
	}
	o, err := scim.ParseObject(text)
	if err != nil {
		return nil // said where a body is needed
	}
	return o
}

func (i *item) path() string {
	if i.id != "" {
		return i.endpoint + "/" + i.id
	}
	return i.endpoint
}

// creates says whether the exchange is to create a resource of the endpoint, and has a
// body that can be read.
func (i *item) creates(endpoint string) bool {
	return i.x.Method == http.MethodPost && i.endpoint == endpoint && i.id == "" && i.body != nil
}

// writes says whether the exchange is to change something.
func (i *item) writes() bool { return i.x.Method != http.MethodGet && i.x.Method != http.MethodHead }

func (i *item) succeeded() bool { return i.x.Status >= 200 && i.x.Status < 300 }

// resources are those of a list, or the one that was asked for.
func (i *item) resources() []*scim.Object {
	if i.answer == nil || !i.succeeded() {
		return nil
	}
	if i.id != "" || i.x.Method != http.MethodGet {
		return []*scim.Object{i.answer}
	}
	var list []*scim.Object
	for _, v := range i.answer.Array("Resources") {
		if o, ok := v.(*scim.Object); ok {
			list = append(list, o)
		}
	}
	return list
}

// createdID is the id that the answer to a creation gives.
func (i *item) createdID() string {
	if !i.succeeded() {
		return ""
	}
	if i.answer != nil {
		if id := scim.IDOf(i.answer); id != "" {
			return id
		}
	}
	id, _ := wire.IDIn(i.x.ResponseHeader.Get("Location"), i.endpoint)
	return id
}

var equality = regexp.MustCompile(`^\s*([A-Za-z][^\s"]*)\s+((?i)eq)\s+("(?:[^"\\]|\\.)*")\s*$`)

// asked is the attribute and the text of a filter with eq.
func (i *item) asked() (attribute, text string, ok bool) {
	m := equality.FindStringSubmatch(i.query.Get("filter"))
	if m == nil {
		return "", "", false
	}
	text, ok = unquoted(m[3])
	return m[1], text, ok
}
