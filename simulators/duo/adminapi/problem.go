package adminapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// problem is an error as the Admin API tells it. The first three digits of the
// code are the HTTP status.
type problem struct {
	code            int
	message, detail string
}

func (p *problem) Error() string {
	if p.detail == "" {
		return p.message
	}
	return p.message + ": " + p.detail
}

// The codes and messages are those that Duo's clients and their users report.

func missing(parameter string) error {
	return &problem{40001, "Missing required request parameters", parameter}
}

// invalid begins the detail with the parameter's name, which alone is what Duo
// tells there.
func invalid(parameter, format string, args ...any) error {
	return &problem{40002, "Invalid request parameters", strings.TrimPrefix(parameter+": ", ": ") + fmt.Sprintf(format, args...)}
}

func noCredentials(why string) error {
	return &problem{40101, "Missing request credentials", why}
}

func wrongKey(why string) error {
	return &problem{40102, "Invalid integration key in request credentials", why}
}

func wrongSignature(why string) error {
	return &problem{40103, "Invalid signature in request credentials", why}
}

func noDate(why string) error {
	return &problem{40104, "Missing or bad Date header", why}
}

func wrongDate(skew time.Duration) error {
	return &problem{40105, "Bad request timestamp", fmt.Sprintf(
		"the Date header is %v away from the time here, %v are allowed: set the clock", skew.Round(time.Second), maxSkew)}
}

// failed is a failure of ours. Duo's message is not known.
func failed(err error) error { return &problem{50000, "Server error", err.Error()} }

func notFound(detail string) error { return &problem{40401, "Resource not found", detail} }

// notAllowed has a code of the same form; Duo's is not known.
func notAllowed(method string, known []string) error {
	return &problem{40501, "Method not allowed", fmt.Sprintf("%s is not documented here: use %s", method, strings.Join(known, " or "))}
}

func tooMany(w http.ResponseWriter, wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	return &problem{42901, "Too many requests", fmt.Sprintf("try again in %d s", seconds)}
}

// okBody is the envelope of a success.
type okBody struct {
	Metadata *metadata `json:"metadata,omitempty"`
	Response any       `json:"response"`
	Stat     string    `json:"stat"`
}

// failBody is the envelope of an error.
type failBody struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Detail  string `json:"message_detail,omitempty"`
	Stat    string `json:"stat"`
}

func writeOK(w http.ResponseWriter, answer any) {
	body := okBody{Stat: "OK", Response: answer}
	if p, ok := answer.(*paged); ok {
		body.Metadata, body.Response = &p.metadata, p.items
	}
	writeJSON(w, http.StatusOK, body)
}

func writeProblem(w http.ResponseWriter, err error) {
	p, ok := errors.AsType[*problem](err)
	if !ok { // the directory refuses the change
		p = &problem{40002, "Invalid request parameters", strings.TrimPrefix(err.Error(), "directory: ")}
	}
	writeJSON(w, p.code/100, failBody{p.code, p.message, cut(p.detail), "FAIL"})
}

// WithoutKeys refuses every request as one with a wrong integration key, and says why
// no key is right yet.
func WithoutKeys(why string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, wrongKey(why))
	})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(body) //nolint:errchkjson // only a client that is gone makes this fail
}

// cut keeps the beginning of a detail, which repeats what the request says.
func cut(detail string) string {
	const most = 400
	runes := []rune(detail)
	if len(runes) <= most {
		return detail
	}
	return string(runes[:most]) + "…"
}
