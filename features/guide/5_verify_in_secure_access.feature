Feature: Verify in Secure Access
  The administrator looks for the users and the groups on the page "Users, Groups, and Endpoint Devices".
  Source: Cisco document 225885, "Verify in Cisco Secure Access", unless a Rule names another.

  @CSA-VERIFY-01 @OBSERVED @requires.dashboard
  Rule: The Users page shows the user with name, UPN, auth property, source and directory
    The screenshot "Verify Users in CSA".

    Example: the row of the guide
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the Users page shows
        | Name                 | Risk Alerts | User Principal Name (UPN) | Auth Property    | Source | Directory       |
        | Josue's Display Name | -           | Josue's Username          | Josue's Username | Duo    | DUO Integration |

  @CSA-VERIFY-02 @OBSERVED @requires.dashboard
  Rule: The Groups page shows the group with type, source and directory
    The screenshot "Verify Group in CSA".

    Example: the row of the guide
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the Groups page shows
        | Name        | Type   | Source | Directory       |
        | DUO - Users | Groups | Duo    | DUO Integration |

  @CSA-VERIFY-03 @OBSERVED @requires.dashboard
  Rule: The pages can be narrowed to one directory, the tabs count all of them
    The screenshots: the filter "Source DUO Integration" leaves 1 result, the tabs show Users 7 and Groups 6.

    Example: two directories
      Given a second directory with a token of its own
      And the second directory has 6 users and 5 groups
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the Users page shows 1 of 7 results for the directory "DUO Integration"
      And the Groups page shows 1 of 6 results for the directory "DUO Integration"

  @CSA-VERIFY-04 @ASSUMED @requires.dashboard
  Rule: The auth property is authName where there is one, and the UPN otherwise
    Source: Secure Access help 136491 on authName; the screenshot shows the same
    address in both columns. That the UPN steps in is inferred.

    Example: with authName
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Display Name       | displayName           |
        | Auth Name          | authName              |
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the Users page shows
        | Name                 | Risk Alerts | User Principal Name (UPN) | Auth Property     | Source | Directory       |
        | Josue's Display Name | -           | Josue's Username          | Josue's Auth Name | Duo    | DUO Integration |

  @CSA-VERIFY-05 @OBSERVED @requires.dashboard
  Rule: A user who was deleted is no longer on the page
    "Permanently delete the users in your application."

    Example: deleted
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the Users page is empty

  @CSA-VERIFY-06 @MUST
  Rule: What the pages show can be read over SCIM
    Other targets have no such page: the list of users and groups is how to verify there.

    Example: the user and the group are listed
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then "Josue" is in the list of all users
      And the group "DUO - Users" is in the list of all groups

  @CSA-VERIFY-07 @MUST
  Rule: A user read by its id is the user that was provisioned
    RFC 7644 section 3.4.1.

    Example: by id
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then "Josue" read by id is the same as "Josue" in the list

  @CSA-VERIFY-08 @SHOULD
  Rule: The user shows the group that it is a member of
    RFC 7643 section 4.1.2: groups is read-only and follows the memberships.

    Example: a member
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target's user "Josue" names the group "DUO - Users"
