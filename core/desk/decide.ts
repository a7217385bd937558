import { assignAgain } from './assign.ts'
import { refuse, type Command, type Decision, type Question, type Refusal } from './command.ts'
import { due } from './due.ts'
import { message } from './message.ts'
import { migrate } from './migrate.ts'
import { open } from './open.ts'
import { outcome } from './outcome.ts'
import { say } from './say.ts'
import { chooseSubject } from './subject.ts'
import { transition } from './transition.ts'

/** The engine: what a command does to a ticket, or why it does nothing. Pure; the same answer everywhere. */
export function decide(asked: Question, command: Command): Decision | Refusal {
  const { at, facts } = asked
  const question = facts.at === at ? asked : { ...asked, facts: { ...facts, at } }
  if (command.command === 'open') return open(question, command)
  if (!question.state) return refuse('unknown-ticket')
  if (command.command === 'transition') return transition(question, command)
  if (command.command === 'due') return due(question, command)
  if (command.command === 'outcome') return outcome(question, command)
  if (command.command === 'migrate') return migrate(question, command)
  if (command.command === 'say') return say(question, command)
  if (command.command === 'about') return chooseSubject(question, command)
  return command.command === 'message' ? message(question, command) : assignAgain(question, command)
}

export function isRefusal(answer: Decision | Refusal): answer is Refusal {
  return 'refused' in answer
}
