package wire

import "strings"

// CertificateVariable and KeyVariable name, in what repeats a request, the files of a client
// certificate.
const (
	CertificateVariable = "SCIM_CERT"
	KeyVariable         = "SCIM_KEY"
)

// Shell is the option of curl, in words of a POSIX shell, that sends credentials in this form.
// Written is how they are made of a bearer token, see WithCredentials: "Bearer {token}" for the
// right ones. The secret is read from the environment. "" means that no header shows them.
func (f Form) Shell(written string) string {
	_, credential, isBearer := CutBearer(written)
	switch {
	case f.Scheme == SchemeHeader && (isBearer || written == ""):
		return "-H " + f.shellField(f.Header, credential)
	case f.Scheme == SchemeBasic && isBearer && strings.Contains(credential, "{second token}"): // a user and a password
		return "-u " + f.shellText("", credential)
	case f.Scheme == SchemeBasic && isBearer && credential != "":
		return "-u " + f.shellText(f.User+":", credential)
	case f.Scheme == SchemeBasic && isBearer:
		return "-H " + f.shellField("Authorization", "Basic")
	case f.Scheme == SchemeCertificate && f.Certificate:
		return ""
	}
	return "-H " + f.shellField("Authorization", written)
}

// shellField is a word for a header field.
func (f Form) shellField(name, written string) string {
	if strings.TrimSpace(written) == "" {
		return shellQuote(name + ";") // curl's way to send a header without a value
	}
	return f.shellText(name+": ", written)
}

// shellText is a word for a text whose placeholders are filled from the environment.
func (f Form) shellText(before, written string) string {
	literals, parts := SplitCredentials(before + written)
	var b strings.Builder
	for i, literal := range literals {
		if literal != "" {
			b.WriteString(shellQuote(literal))
		}
		if i < len(parts) {
			b.WriteString(strings.ReplaceAll(parts[i].Shell, TokenVariable, f.Variable()))
		}
	}
	return b.String()
}

// ShellConnection are the options of curl for the connection, in words of a POSIX shell.
func (f Form) ShellConnection() []string {
	var words []string
	if f.Insecure {
		words = append(words, "--insecure")
	}
	if f.Certificate {
		words = append(words, `--cert "$`+CertificateVariable+`" --key "$`+KeyVariable+`"`)
	}
	return words
}

// form is how the request showed its credentials.
func (e *Exchange) form() Form {
	if e.Form == nil {
		return Form{}
	}
	return *e.Form
}

func (e *Exchange) curlConnection() []string { return e.form().ShellConnection() }

// Written is how the credentials of the request are made of a bearer token; "" if it showed
// none, or none that a report can tell.
func (e *Exchange) Written() (written string, told bool) {
	switch {
	case e.Credentials != nil:
		return *e.Credentials, true
	case e.form().Scheme == SchemeHeader:
		return "Bearer {token}", e.RequestHeader.Get(e.Form.Header) == hidden
	}
	scheme, value, _ := strings.Cut(hideHeader("Authorization", e.RequestHeader.Get("Authorization")), " ")
	mine := map[string]string{SchemeBearer: "Bearer", SchemeBasic: "Basic"}[e.form().Scheme]
	if mine == "" || value != hidden || !strings.EqualFold(scheme, mine) {
		return "", false
	}
	return SchemeLike("Bearer", scheme) + " {token}", true
}

// Shows says whether the header field of this name shows the credentials.
func (e *Exchange) Shows(name string) bool {
	if e.form().Scheme == SchemeHeader && strings.EqualFold(name, e.Form.Header) {
		return true
	}
	return name == "Authorization"
}

// shellCredentials is the option for the header field of this name; "" if it shows no
// credentials that can be told.
func (e *Exchange) shellCredentials(name string) string {
	written, told := e.Written()
	if !told || !e.Shows(name) {
		return ""
	}
	if e.form().Scheme == SchemeBearer && e.Credentials == nil {
		scheme, _, _ := strings.Cut(written, " ")
		return `-H "Authorization: ` + scheme + ` $SCIM_TOKEN"`
	}
	return e.form().Shell(written)
}
