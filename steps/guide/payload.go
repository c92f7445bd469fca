package guide

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that look into single requests and answers.

func (w *World) everyRequestCarriesTheBearerToken() error {
	for _, e := range w.DuoWire.Exchanges() {
		// The recorder hides the token; what it leaves is the scheme and the mark of a hidden secret.
		got := e.RequestHeader.Get("Authorization")
		if err := w.ExpectThat(strings.HasPrefix(got, "Bearer ") && len(got) > len("Bearer "), "Authorization of "+e.Method+" "+pathOf(e), "Bearer and the token", got); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) everyRequestGoesBelowTheBaseURL() error {
	for _, e := range w.DuoWire.Exchanges() {
		if err := w.ExpectThat(strings.HasPrefix(e.URL, w.Conn.DuoURL+"/"), "the address of a request", "below "+w.Conn.DuoURL, e.URL); err != nil {
			return err
		}
	}
	return nil
}

// payload is the body of the one request that creates the user.
func (w *World) payload(name string) (*scim.Object, error) {
	userName, err := w.userName(name)
	if err != nil {
		return nil, err
	}
	created := w.creations("Users", userName)
	if len(created) != 1 {
		return nil, w.Expect("requests that create "+name, 1, len(created))
	}
	return scim.ParseObject(w.DuoWire.Exchanges()[created[0]].RequestBody)
}

// inOrder are the members whose place the mapping decides; what else a profile
// adds (active, externalId) comes after them.
func (w *World) thePayloadHasTheseMembers(name string, table *messages.PickleTable) error {
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
	if err := w.Expect("the members of the payload", strings.Join(want, ", "), strings.Join(got, ", ")); err != nil {
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
func (w *World) expectLeaves(body *scim.Object, member, list string) error {
	var want []string
	for _, part := range judge.Listed(list) {
		value, err := w.cell(part)
		if err != nil {
			return err
		}
		want = append(want, value)
	}
	value, _ := body.Get(member)
	return w.Expect("the values of "+member, strings.Join(want, ", "), strings.Join(leaves(value), ", "))
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

func (w *World) thePayloadHasNo(name, attribute string) error {
	body, err := w.payload(name)
	if err != nil {
		return err
	}
	value, _ := judge.Lookup(body, attribute)
	return w.ExpectThat(value == nil, attribute+" in the payload", "no value", fmt.Sprint(value))
}

func (w *World) theTextWasNeverSent(text string) error {
	text = w.roles.markName(text)
	if len(w.writesSince(0)) == 0 {
		return w.Expect("requests of Duo that write", "some", "none")
	}
	for _, e := range w.DuoWire.Exchanges() {
		if err := w.ExpectThat(!bytes.Contains(e.RequestBody, []byte(text)) && !w.about(e, text), "the text "+text, "never sent", e.Method+" "+pathOf(e)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) everyAnswerIsAValidMessage() error {
	for _, e := range w.Exchanges() {
		created := e.Status == http.StatusCreated && len(e.ResponseBody) == 0 // the body is recommended only, RFC 7644 section 3.3
		if created || e.Status == http.StatusNoContent || e.Status == 0 || e.Truncated {
			continue
		}
		w.Asserted(1)
		if err := schemas.ValidateMessage(w.roles.withoutOthers(e.ResponseBody), schemas.Answer); err != nil {
			return &judge.Mismatch{What: "the answer to " + e.Method + " " + pathOf(e), Want: "a valid SCIM message", Got: err.Error(), About: e}
		}
	}
	return nil
}

// InvalidRequests are the messages that Duo sent and that are no valid SCIM, if any: a fault of ours.
func (w *World) InvalidRequests() error {
	for _, e := range w.DuoWire.Exchanges() {
		if len(e.RequestBody) == 0 || e.RequestTruncated {
			continue
		}
		if err := schemas.ValidateMessage(e.RequestBody, schemas.Request); err != nil {
			return fmt.Errorf("the simulated Duo sent an invalid message, %s %s: %w", e.Method, pathOf(e), err)
		}
	}
	return nil
}
