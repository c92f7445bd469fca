Feature: RFC 7644, 3.7 Bulk operations
  Optional: a target says in its configuration whether it takes bulk requests. The
  results in the answer have no order; a creation is known by its bulkId, another
  operation by its method and resource.

  @RFC7644-3.7-01 @MUST @requires.bulk
  Rule: A bulk request that was processed is answered 200 with a BulkResponse
    Section 3.7. The status of the whole says nothing of the single operations.

    Example: one creation
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user}"}}]
        """
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
      And its "Operations" has 1 element
      And operation 1 created the user "A"

    Example: every kind of operation
      Given a user "B"
      And a user "C"
      And a user "D"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{group b}"}},
         {"method": "DELETE", "path": "/Users/{D.id}"}]
        """
      Then the answer is 200
      And operation 1 created the user "A"
      And operation 2 is answered 200
      And operation 3 is answered 204
      And "B" now has
        """
        {"displayName": "{group b}"}
        """
      And "C" is as before
      And "D" is gone

    @requires.patch
    Example: a patch
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "PATCH", "path": "/Users/{B.id}", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "{group b}"}]}}]
        """
      Then the answer is 200
      And operation 1 is answered 200 or 204
      And "B" now has
        """
        {"displayName": "{group b}"}
        """

    @requires.groups
    Example: groups
      Given a user "B"
      And a group "H"
      And a group "I"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}", "members": [{"value": "{B.id}"}]}},
         {"method": "PUT", "path": "/Groups/{H.id}", "data": {"displayName": "{H.displayName}", "members": [{"value": "{B.id}"}]}},
         {"method": "DELETE", "path": "/Groups/{I.id}"}]
        """
      Then the answer is 200
      And operation 1 created the group "G"
      And the members of "G" are "B"
      And operation 2 is answered 200
      And the members of "H" are "B"
      And operation 3 is answered 204
      And "I" is gone

    Example: nothing but failures
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "DELETE", "path": "/Users/{marker}-none"},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{B.userName}"}}]
        """
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
      And operation 1 is refused
      And operation 2 is answered 409

  @RFC7644-3.7-02 @MUST @requires.bulk
  Rule: A failure does not keep the other operations from being made
    Section 3.7: without failOnErrors the target goes on. The operations that fail here are deletions of nothing,
    duplicates and malformed paths: one that the target takes outside of bulk as well provokes nothing, and the example
    is blocked by the requirement on that request.

    Example: failures before, between and after
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "DELETE", "path": "/Users/{marker}-none-1"},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none-2"},
         {"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}},
         {"method": "POST", "path": "/Users", "bulkId": "c", "data": {"userName": "{user c}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none-3"}]
        """
      Then operation 1 is refused
      And operation 2 created the user "A"
      And operation 3 is refused
      And operation 4 is answered 409
      And operation 5 created the user "C"
      And operation 6 is refused
      And its "Operations" has 6 elements

    Example: what was made before a failure stays
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{group b}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none"}]
        """
      Then operation 1 created the user "A"
      And "B" now has
        """
        {"displayName": "{group b}"}
        """
      And operation 3 is refused

    Example: a limit of errors that is not reached
      When the client sends in bulk, failing on 3 errors
        """
        [{"method": "DELETE", "path": "/Users/{marker}-none-1"},
         {"method": "DELETE", "path": "/Users/{marker}-none-2"},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is refused
      And operation 2 is refused
      And operation 3 created the user "A"

    @requires.patch
    Example: a patch that fails changes nothing, the next one does
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "PATCH", "path": "/Users/{B.id}", "data": {"Operations": [
           {"op": "replace", "path": "displayName", "value": "{group b}"},
           {"op": "replace", "path": "{marker}[", "value": "x"}]}},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is answered 400
      And operation 2 created the user "A"
      And "B" is as before

  @RFC7644-3.7-03 @IMPLIED @requires.bulk
  Rule: With failOnErrors the target stops after that many errors
    Section 3.7, and the example in section 3.7.3: after the error that reaches the
    limit nothing more is made, and the answer tells what was done until then.

    Example: one error
      When the client sends in bulk, failing on 1 error
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none-1"},
         {"method": "POST", "path": "/Users", "bulkId": "c", "data": {"userName": "{user c}"}}]
        """
      Then the answer is 200
      And operation 1 created the user "A"
      And operation 2 is refused
      And operation 3 was not tried
      And no user is called "{user c}"

    Example: two errors
      When the client sends in bulk, failing on 2 errors
        """
        [{"method": "DELETE", "path": "/Users/{marker}-none-1"},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none-2"},
         {"method": "POST", "path": "/Users", "bulkId": "c", "data": {"userName": "{user c}"}}]
        """
      Then the answer is 200
      And operation 1 is refused
      And operation 2 created the user "A"
      And operation 3 is refused
      And operation 4 was not tried
      And no user is called "{user c}"

    Example: the first operation is the error
      Given a user "B"
      When the client sends in bulk, failing on 1 error
        """
        [{"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}},
         {"method": "DELETE", "path": "/Users/{B.id}"}]
        """
      Then the answer is 200
      And operation 1 is answered 409
      And operation 2 was not tried
      And "B" still exists

    Example: no error at all
      When the client sends in bulk, failing on 1 error
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "POST", "path": "/Users", "bulkId": "c", "data": {"userName": "{user c}"}}]
        """
      Then operation 1 created the user "A"
      And operation 2 created the user "C"

  @RFC7644-3.7-04 @REQUIRED @requires.bulk
  Rule: An operation without what it needs is refused
    Section 3.7 requires a method, a path and, but for DELETE, data. On which level
    the refusal is told is open.

    Scenario Outline: <what>
      Given a user "B"
      When the client sends in bulk
        """
        [<operation>]
        """
      Then operation 1 is refused
      And "B" is as before
      And no user is called "{user x}"

      Examples:
        | what                     | operation                                                                                             |
        | no method                | {"path": "/Users/{B.id}", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}} |
        | a method of no meaning   | {"method": "HEAP", "path": "/Users/{B.id}", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}} |
        | no path                  | {"method": "POST", "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}} |
        | a path to nothing        | {"method": "POST", "path": "/Nothings", "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}} |
        | a method that is a number | {"method": 7, "path": "/Users/{B.id}", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}} |
        | a path that is null      | {"method": "POST", "path": null, "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}} |
        | data that is a text      | {"method": "PUT", "path": "/Users/{B.id}", "data": "{user x}"}                                      |
        | data that is a list      | {"method": "PUT", "path": "/Users/{B.id}", "data": [{"userName": "{user x}"}]}                      |
        | data that is null        | {"method": "PUT", "path": "/Users/{B.id}", "data": null}                                            |
        | a PUT without data       | {"method": "PUT", "path": "/Users/{B.id}", "bulkId": "{marker}"}                                      |
        | a PATCH without data     | {"method": "PATCH", "path": "/Users/{B.id}", "bulkId": "{marker}"}                                    |
        | a POST without userName  | {"method": "POST", "path": "/Users", "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "{marker}"}} |

  @RFC7644-3.7-05 @REQUIRED @requires.bulk
  Rule: A creation without a bulkId is refused
    Section 3.7.

    Scenario Outline: <what>
      When the client sends in bulk
        """
        [<operation>]
        """
      Then operation 1 is refused
      And no user is called "{user x}"

      Examples:
        | what            | operation |
        | no bulkId       | {"method": "POST", "path": "/Users", "data": {"userName": "{user x}"}} |
        | an empty bulkId | {"method": "POST", "path": "/Users", "bulkId": "", "data": {"userName": "{user x}"}} |

  @RFC7644-3.7-06 @MUST @requires.bulk
  Rule: The bulkId comes back with what was created under it
    Section 3.7: it tells the client which id belongs to which of its creations.

    Example: three users
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "first", "data": {"userName": "{user a}"}},
         {"method": "POST", "path": "/Users", "bulkId": "Second one", "data": {"userName": "{user b}"}},
         {"method": "POST", "path": "/Users", "bulkId": "3", "data": {"userName": "{user c}"}}]
        """
      Then each "bulkId" comes back in one result
      And operation 1 created the user "A"
      And operation 2 created the user "B"
      And operation 3 created the user "C"

    @requires.groups
    Example: a user and a group
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "u", "data": {"userName": "{user}"}},
         {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"displayName": "{group}"}}]
        """
      Then each "bulkId" comes back in one result
      And operation 1 created the user "U"
      And operation 2 created the group "G"

    Example: a creation that fails
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "twice", "data": {"userName": "{B.userName}"}},
         {"method": "POST", "path": "/Users", "bulkId": "once", "data": {"userName": "{user a}"}}]
        """
      Then each "bulkId" comes back in one result
      And operation 1 is answered 409
      And operation 2 created the user "A"

  @RFC7644-3.7-07 @MUST @requires.bulk
  Rule: A failed operation carries its SCIM error
    Sections 3.7 and 3.12.

    @requires.groups
    Example: failures of every kind
      Given a user "B"
      And a group "G"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "x", "data": {"userName": "{B.userName}"}},
         {"method": "PUT", "path": "/Users/{marker}-none-1", "data": {"userName": "{user x}"}},
         {"method": "PATCH", "path": "/Users/{marker}-none-2", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "x"}]}},
         {"method": "DELETE", "path": "/Groups/{marker}-none-3"},
         {"method": "POST", "path": "/Users", "bulkId": "y", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "{marker}"}}]
        """
      Then each result of a failure has the SCIM error as its "response"
      And operation 1 is answered 409
      And operation 2 is refused
      And operation 4 is refused
      And operation 5 is answered 400

    Example: a failure among successes
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}},
         {"method": "DELETE", "path": "/Users/{marker}-none"}]
        """
      Then each result of a failure has the SCIM error as its "response"
      And operation 1 created the user "A"
      And operation 2 is refused

  @RFC7644-3.7-08 @IMPLIED @requires.bulk @requires.etag
  Rule: An operation for another version than the current one is refused with 412
    Section 3.7: version is what If-Match is for a single request.

    Scenario Outline: <what>
      Given a <kind> "B"
      And "etag" of "B" is remembered as "old"
      When the client changes "B" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the client sends in bulk
        """
        [<operation>,
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is answered 412
      And operation 2 created the user "A"
      And "B" now has
        """
        {"displayName": "{group b}"}
        """

      Examples:
        | what                | kind  | operation |
        | a user is replaced  | user  | {"method": "PUT", "path": "/Users/{B.id}", "version": "{old}", "data": {"userName": "{B.userName}", "displayName": "{group c}"}} |
        | a user is deleted   | user  | {"method": "DELETE", "path": "/Users/{B.id}", "version": "{old}"} |

      @requires.groups
      Examples:
        | what                | kind  | operation |
        | a group is replaced | group | {"method": "PUT", "path": "/Groups/{B.id}", "version": "{old}", "data": {"displayName": "{group c}"}} |
        | a group is deleted  | group | {"method": "DELETE", "path": "/Groups/{B.id}", "version": "{old}"} |

    @requires.patch
    Example: a user is patched
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "PATCH", "path": "/Users/{B.id}", "version": "{tag}", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "{group c}"}]}}]
        """
      Then operation 1 is answered 412
      And "B" is as before

    Scenario Outline: the current version, <what>
      Given a user "B"
      When the client sends in bulk
        """
        [<operation>,
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 is answered 200 or 204
      And operation 2 created the user "A"

      Examples:
        | what     | operation |
        | replaced | {"method": "PUT", "path": "/Users/{B.id}", "version": "{B.etag}", "data": {"userName": "{B.userName}", "displayName": "{group c}"}} |
        | deleted  | {"method": "DELETE", "path": "/Users/{B.id}", "version": "{B.etag}"} |

    Example: the version in a result is that of the resource
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user a}"}}]
        """
      Then operation 1 created the user "A"
      And the version in the result of operation 1 is that of "A", or absent

  @RFC7644-3.7-09 @MUST @requires.bulk
  Rule: Whatever order the target chooses, the outcome is that of the client's order
    Section 3.7.

    Example: several changes of one user
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{group a}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{group b}"}},
         {"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{group c}"}}]
        """
      Then operation 3 is answered 200
      And "B" now has
        """
        {"displayName": "{group c}"}
        """

    Example: a name is given up before it is taken
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "DELETE", "path": "/Users/{B.id}"},
         {"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{B.userName}"}}]
        """
      Then operation 1 is answered 204
      And operation 2 created the user "A"
      And "B" is gone

    Example: a name is taken before it is given up
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{B.userName}"}},
         {"method": "DELETE", "path": "/Users/{B.id}"}]
        """
      Then operation 1 is answered 409
      And operation 2 is answered 204
      And "B" is gone

    @requires.patch
    Example: a user is changed, then deleted
      Given a user "B"
      When the client sends in bulk
        """
        [{"method": "PUT", "path": "/Users/{B.id}", "data": {"userName": "{B.userName}", "displayName": "{group a}"}},
         {"method": "DELETE", "path": "/Users/{B.id}"},
         {"method": "PATCH", "path": "/Users/{B.id}", "data": {"Operations": [{"op": "replace", "path": "displayName", "value": "{group c}"}]}}]
        """
      Then operation 1 is answered 200
      And operation 2 is answered 204
      And operation 3 is refused
      And "B" is gone

    @requires.groups
    Example: a member is added, then all are removed
      Given a user "B"
      And a group "G"
      When the client sends in bulk
        """
        [{"method": "PUT", "path": "/Groups/{G.id}", "data": {"displayName": "{G.displayName}", "members": [{"value": "{B.id}"}]}},
         {"method": "PUT", "path": "/Groups/{G.id}", "data": {"displayName": "{G.displayName}", "members": []}}]
        """
      Then operation 2 is answered 200
      And the members of "G" are ""

  @RFC7644-3.7-10 @IMPLIED @requires.bulk
  Rule: A body that is no bulk request is refused
    Section 3.7 gives bulk requests their schema and their Operations.

    Scenario Outline: <what>
      When the client sends POST /Bulk with
        """
        <body>
        """
      Then the answer is 400
      And the answer is a SCIM error
      And no user is called "{user x}"

      Examples:
        | what                | body |
        | no schemas          | {"Operations": [{"method": "POST", "path": "/Users", "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}}]} |
        | the schema of PATCH | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"method": "POST", "path": "/Users", "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}}]} |
        | no operations       | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "externalId": "{marker}"} |
        | operations as text  | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": "{marker}"} |
        | null for schemas    | {"schemas": null, "Operations": [{"method": "POST", "path": "/Users", "bulkId": "x", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user x}"}}]} |
        | null for operations | {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": null} |

  @RFC7644-3.7-11 @IMPLIED
  Rule: Bulk requests are served if, and only if, the configuration says so
    RFC 7643 section 5: bulk.supported. Where it is false, a SCIM error tells that
    there is no such thing here.

    Example: a harmless bulk request
      When the client sends in bulk
        """
        [{"method": "DELETE", "path": "/Users/{marker}-none"}]
        """
      Then the answer is 200 with a refusal of operation 1 if "bulk.supported" is true in /ServiceProviderConfig, and 403, 404, 405 or 501 with a SCIM error otherwise

  @RFC7644-3.7-12 @IMPLIED @requires.bulk
  Rule: An operation has the effect of the request that it stands for
    Section 3.7: each operation corresponds to a single request.

    Example: a creation is as any other
      When the client sends in bulk
        """
        [{"method": "POST", "path": "/Users", "bulkId": "a", "data": {"userName": "{user}", "externalId": "{marker}-1", "displayName": "{group}"}}]
        """
      Then operation 1 created the user "A"
      And "A" now has
        """
        {"userName": "{user}", "externalId": "{marker}-1", "displayName": "{group}"}
        """

    @requires.patch @requires.groups
    Example: members are added and removed
      Given a user "A"
      And a user "B"
      And a user "D"
      And a group "G" with the members "A, D"
      When the client sends in bulk
        """
        [{"method": "PATCH", "path": "/Groups/{G.id}", "data": {"Operations": [{"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}]}},
         {"method": "PATCH", "path": "/Groups/{G.id}", "data": {"Operations": [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]}},
         {"method": "POST", "path": "/Users", "bulkId": "c", "data": {"userName": "{user c}"}}]
        """
      Then operation 1 is answered 200 or 204
      And operation 2 is answered 200 or 204
      And the members of "G" are "B, D"

    Example: many operations
      When the client sends a bulk request of 20 users
      Then its "Operations" has 20 elements
      And each result has its HTTP status as a string
      And each operation created its user
