// Package scim is the language that both sides of the simulation speak: SCIM
// 2.0 resources as ordered JSON objects (RFC 7643), the protocol's paths,
// filters, PATCH, lists and errors (RFC 7644), and the HTTP wire under them,
// with a client and one recorder of exchanges for both directions.
//
// It knows neither Duo nor Secure Access, and it judges nothing.
package scim
