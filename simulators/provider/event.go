package provider

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

// What happens to resources, as security event tokens (RFC 9967 section 2.4). Creations and
// replacements are told in full, changes by the names of the attributes.

// offeredEvents are the events that the provider makes.
var offeredEvents = []string{
	scim.EventCreateFull, scim.EventPutFull, scim.EventPatchNotice, scim.EventDelete, scim.EventActivate, scim.EventDeactivate, scim.EventAsyncResp,
}

// securityEvents announces them (RFC 9967 section 4).
func securityEvents() *scim.Object {
	uris := make([]any, len(offeredEvents))
	for i, uri := range offeredEvents {
		uris[i] = uri
	}
	return scim.NewObject(scim.Member{Name: "asyncRequest", Value: "request"}, scim.Member{Name: "eventUris", Value: uris})
}

// transaction is the id of what a request does, which all its events have.
func (c *call) transaction() string {
	if c.txn == "" {
		c.txn = rand.Text()
	}
	return c.txn
}

// operationTxn is that of an operation of a bulk request: its own, or by its place in the
// request if the client waits for its event (RFC 9967 section 2.5.1.2).
func (c *call) operationTxn(position int) string {
	if !c.async {
		return ""
	}
	return c.transaction() + ":" + strconv.Itoa(position)
}

func (p *Provider) wasCreated(c *call, e *entry) { p.tellWhole(c, e, scim.EventCreateFull, nil) }

func (p *Provider) wasReplaced(c *call, e *entry, before *scim.Object) {
	p.tellWhole(c, e, scim.EventPutFull, before)
}

// tellWhole tells of a resource with all that a client may see of it.
func (p *Provider) tellWhole(c *call, e *entry, uri string, before *scim.Object) {
	if !p.config.Events {
		return
	}
	data := e.kind.selection(projection{}).apply(p.view(e, c.base, nil))
	events := scim.NewObject(scim.Member{Name: uri, Value: scim.NewObject(
		scim.Member{Name: "version", Value: e.version()}, scim.Member{Name: "data", Value: data},
	)})
	p.tellActivity(events, e, before)
	p.tell(c, subjectOf(e), events)
}

func (p *Provider) wasPatched(c *call, e *entry, operations []patch.Operation, before *scim.Object) {
	if !p.config.Events {
		return
	}
	var names []any
	for _, o := range operations {
		for _, name := range namesIn(o) {
			if !slices.Contains(names, any(name)) {
				names = append(names, name)
			}
		}
	}
	events := scim.NewObject(scim.Member{Name: scim.EventPatchNotice, Value: scim.NewObject(
		scim.Member{Name: "version", Value: e.version()}, scim.Member{Name: "attributes", Value: names},
	)})
	p.tellActivity(events, e, before)
	p.tell(c, subjectOf(e), events)
}

// namesIn are the attributes that an operation names: that of its path, or the members of its value.
func namesIn(o patch.Operation) []string {
	if o.Path != "" {
		name, _, _ := strings.Cut(o.Path, "[") // a filter holds values, which a notice does not tell
		return []string{name}
	}
	var names []string
	value, _ := o.Value.(*scim.Object)
	for name := range value.All() {
		names = append(names, name)
	}
	return names
}

// tellActivity also tells that a user was activated or deactivated. Before is nil for a new one.
func (p *Provider) tellActivity(events *scim.Object, e *entry, before *scim.Object) {
	if e.kind.activity == nil || before == nil {
		return
	}
	was, _ := before.Get(e.kind.activity.Name)
	is, _ := e.resource.Get(e.kind.activity.Name)
	switch {
	case is == true && was != true:
		events.Set(scim.EventActivate, scim.NewObject())
	case is == false && was != false:
		events.Set(scim.EventDeactivate, scim.NewObject())
	}
}

func (p *Provider) wasDeleted(c *call, e *entry) {
	if p.config.Events {
		p.tell(c, subjectOf(e), scim.NewObject(scim.Member{Name: scim.EventDelete, Value: scim.NewObject()}))
	}
}

// subjectOf names a resource in an event (RFC 9967 section 2.1).
func subjectOf(e *entry) *scim.Object {
	o := subjectAt(e.location(""))
	if id := e.resource.String("externalId"); id != "" {
		o.Set("externalId", id)
	}
	return o
}

func subjectAt(path string) *scim.Object {
	return scim.NewObject(scim.Member{Name: "format", Value: "scim"}, scim.Member{Name: "uri", Value: path})
}

// tell puts an event into the stream.
func (p *Provider) tell(c *call, subject, events *scim.Object) {
	claims := scim.NewObject(
		scim.Member{Name: "iss", Value: c.base},
		scim.Member{Name: "iat", Value: json.Number(strconv.FormatInt(p.now().Unix(), 10))},
		scim.Member{Name: "jti", Value: rand.Text()},
		scim.Member{Name: "aud", Value: []any{c.base + EventsPath}},
		scim.Member{Name: "txn", Value: c.transaction()},
		scim.Member{Name: "sub_id", Value: subject},
		scim.Member{Name: "events", Value: events},
	)
	text, err := scim.Marshal(claims)
	token := ""
	if err == nil {
		token, err = p.config.SignEvent(text)
	}
	if err != nil {
		p.config.ErrorLog.Printf("provider: an event cannot be told: %v", err)
		return
	}
	p.events.put(&event{jti: claims.String("jti"), txn: c.transaction(), token: token, isResult: isResult(events)})
}

func isResult(events *scim.Object) bool { _, is := events.Get(scim.EventAsyncResp); return is }

// unsecured is a token without a signature (RFC 7519 section 6).
func unsecured(claims []byte) (string, error) {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"typ":"secevent+jwt","alg":"none"}`)) + "." + encode(claims) + ".", nil
}

// pathBelow is an address below the base URI without it.
func pathBelow(base, location string) string {
	path := strings.TrimPrefix(location, base)
	if u, err := url.Parse(path); err == nil {
		return u.EscapedPath()
	}
	return path
}
