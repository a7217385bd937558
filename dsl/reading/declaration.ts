import type { Blueprint } from '#core/blueprint'
import type { Declaration, DeclarationKind } from '#dsl/syntax'
import { readChoice, readLimitBeyond, readSopWritten, readSplitBy, readTicketBeyond } from './beyond.ts'
import { readCampaign, readSegment, readStages, readTemplate } from './campaign.ts'
import { readAccess, readForm } from './form.ts'
import { readHours, readRoute, readSetting, readTicket } from './desk.ts'
import { readPrice, readSettlement } from './money.ts'
import {
  readAction,
  readEntity,
  readEnum,
  readLexicon,
  readLibrary,
  readMigration,
  readNames,
  readProperty,
} from './names.ts'
import { readLeadPool, readOverlay, readQuote, readRates, readRebate } from './offer.ts'
import { readLimit, readSop } from './reach.ts'
import { readRows } from './table.ts'
import { readAlert, readBoard, readClassify, readMetric, readSignal, readSource } from './watch.ts'

/**
 * Any declaration as Chinese sentences for people who run the desk: from the blueprint where it is there, from the text
 * where nothing of it is. Empty for what only speaks about others (`use`, labels) or could not be read.
 */
export function readDeclaration(blueprint: Blueprint, node: Declaration): string[] {
  return readTold(blueprint, { kind: node.kind, name: node.name.text, node })
}

/** A declaration that is to be told; without its text what only the text says is left out. */
export interface Told {
  readonly kind: DeclarationKind
  readonly name: string
  readonly node?: Declaration | undefined
}

export function readTold(blueprint: Blueprint, { kind, name, node }: Told): string[] {
  const beyond = node ? readBeyond(blueprint, node) : []
  switch (kind) {
    case 'pack':
      return [
        `${blueprint.pack.label || name}，第 ${blueprint.pack.version} 版，金额用 ${blueprint.pack.currency}，时间按 ${blueprint.pack.zone}。`,
      ]
    case 'hours':
      return from(blueprint.hours[name], readHours)
    case 'setting':
      return from(blueprint.settings[name], setting => readSetting(blueprint, setting))
    case 'form':
      return blueprint.forms[name] ? readForm(blueprint, blueprint.forms[name]) : []
    case 'access':
      return readAccess(blueprint, blueprint.access[name] ?? {})
    case 'ticket':
      return blueprint.tickets[name] ? [...readTicket(blueprint, name), ...beyond] : []
    case 'route':
      return [...(blueprint.routes[name] ? readRoute(blueprint, name) : []), ...beyond]
    case 'table':
      return blueprint.tables[name] ? readRows(blueprint, blueprint.tables[name]) : []
    case 'price':
      return blueprint.prices[name] ? readPrice(blueprint, blueprint.prices[name]) : []
    case 'settle':
      return [
        ...from(blueprint.settlements[name], settlement => readSettlement(blueprint, settlement)),
        ...beyond,
      ]
    case 'segment':
      return from(blueprint.segments[name], segment => readSegment(blueprint, segment))
    case 'overlay':
      return from(blueprint.overlays[name], overlay => readOverlay(blueprint, overlay))
    case 'sop':
      return readJourney(blueprint, name, node)
    case 'limit':
      return [...(blueprint.limits[name] ? readLimit(blueprint, blueprint.limits[name]) : []), ...beyond]
    default:
      return node ? readWritten(blueprint, node) : []
  }
}

function readJourney(blueprint: Blueprint, name: string, node: Declaration | undefined): string[] {
  const sop = blueprint.sops[name]
  if (!sop) return []
  return node?.kind === 'sop' ? readSopWritten(blueprint, sop, node) : readSop(blueprint, sop)
}

function readBeyond(blueprint: Blueprint, node: Declaration): string[] {
  if (node.kind === 'ticket') return readTicketBeyond(blueprint, node)
  if (node.kind === 'route') return readChoice(blueprint, node)
  if (node.kind === 'settle') return readSplitBy(blueprint, node)
  return node.kind === 'limit' ? readLimitBeyond(blueprint, node) : []
}

function from<T>(found: T | undefined, read: (found: T) => string): string[] {
  return found === undefined ? [] : [read(found)]
}

/** What is read as it is written. */
function readWritten(blueprint: Blueprint, node: Declaration): string[] {
  switch (node.kind) {
    case 'enum':
      return [readEnum(node)]
    case 'entity':
      return readEntity(blueprint, node)
    case 'role':
    case 'team':
    case 'skill':
    case 'party':
    case 'pool':
    case 'mode':
      return [readNames(node)]
    case 'library':
      return [readLibrary(node)]
    case 'action':
      return [readAction(blueprint, node)]
    case 'lexicon':
      return [readLexicon(node)]
    case 'stage':
      return [readStages(blueprint, node)]
    case 'template':
      return [readTemplate(node)]
    case 'campaign':
      return [readCampaign(blueprint, node)]
    case 'property':
      return [readProperty(blueprint, node)]
    case 'migrate':
      return [readMigration(node)]
    default:
      return readOffered(blueprint, node)
  }
}

function readOffered(blueprint: Blueprint, node: Declaration): string[] {
  switch (node.kind) {
    case 'rebate':
      return [readRebate(blueprint, node)]
    case 'rates':
      return [readRates(blueprint, node)]
    case 'quote':
      return [readQuote(blueprint, node)]
    case 'lead-pool':
      return [readLeadPool(blueprint, node)]
    case 'signal':
      return [readSignal(blueprint, node)]
    case 'source':
      return [readSource(blueprint, node)]
    case 'alert':
      return [readAlert(blueprint, node)]
    case 'metric':
      return [readMetric(blueprint, node)]
    case 'board':
      return [readBoard(blueprint, node)]
    case 'classify':
      return [readClassify(blueprint, node)]
    default:
      return []
  }
}
