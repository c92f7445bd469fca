package provider

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// position is a place between two entries of an ordered result. It names the
// entry at its edge by what that is sorted by, so that the place stays the same
// when entries come and go, that one included.
type position struct {
	key  sortKey
	seq  uint64
	back bool // the page that ends before the entry is wanted, not the one that begins after it
}

// cursor is what a cursor value holds. The provider keeps nothing for a cursor
// that it has given out, so that no number of them costs it anything (RFC 9865
// section 5.3): everything is in the value, sealed.
type cursor struct {
	Query   []byte  `json:"query"`           // digest of the query that the cursor belongs to
	Count   *int    `json:"count,omitempty"` // as the client asked for it
	Expires int64   `json:"expires"`         // Unix time in milliseconds
	Back    bool    `json:"back,omitempty"`
	Seq     uint64  `json:"seq"`
	Present bool    `json:"present,omitempty"` // this and what follows is the sortKey
	Text    string  `json:"text,omitempty"`
	Number  float64 `json:"number,omitempty"`
	Seconds int64   `json:"seconds"` // of the time, since 1970: text has no room for every year
	Nanos   int64   `json:"nanos,omitempty"`
}

// sealer turns cursors into values that clients can neither read nor make
// (RFC 9865 section 5.2).
type sealer struct{ cipher.AEAD }

// newSealer has a key of its own: a cursor means nothing to any other provider,
// and so nothing to another tenant's.
func newSealer() (sealer, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return sealer{}, fmt.Errorf("make the key of the cursors: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return sealer{aead}, err
}

// seal makes the value of a cursor, of unreserved characters only.
func (s sealer) seal(c cursor) string {
	data, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Errorf("a cursor is no JSON: %w", err)) // answered with 500
	}
	return base64.RawURLEncoding.EncodeToString(s.Seal(nil, nil, data, nil)) //nolint:gosec // the AEAD makes a random nonce itself
}

// open reads a value that seal has made; false for any other.
func (s sealer) open(value string) (cursor, bool) {
	var c cursor
	sealed, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return c, false
	}
	data, err := s.Open(nil, nil, sealed, nil)
	if err != nil {
		return c, false
	}
	return c, json.Unmarshal(data, &c) == nil
}

// cursorAt gives out the position within the query.
func (p *Provider) cursorAt(q query, kinds []*kind, at position) string {
	return p.cursors.seal(cursor{
		Query: digestOf(q, kinds), Count: q.count,
		Expires: p.config.Now().Add(p.config.CursorTimeout).UnixMilli(),
		Back:    at.back, Seq: at.seq,
		Present: at.key.present, Text: at.key.text, Number: at.key.number,
		Seconds: at.key.time.Unix(), Nanos: int64(at.key.time.Nanosecond()),
	})
}

// positionOf takes a position back. Every value that was not given out for this
// very query gets one and the same answer, which tells nothing of what else it
// may be (RFC 9865 section 5.2).
func (p *Provider) positionOf(q query, kinds []*kind) (position, error) {
	c, ok := p.cursors.open(*q.cursor)
	if !ok || string(c.Query) != string(digestOf(q, kinds)) {
		return position{}, scim.InvalidCursor("the cursor is not one of this query; send an empty one to begin, and nextCursor or previousCursor to go on")
	}
	if !sameCount(c.Count, q.count) {
		return position{}, scim.InvalidCount("count has to stay as it was when the query began")
	}
	if p.config.Now().UnixMilli() > c.Expires {
		return position{}, scim.ExpiredCursor("the cursor is older than %d seconds; send an empty one to begin again", int(p.config.CursorTimeout/time.Second))
	}
	return position{sortKey{c.Present, c.Text, c.Number, time.Unix(c.Seconds, c.Nanos)}, c.Seq, c.Back}, nil
}

func sameCount(a, b *int) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}

// digestOf stands for everything in a query but the cursor and the count.
func digestOf(q query, kinds []*kind) []byte {
	endpoints := make([]string, len(kinds))
	for i, k := range kinds {
		endpoints[i] = k.Endpoint
	}
	data, err := json.Marshal([]any{endpoints, q.filter, q.sortBy, q.descending, q.attributes, q.excluded})
	if err != nil {
		panic(fmt.Errorf("a query is no JSON: %w", err)) // answered with 500
	}
	sum := sha256.Sum256(data)
	return sum[:16]
}

// longestKey bounds, in bytes, how much of a text a cursor carries: it has to fit
// into a URL. Texts that begin with the same so many bytes count as equal when a
// query is paged by cursors.
const longestKey = 256

func (k sortKey) shortened() sortKey {
	if len(k.text) > longestKey {
		k.text = strings.ToValidUTF8(k.text[:longestKey], "") // the cut may be within a character
	}
	k.number = max(-math.MaxFloat64, min(k.number, math.MaxFloat64)) // JSON has no infinity
	return k
}

// compare orders an entry and a position as the result is ordered. Equal values
// stay in the order of creation in both directions.
func (p position) compare(k sortKey, seq uint64, descending bool) int {
	order := k.compare(p.key)
	if descending {
		order = -order
	}
	return cmp.Or(order, cmp.Compare(seq, p.seq))
}
