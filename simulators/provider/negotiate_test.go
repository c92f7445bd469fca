package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

func TestAcceptDecidesWhetherThereIsAnAnswer(t *testing.T) {
	c := start(t, provider.Config{})
	for accept, status := range map[string]int{
		"application/scim+json":             200,
		"application/json":                  200,
		"Application/JSON; charset=utf-8":   200,
		"*/*":                               200,
		"application/*":                     200,
		"text/html, application/json;q=0.1": 200,
		"":                                  200,
		"text/html":                         406,
		"text/html, text/*":                 406,
		"application/xml":                   406,
		"application/scim+json;q=0, application/xml": 406,
		"*/*;q=0": 406,
		"application/scim+json;q=0, application/json;q=0.0, */*": 406,
	} {
		t.Run(accept, func(t *testing.T) {
			client{t, c.Provider}.get("/Users", "Accept", accept).expect(status)
		})
	}
	t.Run("no header", func(t *testing.T) { client{t, c.Provider}.get("/Users").expect(http.StatusOK) })
}

func TestContentTypeDecidesWhetherABodyIsRead(t *testing.T) {
	for contentType, status := range map[string]int{
		"application/scim+json":                  201,
		"application/json":                       201,
		"application/scim+json; charset=utf-8":   201,
		`Application/JSON;charset="UTF-8"`:       201,
		"application/json; charset=utf-16":       415,
		"application/x-www-form-urlencoded":      415,
		"text/plain":                             415,
		"application/scim+json, application/xml": 415,
		"":                                       415,
	} {
		t.Run(contentType, func(t *testing.T) {
			start(t, provider.Config{}).do(http.MethodPost, "/Users", user(`"userName":"u"`), "Content-Type", contentType).expect(status)
		})
	}
}

func TestABodyThatIsNoSCIMResourceIsRefused(t *testing.T) {
	c := start(t, provider.Config{})
	for name, body := range map[string]string{
		"no JSON":                   `{"schemas":`,
		"text after the document":   user(`"userName":"u"`) + `{}`,
		"an array":                  `[]`,
		"a string":                  `"u"`,
		"not UTF-8":                 user("\"userName\":\"\xff\""),
		"one name in two cases":     user(`"userName":"u","USERNAME":"v"`),
		"nested without end":        user(`"userName":"u","name":` + strings.Repeat("[", 100000)),
		"no schemas":                `{"userName":"u"}`,
		"schemas that are no array": `{"schemas":"x","userName":"u"}`,
	} {
		t.Run(name, func(t *testing.T) {
			client{t, c.Provider}.do(http.MethodPost, "/Users", body).fails(http.StatusBadRequest, "invalidSyntax")
		})
	}
	t.Run("empty", func(t *testing.T) {
		client{t, c.Provider}.do(http.MethodPost, "/Users", "", "Content-Type", "application/json").fails(http.StatusBadRequest, "invalidSyntax")
	})
	if n := c.Len("User"); n != 0 {
		t.Errorf("%d users were stored", n)
	}
}

func TestABodyBeyondTheLimitAnswers413(t *testing.T) {
	c := start(t, provider.Config{MaxBody: 200})
	body := user(`"userName":"` + strings.Repeat("u", 100) + `"`)
	c.do(http.MethodPost, "/Users", body).expect(http.StatusCreated)
	a := c.do(http.MethodPost, "/Users", user(`"userName":"`+strings.Repeat("v", 200)+`"`))
	a.fails(http.StatusRequestEntityTooLarge, "")
	if !strings.Contains(a.body.String("detail"), "200") {
		t.Errorf("the detail does not name the limit: %s", a.raw)
	}
}
