package lab

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// causeTables explains requests by which the lab fills the tables of a target at a URL.
const causeTables = "the lab reads the tables"

// maxRows is how many rows the lab reads of a target, and rowsAtOnce of one page of it.
const (
	maxRows    = 500
	rowsAtOnce = 100
)

// people is what the page "Users, Groups, and Endpoint Devices" shows.
type people struct {
	Users  []secureaccess.UserRow
	Groups []secureaccess.GroupRow
	Counts secureaccess.Counts
	Cut    bool // there are more than the lab reads
}

// People returns the two tables of the other side: those of the simulated Secure Access,
// or those that a target at a URL answers with.
func (l *Lab) People(ctx context.Context, query secureaccess.ViewQuery) (people, error) {
	if s := l.side.server; s != nil {
		return people{Users: s.Users(query), Groups: s.Groups(query), Counts: s.Counts()}, nil
	}
	a := l.application()
	if a == nil {
		return people{}, nil
	}
	return l.read(ctx, &wire.Client{BaseURL: a.link.BaseURL, Token: a.link.token, HTTP: l.httpFor(causeTables, nil)}, query.Search)
}

// read fills the tables from a target.
func (l *Lab) read(ctx context.Context, c *wire.Client, search string) (people, error) {
	var p people
	users, total, err := l.list(ctx, c, "Users")
	if err != nil {
		return p, err
	}
	groups, groupTotal, err := l.list(ctx, c, "Groups")
	if err != nil {
		return p, err
	}
	p.Counts, p.Cut = secureaccess.Counts{Users: total, Groups: groupTotal}, total > len(users) || groupTotal > len(groups)
	for _, u := range users {
		row := secureaccess.UserRowOf(u)
		if containsAny(search, row.Name, row.UPN) {
			p.Users = append(p.Users, row)
		}
	}
	for _, g := range groups {
		if name := g.String("displayName"); containsAny(search, name) {
			p.Groups = append(p.Groups, secureaccess.GroupRow{Name: name, Type: secureaccess.GroupType})
		}
	}
	return p, nil
}

// list reads an endpoint page by page.
func (l *Lab) list(ctx context.Context, c *wire.Client, endpoint string) (all []*scim.Object, total int, err error) {
	for len(all) < maxRows {
		answer, err := c.Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{endpoint}, Query: [][2]string{
			{"startIndex", strconv.Itoa(len(all) + 1)}, {"count", strconv.Itoa(rowsAtOnce)},
		}})
		if err != nil {
			return nil, 0, err
		}
		if answer.Status != http.StatusOK {
			return nil, 0, fmt.Errorf("GET /%s: the target answered %s", endpoint, statusText(answer.Status))
		}
		body, err := answer.Object()
		if err != nil {
			return nil, 0, fmt.Errorf("GET /%s: %w", endpoint, err)
		}
		page, ok := scim.ReadList(body)
		if !ok {
			return nil, 0, fmt.Errorf("GET /%s: the target's answer is no list", endpoint)
		}
		all, total = append(all, page.Resources...), page.TotalResults
		if len(page.Resources) == 0 || len(all) >= total {
			break
		}
	}
	return all, total, nil
}
