@requires.groups
Feature: OneLogin provisions groups
  How a member joins or leaves is a PATCH of the group; what is in it was not published where it could be read.
  Source: OneLogin documentation, "Implement RESTful SCIM APIs for Your App", read November 2026.

  @ONELOGIN-GROUP-01 @DOCUMENTED
  Rule: The groups are listed as they are
    Without a filter: OneLogin compares their names itself.

    Example: with a group in it
      Given a group "G"
      When OneLogin looks up the group "G"
      Then the answer is 200 with a list
      And its "Resources" is an array

  @ONELOGIN-GROUP-02 @ASSUMED
  Rule: A group is created by its name
    That it is a POST is documented, not what is in it.

    Example: a new group
      When OneLogin creates the group "G"
      Then the answer is 200 or 201
      And its "id" is present
      And "G" now has
        """
        {"displayName": "{group G}"}
        """
