package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Many targets keep a few attributes and pass over the others. What is then missed in another
// example, after whatever it does, is told by one requirement; or by none, where nothing
// obliges the target to keep the attribute.

const (
	declaredHome = "RFC7643-7-19"     // what a target declares as writable, it keeps
	commonHome   = "RFC7643-3.1-01"   // and every user an externalId, which schemas need not declare
	putHome      = "RFC7644-3.5.1-01" // a PUT stores what it is given
	storedHome   = "RFC7644-3.3-03"   // and a creation as well
)

// otherwise is how it is told that a target makes up a text of its own for one that it is given,
// and inOtherCase that it writes it in other letters.
const (
	otherwise   = "another text is shown: "
	inOtherCase = "the text is shown in other letters: "
)

// homesOf are the requirements on the texts of one attribute.
var homesOf = map[string]string{"timezone": "RFC7643-4.1.1-10", "profileurl": "RFC7643-4.1.1-08"}

// missed is how a Mismatch tells an attribute that is not what it was made: of a resource by its
// name, or in an answer.
var missed = regexp.MustCompile(`^(?:(\w+) as it is (?:read now|stored)|the answer to (?:GET|POST|PUT|PATCH) /(Users|Groups)\S*), (.+)$`)

// ofExtension is how an attribute of an extension is missed that was asked for, and afterWriting
// how one is after the write that gave it; by foundBy nobody is found.
var (
	ofExtension  = regexp.MustCompile(`^(urn:\S+):(\w+)$`)
	foundBy      = regexp.MustCompile(`^resources found by GET /(Users|Groups)\?filter=(\w+) eq "[^"]*"$`)
	randomPut    = regexp.MustCompile(`^PUT \{.*\} to a (user|group) with \{.*\}: ([\w:.]*:)?(\w+)(?:\.\w+)*$`)
	afterWriting = regexp.MustCompile(`^.* as read after (?:POST|PUT) /(Users|Groups)\S* \((\w+) below\)$`)
)

// onlyPart is the one attribute that a list of one resource should show of it.
func onlyPart(list string) []string {
	want, _ := scim.ParseObject([]byte(`{"all": ` + list + `}`)) // what is cut off names nothing
	var names []string
	for _, o := range objectsIn(want.Array("all")) {
		for name := range o.All() {
			names = append(names, name)
		}
	}
	if len(names) == 1 {
		return names
	}
	return nil
}

// NotKept finds out whether a Mismatch is about an attribute that the target does not keep
// in its plainest form either: then it says so, and which requirement is the home of that, ""
// if nothing obliges the target to keep it. The error is the network's.
func (j *Session) NotKept(ctx context.Context, m *Mismatch) (home, why string, err error) {
	collection, path := j.missedIn(m)
	if path.Attr == "" || m.Want == "null" || m.Want == "none" || m.Want == "[]" {
		return "", "", nil
	}
	lost, err := j.losesOf(ctx, collection, path)
	lost = aboutLetters(m, lost)
	if strings.HasPrefix(lost, otherwise) || strings.HasPrefix(lost, inOtherCase) {
		home = storedHome
		if of := homesOf[strings.ToLower(path.Attr)]; of != "" {
			home = of
		}
		return home, lost, OnlyLost(err)
	}
	if lost == "" && err == nil && j.hasReplaced(collection) {
		lost, err = SharedBy(ctx, j.Run, "keeping "+path.String()+" of "+collection+" by PUT", func(ctx context.Context, own *Session) (string, error) {
			return own.losesByPut(ctx, collection, path)
		})
		return putHome, aboutLetters(m, lost), OnlyLost(err)
	}
	if lost == "" || err != nil {
		return "", "", OnlyLost(err)
	}
	declared, err := j.declares(ctx, collection, path)
	switch {
	case err != nil:
		return "", "", OnlyLost(err)
	case declared:
		return declaredHome, lost, nil
	case strings.EqualFold(path.Attr, "externalId") && collection == "Users":
		return commonHome, lost, nil
	}
	return "", lost + ", and its /Schemas declares none", nil
}

// aboutLetters is how the target loses an attribute, "" if that are its letters alone and a Mismatch
// is about more.
func aboutLetters(m *Mismatch, lost string) string {
	if want, got := strings.ToLower(strings.Trim(m.Want, "[{}]")), strings.ToLower(m.Got); strings.HasPrefix(lost, inOtherCase) && !strings.Contains(got, want) {
		return ""
	}
	return lost
}

// neverLost are attributes that other requirements look after.
var neverLost = []string{"id", "meta", "schemas", "userName", "active", "members", "password", "groups"}

