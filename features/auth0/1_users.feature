Feature: Auth0 provisions users
  The template that Auth0 publishes for its event streams, as it stands: whoever uses it can edit it. Its requests
  are data: fixtures/dialects/auth0. It knows no groups.
  Source: auth0/opensource-marketplace, templates/outbound-scim-EVENT_STREAM/code.js, version 0.6.0, read November 2026.

  @AUTH0-USER-01 @OBSERVED @requires.filter
  Rule: A user is looked up by externalId, which has a vertical bar in it
    A target that refuses the filter by 400 is asked by userName; any other refusal ends the delivery.

    Example: one of two
      Given Auth0 has created the user "A"
      And Auth0 has created the user "B"
      When Auth0 looks up the user "A"
      Then exactly "A" is found
      And its "Resources[0].id" is "{A.id}"

  @AUTH0-USER-02 @OBSERVED @requires.filter
  Rule: Where the filter on externalId is refused, userName finds the user
    Example: one of two
      Given Auth0 has created the user "A"
      And a user "B"
      When Auth0, after a 400, looks up the user "A"
      Then exactly "A" is found

  @AUTH0-USER-03 @ASSUMED @requires.filter
  Rule: A list of nobody has an empty array of Resources
    The standard lets it be left out. Auth0 takes such a list for a broken one, and the delivery fails.

    Example: nobody with this externalId
      When the client sends GET /Users with the query
        | filter | externalId eq "auth0\|{marker}" |
      Then the answer is 200 with a list
      And its "Resources" is an array
      And its "Resources" has 0 elements

  @AUTH0-USER-04 @OBSERVED
  Rule: A creation is answered by 201 with a body whose id is a text
    Any other success fails the delivery, which then comes again.

    Example: a new user
      When Auth0 creates the user "A"
      Then the answer is 201
      And the answer itself has a body
      And its "id" is a string
      And "A" now has
        """
        {"externalId": "idp|{marker}-A", "active": true, "displayName": "Pat A", "name": {"givenName": "Pat", "familyName": "A", "formatted": "Pat A"}}
        """

  @AUTH0-USER-05 @OBSERVED @requires.filter
  Rule: A delivery that comes twice is a conflict, and the user is shown with its externalId
    That tells the second delivery from somebody else's name.

    Example: created a second time
      Given Auth0 has created the user "A"
      When Auth0 creates the user "A"
      Then the answer is 409
      When Auth0 looks up the user "A"
      Then exactly "A" is found
      And its "Resources[0].externalId" is "idp|{marker}-A"

  @AUTH0-USER-06 @OBSERVED @requires.filter
  Rule: A user is updated by a PUT without an id
    The answer is 200 or 204.

    Example: a nickname
      Given Auth0 has created the user "A"
      When Auth0 changes "nickName" of "A" to "Patty"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"nickName": "Patty", "displayName": "Pat A", "externalId": "idp|{marker}-A", "active": true}
        """

  @AUTH0-USER-07 @OBSERVED @requires.filter
  Rule: An attribute that the PUT does not have is gone
    Example: a nickname and then none
      Given Auth0 has created the user "A"
      And Auth0 changes "nickName" of "A" to "Patty"
      And "A" now has
        """
        {"nickName": "Patty"}
        """
      When Auth0 clears "nickName" of "A"
      Then the answer is 200 or 204
      And "A" now has no "nickName"
      And "A" now has
        """
        {"displayName": "Pat A"}
        """

  @AUTH0-USER-08 @OBSERVED @requires.filter
  Rule: A user who is blocked is deactivated, and activated again, by the whole user
    Example: one and then the other
      Given Auth0 has created the user "A"
      When Auth0 deactivates "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": false, "displayName": "Pat A"}
        """
      When Auth0 reactivates "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": true}
        """

  @AUTH0-USER-09 @OBSERVED @requires.filter
  Rule: A deactivated user is found
    Otherwise it is never activated or deleted.

    Example: by externalId
      Given Auth0 has created the user "A"
      When Auth0 deactivates "A"
      Then the answer is 200 or 204
      When Auth0 looks up the user "A"
      Then exactly "A" is found

  @AUTH0-USER-10 @OBSERVED @requires.filter
  Rule: A user is looked up and deleted
    The answer is 200, 204 or 404.

    Example: gone by id and by externalId
      Given Auth0 has created the user "A"
      When Auth0 deletes the user "A"
      Then the answer is 200 or 204
      And "A" is gone
      When Auth0 looks up the user "A"
      Then nothing is found
