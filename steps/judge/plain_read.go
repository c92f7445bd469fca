package judge

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What a target does wrong with the plainest read, and that many requirements see: see
// FlawedPlainly.

var plainReads = []plainAnswer{
	{"RFC7644-2-01", wantsCredentials, servesAnybody},
	{"RFC7644-3.4.2-02", whatever(lists("Users")), listsNobody("Users")},
	{"RFC7644-3.4.2-02", whatever(lists("Groups")), listsNobody("Groups")},
	{"RFC7644-3.4.2.2-02", seeks("Users"), findsNobody("Users")},
	{"RFC7644-3.4.2.2-02", seeks("Groups"), findsNobody("Groups")},
	{"RFC7643-5-02", isAbout("bulk.maxOperations", "bulk.maxPayloadSize"), limitsNoBulk},
	{"RFC7644-3.8-02", wantsMediaType, hasAnotherMediaType},
	{"RFC7643-3.1-17", isAbout(", meta", "meta.lastModified"), datesEveryRead},
	{"RFC7644-3.14-05", dependsOnVersion, overlooksVersion},
	{"RFC7644-3.14-05", isAbout("how many of several DELETE "), deletesAnotherVersion},
	{"RFC7644-3.14-03", func(m *Mismatch, _ wire.Request) bool { return m.Want == "304" }, sendsAgain},
	{"RFC7644-3.14-01", isAboutTags, writesTagsBadly},
	{"RFC7644-1.2-01", asksWithPlus, readsPlusAsSpace},
	{"RFC7644-3.14-01", isAbout("etag of ", "the ETag of ", "the header ETag"), hasNoTag},
	{"RFC7644-3.14-01", isAbout("the header ETag of the answer to POST"), createsWithoutTag},
	{"RFC7643-3.1-10", filtersBy("externalId"), foldsExternalID},
	{"RFC7644-3.4.2.2-03", filtersBy("emails.primary"), findsNoPrimary},
	{"RFC7644-3.4.2.2-12", ordersTexts, putsCapitalsFirst},
	{"RFC7644-3.4.2.5-02", choosesInList, overlooksAttributesInLists},
	{"RFC7644-3.4.2.2-18", groupsConditions, diesOfParentheses},
	{"RFC7644-3.4.2.2-01", breaksAtFilter, breaksAtMostFilters},
	{"RFC7644-3.4.2.2-18", findsByGroups, overlooksParentheses},
	{"RFC7644-3.4.2.2-32", filtersBy("externalId"), findsNobodyBy("externalId")},
	{"RFC7643-4.1.1-18", looksUpByName, findsByAddress},
	{"RFC7644-3.4.2.2-02", filtersBy("displayName"), findsNobodyBy("displayName")},
	{"RFC7644-3.4.2.2-36", hasEscape, misreadsEscapes},
}

// hasEscape recognises a filter with an escaped quote or backslash that is refused or finds nobody.
func hasEscape(m *Mismatch, r wire.Request) bool {
	text := ParameterOf(r, "filter")
	return (strings.Contains(text, `\\`) || strings.Contains(text, `\"`)) && (m.Got == "" || strings.HasPrefix(m.Got, "4") || strings.HasPrefix(m.Got, "nobody"))
}

// misreadsEscapes looks for a user by a displayName with a quote, and by one without.
func misreadsEscapes(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{own.Mark() + " Ann Other", own.Mark() + ` "Ann" Other`} {
		user := Merge(own.Template("Users", "escape-"+strconv.Itoa(len(name))), scim.NewObject(scim.Member{Name: "displayName", Value: name}))
		if err := own.Make(ctx, "P", "Users", user); err != nil {
			return "", err
		}
		r := Querying("filter", "displayName eq "+Text(name), "Users")
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil {
			return "", err
		}
		list, problem := ListOf(answer)
		found := problem == "" && len(list.Resources) > 0
		if quoted := strings.Contains(name, `"`); found || !quoted {
			if quoted || !found {
				return "", nil
			}
			continue
		}
		return "a value with an escaped quote is not found: " + RequestText(r) + " is answered " + StatusOf(answer), nil
	}
	return "", nil
}

// wantsCredentials recognises a request with credentials of its own that is served all the same.
func wantsCredentials(m *Mismatch, r wire.Request) bool {
	_, changed := r.Header["Authorization"]
	return changed && !strings.HasPrefix(m.Got, "4") || strings.Contains(m.Want, "each 401") && m.Got == "none"
}

func servesAnybody(ctx context.Context, own *Session) (string, error) {
	r := Reading("Users")
	r.Header = http.Header{"Authorization": nil}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	return "the target serves everybody: GET /Users without credentials is answered 200", nil
}

func limitsNoBulk(ctx context.Context, own *Session) (string, error) {
	answer, err := own.Send(ctx, own.Client(), Reading("ServiceProviderConfig"))
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	config, err := ObjectIn(answer)
	if bulk := config.Object("bulk"); err != nil || bulk == nil || value(bulk, "maxOperations") != nil && value(bulk, "maxPayloadSize") != nil {
		return "", nil //nolint:nilerr // what cannot be read is told elsewhere
	}
	return "/ServiceProviderConfig names no limits of bulk requests", nil
}