func isOneOf(name string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// missedIn is what a Mismatch misses, none if it is about something else.
func (j *Session) missedIn(m *Mismatch) (collection string, path filter.Path) {
	if part := ofExtension.FindStringSubmatch(m.What); part != nil && m.Want == "a value" && m.Got == "none" {
		return "Users", filter.Path{URN: part[1], Attr: part[2]}
	}
	if by := foundBy.FindStringSubmatch(m.What); by != nil && m.Got == "" && !isOneOf(by[2], neverLost) {
		return by[1], filter.Path{Attr: by[2]}
	}
	if sent := afterWriting.FindStringSubmatch(m.What); sent != nil {
		return sent[1], filter.Path{Attr: sent[2]}
	}
	if sent := randomPut.FindStringSubmatch(m.What); sent != nil && !isOneOf(sent[3], neverLost) {
		return CollectionOf(sent[1]), filter.Path{URN: strings.TrimSuffix(sent[2], ":"), Attr: sent[3]}
	}
	told := missed.FindStringSubmatch(m.What)
	if told == nil {
		return "", filter.Path{}
	}
	if collection = told[2]; collection == "" {
		s := j.Subjects[told[1]]
		if s == nil {
			return "", filter.Path{}
		}
		collection = s.Collection
	}
	names := strings.Split(told[3], ", ")
	if told[3] == "Resources" { // of a list of one
		names = onlyPart(m.Want)
	}
	if len(names) > 1 && strings.HasPrefix(strings.ToLower(names[0]), "urn:") {
		path.URN, names = names[0], names[1:]
	} else if len(names) == 1 && strings.EqualFold(names[0], scim.EnterpriseURN) { // the extension as a whole
		path.URN, names = names[0], []string{"department"}
	}
	if len(names) == 0 || names[0] == "" || isOneOf(names[0], neverLost) {
		return "", filter.Path{}
	}
	path.Attr = names[0]
	switch {
	case len(names) > 1:
		path.Sub = names[1]
	case told[3] != "Resources":
		path.Sub = partMissing(m.Want, m.Got)
	}
	return collection, path
}

// partMissing is the one part that wanted values of a complex attribute have, and those that came
// nowhere; "" if there is none.
func partMissing(want, got string) (part string) {
	wanted, _, err := scim.ParseLeniently([]byte(want))
	came, _, otherErr := scim.ParseLeniently([]byte(got))
	there := ObjectsOf(came)
	if err != nil || otherErr != nil || len(there) == 0 {
		return ""
	}
	for _, o := range ObjectsOf(wanted) {
		for name := range o.All() {
			shows := func(x *scim.Object) bool { _, is := x.Get(name); return is }
			switch {
			case slices.ContainsFunc(there, shows):
			case part != "" && part != name:
				return ""
			default:
				part = name
			}
		}
	}
	return part
}

// ObjectsOf are the values of a complex attribute, one or several.
func ObjectsOf(v any) []*scim.Object {
	if o, is := v.(*scim.Object); is {
		return []*scim.Object{o}
	}
	list, _ := v.([]any)
	return objectsIn(list)
}

// hasReplaced says whether the example has replaced one of these by PUT.
func (j *Session) hasReplaced(collection string) bool {
	return slices.ContainsFunc(j.Wire.Exchanges(), func(x *wire.Exchange) bool {
		return x.Status/100 == 2 && changes(http.MethodPut, collection)(j.requestOf(x))
	})
}

// losesByPut replaces a resource by one with the attribute, and says so if a read shows it without.
func (j *Session) losesByPut(ctx context.Context, collection string, path filter.Path) (string, error) {
	found, ok := filter.Resolve(typeOf(collection), path)
	if !ok || found.Attribute == nil {
		return "", nil
	}
	sent := plainSample(found, j.UserName("put"))
	if sent == nil {
		return "", nil
	}
	part := partOf(found, sent)
	bare := j.Template(collection, "put-"+strings.ToLower(found.Attribute.Name+path.Sub))
	if err := j.Make(ctx, "K", collection, bare); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPut, Path: []string{collection, j.Subjects["K"].ID}, Body: WithSchemas(Merge(bare, part))}
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	return j.lost(ctx, found, sent, "the target does not store "+path.String()+" by PUT: "+Text(part)+" is read as ")
}

// partOf is the attribute with its value, as a resource has it.
func partOf(found scim.Resolved, v any) *scim.Object {
	part := scim.NewObject(scim.Member{Name: found.Attribute.Name, Value: v})
	if found.Extension != nil {
		part = scim.NewObject(scim.Member{Name: found.Extension.ID, Value: part})
	}
	return part
}

// lost says what is wrong, and what is read, if K is not read with the value that was sent.
func (j *Session) lost(ctx context.Context, found scim.Resolved, sent any, wrong string) (string, error) {
	now, err := j.Reread(ctx, "K")
	if err != nil {
		return "", err
	}
	got, _ := now.Shown.Get(found.Attribute.Name)
	if found.Extension != nil {
		got, _ = now.Shown.Object(found.Extension.ID).Get(found.Attribute.Name)
	}
	text, isText := sent.(string)
	is, _ := got.(string)
	switch {
	case Difference("", sent, got) == nil || isText && strings.TrimSpace(is) == text:
		return "", nil
	case isText && strings.EqualFold(strings.TrimSpace(is), text):
		wrong = inOtherCase + wrong
	case isText && is != "":
		wrong = otherwise + wrong
	}
	return wrong + Text(got), nil
}

