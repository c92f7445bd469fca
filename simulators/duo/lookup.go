package duo

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The endpoints that Duo uses, as the first segment of a path.
const (
	usersEndpoint  = "Users"
	groupsEndpoint = "Groups"
)

// The limits of reading all resources end it at a target that never does.
const (
	pageSize  = 100
	maxPages  = 1000
	maxListed = 64 << 20 // bytes of all pages together
)

// findUser returns the target's user that is the Duo user, or nil.
func (p *Provisioner) findUser(ctx context.Context, c *cycle, key, userName string) (*scim.Object, error) {
	switch fieldUserLookup.ask(p.answers) {
	case UserLookupList:
		return p.findInList(ctx, c, userNames, userName)
	case UserLookupExternalID:
		found, err := p.find(ctx, userExternalIDs, key, nil)
		if found != nil || err != nil {
			return found, err
		}
	}
	return p.find(ctx, userNames, userName, nil)
}

// findGroup returns the target's group with this name, or nil.
func (p *Provisioner) findGroup(ctx context.Context, c *cycle, name string) (*scim.Object, error) {
	var lean [][2]string
	switch fieldGroupLookup.ask(p.answers) {
	case GroupLookupList:
		return p.findInList(ctx, c, groupNames, name)
	case GroupLookupLean:
		lean = [][2]string{{"excludedAttributes", "members"}}
	}
	return p.find(ctx, groupNames, name, lean)
}

// column is an attribute by which resources are found.
type column struct {
	endpoint  string
	attribute *scim.Attribute
}

var (
	userNames       = column{usersEndpoint, scim.UserSchema().Attribute("userName")}
	userExternalIDs = column{usersEndpoint, &scim.Attribute{Name: "externalId", CaseExact: true}}
	groupNames      = column{groupsEndpoint, scim.GroupSchema().Attribute("displayName")}
)

// of is the resource's value in the form in which the attribute's rules compare
// it, and whether it has one.
func (c column) of(r *scim.Object) (string, bool) {
	v, _ := r.Get(c.attribute.Name)
	text, ok := v.(string)
	return scim.Fold(c.attribute, text), ok
}

// equals is the filter for one text.
func equals(attribute, value string) string {
	return attribute + " eq " + quoted(value)
}

// quoted is a filter's text literal: a JSON string (RFC 7644 section 3.4.2.2).
func quoted(value string) string {
	text, _ := scim.Marshal(value) // a string can always be written
	return string(text)
}

func page(start, count int) [][2]string {
	return [][2]string{{"startIndex", strconv.Itoa(start)}, {"count", strconv.Itoa(count)}}
}

// find asks for the resource with a filter. A target that ignores the filter
// answers with other resources: one that does not have the value was not found.
func (p *Provisioner) find(ctx context.Context, by column, value string, more [][2]string) (*scim.Object, error) {
	query := append([][2]string{{"filter", equals(by.attribute.Name, value)}}, more...)
	if fieldPaging.ask(p.answers) == PageOf100 {
		query = append(query, page(1, pageSize)...)
	}
	list, _, err := p.list(ctx, by.endpoint, query)
	if err != nil {
		return nil, err
	}
	return only(by.index(list.Resources)[scim.Fold(by.attribute, value)], by, value)
}

// findInList compares all resources of the target, which a pass reads once.
func (p *Provisioner) findInList(ctx context.Context, c *cycle, by column, value string) (*scim.Object, error) {
	c.listing.mu.Lock()
	defer c.listing.mu.Unlock()
	index, ok := c.listing.by[by.endpoint]
	if !ok {
		all, err := p.listAll(ctx, by.endpoint)
		if err != nil {
			return nil, err
		}
		index = by.index(all)
		c.listing.by[by.endpoint] = index
	}
	return only(index[scim.Fold(by.attribute, value)], by, value)
}

// index sorts resources by their value.
func (c column) index(resources []*scim.Object) map[string][]*scim.Object {
	index := map[string][]*scim.Object{}
	for _, r := range resources {
		if value, ok := c.of(r); ok {
			index[value] = append(index[value], r)
		}
	}
	return index
}

// only returns the one resource that was found, or nil. Two are an error:
// whichever Duo took might be the wrong one.
func only(found []*scim.Object, by column, value string) (*scim.Object, error) {
	if len(found) == 0 {
		return nil, nil
	}
	for _, r := range found[1:] {
		if a, b := scim.IDOf(found[0]), scim.IDOf(r); a != b {
			return nil, fmt.Errorf("the target has several %s with the %s %s, with the ids %s and %s: remove all but one",
				by.endpoint, by.attribute.Name, quote(value), quote(short(a)), quote(short(b)))
		}
	}
	return found[0], nil
}

// listAll reads every resource of an endpoint, page by page.
func (p *Provisioner) listAll(ctx context.Context, endpoint string) ([]*scim.Object, error) {
	var all []*scim.Object
	bytes := 0
	err := p.pages(ctx, endpoint, maxPages, func(list *scim.List, size int) error {
		if bytes += size; bytes > maxListed {
			return fmt.Errorf("GET /%s: the list has more than %d bytes: too many to compare one by one", endpoint, maxListed)
		}
		all = append(all, list.Resources...)
		return nil
	})
	return all, err
}

// eachResource calls do for every resource of an endpoint, one page at a time.
func (p *Provisioner) eachResource(ctx context.Context, endpoint string, do func(*scim.Object) error) error {
	return p.pages(ctx, endpoint, math.MaxInt, func(list *scim.List, _ int) error {
		for _, r := range list.Resources {
			if err := do(r); err != nil {
				return err
			}
		}
		return p.interrupted(ctx)
	})
}

// pages reads the list of an endpoint page by page; size is that of the page in
// bytes. More than the given number of pages are an error.
func (p *Provisioner) pages(ctx context.Context, endpoint string, most int, do func(list *scim.List, size int) error) error {
	read := 0
	for range most {
		list, size, err := p.list(ctx, endpoint, page(read+1, pageSize))
		if err != nil {
			return err
		}
		if err := do(list, size); err != nil {
			return err
		}
		if read += len(list.Resources); read >= list.TotalResults || len(list.Resources) == 0 {
			return nil
		}
		if (list.TotalResults-read)/len(list.Resources) > most {
			break // it cannot end in time, so nothing more is asked
		}
	}
	return fmt.Errorf("GET /%s: the list does not end within %d pages: check totalResults", endpoint, most)
}

// list reads one list response and says how many bytes it had.
func (p *Provisioner) list(ctx context.Context, endpoint string, query [][2]string) (*scim.List, int, error) {
	c := call{method: http.MethodGet, path: []string{endpoint}, query: query}
	resp, err := p.do(ctx, c)
	if err != nil {
		return nil, 0, err
	}
	body, err := resp.FirstObject()
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", c, err)
	}
	list, err := scim.ParseList(body)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %s", c, short(err.Error()))
	}
	return list, len(resp.Body), nil
}
