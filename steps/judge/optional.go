package judge

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A refusal is an answer. What a target refuses also in its plainest form, it does not
// offer: the examples that need it are unsupported, and one requirement tells it.

// Optional is a kind of thing that a target may refuse.
type Optional string

// What a target may refuse, in parts or altogether.
const (
	Filters    Optional = "filters"     // RFC 7644 sections 3.4.2.2 and 3.12
	Sorting    Optional = "sorting"     // section 3.4.2.3
	ValuePaths Optional = "value paths" // of PATCH, section 3.5.2
	Spelling   Optional = "spelling"    // a filter that is refused in the standard's own letters as well
)

// Declined finds out whether the answer that a Mismatch is about, the last one or one of
// several, refuses something optional that the target refuses in its plainest form as well: then it says of which kind, and why. Each plain
// form is asked for once in a run. The error is the network's.
//
// Of the kind Spelling is what is refused in the standard's own letters as well.
func (j *Session) Declined(ctx context.Context, m *Mismatch) (kind Optional, why string, err error) {
	for _, a := range j.refusedAnswers(m) {
		if !declines(a.Response.Status) {
			continue
		}
		if kind, why, err = j.declined(ctx, a.Request); why != "" || err != nil {
			return kind, why, err
		}
	}
	return "", "", nil
}

func (j *Session) declined(ctx context.Context, r wire.Request) (kind Optional, why string, err error) {
	for _, d := range []struct {
		kind Optional
		ask  func(context.Context, wire.Request) (string, error)
	}{{Filters, j.filterDeclined}, {Spelling, j.spellingDeclined}, {Sorting, j.sortingDeclined}, {ValuePaths, j.valuePathDeclined}} {
		if why, err := d.ask(ctx, r); why != "" || err != nil {
			return d.kind, why, err
		}
	}
	return "", "", nil
}

// declines tells the statuses by which servers say that they do not offer something.
func declines(status int) bool {
	return slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusMethodNotAllowed,
		http.StatusUnprocessableEntity, http.StatusNotImplemented}, status)
}

// ListsDeclined finds out whether the error that a Mismatch is about, whatever of it, refuses a
// list without a filter, as the target refuses all such lists: then it says why. The error is
// the network's.
func (j *Session) ListsDeclined(ctx context.Context, m *Mismatch) (why string, err error) {
	for _, a := range j.AnswersIn(m) {
		if a.Response.Status < 400 {
			continue
		}
		if why, err = j.listDeclined(ctx, a.Request); why != "" || err != nil {
			return why, err
		}
	}
	return "", nil
}

// listDeclined asks for everything, and for something by a filter: a target that refuses
// that as well refuses more than lists.
func (j *Session) listDeclined(ctx context.Context, r wire.Request) (string, error) {
	lists := len(r.Path) == 1 && r.Method == http.MethodGet || isSearch(r)
	if !lists || r.Path[0] != "Users" && r.Path[0] != "Groups" || ParameterOf(r, "filter") != "" {
		return "", nil
	}
	collection := r.Path[0]
	refusal, err := j.refusalOf(ctx, "GET /"+collection, Reading(collection), http.StatusNotFound)
	if refusal == "" || err != nil {
		return "", err
	}
	filters, err := j.Refuses(ctx, Form{"eq", collection, plainText(collection)})
	if filters != "" || err != nil {
		return "", err
	}
	return "the target lists nothing without a filter: GET /" + collection + " is answered " + refusal, nil
}

func (j *Session) filterDeclined(ctx context.Context, r wire.Request) (string, error) {
	for _, form := range plainForms(r.Path, ParameterOf(r, "filter")) {
		refusal, err := j.Refuses(ctx, form)
		if refusal != "" && err == nil && j.takesText(ctx, form) {
			continue
		}
		if refusal != "" || err != nil {
			return fmt.Sprintf("the target has no filters with %s: GET /%s?filter=%s is answered %s", form.What, form.Collection, form.Filter, refusal), err
		}
	}
	if filtersByURN(r) {
		return j.onlyAFew(ctx)
	}
	return "", nil
}

// onlyAFew says that the target knows a few filters and refuses all others, as RFC 7644
// section 3.12 lets it: then it may refuse a name that is written with its schema as well.
func (j *Session) onlyAFew(ctx context.Context) (string, error) {
	refusal := ""
	for _, form := range []Form{{"or", "Users", plainText("Users") + " or " + plainText("Users")}, {"co on userName", "Users", "userName co " + Text(plainValue)}} {
		var err error
		if refusal, err = j.Refuses(ctx, form); refusal == "" || err != nil {
			return "", err
		}
	}
	return "the target knows a few filters and refuses all others: or and co are answered " + refusal, nil
}

// spellingDeclined asks for the same filter in the standard's spelling: what is refused
// there says nothing about another spelling.
func (j *Session) spellingDeclined(ctx context.Context, r wire.Request) (string, error) {
	text := ParameterOf(r, "filter")
	usual, ok := usualSpelling(r.Path, text)
	if !ok || usual == text {
		return "", nil
	}
	collection := "Users"
	if len(r.Path) > 0 && r.Path[0] == "Groups" {
		collection = "Groups"
	}
	refusal, err := j.refusalOf(ctx, "GET /"+collection+"?filter="+usual, Querying("filter", usual, collection))
	if refusal == "" || err != nil {
		return "", err
	}
	return "the same filter is refused in the standard's spelling as well: GET /" + collection + "?filter=" + usual + " is answered " + refusal, nil
}

