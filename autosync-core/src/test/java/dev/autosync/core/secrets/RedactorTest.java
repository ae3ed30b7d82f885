package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.Event;
import dev.autosync.spi.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String AWKWARD = "ghs_a\"b\\c/d+e=\u00e9";

    private final Redactor redactor = new Redactor();

    @ParameterizedTest
    @ValueSource(strings = {
        "ghs_a\"b\\c/d+e=\u00e9",
        "Z2hzX2EiYlxjL2QrZT3DqQ==",
        "Z2hzX2EiYlxjL2QrZT3DqQ",
        "eC1hY2Nlc3MtdG9rZW46Z2hzX2EiYlxjL2QrZT3DqQ==",
        "ghs_a%22b%5Cc%2Fd%2Be%3D%C3%A9",
        "ghs_a%22b%5cc%2fd%2be%3d%c3%a9",
        "ghs_a\\\"b\\\\c/d+e=\u00e9",
        "ghs_a\\\"b\\\\c/d+e=\\u00e9",
        "ghs_a\\\"b\\\\c\\/d+e=\\u00E9",
        "6768735f6122625c632f642b653dc3a9",
        "6768735F6122625C632F642B653DC3A9",
        "ghs_a&quot;b\\c/d+e=\u00e9",
        "ghs\\_a\"b\\\\c/d+e=\u00e9"
    })
    void coversEveryFormOfTheReference(String form) {
        redactor.register(AWKWARD.toCharArray());
        assertThat(redactor.redact("before " + form + " behind")).isEqualTo("before *** behind");
        assertThat(redactor.redact(form)).isEqualTo("***");
    }

    @Test
    void coversAnApostropheAsShellsQuoteIt() {
        redactor.register("it's it's".toCharArray());
        assertThat(redactor.redact("TOKEN='it'\\''s it'\\''s'")).isEqualTo("TOKEN='***'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"U0VDUkVUVkFMVUUw", "eFNFQ1JFVFZBTFVFMA==", "eHlTRUNSRVRWQUxVRTA=", "eHlTRUNSRVRWQUxVRTA"})
    void coversBase64WhereverTheSecretStandsInAGroup(String encoded) {
        redactor.register("SECRETVALUE0".toCharArray());
        assertThat(redactor.redact(encoded)).matches("(eF|eHl)?\\*\\*\\*");
    }

    @Test
    void coversEachLineOfASecret() {
        redactor.register("-----BEGIN KEY-----\r\nc2VjcmV0IG9uZQ\r\nend\r\nc2VjcmV0IHR3bw\r\n".toCharArray());
        assertThat(redactor.redact("1 c2VjcmV0IG9uZQ 2 YzJWamNtVjBJSFIzYnc= 3 end")).isEqualTo("1 *** 2 *** 3 end");
    }

    @Test
    void coversLongSecretsWholeAndByLines() {
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(RedactorTest.class.getName().repeat(100).getBytes());
        redactor.register(key.toCharArray());
        assertThat(redactor.redact("key: " + key)).matches("key: (\\*\\*\\*\n?)+");
        String line = "x".repeat(5000) + "end";
        redactor.register(line.toCharArray());
        assertThat(redactor.redact(Base64.getEncoder().encodeToString(("ab" + line).getBytes()))).matches(".{0,3}\\*\\*\\*={0,2}");
    }

    @Test
    void takesTheLongestMatchAndMergesThoseThatOverlapOrTouch() {
        redactor.register("password".toCharArray());
        redactor.register("password-of-production".toCharArray());
        redactor.register("production-key".toCharArray());
        assertThat(redactor.redact("a password-of-production-key, passwordpassword, a password")).isEqualTo("a ***, ***, a ***");
    }

    @Test
    void leavesATextWithoutASecretTheSameObject() {
        String text = "nothing to see here... really";
        assertThat(redactor.redact(text)).isSameAs(text);
        redactor.register(AWKWARD.toCharArray());
        assertThat(redactor.redact(text)).isSameAs(text);
        assertThat(redactor.redact("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "  seven7  ", "aaaaaaaaaaaa", "             "})
    void refusesASecretThatCannotBeToldFromOtherTextAndDoesNotRepeatIt(String secret) {
        assertThatThrownBy(() -> redactor.register(secret.toCharArray())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 characters").hasMessageNotContaining(secret);
        assertThat(redactor.redact("short seven7")).isEqualTo("short seven7");
    }

    @Test
    void refusesASecretWhoseFormsTakeTooMuchMemory() {
        assertThatThrownBy(() -> redactor.register("\u20ac\"".repeat(100_000).toCharArray())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void forgetsTheSecretFetchedLongestAgoWhenThereAreTooMany() {
        for (int i = 0; i < Redactor.MAX_VALUES; i++) {
            redactor.register(("token-" + (100_000 + i)).toCharArray());
        }
        redactor.register("token-100000".toCharArray());
        redactor.register("one-token-more".toCharArray());
        assertThat(redactor.redact("token-100000 token-100001 token-100255 one-token-more")).isEqualTo("*** token-100001 *** ***");
    }

    @Test
    void showsNothingOfWhatItKnows() {
        try (Secret secret = Secret.of(AWKWARD.toCharArray())) {
            redactor.register(secret);
        }
        assertThat(redactor).hasToString("Redactor of 1 secrets");
        assertThat(redactor.redact(AWKWARD)).isEqualTo("***");
    }

    @Test
    void redactsWhileOtherThreadsRegister() throws Exception {
        redactor.register(AWKWARD.toCharArray());
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> {
                    int texts = 0;
                    while (!done.get() || texts == 0) {
                        assertThat(redactor.redact("a " + AWKWARD + " b... " + AWKWARD)).isEqualTo("a *** b... ***");
                        texts++;
                    }
                    return texts;
                }));
            }
            for (int i = 0; i < 50; i++) {
                redactor.register(("another-token-" + i).toCharArray());
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void leavesJsonJsonAndItsNumbersNumbers() {
        redactor.register("nabcdefgh".toCharArray());
        redactor.register("12345678".toCharArray());
        String json = "{\"n\": 12345678, \"t\": \"x\\nabcdefgh nabcdefgh\", \"12345678\": [null, true, \"12345678\"]}";
        String redacted = redactor.redactJson(json);
        assertThat(redacted).isEqualTo("{\"n\": 12345678, \"t\": \"x\\nabcdefgh ***\", \"***\": [null, true, \"***\"]}");
        assertThat(JsonText.parse(redacted, "x", ErrorCode.INTERNAL).members()).hasSize(3);
        assertThat(redactor.redactJson("no json nabcdefgh")).isEqualTo("no json ***");
    }

    @Test
    void redactsTheTextsOfAnEventAndNothingElse() {
        redactor.register(AWKWARD.toCharArray());
        Event innocent = Event.of("c", "patch", "p", Instant.EPOCH, Map.of("seconds", 1.5), "{\"a\":1}");
        assertThat(redactor.redact(innocent)).isSameAs(innocent);
        Event showing = Event.of("c", "patch", "p-" + AWKWARD, Instant.EPOCH, Map.of("seconds", 1.5),
                "{\"reason\":\"said ghs_a\\\"b\\\\c/d+e=\u00e9\"}");
        assertThat(redactor.redact(showing)).isEqualTo(
                Event.of("c", "patch", "p-***", Instant.EPOCH, Map.of("seconds", 1.5), "{\"reason\":\"said ***\"}"));
    }
}
