// `npm run chaos`: the long form, by hand; prints the counts and fails where one is not what it must be.

import { runChaos } from './chaos.ts';

const report = await runChaos({
  replicas: 3,
  deliveries: 2000,
  kills: 100,
  postgresStops: 5,
  seconds: 150,
  seed: Number(process.argv[2] ?? 1),
  say: (line) => console.log(line),
});
console.log(report);
const { readable, unreadable } = report;
if (readable.lost + readable.more + unreadable.lost + unreadable.more > 0 || report.planned !== 2000) {
  console.log('Something was lost or doubled.');
  process.exitCode = 1;
}
