// Package explain tells all there is to know about one requirement: what has to hold and
// why, who breaks where it does not, how servers get it wrong, and what its checks send.
// Nothing in it is written down twice: it is taken from the Rule, from the faults that prove
// its checks, and from the checks themselves as they were played.
package explain

import (
	"slices"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	duofaults "github.com/simulate-duo/simulate-duo/simulators/duo/faults"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Explanation is one requirement, explained. Its JSON form is what explain --format json
// writes; members are added, but never renamed or removed.
type Explanation struct {
	ID      string `json:"id"`
	Level   string `json:"level"` // as a text writes it: "MUST NOT"
	Title   string `json:"title"`
	Why     string `json:"why"`            // the Rule's text, in one line
	Source  string `json:"source"`         // where it is written
	Link    string `json:"link,omitempty"` // that as an address, if it is on one known page
	AskedBy string `json:"asked_by"`
	Area    string `json:"area"`
	File    string `json:"file"` // of the Rule, and its line

	Risk     string   `json:"risk,omitempty"` // "security" or "data"
	Breaks   []string `json:"breaks"`         // clients; see report.Stakes
	MayBreak []string `json:"may_break"`
	Warns    []string `json:"warns"`
	Mistakes []string `json:"mistakes"` // what servers, or clients, do wrong
	Allowed  []Choice `json:"allowed"`  // what a server may choose in what is sent here

	Unobservable bool      `json:"unobservable,omitempty"`
	AboutClients bool      `json:"about_clients,omitempty"` // about SCIM clients, which judge-client judges
	AboutDuo     bool      `json:"about_duo,omitempty"`     // about the simulated Duo
	Check        string    `json:"check,omitempty"`         // the command that checks a target
	Try          string    `json:"try,omitempty"`           // the command that plays a server that gets it wrong
	Rule         string    `json:"rule"`                    // the Gherkin
	Examples     int       `json:"examples"`
	Requests     []Request `json:"requests"`
}

// Choice is something that a server may do in answering the requests of a requirement, and
// that changes no verdict.
type Choice struct {
	Name string `json:"name"`
	Why  string `json:"why"` // what permits it
}

// Of explains the requirement as far as its Rule and its faults tell; [Explanation.Played]
// adds what its checks send.
func Of(q features.Requirement) (*Explanation, error) {
	client, _, err := features.ClientOf(q.ID)
	if err != nil {
		return nil, err
	}
	rule, err := features.RuleText(features.FSOf(q), q)
	if err != nil {
		return nil, err
	}
	as := report.Requirement{ID: q.ID, Level: q.Level, Source: q.Source, Text: q.Text, Feature: q.Feature}
	x := &Explanation{
		ID: q.ID, Level: q.Level.Words(), Title: q.Title, Why: report.PlainText(&as), Source: q.Source, Link: report.Link(&as),
		AskedBy: client.Title, Area: q.Feature, File: "features/" + q.Place(),
		Breaks: []string{}, MayBreak: []string{}, Warns: []string{}, Mistakes: append([]string{}, Mistakes(q.ID)...), Allowed: []Choice{},
		Unobservable: q.Unobservable, AboutClients: client.Profile == features.Provisioners().Profile,
		Rule: rule, Examples: len(q.Examples), Requests: []Request{},
	}
	of := mistakes()[q.ID]
	x.AboutDuo = !x.AboutClients && len(of.servers) == 0 && len(of.clients) > 0
	switch {
	case q.Unobservable:
	case x.AboutClients:
		x.Check = "simulate-duo judge-client"
	case x.AboutDuo:
		x.Check = "simulate-duo --tags @" + q.ID
	default:
		x.Check = "simulate-duo --target URL --tags @" + q.ID
	}
	if len(of.servers) > 0 {
		x.Try = "simulate-duo secure-access --fault " + q.ID
	}
	return x, nil
}

// Find explains the requirement with this id and this title, without what its checks send; nil
// if this program does not know it so: a report may come from another version.
func Find(id, title string) *Explanation {
	all, err := known()
	q, ok := all[id]
	if err != nil || !ok || q.Title != title {
		return nil
	}
	x, err := Of(q)
	if err != nil {
		return nil
	}
	return x
}

// Command is what tells more about the requirement.
func (x *Explanation) Command() string { return "simulate-duo explain " + x.ID }

// known are the requirements by their ids.
var known = sync.OnceValues(func() (map[string]features.Requirement, error) {
	all, err := features.LoadAll()
	byID := make(map[string]features.Requirement, len(all))
	for _, q := range all {
		byID[q.ID] = q
	}
	return byID, err
})

// Mistakes are what gets the requirement wrong, in words: the faults that prove its checks.
func Mistakes(id string) []string {
	of := mistakes()[id]
	return append(slices.Clone(of.servers), of.clients...)
}

// wrong are the mistakes of servers and of clients about one requirement.
type wrong struct{ servers, clients []string }

// mistakes has them by the ids of the requirements: to make the tables takes a while, and
// an explanation of many would make them anew for each.
var mistakes = sync.OnceValue(func() map[string]wrong {
	all := map[string]wrong{}
	for _, f := range faults.All() {
		of := all[f.Requirement]
		of.servers = append(of.servers, f.Name)
		all[f.Requirement] = of
	}
	for _, f := range slices.Concat(duofaults.All(), duofaults.OfClients()) {
		of := all[f.Requirement]
		of.clients = append(of.clients, f.Name)
		all[f.Requirement] = of
	}
	return all
})
