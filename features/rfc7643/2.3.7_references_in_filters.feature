Feature: RFC 7643, 2.3.7 Reference: comparison in filters
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7643-2.3.7-06 @IMPLIED @requires.filter
  Rule: References are compared with regard to case
    Paths of URLs have case. The schema that the standard itself prints says otherwise of profileUrl: who declares it so is
    not judged.

    Example: the reference as it is
      Given the target keeps "profileUrl" of "Ada"
      When the client looks for users where profileUrl eq "{Ada.profileUrl}"
      Then exactly "Ada" is found

    Example: the reference in other letters
      Given the target keeps "profileUrl" of "Ada"
      And the target declares "profileUrl" of users as caseExact
      When the client looks for users where profileUrl eq "{Ada.profileUrl in other case}"
      Then nothing is found

    Example: the end of a reference in other letters
      Given the target keeps "profileUrl" of "Ada"
      And the target declares "profileUrl" of users as caseExact
      When the client looks for users where profileUrl ew "/ada"
      Then nothing is found
