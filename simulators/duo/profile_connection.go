package duo

// Probe is the request behind "Connect to application".
type Probe string

// The probes.
const (
	ProbeOneUser  Probe = "one-user"
	ProbeAllUsers Probe = "all-users"
	ProbeFilter   Probe = "user-filter"
)

// Discovery says whether Duo reads how the target describes itself.
type Discovery string

// The answers.
const (
	NoDiscoveryRequest Discovery = "no"
	ReadsDiscovery     Discovery = "reads"
)

// MediaType is the media type of Content-Type and Accept.
type MediaType string

// The media types.
const (
	SCIMJSON  MediaType = "application/scim+json"
	PlainJSON MediaType = "application/json"
)

// UserAgent says which User-Agent Duo sends.
type UserAgent string

// The answers.
const (
	AgentNamed UserAgent = "named"
	AgentEmpty UserAgent = "empty"
)

// Retry says what Duo does when the target asks to wait.
type Retry string

// The answers.
const (
	RetryAfter Retry = "retry-after"
	RetryNever Retry = "no"
)

var fieldProbe = newField(
	FieldInfo{Field: "probe", Question: "Which request stands behind \"Connect to application\"?", Evidence: Assumed,
		Why: "the cheapest request that needs the token; POD-Automator tests the same endpoint with GET /Users"},
	func(p *Profile) *Probe { return &p.Probe },
	option[Probe]{choice: ProbeOneUser, meaning: "GET /Users?startIndex=1&count=1"},
	option[Probe]{choice: ProbeAllUsers, meaning: "GET /Users"},
	option[Probe]{choice: ProbeFilter, meaning: "GET /Users with a filter that matches nobody"},
)

var fieldDiscovery = newField(
	FieldInfo{Field: "discovery", Question: "Does Duo read what the target says about itself?", Evidence: Assumed,
		Why: "the attribute list of an application is fixed in Duo (Cisco guide 225885), so nothing has to be discovered"},
	func(p *Profile) *Discovery { return &p.Discovery },
	option[Discovery]{choice: NoDiscoveryRequest, meaning: "no discovery request"},
	option[Discovery]{choice: ReadsDiscovery, meaning: "every connection test reads /ServiceProviderConfig, /ResourceTypes and /Schemas and needs an answer"},
)

var fieldMediaType = newField(
	FieldInfo{Field: "media-type", Question: "Which media type do Content-Type and Accept name?", Evidence: Assumed,
		Why: "RFC 7644 section 3.1 makes application/scim+json the type that every target accepts"},
	func(p *Profile) *MediaType { return &p.MediaType },
	option[MediaType]{choice: SCIMJSON, meaning: "application/scim+json"},
	option[MediaType]{choice: PlainJSON, meaning: "application/json, which RFC 7644 section 3.1 recommends targets to accept"},
)

var fieldUserAgent = newField(
	FieldInfo{Field: "user-agent", Question: "Which User-Agent does Duo send?", Evidence: Assumed,
		Why: "its value is not published; the simulator says its own name and does not pretend to be Duo"},
	func(p *Profile) *UserAgent { return &p.UserAgent },
	option[UserAgent]{choice: AgentNamed, meaning: "User-Agent: simulate-duo"},
	option[UserAgent]{choice: AgentEmpty, meaning: "no User-Agent, as OneLogin does"},
)

var fieldRetry = newField(
	FieldInfo{Field: "retry", Question: "What does Duo do when the target asks to wait (429 or 503)?", Evidence: Assumed,
		Why: "waiting as told is what HTTP asks of a client"},
	func(p *Profile) *Retry { return &p.Retry },
	option[Retry]{choice: RetryAfter, meaning: "waits as Retry-After says, at most three times and 60 s each"},
	option[Retry]{choice: RetryNever, meaning: "a failure; the next pass tries again"},
)
