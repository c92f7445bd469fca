package engine

import (
	"crypto/ed25519"
	"encoding/base64"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// publisher signs the events of the embedded target (RFC 7515, RFC 8037).
var publisher = sync.OnceValues(func() (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(nil)
	return key, err
})

// embedEvents lets the embedded target tell of changes, at once and signed.
func (o *Options) embedEvents() error {
	key, err := publisher()
	if err != nil {
		return err
	}
	public, _ := key.Public().(ed25519.PublicKey)
	o.SecureAccess.Events = true
	o.SecureAccess.SignEvent = func(claims []byte) (string, error) {
		text := encode([]byte(`{"typ":"secevent+jwt","alg":"EdDSA"}`)) + "." + encode(claims)
		return text + "." + encode(ed25519.Sign(key, []byte(text))), nil
	}
	o.Fit.Events = &judge.EventStream{
		Poll: secureaccess.EventsPath, Wait: "0s",
		Keys: []byte(`{"keys":[{"kty":"OKP","crv":"Ed25519","x":"` + encode(public) + `"}]}`),
	}
	return nil
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
