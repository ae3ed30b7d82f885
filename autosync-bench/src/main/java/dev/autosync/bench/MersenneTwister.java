package dev.autosync.bench;

/**
 * The random numbers of Python 3.11's {@code random} after {@code random.seed(n)}.
 *
 * <p>Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998, and their {@code init_by_array}; CPython 3.11,
 * Lib/random.py. Threads: belongs to one.
 */
final class MersenneTwister {
    private static final int N = 624;
    private static final int M = 397;

    /** 4 exp(-0.5) / sqrt(2), as Python has it. */
    private static final double NORMAL = 4 * StrictMath.exp(-0.5) / StrictMath.sqrt(2.0);

    private final int[] state = new int[N];
    private int next = N;

    MersenneTwister(int seed) {
        state[0] = 19_650_218;
        for (int i = 1; i < N; i++) {
            state[i] = 1_812_433_253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
        int i = 1;
        for (int k = N; k > 0; k--) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1_664_525) + seed;
            i = following(i);
        }
        for (int k = N - 1; k > 0; k--) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1_566_083_941) - i;
            i = following(i);
        }
        state[0] = 0x80000000;
    }

    private int following(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    private int nextInt() {
        if (next == N) {
            for (int i = 0; i < N; i++) {
                int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
                state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    /** {@code random()}: at least 0, less than 1. */
    double random() {
        long a = nextInt() >>> 5;
        long b = nextInt() >>> 6;
        return (a * 67_108_864.0 + b) / 9_007_199_254_740_992.0;
    }

    /** {@code lognormvariate(mean, deviation)}. */
    double lognormal(double mean, double deviation) {
        while (true) {
            double u1 = random();
            double u2 = 1.0 - random();
            double z = NORMAL * (u1 - 0.5) / u2;
            if (z * z / 4.0 <= -StrictMath.log(u2)) {
                return StrictMath.exp(mean + z * deviation);
            }
        }
    }

    /** {@code randbytes(count)}. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i += 4) {
            int left = Math.min(4, count - i);
            int word = nextInt() >>> 32 - 8 * left;
            for (int k = 0; k < left; k++) {
                bytes[i + k] = (byte) (word >>> 8 * k);
            }
        }
        return bytes;
    }
}
