Feature: RFC 7643, 3.1 Common attributes

  @RFC7643-3.1-01 @SHALL
  Rule: id, externalId and meta are there on every type of resource
    Section 3 and 3.1, whether or not a schema lists them.

    Example: a user
      When the client creates the user "A" with
        """json
        {"externalId": "{marker}-a"}
        """
      Then the answer is a success
      When the client reads "A"
      Then its "externalId" is "{marker}-a"
      And its "id" is present
      And its "meta.resourceType" is present

    @requires.groups
    Example: a group
      When the client creates the group "G" with
        """json
        {"externalId": "{marker}-g"}
        """
      Then the answer is a success
      When the client reads "G"
      Then its "externalId" is "{marker}-g"
      And its "id" is present
      And its "meta.resourceType" is present

  @RFC7643-3.1-02 @MUST
  Rule: Every representation of a resource has an id
    Section 3.1: a string that is not empty, in lists and in answers with a selection of attributes as well.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each "id" is a string that is not empty

  @RFC7643-3.1-03 @MUST
  Rule: No two resources have the same id
    Section 3.1: over all types of the service provider.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no user has the "id" of a group

    Example: two users
      Given a user "A"
      When the client creates the user "B"
      And the client reads "B"
      Then its "id" is not "{A.id}"

    @requires.groups
    Example: a user and two groups
      Given a user "A"
      And a group "G"
      When the client creates the group "H"
      And the client reads "H"
      Then its "id" is not "{A.id}"
      And its "id" is not "{G.id}"
      When the client reads "G"
      Then its "id" is not "{A.id}"

  @RFC7643-3.1-04 @MUST
  Rule: The id of a resource never changes
    Section 3.1.

    Example: it is read twice
      Given a user "A"
      When the client reads "A"
      Then its "id" is "{A.id}"

    Example: it is replaced
      Given the target knows "userName" of users
      And a user "A"
      And "id" of "A" is remembered as "before"
      When the client replaces "A" with
        """json
        {"userName": "{user b}", "displayName": "Ann Changed"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"id": "{before}", "displayName": "Ann Changed"}
        """

    Example: a PUT says another id
      Given a user "A"
      And "id" of "A" is remembered as "before"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "id": "sduo-chosen-{marker}"}
        """
      Then the answer is no server error
      And "A" now has
        """json
        {"id": "{before}"}
        """

    @requires.patch
    Example: it is patched
      Given the target knows "userName" of users
      And a user "A"
      And "id" of "A" is remembered as "before"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user b}"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"id": "{before}"}
        """

    @requires.patch
    Example: a PATCH says another id
      Given a user "A"
      And "id" of "A" is remembered as "before"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "id", "value": "sduo-chosen-{marker}"}]
        """
      Then the answer is no server error
      And "A" now has
        """json
        {"id": "{before}"}
        """

    @requires.filter
    Example: a list shows it
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "Resources[0].id" is "{A.id}"

    @requires.groups
    Example: a group is replaced
      Given a group "G"
      And "id" of "G" is remembered as "before"
      When the client replaces "G" with
        """json
        {"displayName": "{group} changed"}
        """
      Then the answer is a success
      And "G" now has
        """json
        {"id": "{before}"}
        """

  @RFC7643-3.1-05 @MUST @data
  Rule: An id is never given to another resource
    Section 3.1 calls ids non-reassignable, also after their resource was deleted.

    Example: a user is created after another one was deleted
      Given a user "A"
      And "id" of "A" is remembered as "before"
      When the client deletes "A"
      And the client creates the user "B"
      And the client reads "B"
      Then its "id" is not "{before}"

    @requires.groups
    Example: a group is created after another one was deleted
      Given a group "G"
      And "id" of "G" is remembered as "before"
      When the client deletes "G"
      And the client creates the group "H"
      And the client reads "H"
      Then its "id" is not "{before}"

  @RFC7643-3.1-06 @MUST-NOT
  Rule: An id that a client wants is not taken
    Section 3.1: ids are the service provider's to give.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"id": "sduo-chosen-{marker}"}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then no "id" begins with "sduo-chosen"

    @requires.groups
    Example: a new group
      When the client creates the group "G" with
        """json
        {"id": "sduo-chosen-{marker}"}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "G"
      Then no "id" begins with "sduo-chosen"

  @RFC7643-3.1-07 @MUST-NOT
  Rule: No id contains the word bulkId
    Section 3.1 reserves it.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no "id" contains the word "bulkId"

  @RFC7643-3.1-09 @MUST-NOT
  Rule: A server never makes up an externalId
    Section 3.1: it is the client's to give.

    Example: a user without one
      Given a user "A"
      Then "A" has no "externalId"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Ann Changed"}
        """
      Then "A" now has no "externalId"

    @requires.groups
    Example: a group without one
      Given a group "G"
      When the client reads "G"
      Then "G" has no "externalId"

    Example: a user with one keeps just this one
      Given a user "A" with
        """json
        {"externalId": "{marker}-mine"}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "Ann Changed"}
        """
      Then "A" now has
        """json
        {"externalId": "{marker}-mine"}
        """

  @RFC7643-3.1-11 @MUST @requires.secondClient
  Rule: One externalId may be used by two clients
    Section 3.1: it means something within the provisioning domain only. Clients of one domain have nothing to tell.

    Example: two clients create a user
      Given a user "A" with
        """json
        {"externalId": "{marker}-shared"}
        """
      And the second client is of another tenant
      When the second client creates and deletes a user like "A"
      Then the answer is a success
      And "A" now has
        """json
        {"externalId": "{marker}-shared"}
        """

  @RFC7643-3.1-12 @SHALL
  Rule: What a client says of meta is ignored
    Section 3.1.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"meta": {
          "resourceType": "Pirate", "created": "2001-01-01T00:00:00Z", "lastModified": "2001-01-01T00:00:00Z",
          "location": "https://pirates.example.com/Users/1", "version": "W/\"pirate\""
        }}
        """
      Then the answer is a success
      When the client reads "A"
      Then no value in "meta" contains "pirate" or begins with "2001-01-01"

    Example: a user who is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "meta": {
          "resourceType": "Pirate", "created": "2001-01-01T00:00:00Z", "lastModified": "2001-01-01T00:00:00Z",
          "location": "https://pirates.example.com/Users/1", "version": "W/\"pirate\""
        }}
        """
      Then the answer is a success
      When the client reads "A"
      Then no value in "meta" contains "pirate" or begins with "2001-01-01"

    @requires.patch
    Example: a PATCH without a path
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"displayName": "Ann Changed", "meta": {"created": "2001-01-01T00:00:00Z", "resourceType": "Pirate"}}}]
        """
      Then the answer is no server error
      When the client reads "A"
      Then no value in "meta" contains "pirate" or begins with "2001-01-01"

    @requires.groups
    Example: a new group
      When the client creates the group "G" with
        """json
        {"meta": {"resourceType": "Pirate", "created": "2001-01-01T00:00:00Z", "location": "https://pirates.example.com/Groups/1"}}
        """
      Then the answer is a success
      When the client reads "G"
      Then no value in "meta" contains "pirate" or begins with "2001-01-01"

  @RFC7643-3.1-13 @MUST
  Rule: A new resource is given an id and all of meta
    Section 3.1. The version is left out here, as it depends on the support of entity tags.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each resource has "resourceType", "created", "lastModified" and "location" in its "meta"

    Example: a user
      When the client creates the user "A"
      And the client reads "A"
      Then each resource has "resourceType", "created", "lastModified" and "location" in its "meta"

    @requires.groups
    Example: a group
      When the client creates the group "G"
      And the client reads "G"
      Then each resource has "resourceType", "created", "lastModified" and "location" in its "meta"

  @RFC7643-3.1-14 @IMPLIED
  Rule: meta.resourceType is the name of the resource type
    Section 3.1, to the letter: User, Group, ResourceType, Schema or ServiceProviderConfig for the standard's own.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each "meta.resourceType" is the name of the resource type

  @RFC7643-3.1-15 @MUST
  Rule: meta.created is a dateTime
    Section 3.1.

    Example: a user
      Given a user "A"
      When the client reads "A"
      Then its "meta.created" is a string
      And each value of type dateTime has a date and a time

    @requires.groups
    Example: a group
      Given a group "G"
      When the client reads "G"
      Then its "meta.created" is a string
      And each value of type dateTime has a date and a time

  @RFC7643-3.1-16 @IMPLIED
  Rule: meta.created never changes
    Section 3.1: the moment at which the resource was added.

    Example: a PUT
      Given a user "A"
      And a moment has passed since "A" was changed
      And "meta.created" of "A" is remembered as "created"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Ann Changed"}
        """
      Then "A" now has
        """json
        {"displayName": "Ann Changed", "meta": {"created": "{created}"}}
        """

    @requires.patch
    Example: a PATCH
      Given a user "A"
      And a moment has passed since "A" was changed
      And "meta.created" of "A" is remembered as "created"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Ann Changed"}]
        """
      Then "A" now has
        """json
        {"displayName": "Ann Changed", "meta": {"created": "{created}"}}
        """

    @requires.groups
    Example: a group that is renamed
      Given a group "G"
      And a moment has passed since "G" was changed
      And "meta.created" of "G" is remembered as "created"
      When the client replaces "G" with
        """json
        {"displayName": "{group} renamed"}
        """
      Then "G" now has
        """json
        {"displayName": "{group} renamed", "meta": {"created": "{created}"}}
        """

    Example: it is only read
      Given a user "A"
      And a moment has passed since "A" was changed
      And "meta.created" of "A" is remembered as "created"
      When the client reads "A"
      Then its "meta.created" is "{created}"

  @RFC7643-3.1-17 @MUST
  Rule: meta.lastModified is meta.created until something is modified
    Section 3.1.

    Example: a user
      Given a user "A"
      When the client reads "A"
      Then each "meta.lastModified" is the same as "meta.created"

    @requires.groups
    Example: a group
      Given a user "A"
      And a group "G" with the members "A"
      When the client reads "G"
      Then each "meta.lastModified" is the same as "meta.created"

    Example: reading modifies nothing
      Given a user "A"
      And a moment has passed since "A" was changed
      When the client reads "A"
      Then each "meta.lastModified" is the same as "meta.created"

  @RFC7643-3.1-18 @IMPLIED
  Rule: meta.lastModified moves on with every change
    Section 3.1.

    Example: a PUT
      Given a user "A"
      And a moment has passed since "A" was changed
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Ann Changed"}
        """
      Then the modification time of "A" is new

    @requires.patch
    Example: a PATCH
      Given a user "A"
      And a moment has passed since "A" was changed
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Ann Changed"}]
        """
      Then the modification time of "A" is new

    @requires.patch
    Example: a second PATCH
      Given a user "A"
      And the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Ann Changed"}]
        """
      And a moment has passed since "A" was changed
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is a success
      And the modification time of "A" is new

    @requires.groups
    Example: a group that is renamed
      Given a group "G"
      And a moment has passed since "G" was changed
      When the client replaces "G" with
        """json
        {"displayName": "{group} renamed"}
        """
      Then the modification time of "G" is new

    @requires.groups @requires.patch
    Example: a group that gets a member
      Given a user "A"
      And a group "G"
      And a moment has passed since "G" was changed
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the modification time of "G" is new

  @RFC7643-3.1-19 @IMPLIED
  Rule: Nothing was modified before it was created
    Section 3.1.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then no "meta.lastModified" is earlier than "meta.created"

  @RFC7643-3.1-20 @MUST
  Rule: The header Content-Location is meta.location
    Section 3.1. A server need not send the header.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each header Content-Location is the "meta.location" of the resource

  @RFC7643-3.1-21 @IMPLIED
  Rule: meta.location is an address at which the client finds the resource
    Section 3.1 calls it the URI of the resource. One with a host or scheme of the network behind a proxy is of no use.
    Section 2.3.7 lets a reference be relative, to the service root: such a one that names the resource is a warning,
    as many clients take it for the address that it is not.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each "meta.location" is an absolute URL that the client can reach

    Example: everything has the address that its id says
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each "meta.location" ends with the endpoint and the "id" of the resource

    Example: a user
      Given a user "A"
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    @requires.groups
    Example: a group
      Given a group "G"
      When the client follows "meta.location" and each "$ref" of "G"
      Then each of them leads to the resource that it names

  @RFC7643-3.1-22 @MUST
  Rule: An entity tag is written as one, and a weak one begins with W/
    Section 3.1, and RFC 7232 section 2.3: quoted, the prefix in a capital letter. A server need not have any.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each entity tag is written as "…" or as W/"…"

  @RFC7643-3.1-23 @SHOULD
  Rule: meta.version is the ETag of the answer
    Section 3.1. Judged where both are sent.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each "meta.version" is the header ETag

  @RFC7643-3.1-24 @IMPLIED
  Rule: One externalId may be used by two resources
    Section 3.1: a server does not enforce that it is unique; to keep it so is the client's business.

    Example: two users
      Given a user "A" with
        """json
        {"externalId": "{marker}-shared"}
        """
      When the client creates the user "B" with
        """json
        {"externalId": "{marker}-shared"}
        """
      Then the answer is 201
      And "B" still exists
      And "A" is as before

    Example: a user who is replaced
      Given a user "A" with
        """json
        {"externalId": "{marker}-shared"}
        """
      And a user "B"
      When the client replaces "B" with
        """json
        {"userName": "{B.userName}", "externalId": "{marker}-shared"}
        """
      Then the answer is 200
      And "A" is as before

    @requires.patch
    Example: a user who is patched
      Given a user "A" with
        """json
        {"externalId": "{marker}-shared"}
        """
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "add", "path": "externalId", "value": "{marker}-shared"}]
        """
      Then the answer is 200 or 204
      And "A" is as before

    @requires.groups
    Example: a user and a group
      Given a user "A" with
        """json
        {"externalId": "{marker}-shared"}
        """
      When the client creates the group "G" with
        """json
        {"externalId": "{marker}-shared"}
        """
      Then the answer is 201
      And "A" is as before

    @requires.filter
    Example: both are found by it
      Given a stored user "A" with
        """json
        {"externalId": "{marker}-shared"}
        """
      When the client creates the user "B" with
        """json
        {"externalId": "{marker}-shared"}
        """
      And the client sends GET /Users with the query
        | filter | externalId eq "{marker}-shared" |
      Then exactly "A, B" are found, or the request is refused
