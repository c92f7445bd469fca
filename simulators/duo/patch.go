package duo

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// operation is one operation of a PATCH request (RFC 7644 section 3.5.2). With
// bare set it has no value member.
func (p *Provisioner) operation(name, path string, value any, bare bool) *scim.Object {
	if fieldOperationCase.ask(p.answers) == Capitalised {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	op := scim.NewObject(member("op", name))
	if path != "" {
		op.Set("path", path)
	}
	if !bare {
		op.Set("value", value)
	}
	return op
}

func (p *Provisioner) add(path string, value any) *scim.Object {
	return p.operation("add", path, value, false)
}

func (p *Provisioner) replace(path string, value any) *scim.Object {
	return p.operation("replace", path, value, false)
}

func (p *Provisioner) remove(path string) *scim.Object {
	return p.operation("remove", path, nil, true)
}

// patchCall is the request that carries the operations.
func patchCall(endpoint, id string, operations []*scim.Object) call {
	list := make([]any, len(operations))
	for i, op := range operations {
		list[i] = op
	}
	return call{method: http.MethodPatch, path: []string{endpoint, id}, body: scim.NewObject(
		member("schemas", []any{scim.PatchOpURN}),
		member("Operations", list),
	)}
}
