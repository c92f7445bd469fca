package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Writes whose answer is wrong in its plainest form: it shows another resource than the one that
// is stored, or it refuses a conflict or somebody without a name in another way than the
// standard's. Many requirements see it: see FlawedPlainly.

const (
	shownHome    = "RFC7644-3.1-03" // an answer shows what is stored
	placeHome    = "RFC7644-3.3-05" // and that of a creation where it is
	conflictHome = "RFC7644-3.3-06" // a conflict of names is refused with 409
	namelessHome = "RFC7644-3.3-09" // somebody without a name is refused with 400
)

// answerTo is how a Mismatch tells the answer to a write; madeAs is how it tells a resource that
// is read now, which is compared with the answer to its creation.
var (
	answerTo = regexp.MustCompile(`\banswer to (GET|POST|PUT|PATCH) /(Users|Groups)\b`)
	madeAs   = regexp.MustCompile(`^(\w+) as it is read now, `)
)

// answeredPlainly finds out whether the answer to the plainest write differs from a read in what a
// Mismatch is about; see FlawedPlainly.
func (j *Session) answeredPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	method, collection := "", ""
	if told := answerTo.FindStringSubmatch(m.What); told != nil {
		method, collection = told[1], told[2]
	} else if told := madeAs.FindStringSubmatch(m.What); told != nil && j.Subjects[told[1]] != nil {
		method, collection = http.MethodPost, j.Subjects[told[1]].Collection
	}
	switch method {
	case "":
		return "", "", nil
	case http.MethodGet:
		method = http.MethodPost
	}
	differs, err := SharedBy(ctx, j.Run, "the answer to the plainest "+method+" of "+collection, func(ctx context.Context, own *Session) (unlike, error) {
		return own.answersUnlikeRead(ctx, method, collection)
	})
	if err != nil {
		return shownHome, "", OnlyLost(err)
	}
	if home = shownHome; method == http.MethodPost && slices.Equal(differs.parts, []string{"meta.location"}) {
		home = placeHome
	}
	before := method != http.MethodPost && slices.Contains(differs.parts, "displayName") // what was changed shows as it was
	if home == judged || !before && !slices.ContainsFunc(differs.parts, func(part string) bool { return tellsPart(m, part) }) {
		return "", "", nil
	}
	return home, differs.why, nil
}

// unlike are the parts of a resource that an answer shows otherwise than a read.
type unlike struct {
	why   string
	parts []string
}

// tellsPart says whether a Mismatch is about the part, or about the whole that it belongs to.
func tellsPart(m *Mismatch, part string) bool {
	whole, rest, nested := strings.Cut(part, ".")
	words := strings.FieldsFunc(m.What, func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
	return slices.Contains(words, whole) && (!nested || slices.Contains(words, rest) || strings.HasSuffix(m.What, whole))
}

// answersUnlikeRead makes the plainest write, and compares its answer with a read.
func (j *Session) answersUnlikeRead(ctx context.Context, method, collection string) (unlike, error) {
	body := Merge(j.Template(collection, "answered"), scim.NewObject(scim.Member{Name: "displayName", Value: j.GroupName("before")}))
	r := wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body}
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return unlike{}, err
	}
	if err := j.Adopt(ctx, "P", collection, answer); err != nil {
		return unlike{}, err
	}
	if method != http.MethodPost {
		r = wire.Request{Method: method, Path: []string{collection, j.Subjects["P"].ID}, Body: ReplaceBody("displayName", j.GroupName("after"))}
		if method == http.MethodPut {
			r.Body = Merge(body, scim.NewObject(scim.Member{Name: "displayName", Value: j.GroupName("after")}))
		}
		if answer, err = j.Send(ctx, j.Client(), r); err != nil || answer.Status/100 != 2 {
			return unlike{}, err
		}
	}
	shown, err := ObjectIn(answer)
	if err != nil {
		return unlike{}, nil //nolint:nilerr // an answer without a resource is told elsewhere
	}
	now, err := j.Reread(ctx, "P")
	if err != nil {
		return unlike{}, err
	}
	d := differences(shown, now.Shown)
	d.why = "the answer to the plainest " + method + " shows something else than a read: " + RequestText(r) + d.why
	return d, nil
}

// wantsStatus is how a status is wanted, and not a part of the error that has one.
var wantsStatus = regexp.MustCompile(`^(\d\d\d|a status|a success)`)

// refusedOtherwise finds out whether a conflict of names, or a resource without a name, gets the
// same wrong status in its plainest form; see FlawedPlainly.
func (j *Session) refusedOtherwise(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	for _, r := range j.requestsIn(m) {
		if !isCreation("Users")(r) && !isCreation("Groups")(r) || !wantsStatus.MatchString(m.Want) {
			continue
		}
		naming := Naming(r.Path[0])
		name, _ := value(bodyOf(r), naming).(string)
		home, ask, right := namelessHome, withoutName, http.StatusBadRequest
		switch breaks := anError.MatchString(m.Want) && strings.HasPrefix(m.Got, "5"); {
		case strings.Contains(m.Want, "409") && name != "" && naming == "userName":
			home, ask, right = conflictHome, repeatedly, http.StatusConflict
		case name != "" && !breaks:
			continue
		}
		if home == judged {
			continue
		}
		said, err := SharedBy(ctx, j.Run, "how "+home+" is refused at "+r.Path[0], func(ctx context.Context, own *Session) (refusal, error) {
			return ask(ctx, own, r.Path[0])
		})
		if err != nil {
			return home, "", OnlyLost(err)
		}
		if said.status != right && said.status >= 400 && strings.HasPrefix(m.Got, strconv.Itoa(said.status)) {
			return home, said.why, nil
		}
	}
	return "", "", nil
}

