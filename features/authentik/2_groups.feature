@requires.groups
Feature: authentik provisions groups
  Its requests are data: fixtures/dialects/authentik. Where the target has no PATCH it sends groups whole.
  Source: goauthentik/authentik, authentik/providers/scim/clients/groups.py, read November 2026, unless a Rule names another.

  @AUTHENTIK-GROUP-01 @OBSERVED
  Rule: A group is created without members, and answered with its id
    Example: the usual mapping
      When authentik creates the group "G"
      Then the answer is 201
      And the answer itself has a body
      And its "id" is present
      And the members of "G" are ""

  @AUTHENTIK-GROUP-02 @OBSERVED @requires.filter
  Rule: A group that is there already is found by its name
    After a 409.

    Example: one of two
      Given authentik has created the group "G"
      And a group "H"
      When authentik looks up the group "G"
      Then exactly "G" is found

  @AUTHENTIK-GROUP-03 @OBSERVED @requires.patch
  Rule: Several members join by one operation each
    Example: two beside one
      Given a user "A"
      And a user "B"
      And a user "C"
      And authentik has created the group "G" with the members "A"
      When authentik adds "B, C" to "G"
      Then the answer is 200 or 204
      And the members of "G" are "A, B, C"

  @AUTHENTIK-GROUP-04 @OBSERVED @requires.patch
  Rule: A member leaves by a removal whose value says who
    Read by its path alone it empties the group.

    Example: one of three
      Given a user "A"
      And a user "B"
      And a user "C"
      And authentik has created the group "G" with the members "A, B, C"
      When authentik removes "A" from "G"
      Then the answer is 200 or 204
      And the members of "G" are "B, C"

    Example: two of three, by an operation each
      Given a user "A"
      And a user "B"
      And a user "C"
      And authentik has created the group "G" with the members "A, B, C"
      When authentik removes "A, C" from "G"
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @AUTHENTIK-GROUP-05 @OBSERVED @requires.patch
  Rule: A group is renamed by an operation without a path whose value has its schemas too
    They are those that the group has. Its members stay.

    Example: a new name
      Given a user "A"
      And authentik has created the group "G" with the members "A"
      When authentik renames "G" to "{group renamed}"
      Then the answer is 200
      And its "displayName" is "{group renamed}"
      And the members of "G" are "A"

    Example: with the id, as until July 2026
      Given a user "A"
      And authentik has created the group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "replace", "value": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "id": "{G.id}", "displayName": "{group renamed}"}}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """
        {"id": "{G.id}", "displayName": "{group renamed}"}
        """
      And the members of "G" are "A"

  @AUTHENTIK-GROUP-06 @OBSERVED @requires.patch
  Rule: Reading a group shows its members
    Each cycle compares them. Where they are not shown, those who have left stay, and others are added again and again.
    Source: goauthentik/authentik, issue 23005.

    Example: two members
      Given a user "A"
      And a user "B"
      And authentik has created the group "G" with the members "A, B"
      When authentik renames "G" to "{group renamed}"
      Then the answer is 200
      And its "members" has 2 elements

  @AUTHENTIK-GROUP-07 @OBSERVED
  Rule: A group is deleted and its members stay
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When authentik deletes the group "G"
      Then the answer is 200 or 204
      And "G" is gone
      And "A" still exists
