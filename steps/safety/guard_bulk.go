package safety

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// A bulkPlan is what the operations of a bulk request would do, as far as the
// guard cares (RFC 7644 section 3.7).
type bulkPlan struct {
	creations []bulkCreation
	changes   []bulkChange
}

type bulkCreation struct {
	bulkID     string
	collection []string
	names      names
}

type bulkChange struct {
	method string
	path   []string
}

func isBulk(path []string) bool {
	return len(path) == 1 && strings.EqualFold(path[0], "Bulk")
}

// bulk holds every operation of a bulk request to the rules for single requests.
func (g *guarded) bulk(r *http.Request, path []string) (*http.Response, error) {
	r, body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	plan, why := g.planBulk(body)
	if why != "" {
		return refuse(r, path, why)
	}
	all := make([]*creation, len(plan.creations))
	for i, p := range plan.creations {
		if all[i], err = g.intend(g.scope, http.MethodPost, p.collection, p.names); err != nil {
			return nil, err
		}
	}
	answer, err := g.pass(r)
	g.bulkChanged(plan.changes)
	if err != nil {
		g.unanswered(err, all...)
		return nil, err
	}
	if err := g.learnBulk(plan, all, answer); err != nil {
		_ = answer.Body.Close()
		return nil, err
	}
	return answer, nil
}

// changingMethod finds what a body that is no JSON could ask a lenient server for.
var changingMethod = regexp.MustCompile(`(?i)\b(PUT|PATCH|DELETE)\b`)

// planBulk returns the plan, or why the request must not be sent.
func (g *Guard) planBulk(body []byte) (plan bulkPlan, why string) {
	o, err := scim.ParseObject(body)
	switch {
	case err != nil && !g.marker.In(body):
		return plan, "a bulk request has to carry the run's marker " + string(g.marker)
	case err != nil && changingMethod.Match(body):
		return plan, "it is no JSON object and names a method that changes or deletes"
	case err != nil:
		plan.creations = []bulkCreation{{collection: []string{"Bulk"}}}
		return plan, ""
	}
	operations, there := o.Get("Operations")
	if !there && !g.marker.In(body) {
		return plan, "a bulk request without operations has to carry the run's marker " + string(g.marker)
	}
	return plan, g.planEach(&plan, operations)
}

// planEach plans one operation, or each of several. What is no object asks for nothing.
func (g *Guard) planEach(plan *bulkPlan, operations any) (why string) {
	switch v := operations.(type) {
	case *scim.Object:
		return g.planOperation(plan, v)
	case []any:
		for i, op := range v {
			if why := g.planEach(plan, op); why != "" {
				return fmt.Sprintf("Operations[%d]: %s", i, why)
			}
		}
	}
	return ""
}

// planOperation takes a method that is none for a POST: more than that no lenient server
// makes of it.
func (g *Guard) planOperation(plan *bulkPlan, op *scim.Object) (why string) {
	path, ok := parsePathText(op.String("path"))
	method := strings.ToUpper(op.String("method"))
	if method == http.MethodGet {
		return ""
	}
	if changingMethod.Match(textOf(op, "method")) {
		if !ok || !g.mayChange(path) && !isBulkReference(path) {
			return "this run did not create its target, which carries no marker of this run"
		}
		plan.changes = append(plan.changes, bulkChange{method, path})
		return ""
	}
	if text := textOf(op, "data"); !isNothing(text) && !g.marker.In(text) {
		return "what this run creates has to carry its marker " + string(g.marker)
	}
	c := bulkCreation{bulkID: op.String("bulkId"), collection: path}
	if len(path) == 0 {
		c.collection = []string{"Bulk"}
	}
	if data := op.Object("data"); data != nil {
		c.names = g.marker.namesOf(data)
	}
	plan.creations = append(plan.creations, c)
	return ""
}

// textOf is the member as JSON; "null" if there is none.
func textOf(op *scim.Object, member string) []byte {
	v, _ := op.Get(member)
	text, _ := scim.Marshal(v) // what was read can be written
	return text
}

// isBulkReference says whether the path leads to what the same request creates
// (RFC 7644 section 3.7.2).
func isBulkReference(path []string) bool {
	return len(path) == 2 && strings.HasPrefix(path[1], "bulkId:")
}

func (g *Guard) bulkChanged(changes []bulkChange) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, change := range changes {
		if c := g.known[pathText(change.path)]; c != nil {
			c.changed = true
			c.deleted = c.deleted || change.method == http.MethodDelete
		}
	}
}

// learnBulk finds in the answer what became of each creation.
func (g *Guard) learnBulk(plan bulkPlan, all []*creation, answer *http.Response) error {
	results := map[string]*scim.Object{}
	if isSuccess(answer.StatusCode) {
		o := readObject(peek(answer))
		for _, v := range o.Array("Operations") {
			if result, ok := v.(*scim.Object); ok {
				results[result.String("bulkId")] = result
			}
		}
	}
	for i, c := range all {
		if err := g.learnOperation(c, results[plan.creations[i].bulkID], answer.StatusCode); err != nil {
			return err
		}
	}
	return nil
}

func (g *Guard) learnOperation(c *creation, result *scim.Object, status int) error {
	if createsNothing(status) || strings.HasPrefix(result.String("status"), "4") {
		return g.refuse(c)
	}
	if path := locatedPath(c.collection, result.String("location")); path != nil {
		return g.found(c, path, evidence{})
	}
	g.mu.Lock()
	c.why = fmt.Sprintf("was part of a bulk request that was answered %d without its location", status)
	g.mu.Unlock()
	return nil
}
