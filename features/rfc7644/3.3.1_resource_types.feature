Feature: RFC 7644, 3.3.1 Resource types

  @RFC7644-3.3.1-01 @SHALL
  Rule: meta.resourceType is the type of the endpoint
    Section 3.3.1. The server sets it, whatever the client sends.

    Example: a new user
      When the client creates the user "A"
      Then its "meta.resourceType" is "User"

    @requires.groups
    Example: a new group
      When the client creates the group "G"
      Then its "meta.resourceType" is "Group"

    Example: a user who is said to be a group
      When the client creates the user "A" with
        """json
        {"meta": {"resourceType": "Group"}}
        """
      Then the answer is 201
      And "A" now has
        """json
        {"meta": {"resourceType": "User"}}
        """

    @requires.groups
    Example: a group that is said to be a user
      When the client creates the group "G" with
        """json
        {"meta": {"resourceType": "User"}}
        """
      Then the answer is 201
      And "G" now has
        """json
        {"meta": {"resourceType": "Group"}}
        """

    Example: a user who is read
      Given a user "A"
      When the client reads "A"
      Then its "meta.resourceType" is "User"

    @requires.groups
    Example: a group that is read
      Given a group "G"
      When the client reads "G"
      Then its "meta.resourceType" is "Group"

    @requires.filter
    Example: a user in a list
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "Resources[0].meta.resourceType" is "User"

    @requires.filter @requires.groups
    Example: a group in a list
      Given a group "G"
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then its "Resources[0].meta.resourceType" is "Group"

    Example: a user who was replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "meta": {"resourceType": "Group"}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"meta": {"resourceType": "User"}}
        """
