package report

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
)

// Consequence is what comes of a finding for those who use the target.
type Consequence struct {
	Rank int    // the worst has the lowest
	Text string // "security", "loses or shows data", "breaks Duo", "may break Okta" or "form"
}

// The tags of a Rule whose violation has a consequence that no request shows.
const (
	riskSecurity = "security"
	riskData     = "data"
)

// riskOf is the tag among these that tells a consequence, or "".
func riskOf(tags []string) string {
	for _, risk := range []string{riskSecurity, riskData} {
		if slices.Contains(tags, risk) {
			return risk
		}
	}
	return ""
}

// consequences works out what comes of the findings of one report.
type consequences struct {
	clients []features.Client // without the standard itself
	ready   map[string]string // the answer about readiness, by the client's title
}

// ConsequenceOf returns what tells the consequence of an example of the report, in words.
func ConsequenceOf(r *Report) func(*Requirement, Example) string {
	c := newConsequences(r)
	return func(q *Requirement, e Example) string { return c.of(q, e).Text }
}

func newConsequences(r *Report) *consequences {
	c := &consequences{ready: map[string]string{}}
	for _, client := range features.Clients() {
		if client.Profile != features.RFC {
			c.clients = append(c.clients, client)
		}
	}
	for _, x := range Readinesses(r) {
		c.ready[x.Group] = x.Answer
	}
	return c
}

// of is the worst consequence that the example shows. A client breaks if a requirement of
// its own fails, or if the target refuses a request that it sends as well; but not where all
// that it asks holds. It may break by a warning of its own, and by a wrong answer to a
// request that it sends. That something is taken which has to be refused breaks no client.
// What is blocked breaks the client that owns it.
func (c *consequences) of(q *Requirement, e Example) Consequence {
	if !refusedWrongly(e) && e.Verdict != Blocked { // a refusal gives nothing away, and loses nothing
		switch q.Risk {
		case riskSecurity:
			return Consequence{0, "security"}
		case riskData:
			return Consequence{1, "loses or shows data"}
		}
	}
	return c.ofClients(q, e)
}

// ofClients is the worst that comes of the example for a client.
func (c *consequences) ofClients(q *Requirement, e Example) Consequence {
	for i, client := range c.clients {
		holds := c.ready[client.Title] == ReadyYes || c.ready[client.Title] == ReadyWarned
		if (e.Verdict == Failed || e.Verdict == Blocked && !holds) && (owns(client, q) || !holds && !makesNoSense(e) && refusedWrongly(e) && sends(client.Profile, e, false)) {
			return Consequence{2 + i, "breaks " + shortName(client)}
		}
	}
	for i, client := range c.clients {
		if owns(client, q) || e.Verdict != Warned && !makesNoSense(e) && !takenWrongly(e) && sends(client.Profile, e, true) {
			return Consequence{2 + len(c.clients) + i, "may break " + shortName(client)}
		}
	}
	return Consequence{2 + 2*len(c.clients), "form"}
}

// makesNoSense says whether the request was one that has to be refused.
func makesNoSense(e Example) bool {
	_, want, _ := wrong(e)
	return provoked.MatchString(want)
}

// owns says whether the requirement is one of the client's own.
func owns(c features.Client, q *Requirement) bool { return GroupOf(q.ID) == c.Title }

// shortName is the client's name in a word: that of the question of its readiness.
func shortName(c features.Client) string { return strings.TrimSuffix(c.Readiness, "-ready") }

// sends says whether the client sends the request that decided, and what it looks at; with
// perhaps, whether it may.
func sends(p features.Profile, e Example, perhaps bool) bool {
	place := placeOfDeciding(e)
	if place < 0 {
		return false
	}
	x := e.Exchanges[place]
	if !habits.has(p, x, perhaps) {
		return false
	}
	before := writeBefore(e.Exchanges, place)
	return !isRead(x) || before == nil || habits.has(p, before, perhaps)
}
