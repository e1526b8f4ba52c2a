// Not a server at all, or one that misses its configuration: it says so and exits with code 1.
process.stdout.write('Some Server 1.0\n');
process.stderr.write('error: no configuration found\n');
process.exitCode = 1;
