package laws

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Law holds for everything that a target says, whatever it was asked. It
// returns how many things it has judged and the first that is wrong. One that
// finds nothing to judge says nothing about the target.
type Law func(c Context, answers []judge.Answer) (judged int, err error)

// Context is what a law has to know beside the answers.
type Context struct {
	BaseURL   string    // of the requests
	Token     string    // that no answer may show
	Form      wire.Form // how the run shows its credentials
	Passwords []string  // that were sent, and that no answer may show; never empty
	Now       func() time.Time
}

// Sentence is what a feature says of all answers, with the law that judges it.
type Sentence struct {
	Text string
	Law  Law
}

// Sentences are all of them.
func Sentences() []Sentence {
	return slices.Concat(formLaws, listLaws, valueLaws, schemaLaws, commonLaws, userLaws)
}

// view is a resource as one answer shows it.
type view struct {
	answer judge.Answer
	object *scim.Object
	kind   string // the endpoint of its type: "Users", "Groups", "Schemas", …
	alone  bool   // it is the whole answer and no element of a list
	whole  bool   // it is to show everything that is returned by default
}

func (x view) wrong(path, want string, got any) *judge.Mismatch {
	return &judge.Mismatch{What: path + " in the answer to " + x.answer.String(), Want: want, Got: judge.Text(got), About: x.answer.Exchange}
}

// views are the resources in successful answers, of these kinds or of all. What was there before
// the client came, or somebody else made meanwhile, says nothing about the target: a list shows
// it beside what the client has made.
func views(answers []judge.Answer, kinds ...string) []view {
	var all []view
	made := madeBy(answers)
	for _, s := range answers {
		if s.Body == nil || s.Response.Status/100 != 2 || len(s.Request.Path) == 0 || showsNothing(s) {
			continue
		}
		whole := !selects(s.Request)
		if list, isList := s.Body.Get("Resources"); isList || judge.HasSchema(s.Body, scim.ListResponseURN) {
			elements, _ := list.([]any)
			for _, e := range elements {
				if o, ok := e.(*scim.Object); ok && !made.byAnother(kindOfView(s, o), scim.IDOf(o)) {
					all = append(all, view{s, o, kindOfView(s, o), false, whole})
				}
			}
			continue
		}
		if !isMessage(s.Body) {
			all = append(all, view{s, s.Body, kindOfView(s, s.Body), true, whole && isRepresentation(s)})
		}
	}
	return slices.DeleteFunc(all, func(x view) bool { return len(kinds) > 0 && !slices.Contains(kinds, x.kind) })
}

// showsNothing recognises a deletion that is answered by an empty object, which a requirement on
// deletions tells.
func showsNothing(s judge.Answer) bool {
	return s.Request.Method == http.MethodDelete && s.Response.Status/100 == 2 && s.Body.Len() == 0
}

// madeIDs are the ids of what a client has made, by the endpoint of the type.
type madeIDs map[string]map[string]bool

// madeBy are those of what was created in these answers.
func madeBy(answers []judge.Answer) madeIDs {
	made := madeIDs{}
	for _, s := range answers {
		if s.Body == nil || s.Request.Method != http.MethodPost || s.Response.Status != http.StatusCreated || len(s.Request.Path) != 1 {
			continue
		}
		kind := s.Request.Path[0]
		if made[kind] == nil {
			made[kind] = map[string]bool{}
		}
		made[kind][scim.IDOf(s.Body)] = true
	}
	return made
}

// byAnother says whether the client has made others of the kind, and not the one with this id.
func (m madeIDs) byAnother(kind, id string) bool {
	return id != "" && len(m[kind]) > 0 && !m[kind][id]
}

// isRepresentation tells an answer that shows a resource from one that only
// confirms a change.
func isRepresentation(s judge.Answer) bool {
	if s.Request.Method == http.MethodGet {
		return true
	}
	return s.Body.String("userName") != "" || s.Body.String("displayName") != ""
}

// selects says whether a request asks for a part of the attributes only.
func selects(r wire.Request) bool {
	body, _ := r.Body.(*scim.Object)
	for _, name := range []string{"attributes", "excludedAttributes"} {
		if _, ok := body.Get(name); ok {
			return true
		}
		if slices.ContainsFunc(r.Query, func(q [2]string) bool { return q[0] == name }) {
			return true
		}
	}
	return false
}

const messagePrefix = "urn:ietf:params:scim:api:messages:"

// isMessage tells a message by its schema; what has an id is a resource whatever
// it says of itself.
func isMessage(o *scim.Object) bool {
	return scim.IDOf(o) == "" && slices.ContainsFunc(o.Array("schemas"), func(v any) bool {
		urn, _ := v.(string)
		return strings.HasPrefix(strings.ToLower(urn), messagePrefix)
	})
}

