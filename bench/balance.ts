// One address for several processes: each new connection goes to the next of them. The least of a load balancer.
import { connect, createServer } from 'node:net'

const [port = '0', ...targets] = process.argv.slice(2)
let turn = 0
createServer((from) => {
  const to = connect(Number(targets[(turn += 1) % targets.length]), '127.0.0.1')
  for (const socket of [from, to]) socket.setNoDelay(true).on('error', () => undefined)
  from.pipe(to).pipe(from)
  from.on('close', () => to.destroy())
  to.on('close', () => from.destroy())
}).listen(Number(port), '127.0.0.1', () => process.stdout.write(`ready on ${port}\n`))
