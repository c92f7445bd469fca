// Package duo plays Cisco Duo's Automated Provisioning against a SCIM endpoint:
// the Provisioning tab of an application (Application), the attribute mapping
// (Mapping), the connector behind it (Provisioner) and the Activity Log (Log).
//
// Documented and observed behaviour is fixed. Unpublished behaviour, above all the
// shape of the requests, is a field of Profile with its alternatives: no capture
// of Duo's SCIM traffic is public, so every request here is a declared hypothesis
// and not a claim about Duo.
//
// The engine runs in cycles (Provisioner.Run). It keeps what the target is known
// to have in a store (package store) and sends what the directory demands
// otherwise. A request that changes something is announced in the store before it
// is sent; one without an answer is looked up at the target before anything is
// repeated. What protects the tenant (Limit, retries, dead letters, quarantine) is
// the simulator's own: nothing about it is published.
//
// Sources, as comments name them: "Cisco guide 225885" (Provision Users and
// Groups to Secure Access via DUO), "Duo documentation" (duo.com/docs, pages
// automated-provisioning, user-attributes and rate-limits), "Cisco lab
// LTRCOL-2004" (WebexCC-SA/LTRCOL-2004, Duo to Webex, with screenshots),
// "POD-Automator" (mokuma56/POD-Automator, a third party's automation of Duo to
// Secure Access), "MANTL" (a vendor's page on Duo as SCIM source).
package duo
