package event

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

const claims = `{"iss":"https://scim.example.com","iat":1458496404,"jti":"1","txn":"t","sub_id":{"format":"scim","uri":"/Users/1"},"events":{"urn:ietf:params:scim:event:prov:delete":{}}}`

// jwt makes a token of parts, unsigned unless a signature is given.
func jwt(header, claims, signature string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(header)) + "." + encode([]byte(claims)) + "." + signature
}

func signedBy(t *testing.T, key ed25519.PrivateKey, kid string) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestATokenIsReadSignedOrNotAndAsItsClaims(t *testing.T) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"unsecured": jwt(`{"alg":"none"}`, claims, ""), "signed": signedBy(t, key, ""), "claims": " " + claims + "\n",
	} {
		got, err := read(judge.EventToken{Text: text})
		if err != nil || got.txn() != "t" || got.subject() != "/Users/1" || !got.isSCIM() {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestWhatIsNoTokenIsRefusedWithoutItsContent(t *testing.T) {
	for text, says := range map[string]string{
		"":                                   "which has three parts: it has 1",
		"rubbish":                            "which has three parts: it has 1",
		"a.b":                                "which has three parts: it has 2",
		"a.b.c.d.e":                          "it is encrypted",
		"{":                                  "its claims are no JSON object",
		"%%%.e30.":                           "its header is no base64url",
		jwt(`{"alg":"none"}`, "<html>", ""):  "its claims are no JSON object",
		jwt(`{"alg":"none"}`, "[1]", ""):     "its claims are no JSON object",
		jwt(`{}`, claims, ""):                "its header has no alg",
		jwt(`{"alg":"none"}`, claims, "c2k"): "its alg is none, and it has a signature",
		jwt(`{"alg":"RS256"}`, claims, ""):   "its signature is missing",
	} {
		got, err := read(judge.EventToken{Text: text})
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "html>") {
			t.Errorf("%q: %v, %v, want %q", text, got, err, says)
		}
	}
}

func TestASignatureIsHeldAgainstTheKeys(t *testing.T) {
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	set := func(keys ...jose.JSONWebKey) []byte {
		text, err := json.Marshal(jose.JSONWebKeySet{Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	right, wrong := jose.JSONWebKey{Key: public, KeyID: "a"}, jose.JSONWebKey{Key: other, KeyID: "a"}
	for _, c := range []struct {
		name, text string
		keys       []byte
		verifies   bool
	}{
		{"the key", signedBy(t, key, "a"), set(right), true},
		{"the key among others", signedBy(t, key, ""), set(wrong, right), true},
		{"another key of the name", signedBy(t, key, "a"), set(wrong), false},
		{"no key of the name", signedBy(t, key, "b"), set(right), false},
		{"a secret in the place of a key", jwt(`{"alg":"HS256"}`, claims, "c2lnbmF0dXJl"), set(right), false},
		{"an algorithm of nobody", jwt(`{"alg":"ROT13"}`, claims, "c2lnbmF0dXJl"), set(right), false},
	} {
		token, err := read(judge.EventToken{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if err := token.verify(c.keys); (err == nil) != c.verifies {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := ReadKeys("keys.json", set(jose.JSONWebKey{Key: key})); err == nil || !strings.Contains(err.Error(), "keys.json has no public key") {
		t.Errorf("a private key was taken for the publisher's: %v", err)
	}
	if _, err := ReadKeys("keys.json", set(right)); err != nil {
		t.Error(err)
	}
}

func FuzzNoTokenBreaksTheReader(f *testing.F) {
	for _, text := range []string{"", claims, jwt(`{"alg":"none"}`, claims, ""), jwt(`{"alg":"RS256"}`, `{"events":{"urn:ietf:params:scim:event:prov:put:full":null},"sub_id":[]}`, "x"), `{"events":[]}`, `{"events":{"urn:ietf:params:scim:event:prov:delete":{}}}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := read(judge.EventToken{Text: text})
		if err != nil {
			return
		}
		w := &World{Session: &judge.Session{Run: &judge.Run{}, Conn: &judge.Connection{URL: "https://example.com/scim"}}, tokens: []*token{got}}
		w.life = &life{actor: &actor{Session: w.Session}}
		for _, look := range []func() error{
			w.haveTheClaimsOfAll, w.haveASubject, w.haveNoSubjectInside, w.haveNoSub, w.areOfFormatSCIM, w.haveARelativeURI, w.haveTheRightIDs, w.haveATxn,
			w.haveTheirOwnJTI, w.namePaths, w.endAsTheySay, w.haveOneOfBoth, w.showNoPassword, w.areRegistered, w.haveTheForm, w.noDeletionIsARemoval,
			w.noDeletionIsQualified, w.aDeletionIsEmpty, w.nothingAfterTheDeletion,
		} {
			before := w.Assertions
			if err := look(); err == nil && w.Assertions == before {
				t.Error("a look asserted nothing and was content")
			}
		}
	})
}
