import type { Entry } from './entry.ts'

/** Tickets and their flows: AX5. */
export const flow = {
  AX5001: {
    slug: 'unreachable',
    severity: 'error',
    ofWhole: true,
    zh: '没有路能走到「{name}」',
    en: 'nothing leads to “{name}”',
    help: { zh: '加一条指向它的流转，或删掉它。', en: 'Add a transition to it, or remove it.' },
  },
  AX5002: {
    slug: 'dead-end',
    severity: 'error',
    ofWhole: true,
    zh: '工单走到「{name}」就再也结束不了：{path}',
    en: 'a ticket that comes to “{name}” can never end: {path}',
    help: { zh: '给它加一条通往结束的流转。', en: 'Give it a transition towards an end.' },
  },
  AX5003: {
    slug: 'unclocked-wait',
    severity: 'error',
    ofWhole: true,
    zh: '节点「{name}」没有时限，工单可能被遗忘',
    en: 'node “{name}” has no clock: a ticket may be forgotten there',
    help: {
      zh: '加一个 clock，或写 after，或给整张工单加 clock。',
      en: 'Add a clock or an after, or a clock to the whole ticket.',
    },
  },
  AX5004: {
    slug: 'guards-may-miss',
    severity: 'warning',
    ofWhole: true,
    zh: '「{name}」的每条路都有条件，可能一条都不成立',
    en: 'every way of “{name}” has a condition; none may hold',
    help: { zh: '再写一条不带 when 的「{name}」。', en: 'Add one “{name}” without a when.' },
  },
  AX5005: {
    slug: 'shadowed-transition',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」前面已有一条不带条件的，这一条永远走不到',
    en: 'an earlier “{name}” has no condition: this one is never taken',
    help: { zh: '把带条件的写在前面，或删掉这条。', en: 'Put the conditional one first, or remove this.' },
  },
  AX5007: {
    slug: 'region-crossing',
    severity: 'error',
    zh: '并行节点的分支不能这样进出',
    en: 'a branch of a parallel region is not entered or left like this',
    help: {
      zh: '分支里用 -> done 结束，用 abort 离开整个并行；外面只能走到并行本身。',
      en: 'End a branch with -> done, leave the region with abort; from outside go to the region itself.',
    },
  },
  AX5008: {
    slug: 'endless-loop',
    severity: 'error',
    zh: '到时自动回到「{name}」，可能永远循环',
    en: 'time alone leads back to “{name}”, perhaps for ever',
    help: { zh: '加上 max 次数 else -> 别处。', en: 'Add max n else -> elsewhere.' },
  },
  AX5009: {
    slug: 'no-start',
    severity: 'error',
    ofWhole: true,
    zh: '「{name}」没有起点',
    en: '“{name}” has nowhere to start',
    help: {
      zh: '工单写 start -> 节点；分支里至少有一个节点。',
      en: 'Write start -> node; a branch needs a node.',
    },
  },
  AX5010: {
    slug: 'clock-reaction',
    severity: 'error',
    zh: '时限里写 at 百分比，节点里写 on 或 after',
    en: 'a clock takes at with a percent, a node takes on or after',
    help: {
      zh: '例如 clock 响应 2h { at 100% escalate 主管 }。',
      en: 'For example clock 响应 2h { at 100% escalate 主管 }.',
    },
  },
  AX5012: {
    slug: 'unwritable-field',
    severity: 'error',
    ofWhole: true,
    zh: '离开「{node}」要有「{field}」，可是「{role}」不能写它，在这之前也没有人能写',
    en: 'leaving “{node}” takes “{field}”, but “{role}” may not write it, nor anybody before',
    help: {
      zh: '在 access 里让「{role}」能写「{field}」，给它 default，或者不在这里要它。',
      en: 'Let “{role}” write “{field}” in access, give it a default, or do not ask for it here.',
    },
  },
  AX5011: {
    slug: 'working-days',
    severity: 'error',
    zh: '「{found}」按日历走，不能算成「{hours}」的工作时间',
    en: '“{found}” goes by the calendar and cannot be counted in “{hours}”',
    help: {
      zh: '写成小时，例如 {hoursOf}h of {hours}；要按日历走就去掉 of {hours}。',
      en: 'Write hours, such as {hoursOf}h of {hours}, or leave out “of {hours}” to go by the calendar.',
    },
  },
  AX5013: {
    slug: 'idle-cap',
    severity: 'error',
    zh: '「{name}」的 cap 是 0：谁都接不到工单',
    en: 'the cap of “{name}” is 0: nobody would ever get a ticket',
    help: { zh: '写 1 或更多，或去掉 cap。', en: 'Write 1 or more, or leave cap out.' },
  },
  AX5020: {
    slug: 'guards-miss',
    ofWhole: true,
    severity: 'warning',
    zh: '「{name}」有时一条路都没有：{witness} 时每一个 when 都不成立',
    en: 'at times “{name}” leads nowhere: with {witness} no when holds',
    help: {
      zh: '补上这种情况，或再写一条不带 when 的「{name}」。',
      en: 'See to that case, or add one “{name}” without a when.',
    },
  },
  AX5021: {
    slug: 'shadowed-guard',
    severity: 'error',
    zh: '「{name}」的这一条永远走不到：它成立时，前面的 {earlier} 总有一条先成立',
    en: 'this “{name}” is never taken: whenever it holds, one of those before it holds first ({earlier})',
    help: {
      zh: '把更窄的条件写在前面，或删掉这一条。',
      en: 'Put the narrower condition first, or remove this one.',
    },
  },
  AX5022: {
    slug: 'dead-guard',
    severity: 'error',
    zh: '「{name}」的条件永远不成立：{condition}',
    en: 'the condition of “{name}” never holds: {condition}',
    help: {
      zh: '改正条件；它读的字段到这里要有人能填。',
      en: 'Mend the condition; somebody must be able to have filled the fields that it reads.',
    },
  },
  AX5024: {
    slug: 'readable-through',
    severity: 'warning',
    zh: '「{role}」看不到「{field}」，却能从看得到的「{sink}」算出来：{way}',
    en: '“{role}” may not read “{field}”, yet can work it out from “{sink}”, which they may: {way}',
    help: {
      zh: '别让「{role}」看「{sink}」，或让他也能看「{field}」。',
      en: 'Keep “{sink}” from “{role}” too, or let them read “{field}”.',
    },
  },
  AX5030: {
    slug: 'unused',
    severity: 'warning',
    zh: '{kind}「{name}」没有任何地方用到',
    en: 'nothing uses the {kind} “{name}”',
    help: {
      zh: '用上它，或删掉它；留给租户改的，写 open。',
      en: 'Use it or remove it; write open for what a tenant is to change.',
    },
  },
  AX5031: {
    slug: 'field-nobody-fills',
    severity: 'warning',
    zh: '没有人能填「{name}」：access 里谁都不能写，它也没有 default',
    en: 'nobody can fill “{name}”: access lets nobody write it, and it has no default',
    help: {
      zh: '在 access 里让某个岗位或 customer 能写「{name}」，或删掉它。',
      en: 'Let a role or the customer write “{name}” in access, or remove it.',
    },
  },
  AX5032: {
    slug: 'field-never-shown',
    severity: 'warning',
    zh: '「{name}」永远不会出现：{condition} 永远不成立',
    en: '“{name}” is never shown: {condition} never holds',
    help: {
      zh: '改正 visible when 的条件，或删掉这个字段。',
      en: 'Mend the condition of visible when, or remove the field.',
    },
  },
} as const satisfies Record<string, Entry>
