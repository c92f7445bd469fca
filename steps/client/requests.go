package client

import (
	"crypto/tls"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What every request has to be.

func (w *World) eachIsDeclared() error {
	return w.each("the Content-Type of %s", "application/scim+json or application/json, in UTF-8", func(x *Exchange) string {
		given := x.RequestHeader.Get("Content-Type")
		name, parameters, err := mime.ParseMediaType(given)
		charset := parameters["charset"]
		if err == nil && isJSON(name) && (charset == "" || strings.EqualFold(charset, "utf-8")) {
			return ""
		}
		return quoted(given)
	})
}

func isJSON(name string) bool { return name == scim.MediaType || name == "application/json" }

func (w *World) eachIsAnObject() error {
	return w.each("the body of %s", "one JSON object", func(x *Exchange) string {
		if x.RequestTruncated {
			return skip
		}
		_, err := scim.ParseObject(x.RequestBody)
		switch {
		case err != nil:
			return err.Error()
		case !utf8.Valid(x.RequestBody):
			return "bytes that are no UTF-8"
		}
		return ""
	})
}

func (w *World) eachLetsThrough() error {
	return w.each("the Accept header of %s", "one that lets application/scim+json or application/json through", func(x *Exchange) string {
		given := strings.Join(x.RequestHeader["Accept"], ",")
		for part := range strings.SplitSeq(given, ",") {
			name, parameters, err := mime.ParseMediaType(part)
			weight, noWeight := strconv.ParseFloat(parameters["q"], 64)
			if err == nil && (isJSON(name) || name == "application/*" || name == "*/*") && (noWeight != nil || weight > 0) {
				return ""
			}
		}
		return quoted(given)
	})
}

func (w *World) noneHasABody() error {
	return w.each("the body of %s", "none", func(x *Exchange) string {
		if len(x.RequestBody) == 0 {
			return ""
		}
		return fmt.Sprintf("%d bytes", len(x.RequestBody))
	})
}

// inURL matches what may stand in a path or a query (RFC 3986 section 3). A secret that was
// hidden has left a word in brackets.
var inURL = regexp.MustCompile(`^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*$`)

func (w *World) eachHasAnEncodedAddress() error {
	return w.each("the address of %s", "a percent-encoded URL", func(x *Exchange) string {
		switch {
		case x.Misread == Malformed && x.Method != "?":
			return quoted(string(x.RequestBody))
		case x.Misread != "":
			return skip // it was no HTTP at all, or meant for another endpoint
		}
		path, query, _ := strings.Cut(strings.ReplaceAll(afterHost(x.URL), "[hidden]", "hidden"), "?")
		plainPath, errPath := url.PathUnescape(path)
		plainQuery, errQuery := url.QueryUnescape(query)
		if !inURL.MatchString(path) || !inURL.MatchString(query) || errPath != nil || errQuery != nil ||
			!utf8.ValidString(plainPath) || !utf8.ValidString(plainQuery) {
			return quoted(afterHost(x.URL))
		}
		return ""
	})
}

// afterHost is path and query of an absolute URL as they were sent.
func afterHost(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if slash := strings.IndexByte(rest, '/'); slash >= 0 {
		return rest[slash:]
	}
	return ""
}

func (w *World) eachAddressesAnID() error {
	return w.each("the path of %s", "the endpoint and an id that the target gave, as one segment", func(x *Exchange) string {
		path := w.rec.Path(x)
		if w.typeOf(x) == nil || len(path) < 2 || path[1] == ".search" {
			return skip
		}
		if len(path) == 2 && w.rec.IDs[path[1]] {
			return ""
		}
		return quoted(rawPath(x.URL))
	})
}

// endpoints are those of RFC 7644 section 3.2.
var endpoints = []string{"Users", "Groups", "Me", "ServiceProviderConfig", "ResourceTypes", "Schemas", "Bulk", ".search"}

func (w *World) eachGoesBelow() error {
	return w.each("the address of %s", w.rec.Base+" and an endpoint of the standard", func(x *Exchange) string {
		path := w.rec.Path(x)
		root := strings.TrimSuffix(rawPath(x.URL), "/") == rawPath(w.rec.Base)
		if root || len(path) > 0 && slices.Contains(endpoints, path[0]) {
			return ""
		}
		return x.URL
	})
}

func (w *World) eachHasABearer() error {
	return w.each("the Authorization header of %s", "Bearer and a token", func(x *Exchange) string {
		if path := w.rec.Path(x); len(path) == 1 && path[0] == "ServiceProviderConfig" {
			return skip
		}
		given := x.RequestHeader["Authorization"]
		if len(given) == 1 && len(given[0]) > len("bearer ") && strings.EqualFold(given[0][:len("bearer ")], "bearer ") {
			return ""
		}
		if len(given) == 0 {
			return "none"
		}
		return quoted(strings.Join(given, ", "))
	})
}

func (w *World) noneHasTheTokenInItsAddress() error {
	return w.each("the address of %s", "one without the token", func(x *Exchange) string {
		if x.Token.Address {
			return "the token is in it"
		}
		return ""
	})
}

func (w *World) noneHasTheTokenTwice() error {
	return w.each("the places of the token in %s", "at most one of header, address and body", func(x *Exchange) string {
		var places []string
		for name, has := range map[string]bool{"header": x.Token.Header, "address": x.Token.Address, "body": x.Token.Body} {
			if has {
				places = append(places, name)
			}
		}
		if len(places) < 2 {
			return ""
		}
		slices.Sort(places)
		return strings.Join(places, " and ")
	})
}

func (w *World) noTokenElsewhere() error {
	for _, x := range w.rec.Exchanges {
		if !x.Elsewhere {
			continue
		}
		bearer := x.RequestHeader.Get("Authorization") != ""
		if err := w.expectOf(x, !bearer && !x.Token.Anywhere(), "%s at the other host", "no token", "the token"); err != nil {
			w.chosen = append(w.chosen, x)
			return err
		}
	}
	return w.expect(true, "", "", "")
}

func (w *World) eachCameOverTLS() error {
	return w.each("the connection of %s", "TLS 1.2 or later", func(x *Exchange) string {
		switch {
		case x.TLS >= tls.VersionTLS12:
			return ""
		case x.Misread != "":
			return string(x.Misread)
		}
		return tls.VersionName(x.TLS)
	})
}

func (w *World) noneIsFooled() error {
	if w.rec.Impostors == 0 {
		return untested("the client tried no connection meanwhile")
	}
	for _, x := range w.chosen {
		if err := w.expectOf(x, !x.Imposture, "%s over a connection with the certificate of somebody-else.invalid", "no request", x.Method); err != nil {
			return err
		}
	}
	return w.expect(true, "", "", "")
}

// quoted is a text in a message, "none" if it is empty.
func quoted(text string) string {
	if text == "" {
		return "none"
	}
	return strconv.Quote(text)
}

func textOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, _ := scim.Marshal(v) // nothing that was parsed cannot be written
	return string(data)
}

// isQuery says whether the request reads, by GET or as a search by POST.
func isQuery(x *Exchange) bool {
	return x.Method == http.MethodGet || x.Method == http.MethodPost && strings.HasSuffix(rawPath(x.URL), "/.search")
}
