// Runs dayjs-business-time for benchmarks/worktime_rivals.py. The time is measured here, so that the start of Node.js does not count.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const load = createRequire(process.argv[2] + "/package.json");
const dayjs = load("dayjs");
dayjs.extend(load("dayjs-business-time"));

const request = JSON.parse(readFileSync(0, "utf8"));
const hours = [
  { start: "09:00:00", end: "12:00:00" },
  { start: "13:30:00", end: "18:00:00" },
];
dayjs.setHolidays(request.closed);
dayjs.setBusinessTime({
  sunday: null, monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: null,
});

const ROUNDS = 5;
const starts = request.starts.map((start) => dayjs(start));
const times = [];
let answers = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const began = process.cpuUsage();
  answers = starts.map((start) => start.addBusinessTime(request.number, request.unit));
  const took = process.cpuUsage(began);
  times.push((took.user + took.system) / starts.length);
}
times.sort((one, other) => one - other);
process.stdout.write(JSON.stringify({
  microseconds: times[Math.floor(ROUNDS / 2)],
  answers: answers.map((answer) => answer.valueOf()),
}));
