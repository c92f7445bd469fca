@requires.groups
Feature: Ping provisions groups
  A group has a name and members, and no externalId. It is changed by PATCH, in a form that is not published.
  Source: Ping Identity documentation, SCIM Provisioner, read November 2026.

  @PING-GROUP-01 @DOCUMENTED
  Rule: All groups are listed, to find one
    Example: with a group in it
      Given a group "G"
      When Ping looks up the group "G"
      Then the answer is 200 with a list
      And its "Resources" is an array

  @PING-GROUP-02 @ASSUMED
  Rule: A group is created by its name and members
    Example: one member
      Given a user "A"
      When Ping creates the group "G" with the members "A"
      Then the answer is 200 or 201
      And the members of "G" are "A"

  @PING-GROUP-03 @DOCUMENTED
  Rule: A group is deleted and its members stay
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When Ping deletes the group "G"
      Then the answer is 200 or 204
      And "G" is gone
      And "A" still exists
