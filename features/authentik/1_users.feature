Feature: authentik provisions users
  What authentik does is told by its own source. Its requests are data: fixtures/dialects/authentik,
  with the file and version for each.
  Source: goauthentik/authentik, authentik/providers/scim/clients, read November 2026, unless a Rule names another.

  @AUTHENTIK-CONNECT-01 @ASSUMED
  Rule: The configuration says whether PATCH and filters are supported
    A configuration that cannot be read counts as one without either: authentik then sends groups whole, and looks
    nobody up who is there already.

    Example: as authentik reads it
      When authentik connects
      Then the answer is 200
      And its "patch.supported" is a boolean
      And its "filter.supported" is a boolean
      And its "bulk.maxOperations" is an integer

  @AUTHENTIK-USER-01 @OBSERVED
  Rule: A creation is answered with the id of the user
    An answer without one ends the synchronization.

    Example: the usual mapping
      When authentik creates the user "A"
      Then the answer is 201
      And the answer itself has a body
      And its "id" is present
      And "A" now has
        """
        {"active": true, "displayName": "Pat A", "name": {"givenName": "Pat", "familyName": "A"}}
        """

    Example: somebody of one name, and a list without photos
      When the client creates the user "A" with
        """
        {"externalId": "{marker}", "displayName": "Pat", "name": {"formatted": "Pat", "givenName": "Pat", "familyName": ""}, "photos": [],
         "emails": [{"value": "{user}", "type": "other", "primary": true}], "active": true}
        """
      Then the answer is 201
      And its "id" is present
      And "A" now has
        """
        {"displayName": "Pat", "emails": [{"value": "{user}", "type": "other"}]}
        """

  @AUTHENTIK-USER-02 @OBSERVED @requires.filter
  Rule: A user who is there already is a conflict, and is found by userName
    authentik creates first. Only 409 makes it look; any other status is an error that it meets in each cycle.

    Example: created a second time
      Given authentik has created the user "A"
      And a user "B"
      When authentik creates the user "A"
      Then the answer is 409
      When authentik looks up the user "A"
      Then exactly "A" is found

  @AUTHENTIK-USER-03 @OBSERVED
  Rule: A user is updated by a PUT of what authentik knows, with its id
    The answer is what the next comparison starts from.

    Example: a new title
      Given authentik has created the user "A"
      When authentik changes "title" of "A" to "Chief"
      Then the answer is 200
      And its "id" is "{A.id}"
      And "A" now has
        """
        {"title": "Chief", "displayName": "Pat A", "userName": "{A.userName}", "active": true}
        """

  @AUTHENTIK-USER-04 @OBSERVED
  Rule: A user is deactivated and activated by the whole user
    Example: one and then the other
      Given authentik has created the user "A"
      When authentik deactivates "A"
      Then the answer is 200
      And "A" now has
        """
        {"active": false, "displayName": "Pat A"}
        """
      When authentik reactivates "A"
      Then the answer is 200
      And "A" now has
        """
        {"active": true, "displayName": "Pat A"}
        """

  @AUTHENTIK-USER-05 @OBSERVED
  Rule: A user who leaves the scope is deleted
    Example: gone by id
      Given authentik has created the user "A"
      When authentik deletes the user "A"
      Then the answer is 200 or 204
      And "A" is gone

  @AUTHENTIK-USER-06 @OBSERVED
  Rule: A PUT of a user whom the target has lost is answered by 404
    Then it is created anew. Any other status is an error that stays.

    Example: deleted behind its back
      Given authentik has created the user "A"
      And the client deletes "A"
      When authentik changes "title" of "A" to "Chief"
      Then the answer is 404
