package safety

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// certificateAdvice says what is wrong with a certificate that is not trusted, and
// what to do; "" for another error.
func certificateAdvice(base string, err error) string {
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	if !untrusted {
		return ""
	}
	host := hostOf(base)
	if name, ok := errors.AsType[x509.HostnameError](err); ok {
		return fmt.Sprintf("%s: the certificate is for %s and not for %s: use a name that it has in --target, or have one made for this name", host, subjects(name.Certificate), name.Host)
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired && invalid.Cert != nil {
		return fmt.Sprintf("%s: the certificate is valid from %s to %s only: renew it, or set the clock", host,
			invalid.Cert.NotBefore.UTC().Format(time.DateOnly), invalid.Cert.NotAfter.UTC().Format(time.DateOnly))
	}
	if unknown, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		who := "by an authority that this machine does not know"
		if c := unknown.Cert; c != nil && c.Issuer.String() == c.Subject.String() {
			who = "by itself"
		}
		return fmt.Sprintf("%s: the certificate is signed %s. If it is yours, put it, or that of its authority, into a PEM file and name that with --ca-file; "+
			"this shows it: openssl s_client -showcerts -connect %s </dev/null", host, who, host)
	}
	return ""
}

// subjects are those for which a certificate is.
func subjects(c *x509.Certificate) string {
	switch {
	case c == nil:
		return "another name"
	case len(c.DNSNames) > 0:
		return fmt.Sprint(c.DNSNames)
	case len(c.IPAddresses) > 0:
		return fmt.Sprint(c.IPAddresses)
	}
	return c.Subject.String()
}

// hostOf is the host of the URL, with a port.
func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	if u.Port() == "" {
		return u.Host + ":443"
	}
	return u.Host
}
