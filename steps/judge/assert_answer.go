package judge

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// ExpectOneOf demands a status of the last answer from a list such as "200 or 204".
func (j *Session) ExpectOneOf(list string) error {
	if j.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	j.lookAtAnswer()
	allowed := strings.Split(list, " or ")
	return j.ExpectThat(slices.Contains(allowed, fmt.Sprint(j.Last.Status)), "the answer to "+j.TheRequest(), list, StatusOf(j.Last))
}

// ExpectError takes "none" for an error without a scimType, which the
// standard permits wherever it does not name one.
func (j *Session) ExpectError(statuses, types string) error {
	if err := j.ExpectOneOf(statuses); err != nil {
		return err
	}
	var got string
	if fault := j.Last.Fault(); fault != nil {
		got = fault.ScimType
	}
	got = QuotedOrNone(got)
	return j.ExpectThat(slices.Contains(strings.Split(types, " or "), got), "scimType of the answer to "+j.TheRequest(), types, got)
}

// ExpectStatus demands a status of the last answer; want says which in a message.
func (j *Session) ExpectStatus(ok func(int) bool, want string) error {
	if j.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	j.lookAtAnswer()
	return j.ExpectThat(ok(j.Last.Status), "the answer to "+j.TheRequest(), want, StatusOf(j.Last))
}

// ExpectSuccess demands a status from 200 to 299.
func (j *Session) ExpectSuccess() error {
	return j.ExpectStatus(func(s int) bool { return s >= 200 && s < 300 }, "a status of success")
}

// ExpectRefusal demands a status from 400 to 499.
func (j *Session) ExpectRefusal() error {
	return j.ExpectStatus(func(s int) bool { return s >= 400 && s < 500 }, "a status from 400 to 499")
}

// ExpectNoServerError demands a status below 500, or 501.
func (j *Session) ExpectNoServerError() error {
	return j.ExpectStatus(func(s int) bool { return s < 500 || s == 501 }, "a status below 500, or 501")
}

// ExpectSCIMError demands an error of RFC 7644 section 3.12. The JSON type of its members
// is told by the requirements on them, once.
func (j *Session) ExpectSCIMError() error {
	if err := j.ExpectStatus(func(s int) bool { return s >= 400 }, "a status of 400 or more"); err != nil {
		return err
	}
	err := ErrorFlaw(j.Last.Status, j.Last.Body)
	return j.ExpectThat(err == nil, "the body of the answer to "+j.TheRequest(), "a SCIM error", fmt.Sprint(err))
}

// ErrorFlaw says what is wrong with a SCIM error; nil if nothing. The JSON type of its members
// is the business of their own requirements.
func ErrorFlaw(status int, body []byte) error {
	_, err := scim.ParseError(status, body)
	if errors.Is(err, scim.ErrNoText) {
		return nil
	}
	return err
}

// ExpectList demands 200 with a list (RFC 7644 section 3.4.2).
func (j *Session) ExpectList() error {
	if err := j.ExpectOneOf("200"); err != nil {
		return err
	}
	object, err := j.Last.FirstObject()
	if err == nil {
		_, err = scim.ParseList(object)
	}
	return j.ExpectThat(err == nil, "the answer", "a list", fmt.Sprint(err))
}

// Refused says whether the last answer refuses the request. Where that is one of
// two permitted outcomes it counts as an assertion.
func (j *Session) Refused() bool {
	if j.Last == nil || j.Last.Status/100 != 4 && j.Last.Status != http.StatusNotImplemented {
		return false
	}
	j.Asserted(1)
	return true
}

// RefusedOrDone is refused for an answer that has to be a success otherwise.
func (j *Session) RefusedOrDone() (refused bool, err error) {
	if j.Refused() {
		return true, nil
	}
	return false, j.ExpectSuccess()
}

// ExpectNumber compares a member with a number. One that is absent is right unless it is
// required.
func (j *Session) ExpectNumber(o *scim.Object, name, what string, want int, required bool) error {
	got, there := o.Get(name)
	if !there && !required {
		return nil
	}
	return j.ExpectThat(Text(got) == strconv.Itoa(want), name+what, strconv.Itoa(want), Text(got))
}

// ExpectListOrTooMany is for queries that may find more than a target is
// willing to show.
func (j *Session) ExpectListOrTooMany() error {
	if j.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	j.lookAtAnswer()
	if len(j.Asked.Path) == 0 && !IsTooMany(j.Last) && DeclinesRoot(j.Last) {
		return &Unsupported{Reason: "the target has no queries of the service root: it answers " + StatusOf(j.Last)}
	}
	what := "the answer to " + j.TheRequest() + QueryText(j.Asked)
	if j.Last.Status != http.StatusOK {
		return j.ExpectThat(IsTooMany(j.Last), what, "200 with a list, or 400 with scimType tooMany", StatusOf(j.Last))
	}
	_, problem := ListOf(j.Last)
	return j.ExpectThat(problem == "", what, "a list", problem)
}
