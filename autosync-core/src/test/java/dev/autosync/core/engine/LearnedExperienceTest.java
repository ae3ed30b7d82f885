package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.core.experience.FalseReds;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.history.History;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cycles have recorded is what the next one knows of patches and tests. */
class LearnedExperienceTest extends CycleFixture {
    private final LearnedExperience experience = new LearnedExperience();

    private List<Patch> batch(String name, int patches, int bad) throws Exception {
        List<Patch> batch = new ArrayList<>();
        for (int i = 0; i < patches; i++) {
            Files.writeString(workspace.resolve(name + i + ".txt"), "old");
            batch.add(Patch.builder(name + i, "write-file").target(name + i + ".txt").author(i < bad ? "careless" : "careful")
                    .content((i < bad ? "BAD " : "good ") + name + i).build());
        }
        return batch;
    }

    private void sync(List<Patch> patches) throws Exception {
        try (SyncEngine engine = engine(patches)) {
            engine.sync();
        }
    }

    private Event event(String patch) {
        List<Event> events = store.read(EventQuery.all().kind("patch").subject(patch)).stream().map(stored -> stored.event()).toList();
        return events.get(events.size() - 1);
    }

    private List<String> files(String patch) {
        return JsonSection.of(JsonText.parse(event(patch).payload(), "store", ErrorCode.STORE_DAMAGED)).strings("files");
    }

    @Test
    void recordsWhatWasForetoldOfPatchesBeforeTheyWereRun() throws Exception {
        sync(batch("a", 24, 2));
        assertThat(event("a0").numbers()).containsOnlyKeys("bytes", "greens").containsEntry("bytes", 6.0);
        sync(batch("b", 4, 1));
        double careless = event("b0").numbers().get("risk");
        double careful = event("b1").numbers().get("risk");
        assertThat(careless).isGreaterThan(careful);
        assertThat(careful).isBetween(0.01, 0.2);
        assertThat(History.of(store).calibration().patches()).isEqualTo(4);
        experience.refresh(store);
        assertThat(experience.risk(batch("c", 1, 1).get(0), List.of()).orElseThrow()).as("it has learned from both").isGreaterThan(careless);
    }

    @Test
    void recordsTheFilesOfPatchesThatDidNotLand() throws Exception {
        List<Patch> patches = new ArrayList<>(batch("a", 4, 1));
        Files.writeString(workspace.resolve("one.md"), "1\n");
        patches.add(Patch.builder("needs-it", "unified-diff").needs("a0").content("--- a/one.md\n+++ b/one.md\n@@ -1 +1 @@\n-1\n+2\n").build());
        patches.add(Patch.builder("nowhere", "unified-diff").content("--- a/one.md\n+++ b/one.md\n@@ -1 +1 @@\n-7\n+8\n").build());
        sync(patches);
        assertThat(event("a0").payload()).contains("\"outcome\":\"blamed\"");
        assertThat(files("a0")).containsExactly("a0.txt");
        assertThat(files("a1")).containsExactly("a1.txt");
        assertThat(event("needs-it").payload()).contains("\"outcome\":\"dropped\"");
        assertThat(files("needs-it")).containsExactly("one.md");
        assertThat(event("nowhere").payload()).contains("\"outcome\":\"conflicted\"").doesNotContain("\"files\"");
        assertThat(workspace.resolve("one.md")).hasContent("1");
    }

    @Test
    void knowsHowOftenRunsAreRedByChance() throws Exception {
        sync(batch("a", 3, 0));
        experience.refresh(store);
        double before = experience.falseRed();
        String content = JsonSection.of(JsonText.parse(store.read(EventQuery.all().kind("test-run")).get(0).event().payload(), "store",
                ErrorCode.STORE_DAMAGED)).requiredString("content");
        assertThat(before).isLessThan(FalseReds.UNSEEN);
        store.append(new FencingToken(100), List.of(Event.of("c", "test-run", "run-1", Instant.EPOCH, Map.of(),
                "{\"verdict\":\"red\",\"content\":\"" + content + "\",\"failures\":[\"a1.txt\"]}")));
        experience.refresh(store);
        assertThat(experience.falseRed()).isGreaterThan(before);
        assertThat(experience.falseFailure("a1.txt")).isGreaterThan(0.2);
        assertThat(experience.falseFailure("a2.txt")).isLessThan(FalseReds.UNSEEN);
        double after = experience.falseRed();
        experience.refresh(store);
        assertThat(experience.falseRed()).as("each event is read once").isEqualTo(after);
    }

    @Test
    void readsAHistoryOfAnEarlierReleaseAndOneThatIsDamaged() throws Exception {
        store.append(new FencingToken(1), List.of(
                Event.of("c", "patch", "old", Instant.EPOCH, Map.of(), "{\"outcome\":\"applied\",\"reason\":\"\",\"format\":\"json-patch\",\"checksum\":\"1\",\"paths\":[]}"),
                Event.of("c", "test-run", "run-1", Instant.EPOCH, Map.of("seconds", 1.0), "{\"verdict\":"),
                Event.of("c", "test-run", "run-2", Instant.EPOCH, Map.of("seconds", 1.0), "[]")));
        experience.refresh(store);
        assertThat(experience.falseRed()).isEqualTo(FalseReds.UNSEEN);
        assertThat(History.of(store).calibration().patches()).isZero();
        assertThat(History.of(store).suggestedBatchSize()).isEmpty();
    }

    @Test
    void suggestsABatchSizeOnceItKnowsEnough() throws Exception {
        sync(batch("a", 24, 1));
        assertThat(History.of(store).suggestedBatchSize().orElseThrow()).isBetween(4, 40);
        assertThat(History.of(store).since(Instant.now().plusSeconds(60)).suggestedBatchSize()).isEmpty();
    }
}
