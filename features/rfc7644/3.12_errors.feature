Feature: RFC 7644, 3.12 Status and errors

  @RFC7644-3.12-01 @MUST
  Rule: An error has a JSON body
    Section 3.12.

    Example: all errors of the tour
      When the client takes the tour
      Then each error has a JSON body

  @RFC7644-3.12-02 @IMPLIED
  Rule: An error names the schema of errors
    Section 3.12. An error is nothing else beside.

    Example: all errors of the tour
      When the client takes the tour
      Then each error has the schema of errors

  @RFC7644-3.12-03 @REQUIRED
  Rule: An error has its HTTP status as a text
    Section 3.12: status is a string and equals the status of the answer.

    Example: all errors of the tour
      When the client takes the tour
      Then each error has its status as a text

  @RFC7644-3.12-04 @OPTIONAL
  Rule: The keyword of an error is one of the standard's and fits the status
    Section 3.12, table 9, and RFC 9865. None is fine.

    Example: all errors of the tour
      When the client takes the tour
      Then each error keyword is a standard one

  @RFC7644-3.12-05 @OPTIONAL
  Rule: The detail of an error is for people, and keeps the inside of the server hidden
    Section 3.12. Stack traces, statements of databases, and secrets are for the server's log.

    Example: all errors of the tour have a readable detail or none
      When the client takes the tour
      Then each error has a detail for people

    Example: no error of the tour shows the inside
      When the client takes the tour
      Then each error keeps the inside hidden

    Example: an injection shows nothing of the inside
      When the client sends each of
        | GET | /Users/{marker}' OR '1'='1                   |
        | GET | /Users?filter=userName eq "x' OR '1'='1" and |
        | GET | /Users?count=%27x                            |
        | GET | /{marker}                                    |
      Then each error keeps the inside hidden

  @RFC7644-3.12-06 @IMPLIED
  Rule: An internal error is a SCIM error
    Section 3.12 makes no exception for 5xx; there should be none to begin with. No request of this Rule is a reason for one.

    Example: all answers of the tour
      When the client takes the tour
      Then each answer is no server error
      And each server error is a SCIM error

    Example: odd parameters
      When the client sends each of
        | GET | /Users?startIndex=x                             |
        | GET | /Users?count=x                                  |
        | GET | /Users?count=99999999999999999999               |
        | GET | /Users?startIndex=99999999999999999999          |
        | GET | /Users?filter=)(                                |
        | GET | /Users?attributes=,,,                           |
        | GET | /Users?excludedAttributes={marker}              |
        | GET | /Users?sortBy={marker}&sortOrder=sideways       |
        | GET | /Users?filter=userName eq "{marker}&count=1     |
        | GET | /Users?sduoUnknown=1                            |
      Then each answer is no server error
      And each server error is a SCIM error
