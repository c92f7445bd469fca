Feature: Entra ID connects
  Microsoft Entra ID as a SCIM client: what it sends word for word, and what it
  needs back. These Rules run with --profile entra.

  Another client is added in the same way, by data alone: a folder for it below
  features with files like this one; ids that begin with its name, which
  features/requirement.go and steps/play.go have to know; the level DOCUMENTED
  where the vendor writes it and ASSUMED where others tell it or where it can be
  configured; a source in each Rule or here; payloads as they come over the wire,
  in the sentences of steps/client_steps.go, judged by those of
  steps/answer_steps.go; and for every Rule the mistakes that it notices, in
  simulators/provider/faults.

  Source: Microsoft Entra documentation, "Develop and plan provisioning for a
  SCIM endpoint", unless a Rule names another.

  @ENTRA-CONNECT-01 @DOCUMENTED
  Rule: Test Connection asks for a user who does not exist and gets an empty list
    The request shows that endpoint and credentials are right. Nobody found is
    200 with a ListResponse, never 404.

    Example: a random user
      When the client sends GET /Users with the query
        | filter | userName eq "{user 5a8f7c1e-0d3b-4a43-9d0a-2f6f5f7a9c11}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0

    Example: a random name with a space in it
      When the client sends GET /Users with the query
        | filter | userName eq "non-existent {user}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0

  @ENTRA-CONNECT-02 @DOCUMENTED @requires.groups
  Rule: Test Connection asks for a group that does not exist and gets an empty list
    Asked for as every group is, without its members.

    Example: a random group
      When the client sends GET /Groups with the query
        | excludedAttributes | members                                                         |
        | filter             | displayName eq "{group 0c0f59f4-6d4c-4a1f-8c52-d0f1a3f5e6b7}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0

  @ENTRA-CONNECT-03 @DOCUMENTED
  Rule: The bearer token decides who is served
    A single long-lived token is all that Entra ID presents.

    Example: the right token
      When the client sends GET /Users?count=1
      Then the answer is 200 with a list

    Example: a wrong token
      Given a user "A"
      And the client sends GET /Users?count=1
      And the answer is 200 with a list
      When the client with a wrong token sends GET /Users?count=1
      Then the answer is 401
      And each answer shows nothing of "A"

  @ENTRA-CONNECT-04 @ASSUMED
  Rule: Answers are of the media type application/scim+json
    The documentation recommends it for all answers; plain JSON is read as well.

    Example: a list, and a refusal
      When the client sends GET /Users with the query
        | filter | userName eq "{user}" |
      Then the answer is 200 with a list
      And its "header Content-Type" contains "application/scim+json"
      When the client sends GET /Users/{marker}-unknown
      Then the answer is 404
      And its "header Content-Type" contains "application/scim+json"

  @ENTRA-CONNECT-05 @DOCUMENTED
  Rule: The schemas are a list
    Read when the provisioning configuration is saved, to offer further attributes.

    Example: with the schema of users
      When the client sends GET /Schemas
      Then the answer is 200 with a list
      And its "Resources" contains "urn:ietf:params:scim:schemas:core:2.0:User"

  @ENTRA-CONNECT-06 @DOCUMENTED
  Rule: Users are listed page by page
    Example: the first page of two
      Given a user "A"
      And a user "B"
      When the client sends GET /Users?startIndex=1&count=1
      Then the answer is 200 with a list
      And its "Resources" has 1 element
      And its "totalResults" is not "1"
