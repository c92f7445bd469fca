Feature: RFC 7643, 6 Resource types

  @RFC7643-6-01 @REQUIRED
  Rule: A resource type has a name, an endpoint and a schema

    Scenario Outline: the <part> of each type
      When the client sends GET /ResourceTypes
      Then the answer is 200
      And its "Resources" is an array
      And its "Resources[0]" is present
      And every "Resources[].<part>" of the answer is a text

      Examples:
        | part     |
        | name     |
        | endpoint |
        | schema   |

    Example: extensions are listed with their schema and whether they are required
      When the client sends GET /ResourceTypes
      Then every "Resources[].schemaExtensions" of the answer is an array, if there
      And every "Resources[].schemaExtensions[].schema" of the answer is a text
      And every "Resources[].schemaExtensions[].required" of the answer is a boolean

    Example: id and description are texts where they are there
      When the client sends GET /ResourceTypes
      Then every "Resources[].id" of the answer is a string, if there
      And every "Resources[].description" of the answer is a string, if there

  @RFC7643-6-02 @MUST
  Rule: The schema of a resource type is one of /Schemas

    Example: the base schemas
      When the client sends GET /ResourceTypes
      Then every "Resources[].schema" of the answer is the id of a schema

  @RFC7643-6-03 @MUST
  Rule: The extensions of a resource type are among /Schemas

    Example: the extensions
      When the client sends GET /ResourceTypes
      Then every "Resources[].schemaExtensions[].schema" of the answer is the id of a schema

  @RFC7643-6-04 @MUST
  Rule: A required extension is demanded
    A target that fills it in by itself has it, too. Where no extension is required nothing can be left out.

    Example: a creation without it
      Given the target publishes its schemas
      When the client sends a user and a group without one of the required extensions by a POST
      Then each of these requests is refused, unless the target fills in what is missing

    Example: a replacement without it
      Given the target publishes its schemas
      When the client sends a user and a group without one of the required extensions by a PUT
      Then each of these requests is refused, unless the target fills in what is missing

  @RFC7643-6-05 @MAY
  Rule: An extension that is not required may be left out

    Example: a user and a group without it
      Given the target publishes its schemas
      When the client sends a user and a group without the extensions that are not required by a POST
      Then each of these requests is a success

  @RFC7643-6-06 @IMPLIED
  Rule: The endpoint of a resource type is relative to the base URI and is there
    A target may forbid to list everything.

    Example: each endpoint is asked
      When the client sends GET to the "endpoint" of each resource type
      Then each "endpoint" is relative to the base URI, and is answered neither by 404 nor by a server error

  @RFC7643-6-07 @IMPLIED
  Rule: The extensions that users have are listed by their resource type

    Example: every extension that /Schemas describes is written
      Given the target publishes its schemas
      And a user "A"
      When the client creates a user with an attribute of each extension that /Schemas describes
      Then the resource type of users lists each extension that was stored

  @RFC7643-6-08 @IMPLIED
  Rule: meta.resourceType is the name of the resource type

    Example: a user
      Given a user "A"
      When the client sends GET /ResourceTypes
      Then the resource type of "A" has the "meta.resourceType" of "A" as its "name"

    @requires.groups
    Example: a group
      Given a group "G"
      When the client sends GET /ResourceTypes
      Then the resource type of "G" has the "meta.resourceType" of "G" as its "name"

  @RFC7643-6-09 @IMPLIED
  Rule: Resources have the schema of their resource type

    Example: a user
      Given a user "A"
      When the client sends GET /ResourceTypes
      Then the resource type of "A" has one of the "schemas" of "A" as its "schema"

    @requires.groups
    Example: a group
      Given a group "G"
      When the client sends GET /ResourceTypes
      Then the resource type of "G" has one of the "schemas" of "G" as its "schema"

  @RFC7643-6-10 @IMPLIED
  Rule: What is served is listed
    A client finds out here which types of resources there are.

    Example: users and groups
      When the client sends each of
        | GET | /Users?count=1  |
        | GET | /Groups?count=1 |
      Then each path that is answered by a list is the "endpoint" of a resource type
