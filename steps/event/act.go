package event

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// act is something that was asked of the target, which has to be told.
type act struct {
	name       string // in words
	method     string
	uri        string            // of the resource, below the base URI
	kind       string            // of the event that tells it: "create", "patch", "put" or "delete"; "" for none
	values     map[string]string // that were sent
	attributes []string          // that were changed
	tag        string            // the ETag of the answer
	txn        string            // the Set-Txn of a 202; "" if it was answered at once
	status     int               // of the answer
	refused    bool              // it cannot be done
	operations []string          // of a bulk request: the methods
	exchange   *wire.Exchange
}

// done says whether the target says that it has done it.
func (a *act) done() bool { return a.status/100 == 2 && !a.refused }

// kindOf is the kind of a provisioning event: "create" of "…:prov:create:full".
func kindOf(uri string) string {
	rest, is := strings.CutPrefix(strings.ToLower(uri), scim.EventPrefix+"prov:")
	if !is {
		return ""
	}
	kind, _, _ := strings.Cut(rest, ":")
	return kind
}

// preferAsync is the header of a request that prefers to be answered asynchronously.
func preferAsync() http.Header { return http.Header{"Prefer": {"respond-async"}} }

// number is a JSON number.
func number(n int) any {
	v, _ := scim.Parse([]byte(strconv.Itoa(n)))
	return v
}

// actor does what has to be told.
type actor struct {
	*judge.Session
	acts  []*act
	ids   []string
	async bool // asynchronous requests are announced
	bulk  bool
}

// everything is done with two users, each request once: what is to be told of it can be
// told apart by the user and the kind of the event.
func (a *actor) everything(ctx context.Context) error {
	if err := a.comes(ctx, "A"); err != nil {
		return err
	}
	subject, err := a.Subject("A")
	if err != nil {
		return err
	}
	if a.async {
		if err := a.asynchronously(ctx, subject); err != nil {
			return err
		}
	}
	title := a.Mark() + " changed"
	if err := a.does(ctx, &act{name: "the change of a user", kind: "patch", attributes: []string{"displayName"}},
		wire.Request{Method: http.MethodPatch, Path: pathOf(subject), Body: judge.PatchOp(renaming(title))}); err != nil {
		return err
	}
	body := a.user("A")
	body.Set("displayName", a.Mark()+" replaced")
	if err := a.does(ctx, &act{name: "the replacement of a user", kind: "put", attributes: []string{"displayName"}, values: valuesOf(body)},
		wire.Request{Method: http.MethodPut, Path: pathOf(subject), Body: body}); err != nil {
		return err
	}
	return a.does(ctx, &act{name: "the deletion of a user", kind: "delete"}, wire.Request{Method: http.MethodDelete, Path: pathOf(subject)})
}

// asynchronously does what has a result to tell: with another user than the first one, whose
// name that one cannot take.
func (a *actor) asynchronously(ctx context.Context, other *judge.Subject) error {
	if err := a.comes(ctx, "B"); err != nil {
		return err
	}
	subject, err := a.Subject("B")
	if err != nil {
		return err
	}
	body := a.user("B")
	if err := a.does(ctx, &act{name: "an asynchronous PUT"}, wire.Request{Method: http.MethodPut, Path: pathOf(subject), Header: preferAsync(), Body: body}); err != nil {
		return err
	}
	taken := a.user("B")
	taken.Set("userName", other.Shown.String("userName"))
	if err := a.does(ctx, &act{name: "an asynchronous PUT of a user name that is taken", refused: true},
		wire.Request{Method: http.MethodPut, Path: pathOf(subject), Header: preferAsync(), Body: taken}); err != nil {
		return err
	}
	if a.bulk {
		if err := a.inBulk(ctx, subject); err != nil {
			return err
		}
	}
	return a.does(ctx, &act{name: "an asynchronous DELETE"}, wire.Request{Method: http.MethodDelete, Path: pathOf(subject), Header: preferAsync()})
}

