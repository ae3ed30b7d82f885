package dev.autosync.bench.jsonpatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.fge.jsonpatch.mergepatch.JsonMergePatch;
import dev.autosync.core.patch.JsonPatchFormat;
import dev.autosync.core.patch.MergePatchFormat;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import jakarta.json.JsonPatch;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Those who apply JSON patches. Each takes UTF-8 and gives UTF-8; what cannot be applied is an exception. */
public enum JsonPatcher {
    /** Plans as the engine does, on the text. */
    AUTOSYNC {
        @Override
        public byte[] apply(byte[] document, byte[] patch) {
            return edited(new JsonPatchFormat(), document, patch);
        }

        @Override
        public byte[] merge(byte[] document, byte[] patch) {
            return edited(new MergePatchFormat(), document, patch);
        }

        private byte[] edited(PatchFormat format, byte[] document, byte[] patch) {
            FileContent before = FileContent.of(document);
            PatchPlan plan = format.plan(Patch.builder("p", format.name()).target("file.json").content(patch).build(),
                    path -> Optional.of(before), PatchLimits.ofDefaults());
            return switch (plan.verdict()) {
                case EDITS -> plan.edits().get(0).after().orElseThrow().bytes();
                case ALREADY_APPLIED -> before.bytes();
                default -> throw new IllegalArgumentException(plan.reason());
            };
        }
    },

    /** On Jackson's tree. It has no merge patch. */
    ZJSONPATCH {
        @Override
        public byte[] apply(byte[] document, byte[] patch) throws IOException {
            JsonNode result = com.flipkart.zjsonpatch.JsonPatch.apply(MAPPER.readTree(patch), MAPPER.readTree(document));
            return MAPPER.writeValueAsBytes(result);
        }
    },

    /** On Jackson's tree. */
    JSON_TOOLS {
        @Override
        public byte[] apply(byte[] document, byte[] patch) throws Exception {
            return write(com.github.fge.jsonpatch.JsonPatch.fromJson(MAPPER.readTree(patch)).apply(MAPPER.readTree(document)));
        }

        @Override
        public byte[] merge(byte[] document, byte[] patch) throws Exception {
            return write(JsonMergePatch.fromJson(MAPPER.readTree(patch)).apply(MAPPER.readTree(document)));
        }

        private byte[] write(JsonNode result) throws JsonProcessingException {
            return MAPPER.writeValueAsBytes(result);
        }
    },

    /** The reference implementation of Jakarta JSON Processing. */
    PARSSON {
        private final JsonProvider provider = new org.eclipse.parsson.JsonProviderImpl();

        @Override
        public byte[] apply(byte[] document, byte[] patch) {
            return patched(provider, document, patch);
        }

        @Override
        public byte[] merge(byte[] document, byte[] patch) {
            return write(provider, provider.createMergePatch(read(provider, patch)).apply(read(provider, document)));
        }
    },

    /** Apache's implementation of the same. */
    JOHNZON {
        private final JsonProvider provider = new org.apache.johnzon.core.JsonProviderImpl();

        @Override
        public byte[] apply(byte[] document, byte[] patch) {
            return patched(provider, document, patch);
        }

        @Override
        public byte[] merge(byte[] document, byte[] patch) {
            return write(provider, provider.createMergePatch(read(provider, patch)).apply(read(provider, document)));
        }
    };

    /* With its defaults, as the libraries show it. */
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Applies a JSON Patch (RFC 6902).
     *
     * @throws Exception of any type, if it cannot be applied
     */
    public abstract byte[] apply(byte[] document, byte[] patch) throws Exception;

    /**
     * Applies a JSON Merge Patch (RFC 7396).
     *
     * @throws UnsupportedOperationException if it has none
     * @throws Exception of any other type, if it cannot be applied
     */
    public byte[] merge(byte[] document, byte[] patch) throws Exception {
        throw new UnsupportedOperationException(who() + " has no merge patch");
    }

    /** As figures name it. */
    public String who() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static byte[] patched(JsonProvider provider, byte[] document, byte[] patch) {
        JsonPatch operations = provider.createPatch(read(provider, patch).asJsonArray());
        return write(provider, operations.apply((JsonStructure) read(provider, document)));
    }

    private static JsonValue read(JsonProvider provider, byte[] json) {
        try (JsonReader reader = provider.createReader(new ByteArrayInputStream(json))) {
            return reader.readValue();
        }
    }

    private static byte[] write(JsonProvider provider, JsonValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonWriter writer = provider.createWriter(out)) {
            writer.write(value);
        }
        return out.toByteArray();
    }
}
