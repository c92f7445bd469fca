Feature: SCIM Interoperability Profile, draft 01: 4 Conformance
  The profile is draft-zollner-scim-interop-profile-01 of 15 April 2026, read in November 2026. A server keeps to it
  if all that is binding for servers holds: the answer to that is the readiness of this profile.

  @INTEROP01-4-01 @MUST
  Rule: Who claims conformance says so by the boolean true
    interopProfileConformant stands in /ServiceProviderConfig, single-valued and returned by default.

    Example: the claim, if there is any
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      And every "interopProfileConformant" of the answer is a boolean, if there

  @INTEROP01-4-02 @MUST @claim
  Rule: Who does not conform does not claim it
    The attribute is absent or false then. This is judged last, by everything binding that this run has judged of the
    profile: a claim is believed when nothing speaks against it.

    Example: the claim is held against the verdicts
      When the client sends GET /ServiceProviderConfig
      Then "interopProfileConformant" is true only if all that is binding in INTEROP01 holds
