package dev.autosync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class AutoSyncExceptionTest {
    @Test
    void beginsWithThePlaceAndEndsWithTheCode() {
        AutoSyncException e = new AutoSyncException(ErrorCode.CONFIG_WRONG_TYPE, "must be a text", Location.of("c.json", 3, "/a"), null);

        assertThat(e).hasMessage("c.json:3 (/a): must be a text [AS-1004]");
        assertThat(e.location()).contains(Location.of("c.json", 3, "/a"));
        assertThat(e.code().type()).isEqualTo(ErrorCode.Type.USER);
    }

    @Test
    void mayBeRetriedOnlyWhereNobodyMustChangeAnything() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(new AutoSyncException(code, "m").retryable()).as(code.name())
                    .isEqualTo(code == ErrorCode.WORKSPACE_BUSY || code == ErrorCode.WORKSPACE_CHANGED);
        }
    }

    @Test
    void keepsMessageAndCodeThroughSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new AutoSyncException(ErrorCode.STORE_FAILED, "m", Location.of("f"), new IllegalStateException("why")));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            AutoSyncException e = (AutoSyncException) in.readObject();
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(e).hasMessage("f: m [AS-1401]").hasCauseInstanceOf(IllegalStateException.class);
            assertThat(e.location()).isEmpty();
        }
    }
}