// takesText says whether a target that refuses a boolean compares it with a text: then
// it knows the filter, and misreads it.
func (j *Session) takesText(ctx context.Context, f Form) bool {
	plain, isBoolean := strings.CutSuffix(f.Filter, " true")
	if !isBoolean {
		return false
	}
	refusal, err := j.Refuses(ctx, Form{f.What + " as a text", f.Collection, plain + ` "true"`})
	return err == nil && refusal == ""
}

// sortingDeclined tries two attributes, and both with and without the order.
func (j *Session) sortingDeclined(ctx context.Context, asked wire.Request) (string, error) {
	if ParameterOf(asked, "sortBy") == "" {
		return "", nil
	}
	refusal := ""
	for _, plain := range [][][2]string{
		{{"sortBy", "displayName"}, {"sortOrder", "ascending"}}, {{"sortBy", "userName"}, {"sortOrder", "ascending"}}, {{"sortBy", "userName"}},
	} {
		r := Reading("Users")
		r.Query = plain
		var err error
		if refusal, err = j.refusalOf(ctx, RequestText(r), r); refusal == "" || err != nil {
			return "", err
		}
	}
	return "the target does not sort: GET /Users?sortBy=userName is answered " + refusal, nil
}

// valuePathDeclined asks a user of its own to change one of its addresses by its type.
func (j *Session) valuePathDeclined(ctx context.Context, r wire.Request) (string, error) {
	body, _ := r.Body.(*scim.Object)
	if r.Method != http.MethodPatch || !slices.ContainsFunc(body.Array("Operations"), hasValuePath) {
		return "", nil
	}
	const path = `emails[type eq "work"].value`
	refusal, err := SharedBy(ctx, j.Run, "PATCH of "+path, func(ctx context.Context, own *Session) (string, error) {
		mail := scim.NewObject(scim.Member{Name: "value", Value: own.UserName("value-path")}, scim.Member{Name: "type", Value: "work"})
		user := Merge(own.Template("Users", "value-path"), scim.NewObject(scim.Member{Name: "emails", Value: []any{mail}}))
		if err := own.Make(ctx, "V", "Users", user); err != nil {
			return "", err
		}
		answer, err := own.Send(ctx, own.Client(), wire.Request{
			Method: http.MethodPatch, Path: []string{"Users", own.Subjects["V"].ID}, Body: ReplaceBody(path, own.UserName("value-path-2")),
		})
		if err != nil || !declines(answer.Status) {
			return "", err
		}
		return StatusOf(answer), nil
	})
	if refusal == "" || err != nil {
		return "", OnlyLost(err)
	}
	return "the target has no value paths in PATCH: replace " + path + " is answered " + refusal, nil
}

// OnlyLost leaves out what the target itself made impossible: then nothing is known.
func OnlyLost(err error) error {
	if IsLost(err) {
		return err
	}
	return nil
}

func hasValuePath(operation any) bool {
	o, _ := operation.(*scim.Object)
	return strings.Contains(o.String("path"), "[")
}

// ParameterOf is a parameter of a query, or of a search by POST.
func ParameterOf(r wire.Request, name string) string {
	for _, q := range r.Query {
		if q[0] == name {
			return q[1]
		}
	}
	if !slices.Contains(r.Path, ".search") {
		return ""
	}
	body := bodyOf(r)
	if v, _ := body.Get(name); v != nil {
		return Plain(v)
	}
	return ""
}

// refusalOf is how the target refuses a request, also by other statuses than those of
// declines; "" if it does not. It is asked once in a run.
func (j *Session) refusalOf(ctx context.Context, name string, r wire.Request, also ...int) (string, error) {
	refusal, err := SharedBy(ctx, j.Run, name, func(ctx context.Context, own *Session) (string, error) {
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil || !declines(answer.Status) && !slices.Contains(also, answer.Status) {
			return "", err
		}
		return StatusOf(answer), nil
	})
	return refusal, OnlyLost(err)
}

// Form is a filter in its plainest form: one operator on one attribute, or one way to
// join such.
type Form struct {
	What       string // such as "co on userName" or "or"
	Collection string
	Filter     string
}

// Refuses is how the target refuses a plain filter; "" if it does not. Where it names a
// user or group, it is one that exists: what a target answers when nothing matches is
// another question.
func (j *Session) Refuses(ctx context.Context, f Form) (string, error) {
	name, err := SharedBy(ctx, j.Run, "one of the "+f.Collection+" to look for", func(ctx context.Context, own *Session) (string, error) {
		err := own.Make(ctx, "F", f.Collection, own.Template(f.Collection, "looked-for"))
		if err != nil {
			return plainValue, OnlyLost(err)
		}
		return own.Template(f.Collection, "looked-for").String(Naming(f.Collection)), nil
	})
	if err != nil {
		return "", err
	}
	text := strings.ReplaceAll(f.Filter, plainText(f.Collection), Naming(f.Collection)+" eq "+Text(name))
	return j.refusalOf(ctx, "GET /"+f.Collection+"?filter="+text, Querying("filter", text, f.Collection))
}
