enum Reason {
  Purpose = 'on purpose',
}

function fail(): never {
  if (Reason.Purpose.length > 0) {
    throw new Error(Reason.Purpose);
  }
  throw new Error('never');
}

fail();
