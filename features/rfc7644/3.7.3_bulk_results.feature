Feature: RFC 7644, 3.7.3 Results of bulk operations

  @RFC7644-3.7.3-01 @MUST @requires.bulk
  Rule: The answer has the result of every operation that was processed
    Section 3.7.3.

    Example: successes and failures
      Given a user "B"
      And a user "C"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none"},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}"}},
         {"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}},
         {"method": "DELETE", "path": "/Users/{C.id}"}]
        """
      Then its "Operations" has 5 elements
      And operation 1 created the user "A"
      And operation 2 is refused
      And operation 3 is answered 200
      And operation 4 is answered 409
      And operation 5 is answered 204

    Example: what was processed before the limit of errors
      When the client sends in bulk, failing on 1 error
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "POST", "path": "/Users", "bulkId": "b", "data": {"userName": "{user b}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none"},
         {"method": "POST", "path": "/Users", "bulkId": "c", "data": {"userName": "{user c}"}}]
        """
      Then its "Operations" has 3 elements
      And operation 1 created the user "A"
      And operation 2 created the user "B"
      And operation 3 is refused

  @RFC7644-3.7.3-02 @MUST @requires.bulk
  Rule: Every result but that of a failed creation has the location
    Section 3.7.3.

    Example: every kind of operation, in success and in failure
      Given a user "B"
      And a user "C"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}"}},
         {"method": "DELETE", "path": "/Users/{C.id}"},
         {"method": "PUT", "path": "/Users/{marker}-none-1", "data": {"userName": "{user x}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none-2"},
         {"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}}]
        """
      Then each result has the "location" of its resource, except of a creation that failed
      And operation 1 created the user "A"
      And the location in the result of operation 2 is that of "B"
      And the location in the result of operation 3 is that of "C"

    @requires.patch @requires.groups
    Example: patches
      Given a user "B"
      And a group "G"
      When the client sends in bulk
        """
        [{"method": "PATCH", "path": "/Users/{B.id}", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "{group b}"}]}},
         {"method": "PATCH", "path": "/Groups/{G.id}", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "{group c}"}]}},
         {"method": "PATCH", "path": "/Users/{marker}-none", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "x"}]}}]
        """
      Then each result has the "location" of its resource, except of a creation that failed
      And the location in the result of operation 1 is that of "B"
      And the location in the result of operation 2 is that of "G"

    @requires.groups
    Example: groups
      Given a group "G"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Groups", "bulkId": "h", "data": {"displayName": "{group b}"}},
         {"method": "DELETE", "path": "/Groups/{G.id}"}]
        """
      Then each result has the "location" of its resource, except of a creation that failed
      And operation 1 created the group "H"
      And the location in the result of operation 2 is that of "G"

  @RFC7644-3.7.3-03 @MUST @requires.bulk
  Rule: The status of a result is the HTTP status, as a string
    Section 3.7.3. Its text and one of its examples know it as "201", another
    example as an object with that code: both pass, a number does not.

    Example: every status that operations come to
      Given a user "B"
      And a user "C"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}"}},
         {"method": "DELETE", "path": "/Users/{C.id}"},
         {"method": "DELETE", "path": "/Users/{marker}-none"},
         {"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}},
         {"method": "POST", "path": "/Users", "bulkId": "y", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "{marker}"}}]
        """
      Then each result has its HTTP status as a string
      And operation 1 is answered 201
      And operation 2 is answered 200
      And operation 3 is answered 204
      And operation 4 is answered 404
      And operation 5 is answered 409
      And operation 6 is answered 400

  @RFC7644-3.7.3-04 @IMPLIED @requires.bulk
  Rule: What a result shows of a resource is what a read shows
    Section 3.7.3: a successful operation may come back without its resource. If it comes with it, it is the resource as
    it is now.

    Example: a creation and a replacement
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}", "displayName": "{marker} Ann"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{marker} Bob"}}]
        """
      Then operation 1 created the user "A"
      And the "response" in the result of operation 1, if there is any, shows "A" as it is read now
      And the "response" in the result of operation 2, if there is any, shows "B" as it is read now

    @requires.patch @requires.groups
    Example: changes of members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And a group "H" with the members "A, B"
      When the client sends in bulk
        """
        [{"method": "PATCH", "path": "/Groups/{G.id}", "data": {"Operations": [{"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}]}},
         {"method": "PATCH", "path": "/Groups/{H.id}", "data": {"Operations": [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]}}]
        """
      Then the "response" in the result of operation 1, if there is any, shows "G" as it is read now
      And the "response" in the result of operation 2, if there is any, shows "H" as it is read now
