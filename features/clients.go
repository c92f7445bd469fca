package features

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Profile names the client whose requirements a run judges, as --profile takes it.
type Profile string

// The profiles that a run judges unless it is told otherwise.
const (
	Duo Profile = "duo"
	RFC Profile = "rfc"
)

// Client asks something of a SCIM endpoint: an identity provider by its habits, or
// the standard itself.
type Client struct {
	Profile   Profile
	Title     string    // in reports: "Microsoft Entra ID"
	Readiness string    // the question that its requirements answer: "Entra-ready"
	Default   bool      // judged unless --profile says otherwise
	Standard  bool      // a document asks for it, and nobody whose requests are known
	Draft     bool      // of the standard's, which contradicts other profiles: judged only when it is named
	Includes  []Profile // whose requirements it demands as well
	Gate      bool      // a list of tests, one a Rule, that decides whether it takes an application in; see TestName
	Families  []Family
}

// Family is the requirements whose ids begin alike. Their features share a folder.
type Family struct {
	Prefix string // of the ids, up to the first hyphen
	Form   Form   // of what follows it
	Folder string // of the features
	Area   string // that reports count by; "" makes each feature an area of its own
	Apart  bool   // no client that is known here asks for what it is about
}

// Form is what an id has after its prefix, as messages tell it.
type Form string

// The forms of ids. All end in a counter of two or more digits.
const (
	BySection Form = "<section>-<nn>" // the section of the document
	ByTopic   Form = "<TOPIC>-<nn>"   // one or more words in capitals
	Counted   Form = "<nn>"           // words in capitals are allowed before the counter
)

// clients is everyone whose requirements stand in the features, in the order of
// the reports. A new client is a row here and a folder of features.
var clients = []Client{
	{Profile: Duo, Title: "Duo and Secure Access", Readiness: "Duo-ready", Default: true, Families: []Family{
		{Prefix: "DUO", Form: ByTopic, Folder: "guide"},
		{Prefix: "CSA", Form: ByTopic, Folder: "guide"},
	}},
	{Profile: RFC, Title: "RFC", Readiness: "RFC", Default: true, Standard: true, Families: []Family{
		{Prefix: "RFC7643", Form: BySection, Folder: "rfc7643", Area: "RFC 7643"},
		{Prefix: "RFC7644", Form: BySection, Folder: "rfc7644", Area: "RFC 7644"},
		{Prefix: "RFC9865", Form: BySection, Folder: "rfc9865", Area: "RFC 9865"},
		{Prefix: "RFC9967", Form: BySection, Folder: "rfc9967", Area: "RFC 9967", Apart: true},
	}},
	{Profile: "entra", Title: "Microsoft Entra ID", Readiness: "Entra-ready", Families: []Family{
		{Prefix: "ENTRA", Form: Counted, Folder: "entra", Area: "Microsoft Entra ID"},
	}},
	{Profile: "entra-gallery", Title: "Microsoft Entra gallery", Readiness: "Entra gallery", Gate: true, Families: []Family{
		{Prefix: "GALLERY", Form: Counted, Folder: "gallery", Area: "Microsoft Entra gallery"},
	}},
	{Profile: "okta", Title: "Okta", Readiness: "Okta-ready", Families: []Family{
		{Prefix: "OKTA", Form: Counted, Folder: "okta", Area: "Okta"},
	}},
	{Profile: "okta-oin", Title: "Okta Integration Network", Readiness: "Okta OIN", Gate: true, Families: []Family{
		{Prefix: "OIN", Form: Counted, Folder: "oin", Area: "Okta Integration Network"},
	}},
	{Profile: "authentik", Title: "authentik", Readiness: "authentik-ready", Families: []Family{
		{Prefix: "AUTHENTIK", Form: Counted, Folder: "authentik", Area: "authentik"},
	}},
	{Profile: "auth0", Title: "Auth0", Readiness: "Auth0-ready", Families: []Family{
		{Prefix: "AUTH0", Form: Counted, Folder: "auth0", Area: "Auth0"},
	}},
	{Profile: "scimgateway", Title: "scimgateway", Readiness: "scimgateway-ready", Families: []Family{
		{Prefix: "SCIMGATEWAY", Form: Counted, Folder: "scimgateway", Area: "scimgateway"},
	}},
	{Profile: "keycloak", Title: "Keycloak", Readiness: "Keycloak-ready", Families: []Family{
		{Prefix: "KEYCLOAK", Form: Counted, Folder: "keycloak", Area: "Keycloak"},
	}},
	{Profile: "onelogin", Title: "OneLogin", Readiness: "OneLogin-ready", Families: []Family{
		{Prefix: "ONELOGIN", Form: Counted, Folder: "onelogin", Area: "OneLogin"},
	}},
	{Profile: "ping", Title: "Ping Identity", Readiness: "Ping-ready", Families: []Family{
		{Prefix: "PING", Form: Counted, Folder: "ping", Area: "Ping Identity"},
	}},
	{Profile: "interop@01", Title: "SCIM Interoperability Profile, draft 01", Readiness: "Interop profile (draft 01)", Standard: true, Draft: true, Families: []Family{
		{Prefix: "INTEROP01", Form: BySection, Folder: "interop01", Area: "draft-zollner-scim-interop-profile-01"},
	}},
	{Profile: "ipsie-al1@00", Title: "IPSIE AL1, draft 00", Readiness: "IPSIE AL1 (draft 00)", Standard: true, Draft: true, Includes: []Profile{"interop@01"}, Families: []Family{
		{Prefix: "IPSIE00AL1", Form: BySection, Folder: "ipsie00al1", Area: "IPSIE AL SCIM profile, draft 00 (AL1)"},
	}},
	{Profile: "ipsie-al2@00", Title: "IPSIE AL2, draft 00", Readiness: "IPSIE AL2 (draft 00)", Standard: true, Draft: true, Includes: []Profile{"ipsie-al1@00"}, Families: []Family{
		{Prefix: "IPSIE00AL2", Form: BySection, Folder: "ipsie00al2", Area: "IPSIE AL SCIM profile, draft 00 (AL2)"},
	}},
}