func wantsMediaType(m *Mismatch, _ wire.Request) bool {
	return strings.HasPrefix(m.Want, "Content-Type ")
}

func hasAnotherMediaType(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-type")); err != nil {
		return "", err
	}
	answer, err := own.Send(ctx, own.Client(), Reading("Users", own.Subjects["P"].ID))
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	kind, _, _ := strings.Cut(strings.ToLower(answer.Header.Get("Content-Type")), ";")
	if kind = strings.TrimSpace(kind); kind == scim.MediaType || kind == "application/json" {
		return "", nil
	}
	return "the media type of a user is neither that of SCIM nor that of JSON: GET /Users/{id} is answered with Content-Type " + kind, nil
}

// foldsExternalID looks for a user by an externalId in other letters.
func foldsExternalID(ctx context.Context, own *Session) (string, error) {
	user := own.Template("Users", "folded-externalId")
	user.Set("externalId", own.Mark()+"-fOLdeD")
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	r := Querying("filter", "externalId eq "+Text(own.Mark()+"-FolDEd"), "Users")
	got, err := own.shownBy(ctx, r)
	if err != nil || !slices.Contains(got, own.Subjects["P"].ID) {
		return "", err
	}
	return "an externalId is found in other letters: " + RequestText(r), nil
}

// asksWithPlus recognises a filter with a plus sign.
func asksWithPlus(_ *Mismatch, r wire.Request) bool {
	return strings.Contains(ParameterOf(r, "filter"), "+")
}

// readsPlusAsSpace looks for somebody whose name has a plus sign, and for somebody else.
func readsPlusAsSpace(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{"plain-no-plus", "plain-a+b"} {
		if err := own.Make(ctx, name, "Users", own.Template("Users", name)); err != nil {
			return "", err
		}
		r := Querying("filter", "userName eq "+Text(own.UserName(name)), "Users")
		found, err := own.shownBy(ctx, r)
		if err != nil || len(found) == 0 && !strings.Contains(name, "+") {
			return "", err
		}
		if len(found) == 0 {
			return "a plus sign in a filter is misread in the plainest form: " + RequestText(r) + " does not find the user who has the name", nil
		}
	}
	return "", nil
}

// choosesInList recognises a list that shows more than was asked for.
func choosesInList(m *Mismatch, r wire.Request) bool {
	return len(r.Path) == 1 && (selects(r, "attributes") || selects(r, "excludedAttributes")) &&
		(strings.HasPrefix(m.Want, "nothing but") || strings.HasPrefix(m.Want, "no "))
}

func overlooksAttributesInLists(ctx context.Context, own *Session) (string, error) {
	user := Merge(own.Template("Users", "plain-list"), MustObject(`{"displayName": "Ann Other", "name": {"givenName": "Ann", "familyName": "Other"}}`))
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	r := Querying("filter", "userName eq "+Text(own.UserName("plain-list")), "Users")
	r.Query = append(r.Query, [2]string{"attributes", "displayName"})
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil {
		return "", err
	}
	list, problem := ListOf(answer)
	if problem != "" || len(list.Resources) != 1 || list.Resources[0].Object("name") == nil {
		return "", nil
	}
	return "the choice is overlooked in lists in its plainest form: " + RequestText(r) + " shows name", nil
}

// groupsConditions recognises a filter with parentheses that gets no answer.
func groupsConditions(m *Mismatch, r wire.Request) bool {
	return m.Want == wantsAnswer && strings.Contains(ParameterOf(r, "filter"), "(")
}

func diesOfParentheses(ctx context.Context, own *Session) (string, error) {
	one := plainText("Users")
	r := Querying("filter", "("+one+" or "+one+") and "+one, "Users")
	_, err := own.Send(ctx, own.Client(), r)
	if IsUnanswered(err) {
		return "the plainest filter with parentheses gets no answer: " + RequestText(r), nil
	}
	return "", err
}

// breaksAtFilter recognises a filter at which the target fails.
func breaksAtFilter(m *Mismatch, r wire.Request) bool {
	return strings.HasPrefix(m.Got, "50") && !strings.HasPrefix(m.Got, "501") && ParameterOf(r, "filter") != ""
}

func breaksAtMostFilters(ctx context.Context, own *Session) (string, error) {
	r := Querying("filter", "nickName eq "+Text(plainValue), "Users")
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status < http.StatusInternalServerError || answer.Status == http.StatusNotImplemented {
		return "", err
	}
	return "a filter is an error of the server in its plainest form: " + RequestText(r) + " is answered " + StatusOf(answer), nil
}

// findsByGroups recognises what a filter with parentheses finds.
func findsByGroups(m *Mismatch, r wire.Request) bool {
	return strings.Contains(ParameterOf(r, "filter"), "(") && strings.Contains(m.What, " found where ")
}

func overlooksParentheses(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "grouped")); err != nil {
		return "", err
	}
	one, none := "userName eq "+Text(own.UserName("grouped")), plainText("Users")
	for _, text := range []string{none + " and (" + none + " or " + one + ")", "(" + one + " or " + none + ") and " + none} {
		found, err := own.shownBy(ctx, Querying("filter", text, "Users"))
		if len(found) > 0 || err != nil {
			return "parentheses are overlooked in their plainest form: GET /Users?filter=" + text + " finds somebody", err
		}
	}
	return "", nil
}
