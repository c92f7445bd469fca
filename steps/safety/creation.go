package safety

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// A creation is one request that may create a resource, and what is known of the
// resource. The guard's mutex protects it.
type creation struct {
	scope      *Scope
	seq        int // in the journal
	method     string
	collection []string
	names      names

	state state
	why   string   // for a doubtful one, what came instead of an answer with an id
	path  []string // of the resource, when known

	evidence
	changed bool // this run has sent a PUT, PATCH or DELETE to it
	deleted bool // one of them was a DELETE that may have succeeded
}

type state int

const (
	doubtful state = iota // the request is under way, or its end does not tell whether it created anything
	settled               // it created nothing that is not known otherwise
	refused               // it created nothing, says the target; the walk that ends the run has to agree
	present               // its resource is at path
	believed              // a DELETE has succeeded; the walk that ends the run has to agree
	gone                  // and is there no more
)

// Evidence is what speaks for a path leading to our resource, and not to another
// one that a mistaken server names in its answer.
type evidence struct {
	confirmed bool   // the answer showed the marker
	seen      bool   // and so did a read at its path
	born      string // meta.created in the answer, if it was the time of the answer
}

func (e *evidence) add(more evidence) {
	e.confirmed = e.confirmed || more.confirmed
	if e.born == "" {
		e.born = more.born
	}
}

// ours says whether the resource, as the target shows it now, is this creation.
// It need not carry the marker any more if the run itself changed it, and has not deleted
// it: a server may give its id to somebody else then; if the target
// shows no name at all, or if it never kept the marked attributes but did create it at
// that very time.
func (c *creation) ours(resource *scim.Object, m Marker) bool {
	return m.On(resource) ||
		c.confirmed && (c.changed && !c.deleted || isNameless(c.collection, resource)) ||
		c.born != "" && c.born == resource.Object("meta").String("created")
}

// namesIn are the marked naming attributes of a body, as far as it is a JSON object.
func (m Marker) namesIn(body []byte) names {
	return m.namesOf(readObject(body))
}

// readObject reads what is sent or answered, broken or not; nil is no object.
func readObject(body []byte) *scim.Object {
	v, _, _ := scim.ParseLeniently(body) // what cannot be read says nothing
	o, _ := v.(*scim.Object)
	return o
}

func (m Marker) namesOf(o *scim.Object) names {
	found := names{}
	for name, v := range o.All() {
		value, _ := v.(string)
		i := slices.IndexFunc(namingAttributes, func(a string) bool { return strings.EqualFold(a, name) })
		if i >= 0 && m.In([]byte(value)) {
			found[namingAttributes[i]] = value
		}
	}
	return found
}

// best is the name to look the resource up by, or "".
func (n names) best() (attribute, value string) {
	for _, attribute := range namingAttributes {
		if value, ok := n[attribute]; ok {
			return attribute, value
		}
	}
	return "", ""
}
