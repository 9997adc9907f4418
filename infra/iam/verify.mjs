// Reads requests with their policies as JSON lines from stdin and writes what the simulator decides, a line each.
// The first argument is where the simulator's package lies. It is AGPL: fetched for this check, never shipped.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const { runSimulation } = await import(pathToFileURL(process.argv[2] + '/dist/esm/index.js').href)

for await (const line of createInterface({ input: process.stdin })) {
  const result = await runSimulation(JSON.parse(line), {})
  const said = result.resultType === 'error' ? `error: ${JSON.stringify(result.errors)}` : result.overallResult
  console.log(said)
}
