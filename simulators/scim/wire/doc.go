// Package wire sends SCIM requests over HTTP and records what was said: a client,
// one recorder for both directions, exchanges without secrets, and the ways to
// show and repeat an exchange. It interprets no answer.
package wire
