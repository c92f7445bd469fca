// Package duo plays Cisco Duo's Automated Provisioning against a SCIM endpoint:
// the Provisioning tab of an application (Application), the attribute mapping
// (Mapping), the connector behind it (Provisioner) and the Activity Log (Log).
//
// What is documented or was observed is fixed behaviour. What nobody outside
// Duo knows, above all the shape of the requests, is a field of Profile with
// its alternatives: no capture of Duo's SCIM traffic is public, so every
// request here is a declared hypothesis and not a claim about Duo.
//
// Sources, as comments name them: "Cisco guide 225885" (Provision Users and
// Groups to Secure Access via DUO), "Duo documentation" (duo.com/docs, pages
// automated-provisioning, user-attributes and rate-limits), "Cisco lab
// LTRCOL-2004" (WebexCC-SA/LTRCOL-2004, Duo to Webex, with screenshots),
// "POD-Automator" (mokuma56/POD-Automator, a third party's automation of Duo to
// Secure Access), "MANTL" (a vendor's page on Duo as SCIM source).
package duo
