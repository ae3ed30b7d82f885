package dev.autosync.bench.jmh;

import dev.autosync.core.secrets.Redactor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Secrets in the text of a log. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RedactorBench {
    private static final int LENGTH = 1_000_000;
    private static final List<String> SECRETS = List.of("ghp_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789", "ghs_a\"b\\c/d+e=f<g>'h",
            "AKIAIOSFODNN7EXAMPLEwJalrXUtnFEMI/K7");

    private final Redactor redactor = redactor();
    private final String text = text();

    /** Looks for three secrets in a million characters that hold none. */
    @Benchmark
    public String threeSecretsIn1000000Characters() {
        return redactor.redact(text);
    }

    private static Redactor redactor() {
        Redactor redactor = new Redactor();
        SECRETS.forEach(secret -> redactor.register(secret.toCharArray()));
        return redactor;
    }

    private static String text() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(LENGTH);
        while (text.length() < LENGTH) {
            text.append("2026-11-25T10:11:12Z INFO cycle ").append(random.nextInt()).append(" ghp_ done {\"key\":\"")
                    .append(Long.toString(random.nextLong(), Character.MAX_RADIX)).append("\"}...\n");
        }
        text.setLength(LENGTH);
        return text.toString();
    }
}
