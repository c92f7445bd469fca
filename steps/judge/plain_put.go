package judge

import (
	"context"
	"net/http"
	"strings"
	"unicode"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Names that a target does not look after: it takes the name of another user by a PUT or in
// other letters, and a PUT without one.

const (
	twinsHome    = "RFC7643-4.1.1-04" // no two users of one name
	caseHome     = "RFC7643-4.1.1-05" // nor of names that differ in case alone
	renamingHome = "RFC7643-4.1.1-06" // nor by a change
)

// namesakePlainly finds out whether a name of somebody else is taken, as it is in its plainest
// form; see FlawedPlainly.
func (j *Session) namesakePlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	if !strings.Contains(m.Want, "409") && !strings.HasPrefix(m.Want, "a status from 400") || !strings.HasPrefix(m.Got, "2") && !strings.HasPrefix(m.Got, "500") {
		return "", "", nil
	}
	for _, r := range j.requestsIn(m) {
		same, folded, marked := j.namesakes(r)
		for _, p := range []struct {
			is   bool
			home string
			flaw func(ctx context.Context, own *Session) (string, error)
		}{{same || folded || marked, twinsHome, takesTwins}, {isCreation("Users")(r), conflictHome, createsAgain}, {same && r.Method == http.MethodPut, renamingHome, takesTwinsByPut}, {same && isPatch(r), renamingHome, takesTwinsByPatch}, {folded, caseHome, takesTwinsInOtherCase}} {
			if !p.is {
				continue
			}
			why, err := SharedBy(ctx, j.Run, "the plain namesake of "+p.home+" by "+r.Method, p.flaw)
			if p.home == judged && why != "" {
				return "", "", nil // it is the one that tells it
			}
			if why != "" || IsLost(err) {
				return p.home, why, OnlyLost(err)
			}
		}
	}
	return "", "", nil
}

// namesakes says whether a request gives a user the name of another request of the example, as
// it is, in other letters, or with other accents.
func (j *Session) namesakes(r wire.Request) (same, folded, marked bool) {
	name, itself := bodyOf(r).String("userName"), 1
	if isPatch(r) {
		name, itself = patchedName(r), 0
	}
	if len(r.Path) == 0 || r.Path[0] != "Users" || name == "" {
		return false, false, false
	}
	times := 0
	for _, x := range j.Wire.Exchanges() {
		body, err := scim.ParseObject(x.RequestBody)
		if err != nil || x.Status/100 != 2 || x.Method != http.MethodPost && x.Method != http.MethodPut {
			continue
		}
		switch other := body.String("userName"); {
		case other == name:
			times++
		case strings.EqualFold(other, name):
			folded = true
		case other != "" && withoutMarks(other) == withoutMarks(name):
			marked = true
		}
	}
	return times > itself, folded, marked
}

// withoutMarks is a text without its letters outside ASCII, composed or not, and with those of full
// width as usual ones.
func withoutMarks(text string) string {
	var kept []rune
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r) && len(kept) > 0:
			kept = kept[:len(kept)-1]
		case r <= unicode.MaxASCII:
			kept = append(kept, r)
		case r >= '！' && r <= '～':
			kept = append(kept, r-'！'+'!')
		}
	}
	return string(kept)
}

// patchedName is the name that a PATCH gives a user, "" if it gives none.
func patchedName(r wire.Request) string {
	for _, o := range objectsIn(operationsIn(r)) {
		if hasPath("userName")(o) {
			return o.String("value")
		}
		if name := o.Object("value").String("userName"); hasNoPath(o) && name != "" {
			return name
		}
	}
	return ""
}

func takesTwinsByPut(ctx context.Context, own *Session) (string, error) {
	return own.takesTwinsBy(ctx, http.MethodPut, own.Template("Users", "plain-named-P"))
}

func takesTwinsByPatch(ctx context.Context, own *Session) (string, error) {
	return own.takesTwinsBy(ctx, http.MethodPatch, ReplaceBody("userName", own.UserName("plain-named-P")))
}

func (j *Session) takesTwinsBy(ctx context.Context, method string, body *scim.Object) (string, error) {
	for _, name := range []string{"P", "Q"} {
		if err := j.Make(ctx, name, "Users", j.Template("Users", "plain-named-"+name)); err != nil {
			return "", err
		}
	}
	return j.taken(ctx, wire.Request{Method: method, Path: []string{"Users", j.Subjects["Q"].ID}, Body: body}, "a "+method+" with the name of another user is not refused")
}

func takesTwinsInOtherCase(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-case")); err != nil {
		return "", err
	}
	second := own.Template("Users", "plain-case")
	second.Set("userName", strings.ToUpper(second.String("userName")))
	return own.taken(ctx, wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: second}, "a second user of the same userName in capital letters is created")
}

// taken says what is wrong if the request is done.
func (j *Session) taken(ctx context.Context, r wire.Request, wrong string) (string, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status/100 != 2 && answer.Status != http.StatusInternalServerError {
		return "", err
	}
	if r.Method == http.MethodPost && answer.Status/100 == 2 {
		if err := j.Adopt(ctx, "taken", r.Path[0], answer); err != nil {
			return "", err
		}
	}
	return wrong + ": " + RequestText(r) + " is answered " + StatusOf(answer), nil
}

// losesName recognises a user who has no name any more after a PUT without one.
func losesName(m *Mismatch, _ wire.Request) bool {
	return strings.HasSuffix(m.What, "as it is read now, userName") && (m.Got == `""` || m.Got == "null")
}

func takesNamelessPut(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-nameless")); err != nil {
		return "", err
	}
	body := Merge(own.Template("Users", "plain-nameless"), scim.NewObject(scim.Member{Name: "externalId", Value: own.Mark() + "-nameless"}))
	body.Delete("userName")
	return own.taken(ctx, wire.Request{Method: http.MethodPut, Path: []string{"Users", own.Subjects["P"].ID}, Body: body}, "a PUT without userName is taken")
}

// replacesByList recognises a PUT of a list that is not refused.
func replacesByList(m *Mismatch, r wire.Request) bool {
	text, _ := r.Body.([]byte)
	return r.Method == http.MethodPut && m.Want == "400" && strings.HasPrefix(strings.TrimSpace(string(text)), "[")
}

func takesListByPut(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-list-put")); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPut, Path: []string{"Users", own.Subjects["P"].ID}, Body: []byte("[" + Text(own.Template("Users", "plain-list-put")) + "]")}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status == http.StatusBadRequest {
		return "", err
	}
	return "a list in place of a user who is replaced is answered " + StatusOf(answer) + ": " + RequestText(r), nil
}
