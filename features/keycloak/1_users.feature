Feature: Keycloak provisions users
  Keycloak with the extension keycloak-scim. Its requests are data: fixtures/dialects/keycloak.
  Source: mitodl/keycloak-scim, src/main/java/sh/libre/scim, commit 099fbe8321a1, read November 2026, unless a Rule names another.

  @KEYCLOAK-USER-01 @OBSERVED
  Rule: A new user is created without a look before, and shown in the answer
    The answer's id is kept. userName, displayName and active are read from it too, and are missed if they are not there.

    Example: the request
      When Keycloak creates the user "A"
      Then the answer is 201
      And the answer itself has a body
      And its "id" is present
      And its "userName" is present
      And its "displayName" is "Pat A"
      And its "active" is true

  @KEYCLOAK-USER-02 @OBSERVED
  Rule: An e-mail address may have no type and no mark
    Example: a value alone
      When Keycloak creates the user "A"
      Then the answer is 201
      And "A" now has
        """
        {"emails": [{"value": "{user A}"}]}
        """

  @KEYCLOAK-USER-03 @OBSERVED
  Rule: A user is updated by the whole user, with its id
    Example: a new display name
      Given Keycloak has created the user "A"
      When Keycloak changes "displayName" of "A" to "Patricia"
      Then the answer is 200
      And its "id" is "{A.id}"
      And "A" now has
        """
        {"displayName": "Patricia", "name": {"givenName": "Pat", "familyName": "A"}, "active": true}
        """

  @KEYCLOAK-USER-04 @OBSERVED
  Rule: A user is disabled and enabled by the whole user
    Example: one and then the other
      Given Keycloak has created the user "A"
      When Keycloak deactivates "A"
      Then the answer is 200
      And "A" now has
        """
        {"active": false, "displayName": "Pat A"}
        """
      When Keycloak reactivates "A"
      Then the answer is 200
      And "A" now has
        """
        {"active": true, "displayName": "Pat A"}
        """

  @KEYCLOAK-USER-05 @ASSUMED @requires.patch
  Rule: A boolean that is written as a text is refused or understood, and is no accident
    With the setting user-patchOp, which is off unless the administrator switches it on, users are disabled so. A text
    is no boolean; hence 400 is right too.

    Example: disabled
      Given Keycloak has created the user "A"
      When Keycloak, with patchOp, deactivates "A"
      Then the answer is 200 or 204 or 400
      And "A" now has, unless the answer is a refusal
        """
        {"active": false, "displayName": "Pat A"}
        """

  @KEYCLOAK-USER-06 @OBSERVED
  Rule: A user is deleted
    Example: gone by id
      Given Keycloak has created the user "A"
      When Keycloak deletes the user "A"
      Then the answer is 200 or 204
      And "A" is gone
