Feature: RFC 7644, 4 Discovery endpoints

  @RFC7644-4-01 @SHALL
  Rule: /ServiceProviderConfig answers with a resource of its schema

    Example: the configuration
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"

    Example: it is no list
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      And its "Resources" is absent
      And its "totalResults" is absent

  @RFC7644-4-02 @SHALL
  Rule: /Schemas answers with a list of all schemas

    Example: it is a list
      When the client sends GET /Schemas
      Then the answer is 200 with a list
      And its "totalResults" is an integer
      And its "totalResults" is the number of its "Resources"

    Example: each is a schema
      When the client sends GET /Schemas
      Then its "Resources[0]" is present
      And every "Resources[].schemas[]" of the answer is one of "urn:ietf:params:scim:schemas:core:2.0:Schema"
      And every "Resources[].schemas" of the answer is an array
      And every "Resources[].attributes" of the answer is an array

    Example: no schema comes twice
      When the client sends GET /Schemas
      Then no two resources in the list have the same "id"

    Example: the schemas of users and groups are among them
      Given a user "A"
      When the client sends GET /Schemas
      Then the list has each schema that "A" names

  @RFC7644-4-03 @IMPLIED
  Rule: A schema is found by its URI

    Example: each schema alone
      When the client reads each schema by its id
      Then each of them is the same as in the list

    Example: a URI that is no schema's
      When the client sends GET /Schemas/urn:example:sduo:no-such-schema
      Then the answer is 404
      And the answer is a SCIM error

  @RFC7644-4-04 @SHALL
  Rule: /ResourceTypes answers with a list of all resource types

    Example: it is a list
      When the client sends GET /ResourceTypes
      Then the answer is 200 with a list
      And its "totalResults" is an integer
      And its "totalResults" is the number of its "Resources"

    Example: each is a resource type
      When the client sends GET /ResourceTypes
      Then its "Resources[0]" is present
      And every "Resources[].schemas[]" of the answer is one of "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
      And every "Resources[].schemas" of the answer is an array

  @RFC7644-4-05 @IMPLIED
  Rule: A resource type is found by its id
    Where it has none, its name stands for it.

    Example: each resource type alone
      When the client reads each resource type by its id
      Then each of them is the same as in the list

    Example: a name that is no type's
      When the client sends GET /ResourceTypes/SduoNoSuchType
      Then the answer is 404
      And the answer is a SCIM error

  @RFC7644-4-06 @SHALL
  Rule: Discovery ignores sorting and paging

    Scenario Outline: <endpoint> with <query>
      When the client sends GET <endpoint>
      Then the answer is 200
      And the same request with "<query>" answers the same

      Examples:
        | endpoint               | query                         |
        | /Schemas               | startIndex=2                  |
        | /Schemas               | count=1                       |
        | /Schemas               | count=0                       |
        | /Schemas               | sortBy=id&sortOrder=ascending |
        | /Schemas               | sortBy=id&sortOrder=descending |
        | /ResourceTypes         | startIndex=2                  |
        | /ResourceTypes         | count=1                       |
        | /ResourceTypes         | count=0                       |
        | /ServiceProviderConfig | startIndex=2&count=0          |

  @RFC7644-4-07 @SHOULD
  Rule: Discovery refuses filters with 403
    A client must not take the answer for filtered.

    Scenario Outline: <endpoint>
      When the client sends GET <endpoint> with the query
        | filter | id pr |
      Then the answer is 403

      Examples:
        | endpoint               |
        | /ServiceProviderConfig |
        | /Schemas               |
        | /ResourceTypes         |

  @RFC7644-4-08 @IMPLIED
  Rule: Discovery endpoints can only be read
    Any refusal will do. What already is there is never touched, so that a target which obeys is not harmed.

    Scenario Outline: POST to <endpoint>
      When the client sends GET <endpoint>
      Then the answer is 200
      When the client sends POST <endpoint> with
        """
        {"schemas": ["<schema>"], "id": "urn:example:{marker}", "name": "{marker}", "attributes": [],
         "endpoint": "/{marker}", "schema": "urn:ietf:params:scim:schemas:core:2.0:User"}
        """
      Then the answer is 400 or 401 or 403 or 404 or 405 or 501

      Examples:
        | endpoint               | schema                                                      |
        | /ServiceProviderConfig | urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig |
        | /Schemas               | urn:ietf:params:scim:schemas:core:2.0:Schema                |
        | /ResourceTypes         | urn:ietf:params:scim:schemas:core:2.0:ResourceType          |

    Scenario Outline: PUT to <endpoint>
      When the client sends GET <endpoint>
      Then the answer is 200
      When the client sends PUT <endpoint>/{marker} with
        """
        {"schemas": ["<schema>"], "id": "{marker}", "name": "{marker}", "attributes": [],
         "endpoint": "/{marker}", "schema": "urn:ietf:params:scim:schemas:core:2.0:User"}
        """
      Then the answer is 400 or 401 or 403 or 404 or 405 or 501

      Examples:
        | endpoint       | schema                                             |
        | /Schemas       | urn:ietf:params:scim:schemas:core:2.0:Schema       |
        | /ResourceTypes | urn:ietf:params:scim:schemas:core:2.0:ResourceType |

    Scenario Outline: PATCH of <endpoint>
      When the client sends GET <endpoint>
      Then the answer is 200
      When the client sends PATCH <endpoint>/{marker} with
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "description", "value": "{marker}"}]}
        """
      Then the answer is 400 or 401 or 403 or 404 or 405 or 501

      Examples:
        | endpoint       |
        | /Schemas       |
        | /ResourceTypes |

    Scenario Outline: DELETE of <endpoint>
      When the client sends GET <endpoint>
      Then the answer is 200
      When the client sends DELETE <endpoint>/{marker}
      Then the answer is 400 or 401 or 403 or 404 or 405 or 501

      Examples:
        | endpoint       |
        | /Schemas       |
        | /ResourceTypes |

  @RFC7644-4-09 @IMPLIED
  Rule: What discovery says of its own resources is right
    Their meta is optional here; what it names has to be the type and the place.

    Example: type and place
      When the client reads the discovery endpoints
      Then no resource names another type in "meta.resourceType", or another address in "meta.location"

  @RFC7644-4-10 @RECOMMENDED
  Rule: Discovery resources have meta with their type and place
    As in the examples of RFC 7643, section 8; nothing says that they must.

    Example: meta is there
      When the client reads the discovery endpoints
      Then each resource names its type in "meta.resourceType" and its address in "meta.location"

  @RFC7644-4-11 @IMPLIED
  Rule: What is not there is not found, whatever its place
    Below the configuration there is nothing.

    Example: below /ServiceProviderConfig
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      When the client sends GET /ServiceProviderConfig/sduo-nothing
      Then the answer is a refusal
