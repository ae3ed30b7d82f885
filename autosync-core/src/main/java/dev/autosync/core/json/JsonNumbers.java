package dev.autosync.core.json;

import java.math.BigInteger;

/** What JSON numbers are worth, told from their text alone: no rounding, and {@code 1e999999999} costs nothing. */
public final class JsonNumbers {

    private JsonNumbers() {}

    /**
     * Whether two numbers are worth exactly the same.
     *
     * @param rawA a number as JSON writes it
     * @param rawB another
     * @return whether they are equal; zero equals zero whatever its sign
     */
    public static boolean equal(String rawA, String rawB) {
        return rawA.equals(rawB) || Decimal.of(rawA).equals(Decimal.of(rawB));
    }

    /* Worth 0.digits times ten to the exponent. The digits have no zeros in front or behind, so that equal numbers have equal parts. */
    private record Decimal(boolean negative, String digits, BigInteger exponent) {

        static Decimal of(String raw) {
            boolean negative = raw.charAt(0) == '-';
            int e = Math.max(raw.indexOf('e'), raw.indexOf('E'));
            String mantissa = raw.substring(negative ? 1 : 0, e < 0 ? raw.length() : e);
            int point = mantissa.indexOf('.');
            String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
            int from = 0;
            while (from < digits.length() && digits.charAt(from) == '0') {
                from++;
            }
            if (from == digits.length()) {
                return new Decimal(false, "", BigInteger.ZERO);
            }
            int to = digits.length();
            while (digits.charAt(to - 1) == '0') {
                to--;
            }
            // An exponent may have hundreds of digits itself; the parser bounds the length of a number.
            BigInteger written = e < 0 ? BigInteger.ZERO : new BigInteger(raw.substring(e + 1));
            int shift = (point < 0 ? mantissa.length() : point) - from;
            return new Decimal(negative, digits.substring(from, to), written.add(BigInteger.valueOf(shift)));
        }
    }
}
