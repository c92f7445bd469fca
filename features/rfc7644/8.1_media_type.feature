Feature: RFC 7644, 8.1 The media type

  @RFC7644-8.1-01 @SHOULD
  Rule: Answers are of the type application/scim+json
    Section 8.1. Parameters do not matter.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each body is of the media type application/scim+json
