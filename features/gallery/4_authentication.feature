Feature: Entra gallery: authentication and pace
  One of the two tests of authentication has to pass; a fixed bearer token leaves both undone.
  Source: AzureAD/SCIMReferenceCode, SCIM-Validation-Test-Overview.md of August 2026; MicrosoftDocs/entra-docs, app-gallery-user-provisioning-requirements.md and validate-user-provisioning-app-gallery.md of 26 August 2026; read in November 2026.

  @GALLERY-SCIM-07 @DOCUMENTED @one-of.authentication
  Rule: Validate_Credentials_Test: client credentials get a token that lives for one to six hours, and serves
    Skipped with a fixed bearer token.

    Example: a token and a request with it
      Given the run gets its token by client credentials
      When the client sends GET /Users?count=1
      Then the answer is 200 with a list
      And the token endpoint has said that its token lives from 60 to 360 minutes

  @GALLERY-SCIM-08 @DOCUMENTED @one-of.authentication
  Rule: Federated_Identity_Test: a signed assertion is exchanged for a token, which serves
    The identity provider's own token cannot be had here. What can be tried is the exchange that
    the generic form of the test makes, with a client assertion of RFC 7523: a run whose way in
    is private_key_jwt does that. Skipped otherwise.

    Example: a token and a request with it
      Given the run gets its token by a signed assertion
      When the client sends GET /Users?count=1
      Then the answer is 200 with a list

  @GALLERY-LOAD-01 @DOCUMENTED @load
  Rule: Twenty-five requests per second are answered
    Not one of the tests, but required beside them: 25 requests per second for each tenant. The
    client only reads: it looks for a user who does not exist. It does so only if the run is told
    to (--load), when nothing else is asked of the target.

    Example: for a minute
      When the client looks for a user who does not exist, 25 times per second
      Then none of these look-ups is refused, and their answers do not fall behind
