package schemas

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// maxKeyLength is the longest name of a member, in bytes. Paths repeat names,
// so that long ones would multiply.
const maxKeyLength = 512

// value turns a node into what encoding/json yields with UseNumber, and tells
// where everything stands.
func (r *yamlReader) value(node ast.Node) (any, *place) {
	here := &place{value: start(node)}
	switch n := node.(type) {
	case *ast.MappingNode:
		return r.mapping(n.Values, here), here
	case *ast.MappingValueNode:
		return r.mapping([]*ast.MappingValueNode{n}, here), here
	case *ast.SequenceNode:
		list := make([]any, len(n.Values))
		here.items = make([]*place, len(n.Values))
		for i, v := range n.Values {
			list[i], here.items[i] = r.value(v)
		}
		return list, here
	case *ast.StringNode:
		return n.Value, here
	case *ast.LiteralNode:
		return n.Value.Value, here
	case *ast.BoolNode:
		return n.Value, here
	case *ast.NullNode:
		return nil, here
	case *ast.IntegerNode:
		return json.Number(fmt.Sprint(n.Value)), here
	case *ast.FloatNode:
		return json.Number(strconv.FormatFloat(n.Value, 'g', -1, 64)), here
	}
	r.fail(here.value.line, here.value.column, "%s cannot stand here: put it in quotes if it is text", node.Type().YAMLName())
	return nil, here
}

func (r *yamlReader) mapping(members []*ast.MappingValueNode, here *place) map[string]any {
	object := make(map[string]any, len(members))
	here.members = make(map[string]*place, len(members))
	for _, m := range members {
		key := at(m.Key.GetToken())
		name, ok := keyText(m.Key)
		switch {
		case !ok:
			r.fail(key.line, key.column, "a key must be text: put it in quotes")
		case len(name) > maxKeyLength:
			r.fail(key.line, key.column, "a key has %d bytes, more than %d: shorten it", len(name), maxKeyLength)
		default:
			object[name], here.members[name] = r.value(m.Value)
			here.members[name].key = key
		}
	}
	return object
}

func keyText(key ast.MapKeyNode) (string, bool) {
	text, ok := key.(*ast.StringNode)
	if !ok {
		return "", false
	}
	return text.Value, true
}

// start is where a node begins; the library's token for a block mapping is the
// colon of its first member.
func start(node ast.Node) position {
	switch n := node.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return at(n.Values[0].Key.GetToken())
		}
	case *ast.MappingValueNode:
		return at(n.Key.GetToken())
	case nil:
		return position{}
	}
	return at(node.GetToken())
}
