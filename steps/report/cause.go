package report

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

var (
	// passing matches what differs from one run of a check to the next and says
	// nothing about the cause: marks of scenarios, ids in addresses and ids that are
	// long, times, ports.
	passing = regexp.MustCompile(`(?i)sduo-[0-9a-f]{8}(?:-\d+)?|(/(?:Users|Groups)/)[^\s\x00/?#"',:;)]+|[0-9a-f]{8,}(?:-[0-9a-f]+)*|[0-9a-z_-]{20,}|\d{4,}`)
	// values matches what differs from one place to the next of the same mistake.
	values = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|“[^”]*”|\B'[^'\n]*'\B|\[\d+(?:\.\.\d+)?\]|\b\d+\b`)
	// texts matches attributes that a server treats in the same way, whichever it is.
	texts = regexp.MustCompile(`\b(?:displayName|nickName|profileUrl|title|userType|preferredLanguage|locale|timezone|(?:name\.)?(?:formatted|familyName|givenName|middleName|honorificPrefix|honorificSuffix))\b`)
	// lists matches the attributes of the core schema that hold several values.
	lists = regexp.MustCompile(`\b(?:emails|phoneNumbers|ims|photos|addresses|entitlements|roles|x509Certificates)\b`)
	// lookFor matches a look for somebody, up to the filter.
	lookFor = regexp.MustCompile(`^(.* found where )(.*)$`)
	// term matches a word of a filter that is an attribute or a value.
	term = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[\w:.$-]+`)
	// pageNumber matches a number of a list that is wrong, and number the first one in a text.
	pageNumber = regexp.MustCompile(`^(?:totalResults|itemsPerPage|startIndex)\b`)
	number     = regexp.MustCompile(`\b\d+\b`)
	// wantsOrder, wantsSelection and wantsExclusion match what is wanted of a list that is sorted,
	// and of resources that are shown in parts, whatever the attributes are.
	wantsOrder     = regexp.MustCompile(`^an order by `)
	wantsSelection = regexp.MustCompile(`^nothing but .* what is always returned`)
	wantsExclusion = regexp.MustCompile(`^no .* in the resource$`)
	// refused matches an answer that tells its status and, in brackets, what it said.
	refused = regexp.MustCompile(`^([45]\d\d) \((.*)\)`)
	// duoRefused matches an entry of the Activity Log that tells a refusal: the method, the status
	// and what the answer said.
	duoRefused = regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE) /\S+: the target answered ([45]\d\d)[^:;"]*(?:: ([^;"]*))?`)
	// unserved matches an answer by which a target has no such method, and method the one that was sent.
	unserved = regexp.MustCompile(`^(405|501)\b`)
	method   = regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE) /(?:\S*(/\.search))?`)
	// endpoint matches a request to an endpoint, and not to one resource there.
	endpoint = regexp.MustCompile(`\b(?:GET|POST|PUT|PATCH|DELETE) /\.?\w+(?: |\?|$)`)
	// succeeded, refusalStatus and refusal match what came or was wanted, where that is a status.
	succeeded     = regexp.MustCompile(`^[23]\d\d\b`)
	refusalStatus = regexp.MustCompile(`^[45]\d\d\b`)
	refusal       = regexp.MustCompile(`^(?:[45]\d\d\b|a status from 4|a refusal|refused)`)
	// provoked matches what is wanted of an answer to a request that makes no sense, which no client sends.
	provoked     = regexp.MustCompile(`^(?:4(?:00|1[0-9]|2[0-9])\b|a status from 4|a status below 500|a refusal|refused|a SCIM error)`)
	statusNumber = regexp.MustCompile(`^[1-5]\d\d$`)
	// blocking matches the message of what was blocked: what, the wanted, the found.
	blocking = regexp.MustCompile(`(?s)^(.*): want (.*), got (.*)$`)
)

// maxCause is how much of a text tells a cause, in bytes: what begins like this
// and differs later has no other cause.
const maxCause = 2000

// Cause is the same text for examples that were found wrong in the same way.
func Cause(e Example) string {
	text := words.Head(e.Message, maxCause) + "\x00" + words.Head(e.Want, maxCause) + "\x00" + words.Head(e.Got, maxCause)
	return passing.ReplaceAllString(text, "${1}#")
}

// rootCause is the same text for examples, of any requirement, that are wrong for one
// reason: an error of the server that says the same, or the same difference at several
// places. Two rules by which a request has to be refused have nothing in common but that
// it was not, so each is a cause of its own. Shared says whether it is an error, which
// says by itself what to mend.
func rootCause(q *Requirement, e Example) (cause string, shared bool) {
	what, want, got := wrong(e)
	duo := duoRefused.FindStringSubmatch(got)
	switch said := refused.FindStringSubmatch(got); {
	case duo != nil && unserved.MatchString(duo[2]):
		return "unserved\x00" + duo[2] + "\x00" + duo[1], true
	case duo != nil && duo[2] != "404" && duo[3] != "":
		return "refused\x00" + duo[2] + "\x00" + masked(duo[3]), true
	case takenWrongly(e):
		return "taken\x00" + q.ID, false
	case want == "401" && refusedOtherwise(e): // what it says of the request is not the point
		return "refused before the credentials\x00" + got[:3], false
	case unserved.MatchString(got) && !refusal.MatchString(want):
		return unservedMethod(what, got, e), true
	case said != nil && said[1] != "404":
		return "refused\x00" + said[1] + "\x00" + masked(said[2]), true
	case strings.HasPrefix(got, "404") && endpoint.MatchString(what):
		return "missing\x00" + strings.TrimRight(endpoint.FindString(what), " ?"), true
	case want == "a SCIM error":
		return "no error message\x00" + masked(got), true
	case wantsOrder.MatchString(want), wantsSelection.MatchString(want), wantsExclusion.MatchString(want):
		return ableTo(want), false
	case strings.HasPrefix(what, "the members of ") && !strings.Contains(got, "of which"):
		return "members\x00" + memberRelation(want, got) + "\x00" + lastWrite(e), false
	case pageNumber.MatchString(what) && number.MatchString(got):
		return pageNumber.FindString(what) + "\x00" + direction(want, got), false
	case (got == "none" || got == "null") && refusedAltogether(e):
		return "missing\x00" + RequestOf(Deciding(e)), true
	}
	return masked(what) + "\x00" + masked(want) + "\x00" + masked(got), false
}

// unservedMethod tells by which status a method is not served; a search is one of its own.
func unservedMethod(what, got string, e Example) string {
	asked := method.FindStringSubmatch(what)
	if x := Deciding(e); asked == nil && x != nil {
		asked = method.FindStringSubmatch(RequestOf(x))
	}
	if asked == nil {
		return "unserved\x00" + got[:3]
	}
	return "unserved\x00" + got[:3] + "\x00" + asked[1] + asked[2]
}

// ableTo names what the target has to do with the attributes that a request names.
func ableTo(want string) string {
	switch {
	case wantsOrder.MatchString(want):
		return "sorting"
	case wantsSelection.MatchString(want):
		return "selection"
	}
	return "exclusion"
}

// direction says whether a number is too small or too large.
func direction(want, got string) string {
	wanted, _ := strconv.Atoi(number.FindString(want))
	found, _ := strconv.Atoi(number.FindString(got))
	if found < wanted {
		return "too small"
	}
	return "too large"
}

// refusedAltogether says whether a value is missed in an answer that has none at all: the
// endpoint is not there.
func refusedAltogether(e Example) bool {
	x := Deciding(e)
	return x != nil && x.Status == http.StatusNotFound && endpoint.MatchString(RequestOf(x))
}

// RequestOf is the request as messages name it, below any base URL.
func RequestOf(x *wire.Exchange) string { return x.Method + " " + resourceOf(pathOf(x.URL)) }

func pathOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}

// takenWrongly says whether the target did what it has to refuse.
func takenWrongly(e Example) bool {
	_, want, got := wrong(e)
	return succeeded.MatchString(got) && refusal.MatchString(want)
}

// refusedWrongly says whether the target refused what it has to do, sent the client elsewhere,
// or gave no answer.
func refusedWrongly(e Example) bool {
	_, want, got := wrong(e)
	x := Deciding(e)
	return !refusal.MatchString(want) && (refusalStatus.MatchString(got) || x != nil && (x.Status == 0 || x.Status/100 == 3))
}

// refusedOtherwise says whether the target refused what it has to refuse, by another status.
func refusedOtherwise(e Example) bool {
	_, want, got := wrong(e)
	return refusalStatus.MatchString(want) && refusalStatus.MatchString(got) && got[0] == '4'
}

// keptOut says whether the target let nobody in who has to be refused for his credentials, although
// it broke instead of saying so.
func keptOut(e Example) bool {
	_, want, got := wrong(e)
	return strings.Contains(want, "401") && refusalStatus.MatchString(got)
}

// wrong is what is wrong in the example. What was blocked tells it in its message alone.
func wrong(e Example) (what, want, got string) {
	if m := blocking.FindStringSubmatch(e.Message); e.Want == "" && e.Got == "" && m != nil {
		return m[1], m[2], m[3]
	}
	return e.Message, e.Want, e.Got
}

// masked is the text without what differs from place to place.
func masked(text string) string {
	text = words.Head(text, maxCause)
	text = passing.ReplaceAllString(text, "${1}#")
	if m := lookFor.FindStringSubmatch(text); m != nil {
		text = m[1] + maskedFilter(m[2])
	}
	text = lists.ReplaceAllString(texts.ReplaceAllString(text, "a text"), "a list")
	return strings.Join(strings.Fields(values.ReplaceAllStringFunc(text, maskedValue)), " ")
}

// maskedValue leaves a status as it is: another one is another cause.
func maskedValue(value string) string {
	if statusNumber.MatchString(value) {
		return value
	}
	return "#"
}

// filterWords are what a filter asks; all other words in it say of whom.
var filterWords = map[string]bool{
	"eq": true, "ne": true, "co": true, "sw": true, "ew": true, "gt": true, "ge": true, "lt": true, "le": true, "pr": true,
	"and": true, "or": true, "not": true, "null": true,
}

func maskedFilter(text string) string {
	return term.ReplaceAllStringFunc(text, func(word string) string {
		if filterWords[word] {
			return word
		}
		return "#"
	})
}
