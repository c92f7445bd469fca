package steps

import (
	"net/http"
	"strings"
	"sync"
)

// stillness lets a scenario go through a long list while nothing that the run itself
// does changes it: a page that is read while others create and delete may miss or
// repeat what has moved in between.
type stillness struct {
	next http.RoundTripper
	mu   sync.RWMutex
}

// RoundTrip holds back what changes something for as long as somebody reads in
// stillness.
func (s *stillness) RoundTrip(r *http.Request) (*http.Response, error) {
	if changing(r) {
		s.mu.RLock()
		defer s.mu.RUnlock()
	}
	return s.next.RoundTrip(r)
}

// read reads in stillness; what it does must not change anything.
func (s *stillness) read(look func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return look()
}

func changing(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	case http.MethodPost:
		return !strings.HasSuffix(r.URL.Path, "/.search")
	}
	return true
}
