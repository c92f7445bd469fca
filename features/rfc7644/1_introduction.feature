Feature: RFC 7644, 1 Introduction

  @RFC7644-1.2-01 @MUST
  Rule: The addresses that a server gives out are percent-encoded
    Section 1.2 sends everybody to RFC 3986. An id may hold any character; within an address it appears encoded.
    The other direction counts too: what a client has encoded, the server decodes once.

    Example: the addresses in all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each address in the header Location and in "meta.location" has only the characters of RFC 3986

    @requires.filter
    Example: an encoded plus sign stays a plus sign
      Given a user "A" with
        """json
        {"userName": "{user a+b}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found

    @requires.filter
    Example: an encoded ampersand does not end the filter
      Given a user "A" with
        """json
        {"displayName": "{marker} R&D #1 100%"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and displayName eq "{marker} R&D #1 100%" |
      Then exactly "A" is found

  @RFC7644-1.3-01 @MUST-NOT
  Rule: The base URI has no query
    Section 1.3: clients append paths and parameters to it. It shows in the addresses that the server makes of it.

    Example: the addresses in all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then no address in the header Location and in "meta.location" has a query or a fragment