// refusal is how a target refuses something, 0 if it does not.
type refusal struct {
	why    string
	status int
}

// repeatedly creates the same twice.
func repeatedly(ctx context.Context, own *Session, collection string) (refusal, error) {
	body := own.Template(collection, "repeated")
	if err := own.Make(ctx, "P", collection, body); err != nil {
		return refusal{}, err
	}
	return own.howRefused(ctx, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body}, "a conflict")
}

// withoutName creates what has no name.
func withoutName(ctx context.Context, own *Session, collection string) (refusal, error) {
	body := Merge(own.Template(collection, "nameless"), scim.NewObject(scim.Member{Name: "externalId", Value: own.Mark() + "-nameless"}))
	body.Delete(Naming(collection))
	return own.howRefused(ctx, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body}, "somebody without a name")
}

func (j *Session) howRefused(ctx context.Context, r wire.Request, what string) (refusal, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil {
		return refusal{}, err
	}
	if answer.Status/100 == 2 {
		return refusal{}, j.Adopt(ctx, "taken", r.Path[0], answer)
	}
	return refusal{what + " is answered " + StatusOf(answer) + " in its plainest form: " + RequestText(r), answer.Status}, nil
}

// beyondASCII recognises a text with letters outside ASCII that is not what was written.
func beyondASCII(m *Mismatch, _ wire.Request) bool {
	return slices.ContainsFunc([]rune(m.Want), func(r rune) bool { return r > 127 && r != '…' }) || strings.Contains(m.Want, "valid UTF-8")
}

func spoilsLetters(ctx context.Context, own *Session) (string, error) {
	const name = "Zoë Müller"
	more := scim.NewObject(scim.Member{Name: "displayName", Value: name})
	return own.keptOf(ctx, more, func(now *scim.Object) bool {
		got := now.String("displayName")
		return got != "" && got != name && strings.HasPrefix(got, "Zo")
	}, "letters outside ASCII are spoiled: "+name+" is read otherwise")
}

// keepsMeta recognises a part of meta that is the client's.
func keepsMeta(m *Mismatch, _ wire.Request) bool {
	ours := strings.HasPrefix(m.Want, "anything but ") || strings.HasPrefix(m.Want, "a value of the server's own") || strings.HasPrefix(m.Want, "not the client's") || strings.Contains(m.What, "meta, resourceType")
	return ours && strings.Contains(m.What, "meta")
}

// takesMeta creates a user with a meta of the client's.
func takesMeta(ctx context.Context, own *Session) (string, error) {
	meta := MustObject(`{"meta": {"resourceType": "Pirate", "created": "2001-01-01T00:00:00Z", "location": "https://example.com/Users/sduo"}}`)
	return own.keptOf(ctx, meta, func(now *scim.Object) bool {
		kept := now.Object("meta")
		return kept.String("resourceType") == "Pirate" && kept.String("created") == "2001-01-01T00:00:00Z"
	}, "a new user has the meta that the client sends")
}

// namesGroups recognises the groups of a user that are the client's.
func namesGroups(m *Mismatch, _ wire.Request) bool {
	return strings.HasPrefix(m.What, "groups of A as it is") || strings.HasPrefix(m.What, "groups as read after ") || strings.HasPrefix(m.What, "groups in the answer to ")
}

// takesGroupsByPut replaces a user by one with groups.
func takesGroupsByPut(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "G", "Groups", own.Template("Groups", "put-group")); err != nil {
		return "", err
	}
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "put-grouped")); err != nil {
		return "", err
	}
	body := Merge(own.Template("Users", "put-grouped"), scim.NewObject(scim.Member{Name: "groups", Value: MemberList([]string{own.Subjects["G"].ID})}))
	answer, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPut, Path: []string{"Users", own.Subjects["P"].ID}, Body: body})
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil || len(now.Shown.Array("groups")) == 0 {
		return "", err
	}
	return "a user who is replaced has the groups that the client sends, in the plainest form", nil
}

// showsPatchedPassword sets a password by PATCH.
func showsPatchedPassword(ctx context.Context, own *Session) (string, error) {
	r, err := own.plainPatchBy(ctx, "secret", scim.NewObject(
		scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "password"}, scim.Member{Name: "value", Value: plainSecret},
	))
	if err != nil {
		return "", err
	}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil || !strings.Contains(string(answer.Body), plainSecret) && now.Shown.String("password") == "" {
		return "", err
	}
	return "a password is shown that a PATCH has set, in the plainest form", nil
}

// sendsWrongTypes recognises an error of the server to a creation with a value of another JSON
// type than the attribute's.
func sendsWrongTypes(m *Mismatch, r wire.Request) bool {
	return strings.HasPrefix(m.Got, "500") && isCreation("Users")(r) && bodyOf(r) != nil && len(wronglyTyped("Users", bodyOf(r))) > 0
}

func breaksAtWrongTypes(ctx context.Context, own *Session) (string, error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: Merge(own.Template("Users", "wrong-type"), scim.NewObject(scim.Member{Name: "name", Value: "Ann Other"}))}
	said, err := own.howRefused(ctx, r, "a text in place of a name")
	if err != nil || said.status != http.StatusInternalServerError {
		return "", err
	}
	return said.why, nil
}