// losesOf says how the target loses the attribute, once in a run.
func (j *Session) losesOf(ctx context.Context, collection string, path filter.Path) (string, error) {
	return SharedBy(ctx, j.Run, "keeping "+path.String()+" of "+collection, func(ctx context.Context, own *Session) (string, error) {
		return own.losesPlainly(ctx, collection, path)
	})
}

// losesPlainly creates a resource with the attribute, and says so if a read shows it without, or
// with another text.
func (j *Session) losesPlainly(ctx context.Context, collection string, path filter.Path) (string, error) {
	found, ok := filter.Resolve(typeOf(collection), path)
	if !ok || found.Attribute == nil {
		return "", nil
	}
	name := found.Attribute.Name
	sent := plainSample(found, j.UserName("kept"))
	if sent == nil {
		return "", nil
	}
	part := partOf(found, sent)
	body := WithSchemas(Merge(j.Template(collection, "kept-"+strings.ToLower(name+path.Sub)), part))
	r := wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body}
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status != http.StatusCreated {
		return "", err
	}
	if err := j.Adopt(ctx, "K", collection, answer); err != nil {
		return "", err
	}
	return j.lost(ctx, found, sent, "the target does not keep "+path.String()+": "+Text(part)+" of a new resource is read as ")
}

// plainSample is a value that no target has a reason to write otherwise; nil if there is none.
func plainSample(found scim.Resolved, name string) any {
	a := found.Attribute
	text := func(of *scim.Attribute) any {
		switch of.Type {
		case scim.Reference:
			return "https://example.com/sduo"
		case scim.String:
			if named, special := wordsOf[strings.ToLower(of.Name)]; special {
				return named
			}
			return "Sduo"
		}
		return nil
	}
	switch sub := found.Sub; {
	case strings.EqualFold(a.Name, "active"):
		return false // what is true by default tells nothing
	case a.Type != scim.Complex && !a.MultiValued:
		return text(a)
	case strings.EqualFold(a.Name, "name") && sub == nil:
		return scim.NewObject(scim.Member{Name: "givenName", Value: "Ann"}, scim.Member{Name: "familyName", Value: "Other"})
	case a.Type == scim.Complex && !a.MultiValued && sub != nil:
		if v := text(sub); v != nil {
			return scim.NewObject(scim.Member{Name: sub.Name, Value: v})
		}
	case strings.EqualFold(a.Name, "emails") && sub != nil && strings.EqualFold(sub.Name, "primary"):
		return []any{scim.NewObject(scim.Member{Name: "value", Value: name}, scim.Member{Name: "primary", Value: true})}
	case strings.EqualFold(a.Name, "emails"):
		return []any{scim.NewObject(scim.Member{Name: "value", Value: name}, scim.Member{Name: "type", Value: "work"})}
	case strings.EqualFold(a.Name, "phoneNumbers"):
		return []any{scim.NewObject(scim.Member{Name: "value", Value: "tel:+1-201-555-0123"}, scim.Member{Name: "type", Value: "work"})}
	case strings.EqualFold(a.Name, "addresses"):
		return []any{scim.NewObject(scim.Member{Name: "country", Value: "US"}, scim.Member{Name: "type", Value: "work"})}
	case strings.EqualFold(a.Name, "x509Certificates"):
		return []any{scim.NewObject(scim.Member{Name: "value", Value: Certificate()})}
	case a.MultiValued && a.Sub("value") != nil:
		if v := text(a.Sub("value")); v != nil {
			return []any{scim.NewObject(scim.Member{Name: "value", Value: v})}
		}
	}
	return nil
}

// wordsOf are those of attributes that do not take any word.
var wordsOf = map[string]string{"timezone": "Europe/Berlin", "locale": "en-US", "preferredlanguage": "en-US", "country": "US"}

// declares says whether the target's own /Schemas has the attribute, and lets it be written.
func (j *Session) declares(ctx context.Context, collection string, path filter.Path) (bool, error) {
	schemas, err := j.Discovered(ctx, "Schemas")
	if err != nil {
		return false, OnlyLost(err)
	}
	urn := path.URN
	if urn == "" {
		urn = typeOf(collection).Schema.ID
	}
	for _, o := range schemas {
		s, err := scim.ParseSchema(o)
		if err != nil || !strings.EqualFold(s.ID, urn) {
			continue
		}
		for _, a := range s.Attributes {
			if strings.EqualFold(a.Name, path.Attr) && a.Mutability != scim.ReadOnly {
				return path.Sub == "" || a.Sub(path.Sub) != nil, nil
			}
		}
	}
	return false, nil
}
