package report

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Consequence is what comes of a finding for those who use the target.
type Consequence struct {
	Rank int    // the worst has the lowest
	Text string // "security", "loses or shows data", "breaks Duo", "breaks Duo if it sends PUT /Users/*", "may break Okta" or "form"
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
	ofClient bool                 // the requests are a client's own, so that no refusal is what is wrong
	clients  []features.Client    // without the standard itself; none if a client is judged, which breaks no other
	ready    map[string]Readiness // by the client's title
}

// ConsequenceOf returns what tells the consequence of an example of the report, in words.
func ConsequenceOf(r *Report) func(*Requirement, Example) string {
	c := newConsequences(r)
	return func(q *Requirement, e Example) string { return c.of(q, e).Text }
}

func newConsequences(r *Report) *consequences {
	c := &consequences{ofClient: r.Target.Client, ready: map[string]Readiness{}}
	if c.ofClient {
		return c
	}
	for _, client := range features.Clients() {
		if !client.Standard {
			c.clients = append(c.clients, client)
		}
	}
	for _, x := range Readinesses(r) {
		c.ready[x.Group] = x
	}
	return c
}

// of is the worst consequence that the example shows. A client breaks if a requirement of its
// own fails. One of which nothing was judged breaks as well if the target refuses a request that
// it sends. Where all that it asks holds, it breaks only by what it may send and the run has not
// seen it send; any other finding is one of form, so that no consequence contradicts the
// readiness. Otherwise it may break by a wrong answer to a request that it may send, and by
// what is blocked. That something is taken which has to be refused breaks no client.
func (c *consequences) of(q *Requirement, e Example) Consequence {
	if (c.ofClient || !refusedWrongly(e) && !refusedOtherwise(e) && !keptOut(e)) && e.Verdict != Blocked { // a refusal gives nothing away, and loses nothing
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
		if c.breaks(client, q, e) {
			return Consequence{2 + i, breaking(client)}
		}
	}
	for i, client := range c.clients {
		if text := c.perhaps(client, q, e); text != "" {
			return Consequence{2 + len(c.clients) + i, text}
		}
	}
	for i, client := range c.clients {
		if text := c.slight(client, q, e); text != "" {
			return Consequence{2 + 2*len(c.clients) + i, text}
		}
	}
	return Consequence{2 + 3*len(c.clients), "form"}
}

// holds says whether the target is ready for the client.
func (c *consequences) holds(client features.Client) bool {
	answer := c.ready[client.Title].Answer
	return answer == ReadyYes || answer == ReadyWarned
}

// breaks says whether the client is seen to break.
func (c *consequences) breaks(client features.Client, q *Requirement, e Example) bool {
	if owns(client, q) {
		return e.Verdict == Failed
	}
	return e.Verdict != Warned && !isApart(q) && !c.ready[client.Title].Asked && !makesNoSense(e) && !toldToWait(e) && refusedWrongly(e) && sends(client.Profile, e, false)
}

// perhaps is by what a client that is not seen to break would break; "" if by nothing.
func (c *consequences) perhaps(client features.Client, q *Requirement, e Example) string {
	name := shortName(client)
	switch {
	case !c.concerns(client, q, e):
		return ""
	case owns(client, q) && e.Profile != DefaultProfile && e.Profile != "":
		return "breaks " + name + " if its profile has " + words.Visible(e.Profile)
	case owns(client, q) && e.Verdict == Warned:
		return ""
	case !c.holds(client):
		return mayBreak(client)
	case owns(client, q) || !refusedWrongly(e):
		return ""
	case !sends(client.Profile, e, false):
		return "breaks " + name + " if it sends " + words.Visible(unusual(client.Profile, e))
	}
	return "breaks " + name + " if it sends such values"
}

// slight is what a client meets that does not break by it; "" if nothing.
func (c *consequences) slight(client features.Client, q *Requirement, e Example) string {
	switch {
	case !c.concerns(client, q, e):
		return ""
	case owns(client, q):
		return "a warning for " + shortName(client)
	}
	return "form, in an answer to " + shortName(client)
}

// concerns says whether the requirement is the client's own, or the client may send the request
// that is answered wrongly.
func (c *consequences) concerns(client features.Client, q *Requirement, e Example) bool {
	return owns(client, q) || e.Verdict != Warned && !isApart(q) && !makesNoSense(e) && !takenWrongly(e) && !toldToWait(e) && sends(client.Profile, e, true)
}

// How likely it is that a client meets a finding: it sends the request as it is, it may or
// sends something near it, or the request is nonsense that has to be refused.
const (
	surely = iota
	perhapsMet
	hardly
)

// likelihood is how likely a client meets the example.
func (c *consequences) likelihood(e Example) int {
	if makesNoSense(e) || takenWrongly(e) {
		return hardly
	}
	usual := e.Profile == DefaultProfile || e.Profile == ""
	if usual && slices.ContainsFunc(c.clients, func(x features.Client) bool { return sends(x.Profile, e, false) }) {
		return surely
	}
	return perhapsMet
}

// makesNoSense says whether the request was one that has to be refused.
func makesNoSense(e Example) bool {
	_, want, _ := wrong(e)
	return provoked.MatchString(want)
}

// toldToWait says whether the request came too soon after others: it is taken when it comes again.
func toldToWait(e Example) bool {
	_, _, got := wrong(e)
	return strings.HasPrefix(got, "429")
}

// isApart says whether the requirement is about what no client asks for: it breaks none,
// whichever request it was found by.
func isApart(q *Requirement) bool {
	_, family, err := features.ClientOf(q.ID)
	return err == nil && family.Apart
}

// owns says whether the requirement is one of the client's own.
func owns(c features.Client, q *Requirement) bool { return GroupOf(q.ID) == c.Title }

// breaking is what the client's own requirement costs that fails.
func breaking(c features.Client) string {
	if c.Gate {
		return "keeps out of " + shortName(c)
	}
	return "breaks " + shortName(c)
}

// mayBreak is what it may cost that is not known to hold.
func mayBreak(c features.Client) string {
	if c.Gate {
		return "may keep out of " + shortName(c)
	}
	return "may break " + shortName(c)
}

// shortName is the client's name in a word: that of the question of its readiness.
func shortName(c features.Client) string { return strings.TrimSuffix(c.Readiness, "-ready") }

// sends says whether the client sends the request that decided, and what it looks at; with
// perhaps, whether it may.
func sends(p features.Profile, e Example, perhaps bool) bool {
	all := requestsOf(e)
	return len(all) > 0 && !slices.ContainsFunc(all, func(x *wire.Exchange) bool { return !habits.has(p, x, perhaps) })
}

// requestsOf is the request that decided and, if it only looks, the last one before it that
// may have changed something.
func requestsOf(e Example) []*wire.Exchange {
	place := placeOfDeciding(e)
	if place < 0 {
		return nil
	}
	x := e.Exchanges[place]
	if before := writeBefore(e.Exchanges, place); before != nil && isRead(x) {
		return []*wire.Exchange{before, x}
	}
	return []*wire.Exchange{x}
}

// unusual is the part of these requests that the client is not known to send.
func unusual(p features.Profile, e Example) string {
	for _, x := range requestsOf(e) {
		if part := habits.lacks(p, x); part != "" {
			return strings.TrimSuffix(strings.ReplaceAll(part, "  ", " "), " {}")
		}
	}
	return ""
}
