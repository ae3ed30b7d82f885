package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Secrets, written by encoders that are not the redactor's, do not leak.
 *
 * <p>The full run: {@code -Dtest=RedactorPropertyTest -Dautosync.redactions=100000}.
 */
class RedactorPropertyTest {
    private static final int GRAM = 8;
    private static final int TRIES = 12;
    private static final int PROPERTIES = 5;
    private static final int CASES = Math.max(1, Integer.getInteger("autosync.redactions", 2_000) / PROPERTIES / TRIES);

    @Property(tries = TRIES)
    void noSecretLeaksInAnyForm(@ForAll long seed) {
        cases(seed, random -> {
            String secret = random.secret();
            String way = random.oneOf(WrittenSecret.WAYS.keySet());
            assertThat(leak(knowing(secret), secret, way, random.text(), random.text(), random.random)).as(way).isEmpty();
        });
    }

    @Property(tries = TRIES)
    void noSecretLeaksWhenWhatWasEncodedIsShown(@ForAll long seed) {
        cases(seed, random -> {
            String secret = random.secret();
            String way = random.oneOf(WrittenSecret.WAYS.keySet());
            String how = random.oneOf(WrittenSecret.SHOWN.keySet());
            String before = random.text();
            String behind = random.text();
            WrittenSecret written = WrittenSecret.WAYS.get(way).apply(secret, random.random);
            String text = before + WrittenSecret.SHOWN.get(how).apply(written.text()) + behind;
            String told = WrittenSecret.SHOWN.get(how).apply(written.telling());
            assertThat(leftOf(told, before, behind, knowing(secret).redact(text))).as(way + " in " + how).isEmpty();
        });
    }

    @Property(tries = TRIES)
    void ofSeveralSecretsThatOverlapNoneLeaks(@ForAll long seed) {
        cases(seed, random -> {
            String first = random.secret();
            String second = random.secret();
            String overlapping = first.substring(first.length() / 2) + second;
            Redactor redactor = knowing(first, second, overlapping);
            String redacted = redactor.redact("a " + first + second + " b " + first.substring(0, first.length() / 2) + overlapping + " c");
            assertThat(redacted).doesNotContain(first.strip()).doesNotContain(second.strip());
            for (String secret : List.of(first, second, overlapping)) {
                String way = random.oneOf(WrittenSecret.WAYS.keySet());
                assertThat(leak(redactor, secret, way, first, overlapping, random.random)).as(way).isEmpty();
            }
        });
    }

    @Property(tries = TRIES)
    void aTextWithoutASecretStaysTheSameObject(@ForAll long seed) {
        cases(seed, random -> {
            Redactor redactor = knowing(random.secret(), random.secret(), random.secret());
            String text = random.text() + random.text();
            assertThat(redactor.redact(text)).isSameAs(text);
        });
    }

    @Property(tries = TRIES)
    void whatIsLeftOfASecretThatWasCutDoesNotLeak(@ForAll long seed) {
        cases(seed, random -> {
            String secret = random.secret().strip().replace("\u2026", "").replace(".", "");
            if (!SecretForms.isHideable(secret)) {
                return;
            }
            int kept = GRAM + random.random.nextInt(secret.length() - GRAM + 1);
            String end = secret.substring(secret.length() - kept);
            Redactor redactor = knowing(secret);
            assertThat(redactor.redact("said " + secret.substring(0, kept))).isEqualTo("said ***");
            assertThat(redactor.redact("said " + secret.substring(0, kept) + "\u2026 and")).isEqualTo("said ***\u2026 and");
            assertThat(redactor.redact("x..." + end + " end")).startsWith("x...***").doesNotContain(end);
        });
    }

    @Example
    void theStarsOfAMaskAreNoLeakOfASecretThatHoldsStars() {
        String secret = "**c\\=;\t'{&'~/;?`.;`-";
        assertThat(knowing(secret).redact("&apos;**c\\=;\t&apos;\\&apos;&apos;{&amp;&apos;\\&apos;&apos;~/;?`.;`-&apos;")).isEqualTo("&apos;***&apos;");
        assertThat(leftOf("&apos;**c\\=;&apos;", "", "", "&apos;***&apos;")).isEmpty();
        assertThat(leftOf("&apos;**c\\=;&apos;", "", "", "&apos;**c\\=***")).isNotEmpty();
    }

    @Example
    void noSecretThatBeginsWithSlashesLeaksInAPath() {
        for (String secret : List.of("//.\u202e`@*(\t)\u001ba\t|&ba^,~(b", "/abcdefgh ijkl", "///abcdefgh^ijkl")) {
            assertThat(leak(knowing(secret), secret, "path", "before ", " behind", new Random(1))).isEmpty();
        }
    }

    /** The control: without one of the encodings, or without the renderings, something leaks. */
    @Example
    void leaksWhenAnEncodingOrTheRenderingsAreLeftOut() {
        List<String> leaking = new ArrayList<>();
        for (Encoding left : Encodings.ALL) {
            List<Encoding> others = Encodings.ALL.stream().filter(encoding -> encoding != left).toList();
            leaking.add(firstLeak(value -> SecretForms.of(value, others, Renderings.ALL)));
        }
        leaking.add(firstLeak(value -> SecretForms.of(value, Encodings.ALL, List.of())));
        assertThat(leaking).containsExactly("raw as it is", "base64 as it is", "git user as it is", "form as it is", "hex as it is",
                "shell as it is", "JSON in JSON", "shell in JSON");
        assertThat(firstLeak(SecretForms::of)).isEqualTo("none");
    }

    private static void cases(long seed, Consumer<RandomTexts> check) {
        for (long i = 0; i < CASES; i++) {
            check.accept(new RandomTexts(seed * CASES + i));
        }
    }

    private static String firstLeak(Function<String, Set<String>> forms) {
        String secret = "ghs_a\"b'c\\d e\tz/f+g=\u00e9\u00fc<&>zz?ooo~~~";
        Redactor redactor = new Redactor(forms);
        redactor.register(secret.toCharArray());
        for (String how : WrittenSecret.SHOWN.keySet()) {
            for (String way : WrittenSecret.WAYS.keySet()) {
                WrittenSecret written = WrittenSecret.WAYS.get(way).apply(secret, new Random(1));
                String text = "before " + WrittenSecret.SHOWN.get(how).apply(written.text()) + " behind";
                if (!leftOf(WrittenSecret.SHOWN.get(how).apply(written.telling()), "before ", " behind", redactor.redact(text)).isEmpty()) {
                    return way + " " + (how.equals("as it is") ? how : "in " + how);
                }
            }
        }
        return "none";
    }

    /** What is left of a secret in the redacted text; empty if nothing is. */
    private static String leak(Redactor redactor, String secret, String way, String before, String behind, Random random) {
        WrittenSecret written = WrittenSecret.WAYS.get(way).apply(secret, random);
        return leftOf(written.telling(), before, behind, redactor.redact(before + written.text() + behind));
    }

    private static String leftOf(String told, String before, String behind, String redacted) {
        String bare = told.strip();
        // A secret with stars in it is not what the stars of a mask tell.
        String shown = redacted.replace("***", "\0");
        return IntStream.rangeClosed(0, bare.length() - GRAM).mapToObj(i -> bare.substring(i, i + GRAM))
                .filter(gram -> shown.contains(gram) && !before.contains(gram) && !behind.contains(gram)).findFirst().orElse("");
    }

    private static Redactor knowing(String... secrets) {
        Redactor redactor = new Redactor();
        for (String secret : secrets) {
            redactor.register(secret.toCharArray());
        }
        return redactor;
    }
}
