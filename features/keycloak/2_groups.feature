@requires.groups
Feature: Keycloak provisions groups
  Its requests are data: fixtures/dialects/keycloak.
  Source: mitodl/keycloak-scim, src/main/java/sh/libre/scim/core/GroupAdapter.java, commit 099fbe8321a1, read November 2026, unless a Rule names another.

  @KEYCLOAK-GROUP-01 @OBSERVED
  Rule: A new group comes with its members, whose references are relative
    Example: one member
      Given a user "A"
      When Keycloak creates the group "G" with the members "A"
      Then the answer is 201
      And the answer itself has a body
      And its "id" is present
      And the members of "G" are "A"

  @KEYCLOAK-GROUP-02 @OBSERVED
  Rule: A group is renamed by the whole group, with its members
    Example: a new name
      Given a user "A"
      And Keycloak has created the group "G" with the members "A"
      When Keycloak renames "G" to "{group renamed}"
      Then the answer is 200
      And "G" now has
        """
        {"displayName": "{group renamed}"}
        """
      And the members of "G" are "A"

  @KEYCLOAK-GROUP-03 @OBSERVED
  Rule: Members join and leave by the whole group
    Example: one joins, one leaves
      Given a user "A"
      And a user "B"
      And Keycloak has created the group "G" with the members "A"
      When Keycloak adds "B" to "G"
      Then the answer is 200
      And the members of "G" are "A, B"
      When Keycloak removes "A" from "G"
      Then the answer is 200
      And the members of "G" are "B"

  @KEYCLOAK-GROUP-04 @OBSERVED
  Rule: When the last member leaves, the group comes without members and has none
    Example: the only member
      Given a user "A"
      And Keycloak has created the group "G" with the members "A"
      When Keycloak removes "A" from "G"
      Then the answer is 200
      And the members of "G" are ""

  @KEYCLOAK-GROUP-05 @ASSUMED @requires.patch
  Rule: With the setting group-patchOp all members are replaced, together with the name
    So only if the administrator has switched it on.

    Example: one joins
      Given a user "A"
      And a user "B"
      And Keycloak has created the group "G" with the members "A"
      When Keycloak, with patchOp, adds "B" to "G"
      Then the answer is 200 or 204
      And the members of "G" are "A, B"
      And "G" now has
        """
        {"displayName": "{group G}"}
        """

  @KEYCLOAK-GROUP-06 @ASSUMED @requires.patch
  Rule: A value that is JSON within a text is refused or understood, and leaves the members alone
    SCIM for Keycloak renames groups so. It is no form of the standard; hence 400 is right too.
    Source: Captain-P-Goldfish/scim-for-keycloak, issues 133 and 172.

    Example: a new name
      Given a user "A"
      And a group "G" with the members "A"
      When Keycloak, with SCIM for Keycloak, renames "G" to "{group renamed}"
      Then the answer is no server error
      And the members of "G" are "A"

  @KEYCLOAK-GROUP-07 @OBSERVED
  Rule: A group is deleted and its members stay
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When Keycloak deletes the group "G"
      Then the answer is 200 or 204
      And "G" is gone
      And "A" still exists
