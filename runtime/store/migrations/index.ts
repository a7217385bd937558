import { ActionRuns } from './action-runs.ts'
import { Actions } from './actions.ts'
import { Attachments } from './attachments.ts'
import { ClosedTickets } from './closed-tickets.ts'
import { FirstWords } from './first-words.ts'
import { Foundation } from './foundation.ts'
import { Invite } from './invite.ts'
import { Ledger } from './ledger.ts'
import { MasterKey } from './master-key.ts'
import { MergeChoices } from './merge-choices.ts'
import { Moves } from './moves.ts'
import { Packs } from './packs.ts'
import { Reach } from './reach.ts'
import { Sources } from './sources.ts'
import { Subject } from './subject.ts'
import { Tenant } from './tenant.ts'

/** All migrations, oldest first; a name once released never changes. */
export const migrations = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-invite', class: Invite },
  { name: '0003-reach', class: Reach },
  { name: '0004-actions', class: Actions },
  { name: '0005-ledger', class: Ledger },
  { name: '0006-subject', class: Subject },
  { name: '0007-moves', class: Moves },
  { name: '0008-tenant', class: Tenant },
  { name: '0009-action-runs', class: ActionRuns },
  { name: '0010-sources', class: Sources },
  { name: '0011-merge-choices', class: MergeChoices },
  { name: '0012-master-key', class: MasterKey },
  { name: '0013-attachments', class: Attachments },
  { name: '0014-packs', class: Packs },
  { name: '0015-closed-tickets', class: ClosedTickets },
  { name: '0016-first-words', class: FirstWords },
]
