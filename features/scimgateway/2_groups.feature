@requires.groups
Feature: scimgateway provisions groups
  Its requests are data: fixtures/dialects/scimgateway. It renames no group.
  Source: jelhub/scimgateway, lib/plugin-scim.ts, version 6.1.18, read November 2026.

  @SCIMGATEWAY-GROUP-01 @OBSERVED @requires.filter
  Rule: A group is looked up by its name, in plain JSON
    Example: one of two
      Given a group "G"
      And a group "H"
      When scimgateway looks up the group "G"
      Then exactly "G" is found

  @SCIMGATEWAY-GROUP-02 @OBSERVED @essential
  Rule: A new group is its name and nothing else
    Example: without schemas
      Given the target takes messages without schemas
      When scimgateway creates the group "G"
      Then the answer is 200 or 201
      And "G" now has
        """
        {"displayName": "{group G}"}
        """

  @SCIMGATEWAY-GROUP-03 @OBSERVED @essential @requires.patch
  Rule: Members join by one operation, in a message without schemas
    Example: two beside one
      Given the target takes messages without schemas
      And a user "A"
      And a user "B"
      And a user "C"
      And scimgateway has created the group "G" with the members "A"
      When scimgateway adds "B, C" to "G"
      Then the answer is 200 or 204
      And the members of "G" are "A, B, C"

  @SCIMGATEWAY-GROUP-04 @OBSERVED @essential @requires.patch
  Rule: Members leave by a removal whose value says who
    Read by its path alone it empties the group.

    Example: one of two
      Given the target takes messages without schemas
      And a user "A"
      And a user "B"
      And scimgateway has created the group "G" with the members "A, B"
      When scimgateway removes "A" from "G"
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @SCIMGATEWAY-GROUP-05 @ASSUMED @requires.filter
  Rule: The groups of a user are found by the value of their members
    The standard does not say that a target has to find them so (RFC 7644 section 3.4.2.2 leaves members to its
    filters); the gateway asks for them before it deletes the user.

    Example: one of two groups
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H"
      When the client sends GET /Groups with the query
        | filter | members.value eq "{A.id}" |
      Then exactly "G" is found

  @SCIMGATEWAY-GROUP-06 @OBSERVED
  Rule: A group is deleted and its members stay
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When scimgateway deletes the group "G"
      Then the answer is 200 or 204
      And "G" is gone
      And "A" still exists
