Feature: RFC 7644, 3.7.1 and 3.7.2 References within a bulk request
  bulkId: and the bulkId of a creation stand for the id of what it creates, in
  every other operation of the request.

  @RFC7644-3.7.1-01 @MUST @requires.bulk
  Rule: References in a circle are resolved, or the operations answered 409
    Section 3.7.1: the target has to try. Either way the operations share a fate. The 409 may be that of each of them or
    that of the whole request: the section does not say which.

    @requires.groups
    Example: two groups that are members of each other
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group g}", "members": [{"type": "Group", "value": "bulkId:h"}]}},
         {"method": "POST", "path": "/Groups", "bulkId": "h", "data": {"displayName": "{group h}", "members": [{"type": "Group", "value": "bulkId:g"}]}}]
        """
      Then the operations 1 to 2 were created together or refused together
      And operation 1 created the group "G"
      And operation 2 created the group "H"
      And the members of "G" are "H"
      And the members of "H" are "G"

    @requires.enterprise
    Example: two users who are the managers of each other
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "bulkId:b"}}}},
         {"method": "POST", "path": "/Users", "bulkId": "b", "data": {"userName": "{user b}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "bulkId:a"}}}}]
        """
      Then the operations 1 to 2 were created together or refused together
      And operation 1 created the user "A"
      And operation 2 created the user "B"
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{B.id}"}}}
        """
      And "B" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """

  @RFC7644-3.7.2-01 @MUST @requires.bulk
  Rule: A reference to a bulkId becomes the id of what was created
    Section 3.7.2. Where the reference comes before the creation, section 3.7.1
    lets a target give up with 409.

    @requires.groups
    Example: a member of a new group
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user}"}},
         {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "bulkId:a"}]}}]
        """
      Then operation 1 created the user "A"
      And operation 2 created the group "G"
      And the members of "G" are "A"

    @requires.groups
    Example: a group before its member
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "bulkId:a"}]}},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user}"}}]
        """
      Then operation 2 created the user "A"
      And operation 1 created the group "G", unless it is answered 409
      And the members of "G" are "A"

    @requires.groups
    Example: several members, of which one existed before
      Given a user "C"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "POST", "path": "/Users", "bulkId": "b", "data": {"userName": "{user b}"}},
         {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "bulkId:a"}, {"value": "bulkId:b"}, {"value": "{C.id}"}]}}]
        """
      Then operation 1 created the user "A"
      And operation 2 created the user "B"
      And operation 3 created the group "G"
      And the members of "G" are "A, B, C"

    @requires.patch @requires.groups
    Example: a member is added to a group that existed before
      Given a user "C"
      And a group "G" with the members "C"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PATCH", "path": "/Groups/{G.id}", "data": {"Operations": [{"op": "add", "path": "members", "value": [{"value": "bulkId:a"}]}]}}]
        """
      Then operation 1 created the user "A"
      And operation 2 is answered 200 or 204
      And the members of "G" are "A, C"

    @requires.groups
    Example: the members of a group are replaced
      Given a user "C"
      And a group "G" with the members "C"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PUT", "path": "/Groups/{G.id}", "data": {"displayName": "{G.displayName}", "members": [{"value": "bulkId:a"}]}}]
        """
      Then operation 1 created the user "A"
      And operation 2 is answered 200
      And the members of "G" are "A"

    Example: a new user is replaced
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PUT", "path": "/Users/bulkId:a", "data": {"userName": "{user a}", "displayName": "{group b}"}}]
        """
      Then operation 1 created the user "A"
      And operation 2 is answered 200
      And "A" now has
        """
        {"displayName": "{group b}"}
        """

    @requires.patch
    Example: a new user is patched
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PATCH", "path": "/Users/bulkId:a", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "{group b}"}]}}]
        """
      Then operation 1 created the user "A"
      And operation 2 is answered 200 or 204
      And "A" now has
        """
        {"displayName": "{group b}"}
        """

    Example: a new user is deleted
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "DELETE", "path": "/Users/bulkId:a"}]
        """
      Then operation 1 is answered 201
      And operation 2 is answered 204
      And no user is called "{user a}"

    @requires.patch @requires.groups
    Example: a new user becomes a member of a new group by a patch
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}"}},
         {"method": "PATCH", "path": "/Groups/bulkId:g", "data": {"Operations": [{"op": "add", "path": "members", "value": [{"value": "bulkId:a"}]}]}}]
        """
      Then operation 1 created the user "A"
      And operation 2 created the group "G"
      And operation 3 is answered 200 or 204
      And the members of "G" are "A"

    @requires.groups
    Example: the id of one request means nothing in the next
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      And the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user b}"}},
         {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "bulkId:a"}]}}]
        """
      Then operation 1 created the user "B"
      And operation 2 created the group "G"
      And the members of "G" are "B"

  @RFC7644-3.7.2-02 @MUST @requires.bulk @requires.enterprise
  Rule: A reference in an extension becomes the id too
    Section 3.7.2 shows it for the manager.

    Example: the manager is created before
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "POST", "path": "/Users", "bulkId": "b", "data": {"userName": "{user b}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "11250", "manager": {"value": "bulkId:a"}}}}]
        """
      Then operation 1 created the user "A"
      And operation 2 created the user "B"
      And "B" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """

    Example: the manager of a user that existed before
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "bulkId:a"}}}}]
        """
      Then operation 1 created the user "A"
      And operation 2 is answered 200
      And "B" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """

  @RFC7644-3.7.2-03 @IMPLIED @requires.bulk
  Rule: An operation that refers to nothing fails, alone
    Follows from section 3.7.2: there is no id that could take the place of the
    reference. Which error it is, nothing says. A target that answers 409 to the whole request gives up on
    references as section 3.7.1 lets it.

    @requires.groups
    Example: a member that nothing creates
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "bulkId:nobody"}]}},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is answered 400 or 404 or 409 or 412
      And operation 2 created the user "A"
      And no group is called "{group}"

    @requires.groups
    Example: a member whose creation fails
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}},
         {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "bulkId:x"}]}},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is answered 409
      And operation 2 is answered 400 or 404 or 409 or 412
      And operation 3 created the user "A"
      And no group is called "{group}"

    Example: a path to what nothing creates
      When the client sends in bulk
        """
        [{"method": "DELETE", "path": "/Users/bulkId:nobody"},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is answered 400 or 404 or 409 or 412
      And operation 2 created the user "A"
