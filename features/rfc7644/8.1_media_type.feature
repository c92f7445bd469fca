Feature: RFC 7644, 8.1 The media type

  @RFC7644-8.1-01 @SHOULD
  Rule: Answers are of the type application/scim+json
    Section 8.1. Parameters do not matter.

    Example: all answers
      When the client takes the tour
      Then each body is of the type scim+json
