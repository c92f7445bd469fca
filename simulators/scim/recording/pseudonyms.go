package recording

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Pseudonyms replaces texts so that equal ones stay equal, without regard to case,
// wherever they stand: in a body, a filter, a path, an address. The key is made for
// one recording and kept nowhere, so that nobody can find a name by trying. Duo's
// keys, addresses and numbers keep their form. It is safe for concurrent use.
type Pseudonyms struct{ key [32]byte }

// NewPseudonyms makes new ones.
func NewPseudonyms() *Pseudonyms {
	p := &Pseudonyms{}
	_, _ = rand.Read(p.key[:]) // never fails
	return p
}

func (p *Pseudonyms) sum(text string) []byte {
	mac := hmac.New(sha256.New, p.key[:])
	mac.Write([]byte(strings.ToLower(text)))
	return mac.Sum(nil)
}

var (
	duoKey = regexp.MustCompile(`^D[A-Z][A-Z0-9]{18}$`)
	digits = regexp.MustCompile(`^[0-9]+$`)
	flag   = regexp.MustCompile(`^(?i:true|false)$`)
)

// Text is the pseudonym of a text. Nothing, true and false stay.
func (p *Pseudonyms) Text(text string) string {
	sum := p.sum(text)
	switch {
	case text == "" || text == hidden || flag.MatchString(text):
		return text
	case duoKey.MatchString(text):
		return text[:2] + base32.StdEncoding.EncodeToString(sum)[:18]
	case digits.MatchString(text):
		return strconv.FormatUint(1e9+binary.BigEndian.Uint64(sum)%1e9, 10)
	case strings.Contains(text, "@"):
		return "p" + hex.EncodeToString(sum[:6]) + "@example.com"
	}
	return "p" + hex.EncodeToString(sum[:6])
}

// The members whose values say nothing of anybody, by name in lower case.
var (
	keptTexts   = []string{"schemas", "op", "type", "resourcetype", "scimtype", "status", "version", "created", "lastmodified", "bulkid", "method"}
	keptNumbers = []string{"totalresults", "startindex", "itemsperpage", "count", "failonerrors"}
	addresses   = []string{"$ref", "location"}
)

// value replaces what a member with this name has.
func (p *Pseudonyms) value(name string, v any) any {
	name = strings.ToLower(name)
	switch v := v.(type) {
	case *scim.Object:
		for member, inner := range v.All() {
			v.Set(member, p.value(member, inner))
		}
	case []any:
		for i := range v {
			v[i] = p.value(name, v[i])
		}
	case json.Number:
		if !slices.Contains(keptNumbers, name) {
			return json.Number(p.Text(digitsOf(v)))
		}
	case string:
		return p.member(name, v)
	}
	return v
}

// digitsOf is a number as a path would have it.
func digitsOf(n json.Number) string {
	if text := n.String(); digits.MatchString(text) {
		return text
	}
	return strconv.Itoa(len(n)) // a fraction, of which nothing but the length is told
}

func (p *Pseudonyms) member(name, text string) string {
	switch {
	case slices.Contains(keptTexts, name):
		return text
	case name == "path":
		return p.literals(text)
	case slices.Contains(addresses, name):
		return p.addressText(text)
	}
	return p.Text(text)
}

var literal = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// literals replaces the texts in a filter or a path.
func (p *Pseudonyms) literals(text string) string {
	return literal.ReplaceAllStringFunc(text, func(quoted string) string {
		var plain string
		if json.Unmarshal([]byte(quoted), &plain) != nil {
			return `"` + hidden + `"`
		}
		return strconv.Quote(p.Text(plain))
	})
}

func (p *Pseudonyms) addressText(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return p.Text(text)
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	p.address(u)
	return u.String()
}

// endpoints are the first segments of paths below a base URL.
var endpoints = []string{"Users", "Groups", "ServiceProviderConfig", "ResourceTypes", "Schemas", "Bulk", "Me", ".search"}

// address replaces host, base path and ids of an address.
func (p *Pseudonyms) address(u *url.URL) {
	if u.Host != "" {
		u.Scheme, u.Host = "https", "scim.example.com"
	}
	segments := strings.Split(u.EscapedPath(), "/")
	base := slices.IndexFunc(segments, func(s string) bool { return slices.Contains(endpoints, s) })
	kept := []string{""}
	for i, s := range segments[max(base, 0):] {
		if s == "" {
			continue
		}
		if plain, err := url.PathUnescape(s); err == nil && (base < 0 || i > 0) && s != ".search" && segments[max(base, 0)] != "Schemas" {
			s = url.PathEscape(p.Text(plain))
		}
		kept = append(kept, s)
	}
	u.RawPath = strings.Join(kept, "/")
	u.Path, _ = url.PathUnescape(u.RawPath) // it was escaped just now
}
