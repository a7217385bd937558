/** Another live process (or this one) holds the data directory; code `STORE_IN_USE`. */
export class DataInUseError extends Error {
  readonly code = 'STORE_IN_USE'
  constructor(dataDir: string, holder: string) {
    super(
      `The data directory ${dataDir} is in use by ${holder}. Stop that process or choose another directory.`,
    )
    this.name = 'DataInUseError'
  }
}

/** A transaction was entered, or the database was used, from inside an open transaction; code `STORE_NESTED`. */
export class NestedTransactionError extends Error {
  readonly code = 'STORE_NESTED'
  constructor() {
    super('A transaction is open here: use its `tx`, nothing else may reach the database until it ends.')
    this.name = 'NestedTransactionError'
  }
}

/** A transaction outlived its deadline and was rolled back; code `STORE_DEADLINE`. */
export class DeadlineError extends Error {
  readonly code = 'STORE_DEADLINE'
  constructor(deadlineMs: number) {
    super(`The transaction was rolled back: it took longer than ${deadlineMs} ms.`)
    this.name = 'DeadlineError'
  }
}

/** The database does not keep tenants apart as it must, so it is not served; code `STORE_UNSAFE`. */
export class UnsafeStoreError extends Error {
  readonly code = 'STORE_UNSAFE'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The database does not keep tenants apart:\n${faults.map(fault => `- ${fault}`).join('\n')}`)
    this.name = 'UnsafeStoreError'
    this.faults = faults
  }
}
