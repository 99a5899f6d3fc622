/** Whether ten digits are an NHS number: the last checks the others (weights 10 to 2, modulo 11). */
export function validNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/u.test(digits)) return false;
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]);
}
