package provider

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// query is what a client asks of a list (RFC 7644 section 3.4.2), whether it
// came in the URL or in the body of a search request.
type query struct {
	projection
	filter     *string // nil for none; "" is a filter too, and a wrong one
	sortBy     string
	descending bool
	startIndex int     // 1-based
	count      *int    // nil for the provider's default
	cursor     *string // nil for paging by index; "" begins
}

// list answers GET on an endpoint of resources.
func (p *Provider) list(c *call, kinds []*kind) (*answer, error) {
	if err := c.allow(http.MethodGet); err != nil {
		return nil, err
	}
	values, err := c.query()
	if err != nil {
		return nil, err
	}
	q, err := queryOf(values)
	if err != nil {
		return nil, err
	}
	return p.run(q, kinds, c.base)
}

// search answers POST on /.search below an endpoint (RFC 7644 section 3.4.3).
func (p *Provider) search(c *call, kinds []*kind) (*answer, error) {
	if err := c.allow(http.MethodPost); err != nil {
		return nil, err
	}
	body, err := c.object(p.config.MaxBody)
	if err != nil {
		return nil, err
	}
	values, err := searchRequest(body)
	if err != nil {
		return nil, err
	}
	q, err := queryOf(values)
	if err != nil {
		return nil, err
	}
	return p.run(q, kinds, c.base)
}

// searchRequest reads the body of a search into the parameters that the URL
// would have had.
func searchRequest(body *scim.Object) (url.Values, error) {
	if !namesSchema(body, scim.SearchRequestURN) {
		return nil, scim.InvalidSyntax("schemas of a search request has to name %s", scim.SearchRequestURN)
	}
	values := url.Values{}
	for _, name := range []string{"attributes", "excludedAttributes", "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor"} {
		list := name == "attributes" || name == "excludedAttributes"
		number := name == "startIndex" || name == "count"
		switch v, _ := body.Get(name); v := v.(type) {
		case nil:
		case string:
			if list || number {
				return nil, scim.InvalidValue("%s of a search request cannot be a string", name)
			}
			values.Set(name, v)
		case json.Number:
			if !number {
				return nil, scim.InvalidValue("%s of a search request cannot be a number", name)
			}
			values.Set(name, v.String())
		case []any:
			for _, element := range v {
				s, ok := element.(string)
				if !list || !ok {
					return nil, scim.InvalidValue("%s of a search request is not of the right type", name)
				}
				values.Add(name, s)
			}
		default:
			return nil, scim.InvalidValue("%s of a search request cannot be of type %s", name, scim.KindOf(v))
		}
	}
	return values, nil
}

func namesSchema(body *scim.Object, urn string) bool {
	for _, v := range body.Array("schemas") {
		if s, ok := v.(string); ok && strings.EqualFold(s, urn) {
			return true
		}
	}
	return false
}

// queryOf reads the parameters. Unknown ones are ignored; a known one that is
// given twice is refused, since either value could be the one that was meant.
func queryOf(values url.Values) (query, error) {
	q := query{startIndex: 1, sortBy: values.Get("sortBy")}
	for _, name := range []string{"filter", "sortBy", "sortOrder", "startIndex", "count", "cursor"} {
		if len(values[name]) > 1 {
			return q, scim.InvalidValue("%s is given %d times; send it once", name, len(values[name]))
		}
	}
	if values.Has("filter") {
		filter := values.Get("filter")
		q.filter = &filter
	}
	var err error
	if q.projection, err = projectionOf(values); err != nil {
		return q, err
	}
	switch order := values.Get("sortOrder"); {
	case strings.EqualFold(order, "descending"):
		q.descending = true
	case order != "" && !strings.EqualFold(order, "ascending"):
		return q, scim.InvalidValue("sortOrder %q: use ascending or descending", order)
	}
	return q, q.readPaging(values)
}

// readPaging holds RFC 7644 section 3.4.2.4: a startIndex below 1 means 1, and
// a count below 0 means 0.
func (q *query) readPaging(values url.Values) error {
	if values.Has("startIndex") {
		n, err := integer("startIndex", values.Get("startIndex"))
		if err != nil {
			return err
		}
		q.startIndex = max(n, 1)
	}
	if values.Has("count") {
		n, err := integer("count", values.Get("count"))
		if err != nil && values.Has("cursor") {
			return scim.InvalidCount("count %q: use an integer", values.Get("count"))
		}
		if err != nil {
			return err
		}
		n = max(n, 0)
		q.count = &n
	}
	if values.Has("cursor") {
		return q.readCursor(values.Get("cursor"), values.Has("startIndex"))
	}
	return nil
}

// integer reads a number of any size; what does not fit is as good as the
// largest or smallest that does.
func integer(name, text string) (int, error) {
	n, err := strconv.Atoi(text)
	if errors.Is(err, strconv.ErrRange) {
		if strings.HasPrefix(text, "-") {
			return math.MinInt, nil
		}
		return math.MaxInt, nil
	}
	if err != nil {
		return 0, scim.InvalidValue("%s %q: use an integer", name, text)
	}
	return n, nil
}
