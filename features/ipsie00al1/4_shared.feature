Feature: IPSIE AL SCIM profile, draft 00: 4 Shared prerequisites
  The profile is draft 00 of September 2026 of the OpenID Foundation's IPSIE working group (openid/ipsie-scim-al,
  draft-openid-ipsie-al-scim-profile.md), read in November 2026. What it says of the Application is about the server.

  @IPSIE00AL1-4.1-01 @MUST @security
  Rule: Every request is authorized by OAuth 2.0

    Example: the configuration names it
      When the client sends GET /ServiceProviderConfig
      Then an authentication scheme in it is "oauth2" or "oauthbearertoken"

    Example: without a token nothing is shown
      When the client without credentials sends GET /Users
      Then the answer is 401

  @IPSIE00AL1-4.1-02 @MUST
  Rule: Tokens are granted for client_credentials, with a JWT of the client
    RFC 7523 section 2.2. The draft contradicts itself here: it also demands HTTP Basic towards the token endpoint and
    forbids a client_assertion in the body, which is where that section puts the JWT.

    Example: what the metadata say
      When the client reads the metadata of the authorization server
      Then they list "client_credentials" in "grant_types_supported"
      And they list "private_key_jwt" or "client_secret_jwt" in "token_endpoint_auth_methods_supported"

  @IPSIE00AL1-4.1-03 @MUST
  Rule: A token has the scope scim, and no more than that
    What a token permits is between the authorization server and the application; what can be seen is the list of scopes.

    Example: what the metadata say
      When the client reads the metadata of the authorization server
      Then they list "scim" in "scopes_supported", if they have it

  @IPSIE00AL1-4.1-04 @MUST
  Rule: The authorization server has metadata
    RFC 8414. Looked for at the host of the base URL; an authorization server elsewhere cannot be found from there.

    Example: they are where RFC 8414 has them
      When the client reads the metadata of the authorization server
      Then they have "issuer"

  @IPSIE00AL1-4.1-05 @MUST
  Rule: The metadata name the token endpoint

    Example: what the metadata say
      When the client reads the metadata of the authorization server
      Then they have "token_endpoint"

  @IPSIE00AL1-4.2-01 @MUST @claim
  Rule: The SCIM Interoperability Profile is kept
    Draft 01 is the one that is judged here. Where both differ, this profile goes further: it demands bulk requests.

    Example: its verdicts
      When the client sends GET /ServiceProviderConfig
      Then all that is binding in INTEROP01 holds

  @IPSIE00AL1-4.2-02 @SHALL @unobservable
  Rule: The server does what RFC 7643 and RFC 7644 require
    It is the whole of another profile: judge --profile rfc. Both cannot be kept to the letter, as the Interoperability
    Profile contradicts RFC 7644; its Rules say where.

  @IPSIE00AL1-4.2-03 @MUST-NOT @unobservable
  Rule: Users and groups are not changed in the application itself
    The draft says "prohibited". How somebody may change them beside SCIM cannot be seen by SCIM.

  @IPSIE00AL1-4.3-01 @MUST @unobservable
  Rule: Rates are limited, with 429 and Retry-After
    To see it takes a load that goes beyond a limit nobody has announced, which no run sends unasked. Where a target answers
    429 by itself, RFC7644-7.6-01 judges the form.

  @IPSIE00AL1-4.3-02 @MUST @unobservable
  Rule: 25 requests a second are served, for each tenant
    To see it takes 25 requests a second over some time, which no run sends unasked; what a network between adds would be
    taken for the server's.

  @IPSIE00AL1-4.3-03 @MUST
  Rule: Bulk requests are served
    The Interoperability Profile calls them optional (section 6.8), and so does RFC 7644 section 3.7, which the draft cites
    as RFC 7643.

    Example: it is declared
      When the client sends GET /ServiceProviderConfig
      Then its "bulk.supported" is true

    Example: one creation
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a",
          "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user}"}}]
        """
      Then the answer is 200
      And operation 1 created the user "A"

  @IPSIE00AL1-4.3-04 @MUST
  Rule: One PATCH changes several attributes

    Example: a name and the display name
      Given the target knows "displayName" of users
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user new}"}, {"op": "replace", "path": "displayName", "value": "After"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"userName": "{user new}", "displayName": "After"}
        """
