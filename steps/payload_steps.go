package steps

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps that look into single requests and answers.

func (w *world) everyRequestCarriesTheBearerToken() error {
	for _, e := range w.duoWire.Exchanges() {
		// The recorder hides the token; what it leaves is the scheme and the mark of a hidden secret.
		got := e.RequestHeader.Get("Authorization")
		if err := w.expectThat(strings.HasPrefix(got, "Bearer ") && len(got) > len("Bearer "), "Authorization of "+e.Method+" "+pathOf(e), "Bearer and the token", got); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) everyRequestGoesBelowTheBaseURL() error {
	for _, e := range w.duoWire.Exchanges() {
		if err := w.expectThat(strings.HasPrefix(e.URL, w.conn.baseURL+"/"), "the address of a request", "below "+w.conn.baseURL, e.URL); err != nil {
			return err
		}
	}
	return nil
}

// payload is the body of the one request that creates the user.
func (w *world) payload(name string) (*scim.Object, error) {
	userName, err := w.userName(name)
	if err != nil {
		return nil, err
	}
	created := w.creations("Users", userName)
	if len(created) != 1 {
		return nil, w.expect("requests that create "+name, 1, len(created))
	}
	return scim.ParseObject(w.duoWire.Exchanges()[created[0]].RequestBody)
}

// inOrder are the members whose place the mapping decides; what else a profile
// adds (active, externalId) comes after them.
func (w *world) thePayloadHasTheseMembers(name string, table *godog.Table) error {
	body, err := w.payload(name)
	if err != nil {
		return err
	}
	var want, got []string
	for _, row := range table.Rows[1:] {
		want = append(want, row.Cells[0].Value)
	}
	for member := range body.All() {
		if member != "active" && member != "externalId" {
			got = append(got, member)
		}
	}
	if err := w.expect("the members of the payload", strings.Join(want, ", "), strings.Join(got, ", ")); err != nil {
		return err
	}
	for _, row := range table.Rows[1:] {
		if err := w.expectLeaves(body, row.Cells[0].Value, row.Cells[1].Value); err != nil {
			return err
		}
	}
	return nil
}

// expectLeaves compares the texts within a member, in order, with a list of cells.
func (w *world) expectLeaves(body *scim.Object, member, list string) error {
	var want []string
	for _, part := range listed(list) {
		value, err := w.cell(part)
		if err != nil {
			return err
		}
		want = append(want, value)
	}
	value, _ := body.Get(member)
	return w.expect("the values of "+member, strings.Join(want, ", "), strings.Join(leaves(value), ", "))
}

// leaves are the texts within a value, in order.
func leaves(v any) []string {
	var texts []string
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, element := range v {
			texts = append(texts, leaves(element)...)
		}
	case *scim.Object:
		for name, member := range v.All() {
			if name != "type" && name != "primary" {
				texts = append(texts, leaves(member)...)
			}
		}
	}
	return texts
}

func (w *world) thePayloadHasNo(name, attribute string) error {
	body, err := w.payload(name)
	if err != nil {
		return err
	}
	value, _ := lookup(body, attribute)
	return w.expectThat(value == nil, attribute+" in the payload", "no value", fmt.Sprint(value))
}

func (w *world) theTextWasNeverSent(text string) error {
	text = w.cast.markName(text)
	if len(w.writesSince(0)) == 0 {
		return w.expect("requests of Duo that write", "some", "none")
	}
	for _, e := range w.duoWire.Exchanges() {
		if err := w.expectThat(!bytes.Contains(e.RequestBody, []byte(text)) && !w.about(e, text), "the text "+text, "never sent", e.Method+" "+pathOf(e)); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) everyAnswerIsAValidMessage() error {
	for _, e := range w.exchanges() {
		if e.Status == http.StatusNoContent || e.Status == 0 || e.Truncated {
			continue
		}
		err := schemas.ValidateMessage(e.ResponseBody, schemas.Answer)
		if err := w.expectThat(err == nil, "the answer to "+e.Method+" "+pathOf(e), "a valid SCIM message", fmt.Sprint(err)); err != nil {
			return err
		}
	}
	return nil
}

// invalidRequests are the messages that Duo sent and that are no valid SCIM, if any: a fault of ours.
func (w *world) invalidRequests() error {
	for _, e := range w.duoWire.Exchanges() {
		if len(e.RequestBody) == 0 || e.RequestTruncated {
			continue
		}
		if err := schemas.ValidateMessage(e.RequestBody, schemas.Request); err != nil {
			return fmt.Errorf("the simulated Duo sent an invalid message, %s %s: %w", e.Method, pathOf(e), err)
		}
	}
	return nil
}

// lookup finds an attribute by its path, "name.familyName" or with its URN.
func lookup(o *scim.Object, attribute string) (any, bool) {
	if urn, name, ok := cutURN(attribute); ok {
		o, attribute = o.Object(urn), name
	}
	if parent, sub, ok := strings.Cut(attribute, "."); ok {
		o, attribute = o.Object(parent), sub
	}
	return o.Get(attribute)
}

func cutURN(attribute string) (urn, name string, ok bool) {
	if !strings.HasPrefix(strings.ToLower(attribute), "urn:") {
		return "", attribute, false
	}
	i := strings.LastIndexByte(attribute, ':')
	return attribute[:i], attribute[i+1:], true
}

// valuesOf are the texts of an attribute, sorted: a list in any order is the same list.
func valuesOf(o *scim.Object, attribute string) []string {
	v, _ := lookup(o, attribute)
	var values []string
	switch v := v.(type) {
	case nil:
	case []any:
		for _, element := range v {
			if e, ok := element.(*scim.Object); ok {
				values = append(values, e.String("value"))
			} else {
				values = append(values, fmt.Sprint(element))
			}
		}
	default:
		values = append(values, fmt.Sprint(v))
	}
	slices.Sort(values)
	return values
}
