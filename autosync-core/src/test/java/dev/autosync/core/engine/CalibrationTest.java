package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.history.Calibration;
import dev.autosync.history.History;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.Store;
import dev.autosync.testing.TestRun;
import dev.autosync.testkit.InMemoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what the engine foretells of patches is so: 4,000 of them, recorded as cycles record them, each risk before it is known what came of the patch. */
class CalibrationTest {
    private static final int CYCLES = 250;
    private static final int BATCH = 16;
    private static final List<String> FORMATS = List.of("unified-diff", "json-patch", "write-file", "search-replace");
    private static final double[] OF_FORMAT = {1, 0.3, 1.5, 3};

    /** Six people of whom some are careful; nobody says who made the last ones. */
    private static final List<String> AUTHORS = List.of("ann", "bob", "cid", "dee", "eve", "fay", "");
    private static final double[] OF_AUTHOR = {0.01, 0.02, 0.05, 0.1, 0.15, 0.02, 0.06};

    private static final List<String> FILES = List.of("core", "parser", "docs", "tests");
    private static final double[] OF_FILE = {3, 1, 0.2, 0.8};

    private final Random random = new Random(20261126);
    private final Store store = new InMemoryStore();

    private record Outcomes(List<PatchOutcome> outcomes) implements BatchReport {
        @Override
        public Optional<TestRun> baseline() {
            return Optional.empty();
        }

        @Override
        public List<BatchRun> runs() {
            return List.of();
        }

        @Override
        public int runsOneByOne() {
            return 0;
        }

        @Override
        public List<String> flakyTests() {
            return List.of();
        }

        @Override
        public List<RestoredFile> restored() {
            return List.of();
        }

        @Override
        public List<String> foreignChanges() {
            return List.of();
        }
    }

    /** A patch, which is bad by the chance of its author, its format, its size and its file. */
    private PatchOutcome patch(String id) {
        int author = Math.min(random.nextInt(9), AUTHORS.size() - 1);
        int format = Math.min(random.nextInt(7), FORMATS.size() - 1);
        int bytes = (int) Math.pow(2, 3 + 11 * random.nextDouble());
        int file = random.nextInt(FILES.size());
        Patch patch = Patch.builder(id, FORMATS.get(format)).author(AUTHORS.get(author)).target(FILES.get(file)).content(new byte[bytes]).build();
        double risk = Math.min(0.9, OF_AUTHOR[author] * OF_FORMAT[format] * OF_FILE[file] * (bytes > 4_096 ? 2 : 0.8));
        return random.nextDouble() < risk ? PatchOutcome.Blamed.of(patch, "bad", Blame.of(0, 1, List.of())) : PatchOutcome.Applied.of(patch, "good", List.of(FILES.get(file)));
    }

    /** Records cycles; what is foretold is what is known before each. */
    private Calibration calibration(Function<LearnedExperience, BiFunction<Patch, List<String>, OptionalDouble>> foretold) {
        LearnedExperience experience = new LearnedExperience();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            experience.refresh(store);
            List<PatchOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                outcomes.add(patch("p" + cycle + "-" + i));
            }
            Events events = new Events("cycle-" + cycle, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            store.append(new FencingToken(1), events.batch(new Outcomes(outcomes), List.of(), new Events.Notes(foretold.apply(experience), outcome -> outcome.patch().target().stream().toList())));
        }
        return History.of(store).calibration();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void foretellsOfPatchesWhatThenComesOfThem(long seed) {
        random.setSeed(seed);
        Calibration calibration = calibration(experience -> experience::risk);
        assertThat(calibration.patches()).isGreaterThan(3_900).isLessThan(CYCLES * BATCH); // nothing is foretold of the first ones
        assertThat(calibration.ece()).isLessThanOrEqualTo(0.03);
        assertThat(calibration.bins()).hasSize(10);
        assertThat(calibration.bins().get(9).meanPredicted()).as("it tells the dangerous from the others").isGreaterThan(4 * calibration.bins().get(0).meanPredicted());
    }

    @Test
    void tellsThoseOfDangerousFilesFromOthers() {
        double seen = spread(calibration(experience -> experience::risk));
        double unseen = spread(new CalibrationTest().calibration(experience -> (patch, files) -> experience.risk(patch, List.of())));
        assertThat(seen).isGreaterThan(1.5 * unseen);
    }

    private static double spread(Calibration calibration) {
        return calibration.bins().get(9).meanPredicted() / calibration.bins().get(0).meanPredicted();
    }

    @Test
    void doesNotForetellThatByOneRiskForAll() {
        Calibration calibration = calibration(experience -> (patch, files) -> OptionalDouble.of(0.25));
        assertThat(calibration.patches()).isEqualTo(CYCLES * BATCH);
        assertThat(calibration.ece()).isGreaterThan(0.1);
    }

    @Test
    void doesNotForetellThatByTurningRisksAround() {
        assertThat(calibration(experience -> (patch, files) -> experience.risk(patch, files).stream().map(risk -> 1 - risk).findFirst()).ece()).isGreaterThan(0.5);
    }

    @Test
    void saysNothingOfPatchesOfWhichNothingWasForetold() {
        Calibration calibration = calibration(experience -> (patch, files) -> OptionalDouble.empty());
        assertThat(calibration.patches()).isZero();
        assertThat(calibration.ece()).isZero();
        assertThat(calibration.bins()).isEmpty();
    }
}
