// expect: REFUSE deadline
for (;;);
export default { run: () => ({}) }
