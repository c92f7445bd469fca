package lab

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

func TestAnotherBaseURLIsRefusedWithWhatThePageOffers(t *testing.T) {
	var urls []string
	for range 2 {
		target, err := provider.New(provider.Config{})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(target)
		t.Cleanup(server.Close)
		urls = append(urls, server.URL)
	}
	l, server := newLab(t, Options{Target: urls[0], Token: canary})
	v := visitorAt(t, server.URL)
	v.post(pathCatalog, "application", "generic")
	save := func(url string) string {
		_ = v.post(pathProvisioning, "base_url", url, "token", canary, "action", "connect")
		_ = v.post(pathProvisioning, "base_url", url, "token", canary, "action", "save", "group", "DGUSERS0000000000001")
		return l.Status().Problem
	}
	if problem := save(urls[0]); problem != "" {
		t.Fatal(problem)
	}
	if problem := save(urls[1]); !strings.Contains(problem, "the Base URL is now "+urls[1]+": nothing was sent") || !strings.Contains(problem, "remove the application") {
		t.Errorf("%q", problem)
	}
	if problem := save(urls[0]); problem != "" {
		t.Errorf("back at the first one: %s", problem)
	}
	if err := l.RemoveApplication(); err != nil {
		t.Fatal(err)
	}
	v.post(pathCatalog, "application", "generic")
	if problem := save(urls[1]); problem != "" {
		t.Errorf("after the application was removed: %s", problem)
	}
}
