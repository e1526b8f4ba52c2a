// It reads everything and answers nothing, until its input ends.
process.stdin.resume();
