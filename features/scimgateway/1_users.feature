Feature: scimgateway provisions users
  scimgateway as a client, which is its plugin-scim. Its requests are data: fixtures/dialects/scimgateway.
  They have no schemas, which the standard demands: a target that insists on them does nothing wrong, and
  cannot be provisioned by it.
  Source: jelhub/scimgateway, lib/plugin-scim.ts and lib/helper-rest.ts, version 6.1.18, read November 2026.

  @SCIMGATEWAY-USER-01 @OBSERVED @requires.filter
  Rule: A user is looked up by userName, in plain JSON
    Example: one of two
      Given a user "A"
      And a user "B"
      When scimgateway looks up the user "A"
      Then exactly "A" is found

  @SCIMGATEWAY-USER-02 @OBSERVED
  Rule: A user is read with a parameter attributes that names none
    It names what whoever asks the gateway wants, and is there also if that is nothing.

    Example: an empty parameter
      Given a user "A"
      And the next request has the header "Accept" with "application/json"
      When the client sends GET /Users/{A.id}?attributes=
      Then the answer is 200
      And its "id" is "{A.id}"

  @SCIMGATEWAY-USER-03 @OBSERVED @essential
  Rule: A new user comes without schemas, as plain JSON, with null for what it has not
    Example: the request
      Given the target takes messages without schemas
      When scimgateway creates the user "A"
      Then the answer is 200 or 201
      And "A" now has
        """
        {"active": true, "name": {"givenName": "Pat", "familyName": "A"}}
        """

  @SCIMGATEWAY-USER-04 @OBSERVED @essential @requires.patch
  Rule: A user is changed by an operation without a path, in a message without schemas
    Example: a title
      Given the target takes messages without schemas
      And scimgateway has created the user "A"
      When scimgateway changes "title" of "A" to "Chief"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"title": "Chief", "name": {"givenName": "Pat", "familyName": "A"}}
        """

    Example: a part of the name leaves the rest alone
      Given the target takes messages without schemas
      And scimgateway has created the user "A"
      When scimgateway changes "name.givenName" of "A" to "Patricia"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"name": {"givenName": "Patricia", "familyName": "A"}}
        """

  @SCIMGATEWAY-USER-05 @ASSUMED @requires.patch
  Rule: An empty text clears a title
    Example: a title, then an empty one
      Given the target takes messages without schemas
      And scimgateway has created the user "A"
      And scimgateway changes "title" of "A" to "Chief"
      And "A" now has
        """
        {"title": "Chief"}
        """
      When scimgateway clears "title" of "A"
      Then the answer is 200 or 204
      And "A" does not have
        | title | Chief |

  @SCIMGATEWAY-USER-06 @OBSERVED @essential @requires.patch
  Rule: A user is deactivated and activated by an operation without a path, in a message without schemas
    Example: one and then the other
      Given the target takes messages without schemas
      And scimgateway has created the user "A"
      When scimgateway deactivates "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": false, "name": {"givenName": "Pat", "familyName": "A"}}
        """
      When scimgateway reactivates "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": true}
        """

  @SCIMGATEWAY-USER-07 @OBSERVED
  Rule: A user is deleted
    Example: gone by id
      Given a user "A"
      When scimgateway deletes the user "A"
      Then the answer is 200 or 204
      And "A" is gone
