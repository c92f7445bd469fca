Feature: RFC 7643, 7 Schema definition: whether it is true
  Everything that the target's schemas declare is written, read, changed and looked for, and everything that it
  shows is held against them.

  Background:
    Given the schemas of the target, or those of RFC 7643 section 8.7 where it publishes none

  @RFC7643-7-07 @SHALL
  Rule: The case of case-exact values is preserved

    Example: of a user
      Given a user "A"
      When the client creates a resource like "A", sending a value for every writable attribute
      Then each value of a case-exact attribute that was accepted is read back to the letter

    @requires.groups
    Example: of a group
      Given a user "A"
      And a group "G"
      When the client creates a resource like "G", sending a value for every writable attribute
      Then each value of a case-exact attribute that was accepted is read back to the letter

  @RFC7643-7-08 @SHALL-NOT
  Rule: A readOnly attribute is never modified by a client
    Whether the target refuses or ignores it is the business of the request's own section.

    Scenario Outline: of a <kind> by a <method>
      Given a user "B"
      And a <kind> "A"
      When the client <writes> "A", sending a value for every readOnly attribute
      Then none of these values is stored, and those that were stored before are unchanged

      Examples:
        | kind | method | writes                  |
        | user | POST   | creates a resource like |
        | user | PUT    | replaces                |

    @requires.groups
    Scenario Outline: of a <kind> by a <method>, where there are groups
      Given a user "B"
      And a group "H"
      And a <kind> "A"
      When the client <writes> "A", sending a value for every readOnly attribute
      Then none of these values is stored, and those that were stored before are unchanged

      Examples:
        | kind  | method | writes                  |
        | user  | POST   | creates a resource like |
        | user  | PUT    | replaces                |
        | group | POST   | creates a resource like |
        | group | PUT    | replaces                |

    @requires.patch
    Example: of a user by a PATCH
      Given a user "A"
      When the client patches "A", sending a value for every readOnly attribute
      Then none of these values is stored, and those that were stored before are unchanged

    @requires.patch @requires.groups
    Scenario Outline: of a <kind> by a PATCH, where there are groups
      Given a group "H"
      And a <kind> "A"
      When the client patches "A", sending a value for every readOnly attribute
      Then none of these values is stored, and those that were stored before are unchanged

      Examples:
        | kind  |
        | user  |
        | group |

  @RFC7643-7-09 @SHALL-NOT
  Rule: An immutable attribute is never changed once it is set
    Lists can be replaced as a whole; it is their elements that cannot be edited.

    @requires.patch
    Example: of a user by a PATCH
      Given a user "A"
      When the client patches "A", sending another value for every immutable attribute
      Then none of these values is stored, and those that were stored before are unchanged

    Example: of a user by a PUT
      Given a user "A"
      When the client replaces "A", sending another value for every immutable attribute
      Then none of these values is stored, and those that were stored before are unchanged

    @requires.patch @requires.groups
    Example: of a group by a PATCH
      Given a user "A"
      And a user "B"
      And a group "G"
      When the client patches "G", sending another value for every immutable attribute
      Then none of these values is stored, and those that were stored before are unchanged

  @RFC7643-7-10 @SHALL-NOT @security
  Rule: A writeOnly value is never shown
    Not in the answer to the request that wrote it, and not when it is asked for by name.

    Scenario Outline: written by a <method>
      Given a user "A"
      When the client <writes> "A", sending a value for every attribute that is "writeOnly" or returned "never"
      Then no answer to this request, to reads and to searches shows these values

      Examples:
        | method | writes                  |
        | POST   | creates a resource like |
        | PUT    | replaces                |

    @requires.patch
    Example: written by a PATCH
      Given a user "A"
      When the client patches "A", sending a value for every attribute that is "writeOnly" or returned "never"
      Then no answer to this request, to reads and to searches shows these values

  @RFC7643-7-11 @IMPLIED
  Rule: What is always returned cannot be left out
    Neither by asking for other attributes nor by excluding it.

    Example: in every kind of answer
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then each answer shows the attributes that are declared as returned "always"

  @RFC7643-7-12 @IMPLIED @security
  Rule: What is never returned is in no answer

    Example: in every kind of answer
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then no answer shows an attribute that is declared as "writeOnly" or as returned "never"

  @RFC7643-7-13 @IMPLIED
  Rule: What is returned on request is in the answers to queries that ask for it, and in no other

    Example: unasked
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then no answer to a read or a search shows an attribute that is declared as returned on "request", unless it is asked for

    Example: asked for
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then each answer to a request for attributes that are declared as returned on "request" shows them

  @RFC7643-7-14 @IMPLIED
  Rule: What is returned by default gives way to what is asked for

    Example: the name alone is asked for
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then an answer to a request for one attribute shows no others, except those that are declared as returned "always"

  @RFC7643-7-15 @SHOULD
  Rule: A value that is declared as unique is refused to a second resource

    Scenario Outline: by a <method>
      When the client sends each value that is declared as unique to a second resource by a <method>
      Then each of these requests is refused

      Examples:
        | method |
        | POST   |
        | PUT    |

    @requires.patch
    Example: by a PATCH
      When the client sends each value that is declared as unique to a second resource by a PATCH
      Then each of these requests is refused

  @RFC7643-7-16 @IMPLIED
  Rule: Values that are declared as not unique may repeat
    Two people can have the same name. A target may want groups to differ, and refuse cleanly.

    Example: two users of one display name
      Given the target declares "displayName" of users as none
      And a user "A" with
        """
        {"displayName": "Same {marker}"}
        """
      When the client creates the user "B" with
        """
        {"displayName": "Same {marker}"}
        """
      Then the answer is a success

    Example: two users of one name
      Given the target declares "name.familyName" of users as none
      And a user "A" with
        """
        {"name": {"givenName": "Same", "familyName": "Person"}}
        """
      When the client creates the user "B" with
        """
        {"name": {"givenName": "Same", "familyName": "Person"}}
        """
      Then the answer is a success

    @requires.groups
    Example: two groups of one name
      Given a group "G"
      When the client creates the group "H" with
        """
        {"displayName": "{G.displayName}"}
        """
      Then the answer is 201 or 400 or 409

    @requires.groups @requires.patch
    Example: a group is renamed to the name of another
      Given a group "G"
      And a group "H"
      When the client patches "H" with
        """
        [{"op": "replace", "path": "displayName", "value": "{G.displayName}"}]
        """
      Then the answer is 200 or 204 or 400 or 409

  @RFC7643-7-17 @IMPLIED
  Rule: The target shows nothing that its schemas do not declare
    The usual parts of a list's elements (section 2.4) and the common attributes (section 3.1) need no declaration.

    Example: in every kind of answer
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then no answer shows an attribute that the schemas of its resource type do not declare

  @RFC7643-7-18 @IMPLIED
  Rule: What is not declared as required is not demanded
    Also not what only this target demands: a client reads it in the schema or nowhere. Where the target has no
    /Schemas, that is what RFC 7643 section 8.7.1 requires.

    Scenario Outline: by a <method>
      When the client sends a user and a group with only the required attributes by a <method>
      Then each of these requests is a success

      Examples:
        | method |
        | POST   |
        | PUT    |

  @RFC7643-7-19 @IMPLIED
  Rule: Every attribute that is declared as writable is stored
    A target may refuse a value, as it may have rules of its own; it may not pass over it in silence. It may put
    it in a canonical form.

    Scenario Outline: of a user by a <method>
      Given a user "A"
      And a user "B"
      When the client <writes> "A", sending a value for every writable attribute
      Then each value that was accepted is read back

      Examples:
        | method | writes                  |
        | POST   | creates a resource like |
        | PUT    | replaces                |

    @requires.patch
    Example: of a user by a PATCH
      Given a user "A"
      And a user "B"
      When the client patches "A", sending a value for every writable attribute
      Then each value that was accepted is read back

    @requires.groups
    Scenario Outline: of a group by a <method>
      Given a user "B"
      And a group "A"
      When the client <writes> "A", sending a value for every writable attribute
      Then each value that was accepted is read back

      Examples:
        | method | writes                  |
        | POST   | creates a resource like |
        | PUT    | replaces                |

    @requires.groups @requires.patch
    Example: of a group by a PATCH
      Given a user "B"
      And a group "A"
      When the client patches "A", sending a value for every writable attribute
      Then each value that was accepted is read back

  @RFC7643-7-20 @IMPLIED
  Rule: Multi-valued attributes are arrays, single-valued ones are not
    Also with one value.

    Example: in every kind of answer
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then each answer shows multi-valued attributes as arrays, and no others

  @RFC7643-7-21 @IMPLIED
  Rule: A value is of the type that its attribute is declared with

    Example: in every kind of answer
      Given a user and a group with a value for every attribute that a client can write
      When the client reads, lists, searches, replaces and patches both of them
      Then each answer shows values of the declared types

  @RFC7643-7-22 @IMPLIED
  Rule: Plain texts are taken
    Names and titles have no form that they could fail to have. Other attributes a target may refuse by rules of
    its own.

    Example: by a POST
      Given a user "A"
      When the client creates a resource like "A", sending a value for every writable attribute
      Then no value of "displayName", "name", "nickName" or "title" was refused

    Example: by a PUT
      Given a user "A"
      When the client replaces "A", sending a value for every writable attribute
      Then no value of "displayName", "name", "nickName" or "title" was refused

    @requires.patch
    Example: by a PATCH
      Given a user "A"
      When the client patches "A", sending a value for every writable attribute
      Then no value of "displayName", "name", "nickName" or "title" was refused

  @RFC7643-7-23 @IMPLIED
  Rule: A canonical value that the schema suggests is stored as it is

    Scenario Outline: every suggested type, by a <method>
      Given a user "A"
      When the client <writes> "A", sending an element of every canonical type
      Then no element that was accepted is read back with another type

      Examples:
        | method | writes                  |
        | POST   | creates a resource like |
        | PUT    | replaces                |

    @requires.patch
    Example: every suggested type, by a PATCH
      Given a user "A"
      When the client patches "A", sending an element of every canonical type
      Then no element that was accepted is read back with another type

  @RFC7643-7-24 @IMPLIED
  Rule: What is declared as required is demanded
    A target that fills it in by itself has it, too.

    Scenario Outline: by a <method>
      When the client sends a user and a group without one of the required attributes by a <method>
      Then each of these requests is refused, unless the target fills in what is missing

      Examples:
        | method |
        | POST   |
        | PUT    |

  @RFC7643-7-25 @IMPLIED
  Rule: What is shown can be found by a filter, unless the target refuses the filter

    @requires.filter
    Example: a user by all of its attributes
      Given a user "A"
      When the client creates a resource like "A", sending a value for every writable attribute
      And the client looks for the resource by each value that it shows
      Then each of these filters finds the resource, or is refused

    @requires.filter @requires.groups
    Example: a group by all of its attributes
      Given a user "A"
      And a group "G"
      When the client creates a resource like "G", sending a value for every writable attribute
      And the client looks for the resource by each value that it shows
      Then each of these filters finds the resource, or is refused