// provisioners is whose requirements are about SCIM clients: what an endpoint may ask of
// whoever provisions into it. No run against an endpoint judges them.
var provisioners = Client{
	Profile: "client", Title: "SCIM client", Readiness: "Well-behaved client",
	Families: []Family{{Prefix: "CLIENT", Form: ByTopic, Folder: "client"}},
}

// Clients returns everyone who asks something of an endpoint, in the order of the reports.
func Clients() []Client { return slices.Clone(clients) }

// Provisioners is the row of the requirements on SCIM clients, whose features are in ClientFS.
func Provisioners() Client { return provisioners }

// everyone is both sides. A report asks for the client of each requirement many times.
var everyone = append(Clients(), provisioners)

// ClientOf returns the client whose requirement has the id, and the family of the
// id. An id of no client is an error that names the prefixes there are.
func ClientOf(id string) (Client, Family, error) {
	prefix, _, _ := strings.Cut(id, "-")
	for _, c := range everyone {
		for _, f := range c.Families {
			if f.Prefix == prefix {
				return c, f, nil
			}
		}
	}
	return Client{}, Family{}, fmt.Errorf("%q belongs to no client: ids begin with %s", id, joinFamilies(func(f Family) string { return f.Prefix + "-" }))
}

// Profiles returns the names of all profiles, in the order of the clients.
func Profiles() []Profile { return profilesWhere(func(Client) bool { return true }) }

// AllProfiles returns those that --profile takes as "all": everybody's but the drafts, which
// contradict them.
func AllProfiles() []Profile { return profilesWhere(func(c Client) bool { return !c.Draft }) }

// DefaultProfiles returns the profiles that a run judges unless it is told otherwise.
func DefaultProfiles() []Profile { return profilesWhere(func(c Client) bool { return c.Default }) }

func profilesWhere(wanted func(Client) bool) []Profile {
	var names []Profile
	for _, c := range clients {
		if wanted(c) {
			names = append(names, c.Profile)
		}
	}
	return names
}

// JoinProfiles lists profiles as --profile takes them: "duo,rfc".
func JoinProfiles(profiles []Profile, separator string) string {
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = string(p)
	}
	return strings.Join(names, separator)
}

// Folders returns the folders of FS, in the order of the clients.
func Folders() []string {
	var folders []string
	for _, c := range clients {
		for _, f := range c.Families {
			if !slices.Contains(folders, f.Folder) {
				folders = append(folders, f.Folder)
			}
		}
	}
	return folders
}

// pattern is the form as a regular expression.
func (f Form) pattern() string {
	switch f {
	case BySection:
		return `\d+(?:\.\d+)*-\d{2,}`
	case ByTopic:
		return `(?:[A-Z][A-Z0-9]*-)+\d{2,}`
	}
	return `(?:[A-Z][A-Z0-9]*-)*\d{2,}`
}

var (
	// wholeID matches an id of any family.
	wholeID = regexp.MustCompile(`^(?:` + joinPatterns() + `)$`)
	// likeID matches what was meant as an id, whatever is wrong with it.
	likeID = regexp.MustCompile(`(?i)^(?:RFC\d+|` + joinPrefixes() + `)-`)
	// idForms tells in messages what an id looks like.
	idForms = joinFamilies(func(f Family) string { return f.Prefix + "-" + string(f.Form) })
)

func joinPatterns() string {
	return strings.Join(ofFamilies(func(f Family) string { return f.Prefix + "-" + f.Form.pattern() }), "|")
}

func joinPrefixes() string {
	return strings.Join(ofFamilies(func(f Family) string { return f.Prefix }), "|")
}

// joinFamilies is a list for a message: "a, b or c".
func joinFamilies(name func(Family) string) string {
	names := ofFamilies(name)
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func ofFamilies(name func(Family) string) []string {
	var names []string
	for _, c := range everyone {
		for _, f := range c.Families {
			names = append(names, name(f))
		}
	}
	return names
}
