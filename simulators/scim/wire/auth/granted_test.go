package auth

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestWhatWasGrantedIsToldOnceItIs(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"access_token": "a-token-of-the-test", "token_type": "Bearer", "expires_in": 3600}`)
	}))
	defer s.Close()
	c, err := Open(Way{OAuth: &OAuth{TokenURL: s.URL, ClientID: "me"}}, "a-secret-of-the-test", Trust{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, known := c.Granted(); known {
		t.Error("something is granted before anybody has asked")
	}
	if err := c.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if g, known := c.Granted(); !known || g.ByAssertion || g.Life != time.Hour {
		t.Errorf("%+v, %v", g, known)
	}
}
