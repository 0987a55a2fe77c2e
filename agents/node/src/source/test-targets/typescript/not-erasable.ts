enum Color {
  Red,
}
function run(): Color {
  /* probe */
  return Color.Red;
}
console.log(run());
