Feature: RFC 7643, 2.4 Multi-valued attributes: primary in filters
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7643-2.4-03 @SHALL @requires.filter
  Rule: A value without "primary" is not primary
    It counts as if it said false.

    Example: by the attribute
      When the client looks for users where userName sw "{population}-" and emails.primary eq false
      Then exactly "Ada, Cy, Dee, Eve, Hal, Joy" are found

    Example: a single value that does not say
      When the client looks for users where userName eq "{Dee.userName}" and emails.primary eq false
      Then exactly "Dee" is found

    Example: a single value that does not say is not true
      When the client looks for users where userName eq "{Dee.userName}" and emails.primary eq true
      Then nothing is found

    Example: by a value filter
      When the client looks for users where userName sw "{population}-" and emails[type eq "work" and primary eq false]
      Then exactly "Cy, Dee" are found, or the filter is refused
