package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Patches that have landed in earlier cycles, however they are laid out now and whatever they are called. */
class LandedPatchesTest extends CycleFixture {
    private static final String APPEND = "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]";

    @BeforeEach
    void layOut() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]\n");
    }

    private PatchOutcome sync(Patch patch) throws Exception {
        try (SyncEngine engine = engine(List.of(patch))) {
            return engine.sync().batch().outcomes().get(0);
        }
    }

    @Test
    void areKnownWhenTheyAreLaidOutAnew() throws Exception {
        String cycle;
        try (SyncEngine engine = engine(List.of(Patch.jsonPatch("p", "list.json", APPEND)))) {
            cycle = engine.sync().cycle();
        }
        PatchOutcome outcome = sync(Patch.jsonPatch("p", "list.json", "[ {\"value\": 2.0, \"path\": \"/-\", \"op\": \"add\"} ]\r\n"));
        assertThat(outcome).isInstanceOfSatisfying(PatchOutcome.AlreadyApplied.class, already -> assertThat(already.cycle()).contains(cycle));
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void areKnownUnderAnotherIdAsLongAsTheirWorkStands() throws Exception {
        assertThat(sync(Patch.jsonPatch("p", "list.json", APPEND)).kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        assertThat(sync(Patch.jsonPatch("again", "list.json", APPEND))).isInstanceOf(PatchOutcome.AlreadyApplied.class);
        Files.writeString(workspace.resolve("list.json"), "[1]\n");
        assertThat(sync(Patch.jsonPatch("once-more", "list.json", APPEND)).kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        assertThat(sync(Patch.write("other", "list.json", "[0]\n".getBytes())).kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        assertThat(sync(Patch.jsonPatch("and-again", "list.json", APPEND)).kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        assertThat(workspace.resolve("list.json")).hasContent("[0,2]");
    }

    @Test
    void areKnownFromAHistoryOfAnEarlierRelease() throws Exception {
        Patch patch = Patch.jsonPatch("p", "list.json", APPEND);
        String bare = patch.checksum().substring("v0:sha256:".length());
        FencingToken token = store.grant(new FencingToken(1));
        store.append(token, List.of(Event.of("old-cycle", "patch", "p", Instant.EPOCH, Map.of(),
                "{\"outcome\":\"applied\",\"reason\":\"\",\"format\":\"json-patch\",\"checksum\":\"" + bare + "\",\"paths\":[\"list.json\"]}")));
        assertThat(sync(patch).reason()).isEqualTo("landed in cycle old-cycle");
    }

    @Test
    void areWrittenSoThatAnEarlierReleaseKnowsThemToo() throws Exception {
        Patch patch = Patch.jsonPatch("p", "list.json", APPEND);
        sync(patch);
        String payload = store.read(EventQuery.all().kind("patch")).get(0).event().payload();
        assertThat(payload).contains("\"checksum\":\"" + patch.checksum().substring("v0:sha256:".length()) + "\"").contains("\"checksums\":[\"v1:sha256:");
    }
}
