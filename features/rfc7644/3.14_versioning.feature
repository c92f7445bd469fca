Feature: RFC 7644, 3.14 Versioning resources
  Entity tags are optional. A target that says it supports them does so with the
  header fields of HTTP and with their meaning there (RFC 7232); a weak tag counts
  in If-Match too, as the example in section 3.6 shows.

  @RFC7644-3.14-01 @MUST @requires.etag
  Rule: The version of a resource is in the header ETag
    Section 3.14.

    Scenario Outline: a <kind> is created
      When the client creates the <kind> "A"
      Then the answer is 201
      And its "header ETag" is an entity tag

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is read
      Given a <kind> "A"
      When the client reads "A"
      Then its "header ETag" is an entity tag

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is replaced
      Given a <kind> "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the answer is a success
      And its "header ETag" is an entity tag

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

  @RFC7644-3.14-02 @SHOULD @requires.etag
  Rule: The version is also in meta.version, and the same
    Section 3.14, and RFC 7643 section 3.1.

    Scenario Outline: a <kind> is created
      When the client creates the <kind> "A"
      Then its "meta.version" equals its "header ETag"

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is read
      Given a <kind> "A"
      When the client reads "A"
      Then its "meta.version" equals its "header ETag"

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is read after a change
      Given a <kind> "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the client reads "A"
      Then its "meta.version" equals its "header ETag"

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Example: a user in a list
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "Resources[0].meta.version" is "{A.etag}"

  @RFC7644-3.14-03 @IMPLIED @requires.etag
  Rule: A read on the condition of a change is answered 304 if there is none
    Section 3.14 names the conditional read as what tags are for; RFC 7232 section
    3.2 says how it is answered.

    Scenario Outline: a <kind> that the client has already
      Given a <kind> "A"
      When the next request has the header "If-None-Match" with "{A.etag}"
      And the client reads "A"
      Then the answer is 304
      And the answer is empty

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Example: one of several tags is the current one
      Given a user "A"
      When the next request has the header "If-None-Match" with "{tag}, {A.etag}"
      And the client reads "A"
      Then the answer is 304

    Scenario Outline: a <kind> that has changed
      Given a <kind> "A"
      And "etag" of "A" is remembered as "old"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the next request has the header "If-None-Match" with "{old}"
      And the client reads "A"
      Then the answer is 200
      And its "id" is "{A.id}"

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a tag that the <kind> never had
      Given a <kind> "A"
      When the next request has the header "If-None-Match" with "{tag}"
      And the client reads "A"
      Then the answer is 200
      And its "id" is "{A.id}"

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Example: a tag does not hide that the resource is gone
      Given a user "A"
      When the client deletes "A"
      And the next request has the header "If-None-Match" with "{A.etag}"
      And the client reads "A"
      Then the answer is 404

  @RFC7644-3.14-04 @IMPLIED @requires.etag
  Rule: A read if there is no version at all is answered 304
    RFC 7232 section 3.2: * stands for any version of a resource that exists.

    Scenario Outline: a <kind>
      Given a <kind> "A"
      When the next request has the header "If-None-Match" with "*"
      And the client reads "A"
      Then the answer is 304

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

  @RFC7644-3.14-05 @IMPLIED @requires.etag
  Rule: A change of a version that is no longer current is refused with 412
    Section 3.14: clients are kept from overwriting each other's changes. RFC 7232
    section 3.1 gives the status, and forbids to make the change nevertheless.

    Scenario Outline: a <kind> is replaced
      Given a <kind> "A"
      And "etag" of "A" is remembered as "old"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the next request has the header "If-Match" with "{old}"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group c}"}
        """
      Then the answer is 412
      And the answer is a SCIM error
      And "A" now has
        """
        {"displayName": "{group b}"}
        """

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch
    Scenario Outline: a <kind> is patched
      Given a <kind> "A"
      And "etag" of "A" is remembered as "old"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the next request has the header "If-Match" with "{old}"
      And the client patches "A" with
        """
        [{"op": "replace", "path": "displayName", "value": "{group c}"}]
        """
      Then the answer is 412
      And "A" now has
        """
        {"displayName": "{group b}"}
        """

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is deleted
      Given a <kind> "A"
      And "etag" of "A" is remembered as "old"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the next request has the header "If-Match" with "{old}"
      And the client deletes "A"
      Then the answer is 412
      And "A" still exists

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is replaced by who names a tag that it never had
      Given a <kind> "A"
      When the next request has the header "If-Match" with "{tag}"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group c}"}
        """
      Then the answer is 412
      And "A" is as before

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch
    Scenario Outline: a <kind> is patched by who names a tag that it never had
      Given a <kind> "A"
      When the next request has the header "If-Match" with "{tag}"
      And the client patches "A" with
        """
        [{"op": "replace", "path": "displayName", "value": "{group c}"}]
        """
      Then the answer is 412
      And "A" is as before

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is deleted by who names a tag that it never had
      Given a <kind> "A"
      When the next request has the header "If-Match" with "{tag}"
      And the client deletes "A"
      Then the answer is 412
      And "A" still exists

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch @requires.groups
    Example: members are added to a group that has changed
      Given a user "A"
      And a group "G"
      And "etag" of "G" is remembered as "old"
      When the client changes "G" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the next request has the header "If-Match" with "{old}"
      And the client patches "G" with
        """
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is 412
      And the members of "G" are ""

  @RFC7644-3.14-06 @IMPLIED @requires.etag
  Rule: A change of the current version is made
    Follows from section 3.14; * stands for whatever version is current (RFC 7232
    section 3.1).

    Scenario Outline: a <kind> is replaced by who names <tag>
      Given a <kind> "A"
      When the next request has the header "If-Match" with "<value>"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the answer is a success
      And "A" now has
        """
        {"displayName": "{group b}"}
        """

      Examples:
        | kind  | tag                    | value                   |
        | user  | the current tag        | {A.etag}                |
        | user  | any                    | *                       |
        | user  | several, with this one | {tag}, {A.etag}  |

      @requires.groups
      Examples:
        | kind  | tag                    | value                   |
        | group | the current tag        | {A.etag}                |
        | group | any                    | *                       |

    @requires.patch
    Scenario Outline: a <kind> is patched by who names <tag>
      Given a <kind> "A"
      When the next request has the header "If-Match" with "<value>"
      And the client patches "A" with
        """
        [{"op": "replace", "path": "displayName", "value": "{group b}"}]
        """
      Then the answer is a success
      And "A" now has
        """
        {"displayName": "{group b}"}
        """

      Examples:
        | kind  | tag             | value    |
        | user  | the current tag | {A.etag} |
        | user  | any             | *        |

      @requires.groups
      Examples:
        | kind  | tag             | value    |
        | group | the current tag | {A.etag} |
        | group | any             | *        |

    Scenario Outline: a <kind> is deleted by who names <tag>
      Given a <kind> "A"
      When the next request has the header "If-Match" with "<value>"
      And the client deletes "A"
      Then the answer is a success
      And "A" is gone

      Examples:
        | kind  | tag             | value    |
        | user  | the current tag | {A.etag} |
        | user  | any             | *        |

      @requires.groups
      Examples:
        | kind  | tag             | value    |
        | group | the current tag | {A.etag} |
        | group | any             | *        |

    Example: a change after a change, each with the tag of the answer before
      Given a user "A"
      When the next request has the header "If-Match" with "{A.etag}"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And "header ETag" of the answer is remembered as "new"
      And the next request has the header "If-Match" with "{new}"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group c}"}
        """
      Then the answer is a success
      And "A" now has
        """
        {"displayName": "{group c}"}
        """

    Example: a change without a condition is made as ever
      Given a user "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group c}"}
        """
      Then the answer is a success
      And "A" now has
        """
        {"displayName": "{group c}"}
        """

  @RFC7644-3.14-07 @IMPLIED @requires.etag @abuse
  Rule: Of several changes of one version at the same time, exactly one is made
    Section 3.14: tags are there so that nobody overwrites the change of another.
    A target that is busy may say so.

    Scenario Outline: a <kind> is replaced
      Given a <kind> "A"
      When 8 clients replace "A" at once, each if it has the tag "{A.etag}"
      Then exactly one of them succeeds, and the others are answered 412 or 409
      And "A" is as the one that succeeded made it

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch
    Scenario Outline: a <kind> is patched
      Given a <kind> "A"
      When 8 clients patch "A" at once, each if it has the tag "{A.etag}"
      Then exactly one of them succeeds, and the others are answered 412 or 409
      And "A" is as the one that succeeded made it

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is deleted
      Given a <kind> "A"
      When 8 clients delete "A" at once, each if it has the tag "{A.etag}"
      Then exactly one of them succeeds, and the others are answered 412 or 409 or 404
      And "A" is gone

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

  @RFC7644-3.14-08 @IMPLIED @requires.etag
  Rule: The tag changes when the resource does, and only then
    RFC 7232 section 2.3: a tag tells one version from another.

    Scenario Outline: a <kind> is replaced
      Given a <kind> "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the answer is a success
      And the tag of "A" is new

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch
    Scenario Outline: a <kind> is patched
      Given a <kind> "A"
      When the client patches "A" with
        """
        [{"op": "replace", "path": "displayName", "value": "{group b}"}]
        """
      Then the answer is a success
      And the tag of "A" is new

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch @requires.groups
    Example: a group is given a member, and loses it
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the tag of "G" is new
      And the client patches "G" with
        """
        [{"op": "remove", "path": "members"}]
        """
      And the tag of "G" is new

    Example: a user is deactivated
      Given a user "A" with
        """
        {"active": true}
        """
      When the client changes "A" by a PUT with
        """
        {"active": false}
        """
      Then the tag of "A" is new

    Scenario Outline: a <kind> is read again and again
      Given a <kind> "A"
      When the client reads "A"
      Then the tag of "A" is as before
      And the tag of "A" is as before
      And the client sends GET /<collection>?count=2
      And the client sends GET /<collection>/{A.id}?attributes=displayName
      And the tag of "A" is as before

      Examples:
        | kind  | collection |
        | user  | Users      |

      @requires.groups
      Examples:
        | kind  | collection |
        | group | Groups     |

    Example: a refused change changes nothing
      Given a user "A"
      When the next request has the header "If-Match" with "{tag}"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the answer is a refusal
      And the tag of "A" is as before

    Example: another user changes
      Given a user "A"
      And a user "B"
      When the client changes "B" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the tag of "B" is new
      And the tag of "A" is as before

  @RFC7644-3.14-09 @IMPLIED @requires.etag
  Rule: The answer to a change carries the tag that the resource has from then on
    Section 3.14 shows the tag in the answer to a creation. A client that uses it
    for its next change must not be refused.

    Scenario Outline: a <kind> is created
      When the client creates the <kind> "A"
      Then the answer carries the tag that a read of "A" shows

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is replaced
      Given a <kind> "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the answer carries the tag that a read of "A" shows

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch
    Scenario Outline: a <kind> is patched, if the answer carries a tag
      Given a <kind> "A"
      When the client patches "A" with
        """
        [{"op": "replace", "path": "displayName", "value": "{group b}"}]
        """
      Then the answer carries no other tag than the one that a read of "A" shows

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

  @RFC7644-3.14-10 @IMPLIED @requires.etag
  Rule: A change of whatever version, when there is none, is refused
    RFC 7232 section 3.1: * fits no resource that does not exist. Whether that is
    told with 404 or with 412 is open.

    Scenario Outline: a deleted <kind> is deleted
      Given a <kind> "A"
      When the client deletes "A"
      And the next request has the header "If-Match" with "*"
      And the client deletes "A"
      Then the answer is 404 or 412

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a deleted <kind> is replaced
      Given a <kind> "A"
      When the client deletes "A"
      And the next request has the header "If-Match" with "*"
      And the client changes "A" by a PUT with
        """
        {"displayName": "{group b}"}
        """
      Then the answer is 404 or 412
      And "A" is gone

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

  @RFC7644-3.14-11 @SHOULD @requires.etag
  Rule: The answer 304 repeats the tag
    RFC 7232 section 4.1: a cache has to know which of its versions is meant.

    Example: a user that the client has already
      Given a user "A"
      When the next request has the header "If-None-Match" with "{A.etag}"
      And the client reads "A"
      Then the answer is 304
      And its "header ETag" is "{A.etag}"
