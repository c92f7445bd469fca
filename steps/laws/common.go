package laws

import (
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Laws on meta (RFC 7643 section 3.1).
var commonLaws = []Sentence{
	{`each resource has "resourceType", "created", "lastModified" and "location" in its "meta"`, ofWhole("Users Groups", metaIsComplete)},
	{`each "meta.resourceType" is the name of the resource type`, resourceTypesAreRight},
	{`no "meta.lastModified" is earlier than "meta.created"`, ofEach("", modifiedAfterCreated)},
	{`each "meta.lastModified" is the same as "meta.created"`, ofWhole("Users Groups", modifiedAtCreation)},
	{`each header Content-Location is the "meta.location" of the resource`, contentLocationIsLocation},
	{`each "meta.location" is an absolute URL that the client can reach`, locationsAreOurs},
	{`each "meta.location" ends with the endpoint and the "id" of the resource`, ofEach("Users Groups", locationsNameTheResource)},
	{`each entity tag is written as "…" or as W/"…"`, entityTagsAreTags},
	{`each "meta.version" is the header ETag`, versionsAreETags},
}

func metaIsComplete(x view) error {
	meta := x.object.Object("meta")
	for _, part := range []string{"resourceType", "created", "lastModified", "location"} {
		if v, _ := meta.Get(part); scim.IsUnassigned(v) || v == "" {
			return x.wrong("meta."+part, "a value", v)
		}
	}
	return nil
}

// NoMetaHas says that no part of meta contains the one text or begins with the other:
// values that a client has sent there.
func NoMetaHas(part, beginning string) Law {
	return ofEach("Users Groups", func(x view) error {
		for name, v := range x.object.Object("meta").All() {
			if text := strings.ToLower(judge.Plain(v)); strings.Contains(text, part) || strings.HasPrefix(text, beginning) {
				return x.wrong("meta."+name, "a value of the server's own", v)
			}
		}
		return nil
	})
}

// typeNames are those of the standard's own types (RFC 7643 sections 6 and 8).
var typeNames = map[string]string{
	"Users": "User", "Groups": "Group", "Schemas": "Schema",
	"ResourceTypes": "ResourceType", "ServiceProviderConfig": "ServiceProviderConfig",
}

// resourceTypesAreRight takes the names that the target's own /ResourceTypes has.
func resourceTypesAreRight(_ Context, answers []judge.Answer) (int, error) {
	names := maps.Clone(typeNames)
	for _, x := range views(answers, "ResourceTypes") {
		if name := x.object.String("name"); name != "" {
			names[judge.EndpointOf(x.object)] = name
		}
	}
	return ofEach("", func(x view) error {
		v, ok := x.object.Object("meta").Get("resourceType")
		if want := names[x.kind]; ok && want != "" && v != want {
			return x.wrong("meta.resourceType", want, v)
		}
		return nil
	})(Context{}, answers)
}

func modifiedAfterCreated(x view) error {
	meta := x.object.Object("meta")
	created, err := judge.Instant(meta.String("created"))
	if err != nil {
		return nil //nolint:nilerr // for the law on dateTimes
	}
	if modified, err := judge.Instant(meta.String("lastModified")); err == nil && modified.Before(created) {
		return x.wrong("meta.lastModified", "not before "+meta.String("created"), meta.String("lastModified"))
	}
	return nil
}

func modifiedAtCreation(x view) error {
	meta := x.object.Object("meta")
	created, err1 := judge.Instant(meta.String("created"))
	modified, err2 := judge.Instant(meta.String("lastModified"))
	if err1 != nil || err2 != nil || !created.Equal(modified) {
		return x.wrong("meta.lastModified", "the same as meta.created, "+meta.String("created"), meta.String("lastModified"))
	}
	return nil
}

// contentLocationIsLocation takes a relative header for what it stands for (RFC
// 7231 section 3.1.4.2).
func contentLocationIsLocation(c Context, answers []judge.Answer) (int, error) {
	all := views(answers)
	for _, x := range all {
		header := x.answer.Response.Header.Get("Content-Location")
		location := x.object.Object("meta").String("location")
		if x.alone && header != "" && location != "" && header != location && absoluteURL(c, x.answer, header) != location {
			return len(all), x.wrong("the header Content-Location", "meta.location, "+location, header)
		}
	}
	return len(all), nil
}

// absoluteURL resolves a reference against the URL of the request.
func absoluteURL(c Context, s judge.Answer, reference string) string {
	base, err := url.Parse(strings.TrimSuffix(c.BaseURL, "/") + "/" + judge.JoinPath(s.Request.Path))
	if err != nil {
		return reference
	}
	resolved, err := base.Parse(reference)
	if err != nil {
		return reference
	}
	return resolved.String()
}

// locationsAreOurs compares scheme, host and port with those of the base URL. A
// target may have several names. One in a public network is let pass: whether the
// client gets there cannot be told without going to a host that only the target names.
func locationsAreOurs(c Context, answers []judge.Answer) (int, error) {
	return ofEach("Users Groups", func(x view) error {
		location := x.object.Object("meta").String("location")
		if location == "" {
			return nil
		}
		u, err := url.Parse(location)
		if err == nil && u.Scheme == "" && u.Host == "" && leadsTo(c.BaseURL, u, x) {
			return judge.Unsettled(x.wrong("meta.location", "an absolute URL", location))
		}
		if err != nil || !u.IsAbs() || u.Host == "" {
			return x.wrong("meta.location", "an absolute URL", location)
		}
		if !mayReach(c.BaseURL, u) {
			return x.wrong("meta.location", "a URL that can be reached, such as one at "+judge.Origin(c.BaseURL), location)
		}
		return nil
	})(c, answers)
}

// leadsTo says whether a relative reference is the address of the resource: it starts at the
// service root (RFC 7643 section 2.3.7).
func leadsTo(base string, relative *url.URL, x view) bool {
	root, err := url.Parse(strings.TrimSuffix(base, "/") + "/")
	return err == nil && root.ResolveReference(relative).Path == root.Path+x.kind+"/"+scim.IDOf(x.object)
}

// mayReach says whether a client that gets to the base URL may get to another one,
// too: the same origin, or another host with a name in a public network.
func mayReach(base string, u *url.URL) bool {
	if strings.EqualFold(u.Scheme+"://"+u.Host, judge.Origin(base)) {
		return true
	}
	b, err := url.Parse(base)
	return err == nil && !strings.EqualFold(u.Hostname(), b.Hostname()) && !isInner(u.Hostname())
}

// isInner recognises hosts that only their own network knows (RFC 1918, RFC 4193, RFC
// 6761, RFC 6762 and usage): private addresses, names without a dot, .local and so on.
func isInner(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsPrivate() || address.IsLoopback() || address.IsLinkLocalUnicast() || address.IsUnspecified()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	i := strings.LastIndexByte(host, '.')
	return i < 0 || slices.Contains([]string{"local", "localhost", "internal", "lan", "test", "invalid", "corp", "home"}, host[i+1:])
}

// locationsNameTheResource takes any address above the endpoint.
func locationsNameTheResource(x view) error {
	location, id := x.object.Object("meta").String("location"), scim.IDOf(x.object)
	if location == "" || id == "" {
		return nil
	}
	if found, ok := wire.IDIn(location, x.kind); !ok || found != id {
		return x.wrong("meta.location", "…/"+x.kind+"/"+id, location)
	}
	return nil
}

func entityTagsAreTags(_ Context, answers []judge.Answer) (int, error) {
	judged := 0
	for _, s := range answers {
		tag := s.Response.Header.Get("ETag")
		if tag == "" {
			continue
		}
		judged++
		if !judge.EntityTag.MatchString(tag) {
			return judged, &judge.Mismatch{What: "ETag of the answer to " + s.String(), Want: `"…" or W/"…"`, Got: tag, About: s.Exchange}
		}
	}
	more, err := ofEach("Users Groups", func(x view) error {
		version := x.object.Object("meta").String("version")
		if strings.HasPrefix(version, "w/") {
			return x.wrong("meta.version", "the prefix W/ in a capital letter", version)
		}
		return nil
	})(Context{}, answers)
	return judged + more, err
}

func versionsAreETags(_ Context, answers []judge.Answer) (int, error) {
	judged := 0
	for _, x := range views(answers, "Users", "Groups") {
		tag, version := x.answer.Response.Header.Get("ETag"), x.object.Object("meta").String("version")
		if !x.alone || tag == "" || version == "" {
			continue
		}
		judged++
		if tag != version {
			return judged, x.wrong("meta.version", "the ETag, "+tag, version)
		}
	}
	return judged, nil
}
