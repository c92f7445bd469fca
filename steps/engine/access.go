package engine

import (
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Describe fills in what a report says of the target of these options, also of a run that
// could not start.
func Describe(r *report.Report, o Options) {
	t := o.Target
	r.Target = report.Target{Name: t.Name, URL: t.URL, Embedded: t.IsEmbedded(), Implementation: o.Fit.Implementation}
	c := t.Credentials
	if c == nil {
		return
	}
	if c.Trust.InsecureSkipVerify {
		r.Insecure = report.Insecure
	}
	if form := c.Form(); form != (wire.Form{}) {
		r.Target.Form = &form
	}
	if form := c.Form(); form.Scheme != wire.SchemeBearer || form.Certificate || c.Way.OAuth != nil {
		r.Target.Access = &report.Access{Words: c.Way.Words(), OAuth: c.Way.OAuth != nil, Curl: c.Way.Curl()}
		r.Notes = append(r.Notes, howToAccess(c.Way))
	}
}

// howToAccess says how the commands of a report come to the credentials.
func howToAccess(w auth.Way) string {
	form := w.Form()
	text := "Authenticated by " + w.Words() + ". Commands that repeat a request read "
	switch {
	case w.Curl() != "":
		text += "$SCIM_TOKEN, which this sets: " + w.Curl()
	case w.OAuth != nil:
		text += "$SCIM_TOKEN: set it to a new access token, for which a client with a private key has to sign"
	case form.Scheme != wire.SchemeCertificate:
		text += "$" + form.Variable()
	}
	if form.Certificate {
		if form.Scheme != wire.SchemeCertificate {
			text += ", and "
		}
		text += "the names of the files with the client's certificate and key from $" + wire.CertificateVariable + " and $" + wire.KeyVariable
	}
	return text + "."
}
