package laws

import (
	"bytes"
	"crypto/md5"  //nolint:gosec // to find out whether a server shows such a hash
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Laws on users and groups (RFC 7643 sections 4.1 and 4.2).
var userLaws = map[string]Law{
	"no password is shown":                                    noPasswordIsShown,
	"somebody who was sent e-mail addresses has one":          ofEach("Users", hasMail),
	"every member that has a type is a User":                  ofEach("Groups", membersAreUsers),
	"no manager has a name that the client made up":           ofEach("Users", managersHaveTheirNames),
	"groups have no name but that of now":                     ofEach("Users", groupsAreRenamed),
	"no user is listed":                                       nobodyIsListed,
	"every user has a userName":                               ofWhole("Users", userNamesAreThere),
	"languages are those that were sent":                      ofEach("Users", languagesAreThoseSent),
	"no refusal tells a password":                             noRefusalTellsAPassword,
	"every group is a direct or an indirect one":              ofEach("Users", groupsAreOfAType),
	"every group is a direct one":                             ofEach("Users", groupsAreDirect),
	"every member is a User or a Group":                       ofEach("Groups", membersAreOfAType),
	"every member of a group stands there once":               ofEach("Groups", membersStandOnce),
	"the formatted name names its parts":                      ofEach("Users", formattedNamesItsParts),
	"the domains of e-mail addresses are in lower case":       ofEach("Users", domainsAreLower),
	"telephone numbers are those that were sent":              ofEach("Users", numbersAreThoseSent),
	"messenger addresses have no white space and no capitals": ofEach("Users", messengersAreCanonical),
}

// noPasswordIsShown looks at successful answers.
func noPasswordIsShown(c Context, answers []judge.Answer) (int, error) {
	return noPasswordIn(c, answers, func(s judge.Answer) bool { return s.Response.Status < 400 })
}

func noRefusalTellsAPassword(c Context, answers []judge.Answer) (int, error) {
	return noPasswordIn(c, answers, func(s judge.Answer) bool { return s.Response.Status >= 400 || selects(s.Request) })
}

func noPasswordIn(c Context, answers []judge.Answer, chosen func(judge.Answer) bool) (int, error) {
	judged := 0
	for _, s := range answers {
		if !chosen(s) {
			continue
		}
		judged++
		if where := passwordIn(c, s); where != "" {
			return judged, &judge.Mismatch{What: "the answer to " + s.String(), Want: "no password, neither in clear nor hashed", Got: where}
		}
	}
	return judged, nil
}

// passwordIn says where an answer gives a password away; "" if it does not.
func passwordIn(c Context, s judge.Answer) string {
	var headers bytes.Buffer
	_ = s.Response.Header.Write(&headers)
	for _, password := range c.Passwords {
		for how, trace := range traces(password) {
			switch {
			case bytes.Contains(s.Response.Body, []byte(trace)):
				return "the password " + how + " in the body"
			case bytes.Contains(headers.Bytes(), []byte(trace)):
				return "the password " + how + " in a header"
			}
		}
	}
	for _, x := range views([]judge.Answer{s}, "Users") {
		for name, v := range x.object.All() {
			if v != nil && slices.Contains(passwordNames, strings.ToLower(name)) {
				return "the attribute " + name
			}
		}
	}
	return ""
}

// passwordNames are how a password, or a hash of it, would be called.
var passwordNames = []string{"password", "passwordhash", "password_hash", "hashedpassword", "encryptedpassword", "userpassword", "passwd"}

// traces are the forms in which a password could be given away.
func traces(password string) map[string]string {
	text := []byte(password)
	found := map[string]string{"in clear": password, "in base64": base64.StdEncoding.EncodeToString(text)}
	m, s1, s2, s5 := md5.Sum(text), sha1.Sum(text), sha256.Sum256(text), sha512.Sum512(text) //nolint:gosec // see the imports
	for name, sum := range map[string][]byte{"MD5": m[:], "SHA-1": s1[:], "SHA-256": s2[:], "SHA-512": s5[:]} {
		found["hashed by "+name] = hex.EncodeToString(sum)
		found["hashed by "+name+" in base64"] = base64.StdEncoding.EncodeToString(sum)
	}
	return found
}

func nobodyIsListed(_ Context, answers []judge.Answer) (int, error) {
	for _, x := range views(answers, "Users") {
		return 1, x.wrong("Resources", "nobody", x.object.String("userName"))
	}
	return len(answers), nil
}

func userNamesAreThere(x view) error {
	if v, _ := x.object.Get("userName"); strings.TrimSpace(judge.Plain(v)) == "" || v == nil {
		return x.wrong("userName", "a name", v)
	}
	return nil
}

// sampleLanguages are what the features send, with a hyphen and in small letters.
var sampleLanguages = []string{"en-us", "es-419", "da, en-gb;q=0.8, en;q=0.7"}

func languagesAreThoseSent(x view) error {
	got := x.object.String("locale") + x.object.String("preferredLanguage")
	if !slices.Contains(sampleLanguages, strings.ToLower(strings.ReplaceAll(got, "_", "-"))) {
		return x.wrong("locale or preferredLanguage", "the language that was sent", got)
	}
	return nil
}

func groupsAreOfAType(x view) error { return groupTypes(x, "direct", "indirect") }
func groupsAreDirect(x view) error  { return groupTypes(x, "direct") }

func groupTypes(x view, permitted ...string) error {
	for _, v := range x.object.Array("groups") {
		o, _ := v.(*scim.Object)
		if t, ok := o.Get("type"); ok && t != nil && !slices.Contains(permitted, judge.Plain(t)) {
			return x.wrong("groups.type", strings.Join(permitted, " or "), t)
		}
	}
	return nil
}

func membersAreOfAType(x view) error {
	for _, v := range x.object.Array("members") {
		o, _ := v.(*scim.Object)
		if t, ok := o.Get("type"); ok && t != nil && t != "User" && t != "Group" {
			return x.wrong("members.type", "User or Group", t)
		}
		if o.String("value") == "" {
			return x.wrong("members.value", "the id of a resource", v)
		}
	}
	return nil
}

func membersAreUsers(x view) error {
	for _, v := range x.object.Array("members") {
		o, _ := v.(*scim.Object)
		if t, ok := o.Get("type"); ok && t != nil && t != "User" {
			return x.wrong("members.type", "User", t)
		}
	}
	return nil
}

func managersHaveTheirNames(x view) error {
	manager := x.object.Object(scim.EnterpriseURN).Object("manager")
	if name := manager.String("displayName"); name == "Pirate" {
		return x.wrong("manager.displayName", "the manager's own name, or none", name)
	}
	return nil
}

// groupsAreRenamed judges a user whose only group was given a name that ends so.
func groupsAreRenamed(x view) error {
	for _, v := range x.object.Array("groups") {
		o, _ := v.(*scim.Object)
		if name := o.String("display"); name != "" && !strings.HasSuffix(name, "renamed") {
			return x.wrong("groups.display", "the new name of the group", name)
		}
	}
	return nil
}

func membersStandOnce(x view) error {
	ids := judge.ValuesOf(x.object, "members")
	slices.Sort(ids)
	if n := len(ids); len(slices.Compact(ids)) != n {
		return x.wrong("members", "each member once", x.object.Array("members"))
	}
	return nil
}

// formattedNamesItsParts compares what is shown of the name with itself.
func formattedNamesItsParts(x view) error {
	name := x.object.Object("name")
	formatted := strings.ToLower(name.String("formatted"))
	if formatted == "" {
		return nil
	}
	for _, part := range []string{"familyName", "givenName"} {
		if !strings.Contains(formatted, strings.ToLower(name.String(part))) {
			return x.wrong("name.formatted", "a name with the "+part+" "+name.String(part), name.String("formatted"))
		}
	}
	return nil
}

func hasMail(x view) error {
	if len(x.object.Array("emails")) == 0 {
		return x.wrong("emails", "at least one", nil)
	}
	return nil
}

// domainsAreLower accepts the canonical form in "display" as well.
func domainsAreLower(x view) error {
	for _, v := range x.object.Array("emails") {
		o, _ := v.(*scim.Object)
		if _, domain, ok := strings.Cut(o.String("value"), "@"); ok && domain != strings.ToLower(domain) {
			if _, display, _ := strings.Cut(o.String("display"), "@"); display != strings.ToLower(domain) {
				return x.wrong("emails.value", "the domain in lower case", o.String("value"))
			}
		}
	}
	return nil
}

// sampleNumbers are the digits of the telephone numbers that the features send.
var sampleNumbers = []string{"12015550123", "12015550124", "12015550125"}

func numbersAreThoseSent(x view) error {
	for _, v := range x.object.Array("phoneNumbers") {
		o, _ := v.(*scim.Object)
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, o.String("value"))
		if !slices.Contains(sampleNumbers, digits) {
			return x.wrong("phoneNumbers.value", "the number that was sent", o.String("value"))
		}
	}
	return nil
}

func messengersAreCanonical(x view) error {
	for _, v := range x.object.Array("ims") {
		o, _ := v.(*scim.Object)
		if s := o.String("value"); s != strings.ToLower(strings.Join(strings.Fields(s), "")) {
			return x.wrong("ims.value", "an address without white space, in lower case", s)
		}
	}
	return nil
}
