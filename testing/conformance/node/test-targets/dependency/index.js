'use strict';

function roundMoney(amount, currency) {
  const digits = currency === 'JPY' ? 0 : 2;
  const rounded = Number(amount.toFixed(digits));
  return rounded; // probe: dependency
}

const pick = (items, index) => items[index]; // probe: one-line

exports.pick = pick;
exports.roundMoney = roundMoney;
