package dev.autosync.core.secrets;

import java.util.Collection;
import java.util.List;
import java.util.Random;

/** Secrets and other texts of all kinds, the same ones for the same seed. */
final class RandomTexts {
    private static final String TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final String SPECIAL = "\"'\\/+=&<>@_|%$` \t\n*~()-.:;,{}[]#!?^abc\u00e9\u001b\u202e";

    final Random random;

    RandomTexts(long seed) {
        this.random = new Random(seed);
    }

    /** 8 to 200 characters: a token, one that every writer has to escape, or any Unicode. */
    String secret() {
        String secret;
        do {
            secret = text(8 + random.nextInt(random.nextBoolean() ? 30 : 193));
        } while (secret.length() > 200 || !SecretForms.isHideable(secret));
        return secret;
    }

    /** Anything, perhaps nothing. */
    String text() {
        return text(random.nextInt(60));
    }

    <T> T oneOf(Collection<T> values) {
        return List.copyOf(values).get(random.nextInt(values.size()));
    }

    private String text(int length) {
        int kind = random.nextInt(3);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            switch (kind) {
                case 0 -> text.append(TOKEN.charAt(random.nextInt(TOKEN.length())));
                case 1 -> text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                default -> text.appendCodePoint(point());
            }
        }
        return text.toString();
    }

    private int point() {
        int point = ' ' + random.nextInt(random.nextBoolean() ? 0x300 : 0x1F9FF);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point;
    }
}
