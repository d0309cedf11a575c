// dependency-cruiser sees no TypeScript at all (0 modules, exit 0) when neither typescript<7 nor @swc/core is there:
// an empty graph is a failure here, not a pass.
import { spawnSync } from 'node:child_process'

type Graph = {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
}

const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
const run = spawnSync('depcruise', args, { encoding: 'utf8', maxBuffer: 64 << 20 })
const { summary } = JSON.parse(run.stdout) as Graph
for (const { rule, from, to } of summary.violations) process.stderr.write(`${rule.name}: ${from} -> ${to}\n`)
process.stdout.write(`${summary.totalCruised} modules, ${summary.violations.length} violations\n`)
if (summary.totalCruised < 5 || summary.violations.length > 0) process.exit(1)
