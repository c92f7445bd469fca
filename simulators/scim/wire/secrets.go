package wire

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Hidden replaces a secret.
const Hidden = "[hidden]"

const hidden = Hidden

// minSecret is the length in bytes below which texts are not searched for a
// secret: short secrets protect nothing, and hiding them would make texts
// unreadable.
const minSecret = 4

// minBase64 is the same for the secret inside of base64, of which the first
// and the last characters depend on its neighbours.
const minBase64 = 8

// Secrets removes secrets from texts. It is safe for concurrent use; the zero
// value knows no secrets.
type Secrets struct {
	mu       sync.RWMutex
	known    map[string]bool
	patterns []pattern
	starts   [256]bool // first bytes of all patterns, to pass over most of a text quickly
}

// Add makes s a secret. White space around it is not part of it; a secret of
// fewer than four bytes is hidden only where all values are, as in the
// Authorization header.
func (s *Secrets) Add(secret string) {
	secret = strings.TrimSpace(secret)
	if len(secret) < minSecret {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[secret] {
		return
	}
	if s.known == nil {
		s.known = map[string]bool{}
	}
	s.known[secret] = true
	patterns := []pattern{newPattern(secret)}
	if len(secret) >= minBase64 {
		for _, part := range base64Parts(secret) {
			patterns = append(patterns, newPattern(part))
		}
	}
	s.patterns = append(s.patterns, patterns...)
	for _, p := range patterns {
		p.markStarts(&s.starts)
	}
}

// Hide returns the text with each secret replaced by "[hidden]": as it is,
// percent-encoded, with JSON escapes, any mixture of these, or as part of
// something in base64.
func (s *Secrets) Hide(text string) string { return s.hide(text, hidden, false) }

// Replace is Hide with another text in the place of each secret.
func (s *Secrets) Replace(text, by string) string { return s.hide(text, by, false) }

// hide also finds a secret at the end of a cut text, if cut.
func (s *Secrets) hide(text, by string, cut bool) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.patterns) == 0 {
		return text
	}
	var b strings.Builder
	done := 0
	for i := 0; i < len(text); {
		end := s.match(text, i, cut)
		if end < 0 {
			i++
			continue
		}
		b.WriteString(text[done:i])
		b.WriteString(by)
		i, done = end, end
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}

// match returns the end of the longest secret that begins at byte i, or -1.
func (s *Secrets) match(text string, i int, cut bool) int {
	end := -1
	if s.starts[text[i]] {
		for _, p := range s.patterns {
			end = max(end, p.match(text, i, cut))
		}
	}
	return end
}

// HideHeader returns a copy without secrets. The values of Authorization,
// Proxy-Authorization, Cookie and Set-Cookie are always hidden, known or not;
// only the scheme stays, as in "Bearer [hidden]".
func (s *Secrets) HideHeader(h http.Header) http.Header {
	c := make(http.Header, len(h))
	for name, values := range h {
		clean := make([]string, len(values))
		for i, v := range values {
			clean[i] = s.Hide(hideHeader(name, v))
		}
		c[name] = clean
	}
	return c
}

// HideBody returns the body without secrets and without the values of
// "password" attributes. If cut, the body's end is missing, and a possible
// beginning of a secret is hidden there too.
func (s *Secrets) HideBody(body []byte, cut bool) []byte {
	if len(body) == 0 {
		return nil
	}
	return []byte(s.hide(string(maskPasswords(body)), hidden, cut))
}

// schemes are the words that may stay in an Authorization header. Any other
// first word may be the token of a client that forgot the scheme.
var schemes = []string{"bearer", "basic", "digest", "negotiate", "dpop", "token"}

// hideHeader hides the value of a header field that is a secret by its name.
func hideHeader(name, value string) string {
	switch http.CanonicalHeaderKey(name) {
	case "Cookie", "Set-Cookie":
		return hidden
	case "Authorization", "Proxy-Authorization":
		scheme, _, found := strings.Cut(value, " ")
		if found && slices.Contains(schemes, strings.ToLower(scheme)) {
			return scheme + " " + hidden
		}
		return hidden
	}
	return value
}

// base64Parts are the characters that depend on the secret alone, for each of
// the three offsets in base64's groups of three bytes, in both alphabets.
func base64Parts(secret string) []string {
	var parts []string
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			text := encoding.EncodeToString([]byte(strings.Repeat("\x00", before) + secret))
			first := []int{0, 2, 3}[before]        // characters that hold bits of what is before
			last := (before + len(secret)) * 8 / 6 // characters without bits of what is behind
			if part := text[first:last]; !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
	}
	return parts
}
