// Package wire sends SCIM requests over HTTP and records them. It has a client,
// one recorder for both directions, exchanges without secrets, and ways to show
// and repeat an exchange. It does not interpret answers.
package wire
