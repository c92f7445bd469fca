package steps

import (
	"cmp"
	"context"
	"maps"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Laws on meta (RFC 7643 section 3.1).
var commonLaws = map[string]law{
	"meta has all its parts":                            ofWhole("Users Groups", metaIsComplete),
	"nothing of meta is the client's":                   ofEach("Users Groups", metaIsTheServers),
	"meta.resourceType is the name of the type":         resourceTypesAreRight,
	"meta.lastModified is not before meta.created":      ofEach("", modifiedAfterCreated),
	"meta.lastModified is the same as meta.created":     ofWhole("Users Groups", modifiedAtCreation),
	"Content-Location is meta.location":                 contentLocationIsLocation,
	"meta.location is an address that this client uses": locationsAreOurs,
	"meta.location ends in the endpoint and the id":     ofEach("Users Groups", locationsNameTheResource),
	"entity tags are well-formed":                       entityTagsAreTags,
	"meta.version is the ETag":                          versionsAreETags,
}

func metaIsComplete(x exhibit) error {
	meta := x.object.Object("meta")
	for _, part := range []string{"resourceType", "created", "lastModified", "location"} {
		if v, _ := meta.Get(part); scim.IsUnassigned(v) || v == "" {
			return x.wrong("meta."+part, "a value", v)
		}
	}
	return nil
}

// metaIsTheServers looks for what the features send: pirates, and the year 2001.
func metaIsTheServers(x exhibit) error {
	for name, v := range x.object.Object("meta").All() {
		if text := strings.ToLower(plain(v)); strings.Contains(text, "pirate") || strings.HasPrefix(text, "2001-01-01") {
			return x.wrong("meta."+name, "a value of the server's own", v)
		}
	}
	return nil
}

// typeNames are those of the standard's own types (RFC 7643 sections 6 and 8).
var typeNames = map[string]string{
	"Users": "User", "Groups": "Group", "Schemas": "Schema",
	"ResourceTypes": "ResourceType", "ServiceProviderConfig": "ServiceProviderConfig",
}

// resourceTypesAreRight takes the names that the target's own /ResourceTypes has.
func resourceTypesAreRight(_ *world, stops []stop) (int, error) {
	names := maps.Clone(typeNames)
	for _, x := range exhibits(stops, "ResourceTypes") {
		if name := x.object.String("name"); name != "" {
			names[endpointOf(x.object)] = name
		}
	}
	return ofEach("", func(x exhibit) error {
		v, ok := x.object.Object("meta").Get("resourceType")
		if want := names[x.kind]; ok && want != "" && v != want {
			return x.wrong("meta.resourceType", want, v)
		}
		return nil
	})(nil, stops)
}

func modifiedAfterCreated(x exhibit) error {
	meta := x.object.Object("meta")
	created, err := instant(meta.String("created"))
	if err != nil {
		return nil //nolint:nilerr // for the law on dateTimes
	}
	if modified, err := instant(meta.String("lastModified")); err == nil && modified.Before(created) {
		return x.wrong("meta.lastModified", "not before "+meta.String("created"), meta.String("lastModified"))
	}
	return nil
}

func modifiedAtCreation(x exhibit) error {
	meta := x.object.Object("meta")
	created, err1 := instant(meta.String("created"))
	modified, err2 := instant(meta.String("lastModified"))
	if err1 != nil || err2 != nil || !created.Equal(modified) {
		return x.wrong("meta.lastModified", "the same as meta.created, "+meta.String("created"), meta.String("lastModified"))
	}
	return nil
}

// contentLocationIsLocation takes a relative header for what it stands for (RFC
// 7231 section 3.1.4.2).
func contentLocationIsLocation(w *world, stops []stop) (int, error) {
	all := exhibits(stops)
	for _, x := range all {
		header := x.stop.answer.Header.Get("Content-Location")
		location := x.object.Object("meta").String("location")
		if x.alone && header != "" && location != "" && header != location && absoluteURL(w, x.stop, header) != location {
			return len(all), x.wrong("the header Content-Location", "meta.location, "+location, header)
		}
	}
	return len(all), nil
}

// absoluteURL resolves a reference against the URL of the request.
func absoluteURL(w *world, s stop, reference string) string {
	base, err := url.Parse(strings.TrimSuffix(w.conn.behind, "/") + "/" + join(s.asked.Path))
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
// target may have several names: another one is right if it can be reached.
func locationsAreOurs(w *world, stops []stop) (int, error) {
	base, known := origin(w.conn.behind), map[string]bool{}
	return ofEach("Users Groups", func(x exhibit) error {
		location := x.object.Object("meta").String("location")
		if location == "" {
			return nil
		}
		u, err := url.Parse(location)
		if err != nil || !u.IsAbs() || u.Host == "" {
			return x.wrong("meta.location", "an absolute URL", location)
		}
		own := u.Scheme + "://" + u.Host
		if _, looked := known[own]; !looked {
			known[own] = strings.EqualFold(own, base) || w.reaches(u)
		}
		if !known[own] {
			return x.wrong("meta.location", "a URL that can be reached, such as one at "+base, location)
		}
		return nil
	})(w, stops)
}

// reachTime is what another host gets to accept a connection.
const reachTime = 3 * time.Second

// reaches tries whether another host than the base URL's accepts connections. It
// is sent nothing. What the embedded target names is never looked for.
func (w *world) reaches(u *url.URL) bool {
	base, err := url.Parse(w.conn.behind)
	if err != nil || w.run.options.Target.IsEmbedded() || strings.EqualFold(u.Host, base.Host) {
		return false
	}
	port := cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
	dialer := net.Dialer{Timeout: reachTime}
	conn, err := dialer.DialContext(context.Background(), "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// locationsNameTheResource takes any address above the endpoint.
func locationsNameTheResource(x exhibit) error {
	location, id := x.object.Object("meta").String("location"), x.object.String("id")
	if location == "" || id == "" {
		return nil
	}
	if found, ok := idIn(location, x.kind); !ok || found != id {
		return x.wrong("meta.location", "…/"+x.kind+"/"+id, location)
	}
	return nil
}

// idIn is the id in an address below an endpoint.
func idIn(address, endpoint string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	path := "/" + u.EscapedPath()
	i := strings.LastIndex(path, "/"+endpoint+"/")
	if i < 0 {
		return "", false
	}
	id, err := url.PathUnescape(path[i+len(endpoint)+2:])
	return id, err == nil
}

// entityTag is that of RFC 7232 section 2.3; the prefix is case sensitive.
var entityTag = regexp.MustCompile(`^(W/)?"[\x21\x23-\x7E\x80-\xFF]*"$`)

func entityTagsAreTags(_ *world, stops []stop) (int, error) {
	judged := 0
	for _, s := range stops {
		tag := s.answer.Header.Get("ETag")
		if tag == "" {
			continue
		}
		judged++
		if !entityTag.MatchString(tag) {
			return judged, &Mismatch{What: "ETag of the answer to " + s.String(), Want: `"…" or W/"…"`, Got: tag}
		}
	}
	more, err := ofEach("Users Groups", func(x exhibit) error {
		version := x.object.Object("meta").String("version")
		if strings.HasPrefix(version, "w/") {
			return x.wrong("meta.version", "the prefix W/ in a capital letter", version)
		}
		return nil
	})(nil, stops)
	return judged + more, err
}

func versionsAreETags(_ *world, stops []stop) (int, error) {
	judged := 0
	for _, x := range exhibits(stops, "Users", "Groups") {
		tag, version := x.stop.answer.Header.Get("ETag"), x.object.Object("meta").String("version")
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
