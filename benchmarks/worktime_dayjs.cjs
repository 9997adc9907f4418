// Answers benchmarks/worktime_rivals.py: one question for many starts, timed here, so that starting Node.js costs nothing.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const load = createRequire(process.argv[2] + "/package.json");
const dayjs = load("dayjs");
dayjs.extend(load("dayjs-business-time"));

const asked = JSON.parse(readFileSync(0, "utf8"));
const hours = [
  { start: "09:00:00", end: "12:00:00" },
  { start: "13:30:00", end: "18:00:00" },
];
dayjs.setHolidays(asked.closed);
dayjs.setBusinessTime({
  sunday: null, monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: null,
});

const ROUNDS = 5;
const starts = asked.starts.map((start) => dayjs(start));
const times = [];
let answers = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const began = process.cpuUsage();
  answers = starts.map((start) => start.addBusinessTime(asked.number, asked.unit));
  const took = process.cpuUsage(began);
  times.push((took.user + took.system) / starts.length);
}
times.sort((one, other) => one - other);
process.stdout.write(JSON.stringify({
  microseconds: times[Math.floor(ROUNDS / 2)],
  answers: answers.map((answer) => answer.valueOf()),
}));
