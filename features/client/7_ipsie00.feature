@draft.ipsie00
Feature: Clients under IPSIE's AL SCIM profile, draft 00
  Judged when it is asked for (judge-client --profile ipsie-al1 or ipsie-al2).
  Source: IPSIE AL SCIM 2.0 profile, draft 00 of September 2026 (openid/ipsie-scim-al), in the section that a Rule names.

  @CLIENT-IPSIE00-01 @SHALL @security
  Rule: Requests show a bearer token
    Section 4.1.

    Example: every request
      When the client sends requests
      Then each but for the service provider configuration has a bearer token in its Authorization header

  @CLIENT-IPSIE00-02 @MUST-NOT @security
  Rule: No password is sent
    Section 6.1.2. Okta sends one with each creation.

    Example: every change
      When the client sends changes
      Then none has a password

  @CLIENT-IPSIE00-03 @SHOULD
  Rule: Groups are listed without their members
    Section 6.2.3.

    Example: every list of groups
      When the client sends lists of groups
      Then each leaves out the members
