Feature: Deactivate or delete
  "User deprovisioning behavior" decides what happens in the application to
  users who are removed, and to the users of a group that is removed.
  Source: Cisco document 225885, the Users part of the Provisioning tab, unless a Rule names another.

  @CSA-DEPROV-01 @MUST
  Rule: With "Deactivate Users" a removed user stays in the target, disabled
    "Removing a group or user will keep the users in your application but set them to disabled."

    Example: a user leaves the group
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is disabled in the target
      And "Josue" has the same id as before
      And the user "Miguel" is enabled in the target
      And the target's group "DUO - Users" has the members "Miguel"

    Example: a user is deleted from Duo
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When "Josue" is deleted from Duo
      And Duo provisions
      Then the user "Josue" is disabled in the target
      And the user "Miguel" is enabled in the target

    Example: the group is removed from the application
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When the group "DUO - Users" is removed from the application
      And Duo provisions
      Then the user "Josue" is disabled in the target
      And the user "Miguel" is disabled in the target

  @CSA-DEPROV-02 @MUST
  Rule: With "Delete Users" a removed user is gone from the target for good
    "Removing a group or user will permanently delete the users in your application."

    Example: a user leaves the group
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the target has no user "Josue"
      And the former id of "Josue" is not found
      And the target has exactly one user "Miguel"
      And the target's group "DUO - Users" has among its members "Miguel"

    Example: a user is deleted from Duo
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When "Josue" is deleted from Duo
      And Duo provisions
      Then the target has no user "Josue"
      And the target has exactly one user "Miguel"

    Example: the group is removed from the application
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When the group "DUO - Users" is removed from the application
      And Duo provisions
      Then the target has no user "Josue"
      And the target has no user "Miguel"

  @CSA-DEPROV-03 @MUST
  Rule: Whoever is still in another selected group stays as they are
    Deprovisioning concerns users who are in no selected group any more.

    Scenario Outline: <behavior>
      Given the deprovisioning behavior is "<behavior>"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      And Duo has provisioned "Josue" into the group "DUO - Engineers"
      When the group "DUO - Users" is removed from the application
      And Duo provisions
      Then the user "Josue" is enabled in the target
      And "Josue" has the same id as before
      And the target's group "DUO - Engineers" has the members "Josue"

      Examples:
        | behavior         |
        | Deactivate Users |
        | Delete Users     |

  @CSA-DEPROV-04 @MUST
  Rule: A deactivated user keeps its attributes
    "Keep the users in your application": a user without its data is not kept.

    Example: after leaving the group
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is disabled in the target
      And the target's user "Josue" has
        | attribute       | value                 |
        | userName        | Josue's Username      |
        | displayName     | Josue's Display Name  |
        | emails          | Josue's Email Address |
        | name.familyName | Josue's Last Name     |
        | name.givenName  | Josue's First Name    |

  @CSA-DEPROV-05 @MUST
  Rule: A deactivated user who returns is enabled again and is the same user
    Source: MANTL's page on Duo provisioning: re-enabled without a new account.

    Example: leaves and returns
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      And "Josue" has left the group "DUO - Users" and was deprovisioned
      When "Josue" joins the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is enabled in the target
      And the target has exactly one user "Josue"
      And "Josue" has the same id as before
      And the target's group "DUO - Users" has the members "Josue, Miguel"

  @CSA-DEPROV-06 @MUST
  Rule: A deleted user who returns is created anew
    "Permanently delete": the old account cannot come back, and its name is free again. RFC 7644 section 3.6.

    Example: leaves and returns
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      And "Josue" has left the group "DUO - Users" and was deprovisioned
      When "Josue" joins the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is enabled in the target
      And the target has exactly one user "Josue"
      And "Josue" has another id than before
      And the target's group "DUO - Users" has among its members "Josue, Miguel"

  @CSA-DEPROV-07 @MUST
  Rule: A deactivated user can still be found by name
    Otherwise a returning user could not be matched.

    Example: looked up
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is disabled in the target
      And a look-up of "Josue" finds exactly "Josue"

  @DUO-DEPROV-01 @OBSERVED
  Rule: "Deactivate Users" never deletes a user
    "Keep the users in your application but set them to disabled."

    Example: leaves the group
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then something is sent about "Josue"
      And Duo never deletes "Josue"

  @DUO-DEPROV-02 @OBSERVED
  Rule: "Delete Users" deletes the removed user and nobody else
    "Removing a group or user will permanently delete the users in your application."

    Example: leaves the group
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then Duo deletes "Josue"
      And Duo never deletes "Miguel"

  @DUO-DEPROV-03 @ASSUMED
  Rule: A user who is gone from the target already counts as deprovisioned
    What was wanted is so; telling a failure for ever would help nobody.

    Example: deleted by somebody else
      Given the deprovisioning behavior is "Delete Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      And somebody deletes "Josue" in the target
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the Activity Log tells no failure
      And the target has no user "Josue"

  @DUO-DEPROV-04 @ASSUMED
  Rule: Deprovisioning happens once
    Nothing is sent when nothing changes.

    Example: the pass after
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      And "Josue" has left the group "DUO - Users" and was deprovisioned
      When Duo provisions
      Then nothing more is written

  @DUO-DEPROV-05 @ASSUMED
  Rule: A deprovisioning that fails is logged and tried again
    Not published; a user who leaves must not keep access because of one failed request.

    Example: the target fails once
      Given a server that fails once when "Josue" is deprovisioned
      And the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      And Duo provisions
      Then the Activity Log tells a failure about "Josue"
      And the user "Josue" is disabled in the target

  @DUO-DEPROV-06 @ASSUMED
  Rule: A deactivated user who returns under another user name is the same account
    Duo remembers which account is whose. A look-up by the new name would find none,
    and the user would get a second account.

    Example: renamed while away
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      And "Josue" has left the group "DUO - Users" and was deprovisioned
      When the user name of "Josue" becomes another one
      And "Josue" joins the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is enabled in the target
      And "Josue" has the same id as before
