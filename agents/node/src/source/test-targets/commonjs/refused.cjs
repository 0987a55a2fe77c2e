/* refuse */
console.log('original runs');
process.exitCode = 7;
