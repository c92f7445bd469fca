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
      Given a target that publishes its schemas
      Then it holds that a required extension is demanded by a POST

    Example: a replacement without it
      Given a target that publishes its schemas
      Then it holds that a required extension is demanded by a PUT

  @RFC7643-6-05 @MAY
  Rule: An extension that is not required may be left out

    Example: a user and a group without it
      Given a target that publishes its schemas
      Then it holds that an optional extension may be left out

  @RFC7643-6-06 @IMPLIED
  Rule: The endpoint of a resource type is relative to the base URI and is there
    A target may forbid to list everything.

    Example: each endpoint is asked
      Then it holds that every endpoint of the resource types answers

  @RFC7643-6-07 @IMPLIED
  Rule: The extensions that users have are listed by their resource type

    Example: every extension that /Schemas describes is written
      Given a target that publishes its schemas
      And a user "A"
      Then it holds that the resource type lists the extensions that are in use

  @RFC7643-6-08 @IMPLIED
  Rule: meta.resourceType is the name of the resource type

    Example: a user
      Given a user "A"
      Then it holds that the resource type has the name in meta.resourceType

    @requires.groups
    Example: a group
      Given a group "G"
      Then it holds that the resource type has the name in meta.resourceType

  @RFC7643-6-09 @IMPLIED
  Rule: Resources have the schema of their resource type

    Example: a user
      Given a user "A"
      Then it holds that the resource type has the schema of its resources

    @requires.groups
    Example: a group
      Given a group "G"
      Then it holds that the resource type has the schema of its resources

  @RFC7643-6-10 @IMPLIED
  Rule: What is served is listed
    A client finds out here which types of resources there are.

    Example: users and groups
      Then it holds that every collection that is served is a resource type
