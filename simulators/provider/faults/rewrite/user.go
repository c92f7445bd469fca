package rewrite

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func Unblank(s string) string {
	if strings.TrimSpace(s) == "" {
		return "blank"
	}
	return s
}

func AnyName(string) bool { return true }

// twin makes a name another one to the provider; nobody sees it.
const twin = "~twin"

// PermittingTwins lets a request take a userName that is taken, if it is such a name.
func PermittingTwins(methods string, such func(name string) bool) Wrap {
	return Twins(AnyOf(At(methods, "/Users"), At(methods, "/Users/*")), func(_ http.Handler, _ *http.Request, body *scim.Object) bool {
		return such(SentName(body))
	})
}

func Twins(chosen When, permits func(next http.Handler, r *http.Request, body *scim.Object) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return Shown(Anywhere, Part("userName", ToText(func(s string) string { return strings.ReplaceAll(s, twin, "") })))(
			http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !chosen(r) {
					next.ServeHTTP(w, r)
					return
				}
				body := BodyOf(r)
				a := Serve(next, r)
				if a.Status == http.StatusConflict && body != nil && permits(next, r, body) {
					rename(body, SentName(body)+twin)
					SetBody(r, body)
					a = Serve(next, r)
				}
				a.Send(w)
			}))
	}
}

// SentName is the userName in a resource or in the operations of a PATCH.
func SentName(body *scim.Object) string {
	for _, op := range ObjectsIn(body.Array("Operations")) {
		if name := op.Object("value").String("userName"); name != "" {
			return name
		}
		if strings.EqualFold(op.String("path"), "userName") {
			return op.String("value")
		}
	}
	return body.String("userName")
}

func rename(body *scim.Object, name string) {
	for _, op := range ObjectsIn(body.Array("Operations")) {
		switch {
		case op.Object("value").String("userName") != "":
			op.Object("value").Set("userName", name)
		case strings.EqualFold(op.String("path"), "userName"):
			op.Set("value", name)
		}
	}
	if body.String("userName") != "" {
		body.Set("userName", name)
	}
}

// UserByName asks the provider; nil if there is none.
func UserByName(next http.Handler, r *http.Request, name string) *scim.Object {
	filter, _ := scim.Marshal(name)
	found := Ask(next, r, http.MethodGet, "Users?filter=userName%20eq%20"+strings.ReplaceAll(strings.ReplaceAll(string(filter), `"`, "%22"), "+", "%2B"), nil).Resources()
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// FilterFails finds nobody by such a userName.
func FilterFails(such func(name string) bool) Wrap {
	return Answers(At("GET", "/Users"), func(r *http.Request, a *Answer) {
		_, name, ok := strings.Cut(r.URL.Query().Get("filter"), `userName eq "`)
		name, _, _ = strings.Cut(name, `"`)
		if ok && such(name) && a.Ok() {
			a.Body.Set("totalResults", Number(0))
			a.Body.Set("Resources", []any{})
		}
	})
}
