// A process of its own that commits numbered rows and says each number once it is committed, until it is killed.
import { openStore } from '../../runtime/store/index.ts'

const [dataDir = '', databaseUrl] = process.argv.slice(2)
const store = await openStore({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
for (let number = 1; ; number++) {
  await store.inTenant('a', tx =>
    tx.query(`insert into record (tenant, entity, key, data, updated_at) values ('a', 'row', $1, '{}', 0)`, [
      String(number),
    ]),
  )
  process.stdout.write(`${number}\n`)
}
