// Package patch reads the operations of a PATCH request and applies them to a
// resource (RFC 7644 section 3.5.2).
package patch

import (
	"errors"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Operation is one operation of a PATCH request (RFC 7644 section 3.5.2).
type Operation struct {
	Op    string // "add", "remove" or "replace"
	Path  string // "" if the operation has none
	Value any
	Given bool // a value member is present; it may be null
	// Whole lets a replaced complex attribute keep nothing that the value does not name, as the
	// SCIM 2.0 Interoperability Profile wants it, draft 01 section 6.5.2.1. The standard keeps the rest.
	Whole bool
}

const (
	opAdd     = "add"
	opRemove  = "remove"
	opReplace = "replace"
)

// Parse reads the operations of a PATCH request's body; Op becomes lower case,
// as clients send it in any case (Microsoft Entra ID documentation). Members of
// an operation other than op, path and value are ignored. The error is a
// *scim.Error 400: invalidSyntax, or invalidPath for a path that is no string
// or empty. Parse does not check what an operation means: see Apply.
func Parse(body *scim.Object) ([]Operation, error) {
	if !containsFold(body.Array("schemas"), scim.PatchOpURN) {
		return nil, scim.InvalidSyntax("\"schemas\" of a PATCH request has to contain %q", scim.PatchOpURN)
	}
	list := body.Array("Operations")
	if len(list) == 0 {
		return nil, scim.InvalidSyntax("\"Operations\" has to be an array of at least one operation")
	}
	ops := make([]Operation, 0, len(list))
	for i, v := range list {
		op, err := parseOperation(v)
		if err != nil {
			return nil, inOperation(err, i, len(list))
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func containsFold(list []any, want string) bool {
	for _, v := range list {
		if s, ok := v.(string); ok && strings.EqualFold(s, want) {
			return true
		}
	}
	return false
}

func parseOperation(v any) (Operation, error) {
	o, ok := v.(*scim.Object)
	if !ok {
		return Operation{}, scim.InvalidSyntax("an operation has to be an object, got %s", scim.KindOf(v))
	}
	op := Operation{Op: strings.ToLower(o.String("op"))}
	if err := checkOp(op.Op); err != nil {
		return Operation{}, err
	}
	op.Value, op.Given = o.Get("value")
	if path, _ := o.Get("path"); path != nil {
		if op.Path, _ = path.(string); op.Path == "" {
			return Operation{}, scim.InvalidPath("\"path\" has to be a non-empty string; leave it out to address the whole resource")
		}
	}
	return op, nil
}

func checkOp(op string) error {
	switch op {
	case opAdd, opRemove, opReplace:
		return nil
	}
	return scim.InvalidSyntax("\"op\" has to be \"add\", \"remove\" or \"replace\", got %q", op)
}

// Apply applies the operations in their order to a copy of a resource of type
// t, all or none (RFC 7644 section 3.5.2), and says whether the result differs
// from the resource, which itself is never changed.
//
// The error is a *scim.Error 400: invalidPath, invalidFilter, noTarget,
// mutability, invalidValue or invalidSyntax. Attributes that the operations do
// not name are ignored. Where the RFC leaves a choice:
//   - a value without a path may contain readOnly attributes: they are ignored,
//     since clients send whole resources; its names may be dotted or have a URN;
//   - add of a value that selects nothing (emails[type eq "work"].value) creates
//     the element that the filter describes, if it does so by eq and and only;
//   - remove of a multi-valued attribute with a value removes just those elements
//     (Microsoft Entra ID sends group members so);
//   - elements of a multi-valued attribute are the same if "value" and, where it
//     may change, "type" are (RFC 7643 section 2.4).
func Apply(t *scim.ResourceType, resource *scim.Object, ops []Operation) (patched *scim.Object, changed bool, err error) {
	p := &patcher{t: t, resource: resource.Clone()}
	for i, op := range ops {
		if err := p.apply(op); err != nil {
			return nil, false, inOperation(err, i, len(ops))
		}
	}
	if scim.Equal(resource, p.resource) {
		return p.resource, false, nil
	}
	for _, e := range t.Extensions {
		if err := scim.CheckExtension(e, p.resource); err != nil {
			return nil, false, err
		}
	}
	scim.SyncSchemas(t, p.resource)
	return p.resource, !scim.Equal(resource, p.resource), nil
}

// inOperation makes an error say which of several operations it is about.
func inOperation(err error, i, n int) error {
	var e *scim.Error
	if n == 1 || !errors.As(err, &e) {
		return err
	}
	located := *e
	located.Detail = fmt.Sprintf("operation %d of %d: %s", i+1, n, e.Detail)
	return &located
}
