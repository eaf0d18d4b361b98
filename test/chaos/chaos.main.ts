// `npm run chaos`: the long form, by hand; prints the counts and fails where one is not what it must be.

import { runChaos } from './chaos.ts';

const report = await runChaos({
  replicas: 4,
  bots: 2,
  deliveries: 2000,
  kills: 100,
  postgresStops: 5,
  hangs: 6,
  hangSeconds: 40,
  refusedFor: 60,
  poison: 10,
  seconds: 150,
  seed: Number(process.argv[2] ?? 1),
  say: (line) => console.log(line),
});
console.log(report);
const { readable, unreadable, poison } = report;
const wrong = [readable, unreadable].reduce((sum, { lost, more }) => sum + lost + more, 0);
if (wrong > 0 || report.planned !== 2000 || report.stopped === 0 || poison.seen < 10 || poison.said > 0) {
  console.log('Something was lost, doubled, not seen, or said that could not be.');
  process.exitCode = 1;
}