// inBulk sends operations whose methods all differ, and a bulkId that is the place of another
// operation.
func (a *actor) inBulk(ctx context.Context, s *judge.Subject) error {
	creation := operation(http.MethodPost, "/Users", a.Template("Users", "bulk"))
	creation.Set("bulkId", "1")
	all := []any{creation, operation(http.MethodPatch, "/Users/"+url.PathEscape(s.ID), judge.PatchOp(renaming(a.Mark()+" bulk")))}
	return a.does(ctx, &act{name: "an asynchronous bulk request", operations: []string{http.MethodPost, http.MethodPatch}},
		wire.Request{Method: http.MethodPost, Path: []string{"Bulk"}, Header: preferAsync(), Body: bulkOf(all)})
}

func bulkOf(operations []any) *scim.Object {
	return scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}}, scim.Member{Name: "Operations", Value: operations})
}

func operation(method, path string, data *scim.Object) *scim.Object {
	return scim.NewObject(scim.Member{Name: "method", Value: method}, scim.Member{Name: "path", Value: path}, scim.Member{Name: "data", Value: data})
}

// renaming are the operations of a PATCH that gives a user another display name.
func renaming(value string) []any {
	return []any{scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "displayName"}, scim.Member{Name: "value", Value: value})}
}

func pathOf(s *judge.Subject) []string { return []string{s.Collection, s.ID} }

// user is what a user of this name is sent as, without a password.
func (a *actor) user(name string) *scim.Object {
	body := a.Template("Users", name)
	body.Set("externalId", a.Mark()+"-"+name)
	return body
}

func valuesOf(body *scim.Object) map[string]string {
	values := map[string]string{}
	for _, name := range []string{"userName", "displayName", "externalId"} {
		if text := body.String(name); text != "" {
			values[name] = text
		}
	}
	return values
}

// comes creates a user with a password, which no event may show; without one where the target
// does not take that.
func (a *actor) comes(ctx context.Context, name string) error {
	plain := a.user(name)
	for _, password := range []string{a.Run.Fit.Password(0), ""} {
		body := plain.Clone()
		if password != "" {
			body.Set("password", password)
		}
		answer, err := a.Send(ctx, a.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
		if err != nil {
			return err
		}
		if answer.Status != http.StatusCreated && password != "" {
			continue
		}
		if answer.Status != http.StatusCreated {
			return a.NotCreated("Users", answer)
		}
		made := a.lastExchange()
		if err := a.Adopt(ctx, name, "Users", answer); err != nil {
			return err
		}
		id := a.Subjects[name].ID
		a.ids = append(a.ids, id)
		a.acts = append(a.acts, &act{
			name: "the creation of a user", method: http.MethodPost, uri: "/Users/" + id, kind: "create",
			values: valuesOf(body), attributes: []string{"userName"}, tag: answer.Header.Get("ETag"), status: answer.Status, exchange: made,
		})
		return nil
	}
	return nil
}

// does sends the request of an act and keeps what came.
func (a *actor) does(ctx context.Context, what *act, r wire.Request) error {
	answer, err := a.Send(ctx, a.Client(), r)
	if err != nil {
		return err
	}
	what.method, what.status, what.tag = r.Method, answer.Status, answer.Header.Get("ETag")
	if len(r.Path) == 2 {
		what.uri = "/" + strings.Join(r.Path, "/")
	}
	if answer.Status == http.StatusAccepted {
		what.txn = answer.Header.Get("Set-Txn")
	}
	what.exchange = a.lastExchange()
	a.acts = append(a.acts, what)
	return nil
}

// lastExchange is what was sent last.
func (a *actor) lastExchange() *wire.Exchange {
	if all := a.Wire.Exchanges(); len(all) > 0 {
		return all[len(all)-1]
	}
	return nil
}

// txns are those of the asynchronous requests.
func (a *actor) txns() []string {
	var all []string
	for _, x := range a.acts {
		if x.txn != "" && !slices.Contains(all, x.txn) {
			all = append(all, x.txn)
		}
	}
	return all
}
