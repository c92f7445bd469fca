Feature: IPSIE AL SCIM profile, draft 00: 6.1 AL2, User provisioning

  @IPSIE00AL2-6-01 @MUST
  Rule: Users are created and updated by the client

    Example: created, then changed
      When the client creates the user "A"
      Then the answer is 201
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user new}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"userName": "{user new}"}
        """

  @IPSIE00AL2-6-02 @MUST @unobservable
  Rule: No local accounts are created for users of the identity service
    How somebody may create them beside SCIM cannot be seen by SCIM.

  @IPSIE00AL2-6-03 @MUST @unobservable
  Rule: Groups can be mapped to roles and capabilities of the application
    Roles are the application's own and show at its own door; AL3, which will speak of them, has no requirements yet.

  @IPSIE00AL2-6.1.1-01 @MUST
  Rule: The schema of users has userName, displayName and active
    RFC 7643 section 4.1.1 requires the first alone.

    Scenario Outline: <attribute>
      When the client sends GET /Schemas
      Then the schema "urn:ietf:params:scim:schemas:core:2.0:User" in it defines "<attribute>"

      Examples:
        | attribute   |
        | userName    |
        | displayName |
        | active      |

    Example: they are kept
      When the client creates the user "A" with
        """json
        {"userName": "{user}", "displayName": "Ada", "active": true}
        """
      Then the answer is 201
      And "A" has
        """json
        {"userName": "{user}", "displayName": "Ada", "active": true}
        """

  @IPSIE00AL2-6.1.1-02 @MUST
  Rule: Users have an externalId

    Example: it is kept
      When the client creates the user "A" with
        """json
        {"externalId": "ext-{marker}"}
        """
      Then the answer is 201
      And "A" has
        """json
        {"externalId": "ext-{marker}"}
        """

  @IPSIE00AL2-6.1.2-01 @MUST-NOT @security
  Rule: Users have no password
    RFC 7643 section 4.1.1 has one, and Okta sends one with each creation.

    Example: the schema defines none
      When the client sends GET /Schemas
      Then the schema "urn:ietf:params:scim:schemas:core:2.0:User" in it does not define "password"

    Example: the configuration offers no change of it
      When the client sends GET /ServiceProviderConfig
      Then its "changePassword.supported" is false

  @IPSIE00AL2-6.1.2-02 @MUST-NOT @security
  Rule: No schema of the server's own defines credentials
    Judged by the names: a password, a secret, a private key or the seed of one-time passwords.

    Example: the names of all attributes
      When the client sends GET /Schemas
      Then no schema beside those of RFC 7643 defines an attribute that is named like a credential

  @IPSIE00AL2-6.1.3-01 @MUST
  Rule: Users are created by POST

    Example: one user
      When the client creates the user "A"
      Then the answer is 201
      And its "id" is present
      And "A" still exists

  @IPSIE00AL2-6.1.4-01 @MUST
  Rule: The attributes of users are changed by PATCH

    Scenario Outline: <path>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": "<value>"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"<path>": "<value>"}
        """

      Examples:
        | path        | value           |
        | userName    | {user new}      |
        | displayName | After           |
        | externalId  | after-{marker}  |

  @IPSIE00AL2-6.1.5-01 @MUST
  Rule: All users can be had by GET

    Example: two of them are in the list
      Given a user "A"
      And a user "B"
      When the client pages through /Users with
        | count | 100 |
      Then every user of the example is listed once

  @IPSIE00AL2-6.1.5-02 @SHOULD-NOT
  Rule: A page holds no more than a thousand users
    Judged by the limit that the configuration names.

    Example: the limit
      When the client sends GET /ServiceProviderConfig
      Then the limit of a page in it is at most 1000

  @IPSIE00AL2-6.1.5-03 @RECOMMENDED
  Rule: Pages can be had by cursor
    RFC 9865.

    Example: it is declared
      When the client sends GET /ServiceProviderConfig
      Then its "pagination.cursor" is true