// kindOfView tells the type of a resource by where it was asked for; at the root it
// has to say so itself.
func kindOfView(s judge.Answer, o *scim.Object) string {
	if kind := s.Request.Path[0]; kind != ".search" {
		return kind
	}
	if judge.HasSchema(o, scim.GroupURN) || o.Object("meta").String("resourceType") == "Group" {
		return "Groups"
	}
	return "Users"
}

// ofEach makes a law of what has to hold for each resource of these kinds
// ("" for all kinds).
func ofEach(kinds string, holds func(x view) error) Law {
	return func(_ Context, answers []judge.Answer) (int, error) {
		all := views(answers, strings.Fields(kinds)...)
		for _, x := range all {
			if err := holds(x); err != nil {
				return 1, err
			}
		}
		return len(all), nil
	}
}

// ofWhole is ofEach without what leaves attributes out: answers to a selection,
// and answers to a change that are no representation (RFC 7644 section 3.3 only
// recommends one).
func ofWhole(kinds string, holds func(x view) error) Law {
	return func(_ Context, answers []judge.Answer) (int, error) {
		judged := 0
		for _, x := range views(answers, strings.Fields(kinds)...) {
			if !x.whole {
				continue
			}
			judged++
			if err := holds(x); err != nil {
				return judged, err
			}
		}
		return judged, nil
	}
}

// ofValues makes a law of what has to hold for each value of the attributes that
// are chosen by their definition.
func ofValues(chosen func(a *scim.Attribute) bool, holds func(v any) (want string, ok bool), kinds ...string) Law {
	return func(_ Context, answers []judge.Answer) (int, error) {
		judged, d := 0, declarations(answers)
		for _, x := range views(answers, kinds...) {
			var wrong *judge.Mismatch
			d.walk(x, func(path string, a *scim.Attribute, v any) {
				if v == nil || wrong != nil || !chosen(a) {
					return
				}
				judged++
				if want, ok := holds(v); !ok {
					wrong = x.wrong(path, want, v)
				}
			})
			if wrong != nil {
				return judged, wrong
			}
		}
		return judged, nil
	}
}

// knownSchemas are schemas by their URN in lower case: those of the standard, and
// what the target's own /Schemas adds to them.
type knownSchemas map[string][]*scim.Schema

var endpointSchemas = map[string]*scim.Schema{
	"Users": scim.UserSchema(), "Me": scim.UserSchema(), "Groups": scim.GroupSchema(),
	"ServiceProviderConfig": scim.ServiceProviderConfigSchema(), "ResourceTypes": scim.ResourceTypeSchema(),
}

// standardSchemas are those of the standard, which no answer changes.
var standardSchemas = sync.OnceValue(func() knownSchemas {
	d := knownSchemas{}
	for _, s := range endpointSchemas {
		d.add(s)
	}
	d.add(scim.EnterpriseSchema())
	return d
})

func (d knownSchemas) add(s *scim.Schema) {
	urn := strings.ToLower(s.ID)
	d[urn] = append(slices.Clip(d[urn]), s)
}

func declarations(answers []judge.Answer) knownSchemas {
	published := views(answers, "Schemas")
	if len(published) == 0 {
		return standardSchemas()
	}
	d := maps.Clone(standardSchemas())
	for _, x := range published {
		if s, err := scim.ParseSchema(x.object); err == nil {
			d.add(s)
		}
	}
	return d
}

func (d knownSchemas) attribute(urn, name string) *scim.Attribute {
	for _, s := range d[strings.ToLower(urn)] {
		if a := s.Attribute(name); a != nil {
			return a
		}
	}
	return nil
}

var commonAttributes = &scim.Schema{Attributes: scim.CommonAttributes()}

// walk visits every value of which the definition is known, elements of lists
// one by one.
func (d knownSchemas) walk(x view, visit func(path string, a *scim.Attribute, v any)) {
	base := ""
	if s := endpointSchemas[x.kind]; s != nil {
		base = s.ID
	}
	for name, v := range x.object.All() {
		if extension, ok := v.(*scim.Object); ok && isURN(name) {
			for inner, v := range extension.All() {
				walkValue(name+":"+inner, d.attribute(name, inner), v, visit)
			}
			continue
		}
		a := commonAttributes.Attribute(name)
		if a == nil {
			a = d.attribute(base, name)
		}
		walkValue(name, a, v, visit)
	}
}

func walkValue(path string, a *scim.Attribute, v any, visit func(path string, a *scim.Attribute, v any)) {
	if a == nil {
		return
	}
	if list, ok := v.([]any); ok {
		for i, e := range list {
			walkValue(fmt.Sprintf("%s[%d]", path, i), a, e, visit)
		}
		return
	}
	visit(path, a, v)
	if o, ok := v.(*scim.Object); ok {
		for name, inner := range o.All() {
			walkValue(path+"."+name, a.Sub(name), inner, visit)
		}
	}
}

func isURN(name string) bool { return strings.HasPrefix(strings.ToLower(name), "urn:") }
