package rewrite

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// PermitTwins lets the chosen requests use a userName that is taken, if permits
// is true.
func PermitTwins(chosen When, permits func(next http.Handler, r *http.Request, body *scim.Object) bool) Wrap {
	hide := Shown(Anywhere, Part("userName", ToText(func(s string) string { return strings.ReplaceAll(s, twin, "") })))
	return InTurn(hide, Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		body := BodyOf(r)
		a := Serve(next, r)
		if a.Status == http.StatusConflict && body != nil && permits(next, r, body) {
			rename(body, SentName(body)+twin)
			SetBody(r, body)
			a = Serve(next, r)
		}
		return a
	}))
}

// PermitTwinsNamed lets requests use a userName that is taken, if it is such a
// name.
func PermitTwinsNamed(methods string, such func(name string) bool) Wrap {
	return PermitTwins(AnyOf(At(methods, "/Users"), At(methods, "/Users/*")), func(_ http.Handler, _ *http.Request, body *scim.Object) bool {
		return such(SentName(body))
	})
}

// twin makes a userName another one to the provider. No answer shows it.
const twin = "~twin"

// FindNobody answers a filter on such a userName with an empty list.
func FindNobody(such func(name string) bool) Wrap {
	return Answers(At("GET", "/Users"), func(r *http.Request, a *Answer) {
		_, name, ok := strings.Cut(r.URL.Query().Get("filter"), `userName eq "`)
		name, _, _ = strings.Cut(name, `"`)
		if ok && such(name) && a.OK() {
			a.List([]any{})
		}
	})
}

// SentName is the userName in a resource or in the operations of a PATCH.
func SentName(body *scim.Object) string {
	for _, op := range Operations(body) {
		if name := op.Object("value").String("userName"); name != "" {
			return name
		}
		if strings.EqualFold(op.String("path"), "userName") {
			return op.String("value")
		}
	}
	return body.String("userName")
}

// rename changes the userName in a resource or in the operations of a PATCH.
func rename(body *scim.Object, name string) {
	for _, op := range Operations(body) {
		switch {
		case op.Object("value").String("userName") != "":
			PartOf(op, "value").Set("userName", name)
		case strings.EqualFold(op.String("path"), "userName"):
			op.Set("value", name)
		}
	}
	if body.String("userName") != "" {
		body.Set("userName", name)
	}
}

// UserByName asks the provider for a user by userName; nil if there is none.
func UserByName(next http.Handler, r *http.Request, name string) *scim.Object {
	filter, _ := scim.Marshal(name)
	found := Ask(next, r, http.MethodGet, "Users?filter=userName%20eq%20"+strings.ReplaceAll(strings.ReplaceAll(string(filter), `"`, "%22"), "+", "%2B"), nil).Resources()
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// IsActiveUser says whether a resource is active, or does not say.
func IsActiveUser(o *scim.Object) bool {
	active, ok := o.Get("active")
	return !ok || active == true
}

// AnyName chooses every name.
func AnyName(string) bool { return true }

// FillBlank is the text, or "blank" if there is only white space.
func FillBlank(s string) string {
	if strings.TrimSpace(s) == "" {
		return "blank"
	}
	return s
}
