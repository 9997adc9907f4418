// Reads requests with their policies from stdin, one JSON per line, and writes the simulator's decisions, one per line.
// The first argument is the path of the simulator's package. It is AGPL: fetched for this check, never deployed.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const { runSimulation } = await import(pathToFileURL(process.argv[2] + '/dist/esm/index.js').href)

for await (const line of createInterface({ input: process.stdin })) {
  const result = await runSimulation(JSON.parse(line), {})
  const decision = result.resultType === 'error' ? `error: ${JSON.stringify(result.errors)}` : result.overallResult
  console.log(decision)
}
