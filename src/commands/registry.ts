import { account } from './accounts/account.ts'
import { accountDeals, accountInvoices, accountMeetings, accountPeople } from './accounts/details.ts'
import { discountCommands } from './discounts/commands.ts'
import { followUpCommands } from './follow-ups/commands.ts'
import { helpCommand } from './help.ts'
import { awayCommands } from './identity/away.ts'
import { settingsHours, settingsHoursSave } from './identity/hours.ts'
import { linkCommand, type LinkParts } from './identity/link.ts'
import { settings, settingsEdit, settingsSave } from './identity/settings.ts'
import type { Command } from './kit/command.ts'
import { meetingCommands } from './meetings/commands.ts'
import { roadCommands } from './meetings/road-commands.ts'
import { noticeCommands } from './notices/commands.ts'

/** Every command there is, in the order of help. A command that is not in this list does not exist. */
export function allCommands(parts: LinkParts): readonly Command[] {
  const commands: readonly Command[] = [
    account,
    ...meetingCommands,
    ...followUpCommands,
    ...discountCommands,
    ...noticeCommands,
    ...roadCommands,
    accountPeople,
    accountDeals,
    accountInvoices,
    accountMeetings,
    ...awayCommands,
    settings,
    settingsEdit,
    settingsSave,
    settingsHours,
    settingsHoursSave,
    linkCommand(parts),
    helpCommand(() => commands),
  ]
  return commands
}
