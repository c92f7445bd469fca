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
var userLaws = []Sentence{
	{`no success shows a password, neither in clear nor hashed`, noPasswordIsShown},
	{`each "members.type" is "User", if there is any`, ofEach("Groups", membersAreUsers)},
	{`each user has a "userName"`, ofWhole("Users", userNamesAreThere)},
	{`no refusal and no selection of attributes shows a password, neither in clear nor hashed`, noRefusalTellsAPassword},
	{`each member has a "value", and "User" or "Group" as its "type" if it has one`, ofEach("Groups", membersAreOfAType)},
	{`no group has a member twice`, MembersStandOnce},
	{`each "name.formatted" contains the "familyName" and the "givenName" beside it`, ofEach("Users", formattedNamesItsParts)},
	{`each "emails.value" or its "display" has its domain in lower case`, ofEach("Users", domainsAreLower)},
	{`each "ims.value" is in lower case and without white space`, ofEach("Users", messengersAreCanonical)},
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
			return judged, &judge.Mismatch{What: "the answer to " + s.String(), Want: "no password, neither in clear nor hashed", Got: where, About: s.Exchange}
		}
	}
	return judged, nil
}

// passwordIn says where an answer gives a password away; "" if it does not.
func passwordIn(c Context, s judge.Answer) string {
	var headers bytes.Buffer
	_ = s.Response.Header.Write(&headers)
	for _, password := range c.Passwords {
		if !judge.Telling(password) {
			continue
		}
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

func userNamesAreThere(x view) error {
	if v, _ := x.object.Get("userName"); strings.TrimSpace(judge.Plain(v)) == "" || v == nil {
		return x.wrong("userName", "a name", v)
	}
	return nil
}

func membersAreOfAType(x view) error {
	for _, v := range x.object.Array("members") {
		o, _ := v.(*scim.Object)
		if t, ok := o.Get("type"); ok && t != nil && t != "User" && t != "Group" {
			return x.wrong("members.type", "User or Group", t)
		}
		if scim.ValueOf(o) == "" { // whether it is a text is another question
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

// MembersStandOnce says that no group shows a member twice.
var MembersStandOnce = ofEach("Groups", membersStandOnce)

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

func messengersAreCanonical(x view) error {
	for _, v := range x.object.Array("ims") {
		o, _ := v.(*scim.Object)
		if s := o.String("value"); s != strings.ToLower(strings.Join(strings.Fields(s), "")) {
			return x.wrong("ims.value", "an address without white space, in lower case", s)
		}
	}
	return nil
}
