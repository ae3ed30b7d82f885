package dev.autosync.bench.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Events as lines of JSON, for peers that keep text; read by looking for a member, which is as fast as reading can be. */
final class Lines {
    private Lines() {}

    static String of(SampleHistory history, long number) {
        return "{\"ts\":" + history.at(number).toEpochMilli() + ",\"cycle\":\"cycle-" + number / 20 + "\",\"kind\":\"" + SampleHistory.kind(number)
                + "\",\"subject\":\"" + SampleHistory.subject(number) + "\",\"ok\":" + SampleHistory.ok(number) + ",\"millis\":"
                + SampleHistory.millis(number) + ",\"payload\":" + SampleHistory.payload() + "}";
    }

    static long time(byte[] line) {
        return member(line, "\"ts\":");
    }

    static long ok(byte[] line) {
        return member(line, "\"ok\":");
    }

    static long millis(byte[] line) {
        return member(line, "\"millis\":");
    }

    private static long member(byte[] line, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + wanted.length < line.length; at++) {
            if (Arrays.equals(line, at, at + wanted.length, wanted, 0, wanted.length)) {
                long value = 0;
                for (int digit = at + wanted.length; line[digit] >= '0' && line[digit] <= '9'; digit++) {
                    value = value * 10 + line[digit] - '0';
                }
                return value;
            }
        }
        throw new IllegalArgumentException("no member " + name);
    }
}
