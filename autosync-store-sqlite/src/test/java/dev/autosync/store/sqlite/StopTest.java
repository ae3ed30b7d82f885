package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that holds the workspace is stopped anywhere, loses the workspace to another, and goes on. */
class StopTest {
    private static final int STOPS = Integer.getInteger("autosync.stops", 20);
    private static final int MOST_STOPS = 50 * STOPS;
    private static final int STOPS_OF_THE_CONTROL = 100;
    private static final FencingToken ANY = new FencingToken(1);

    @TempDir
    Path temp;

    private final ExecutorService successor = Executors.newSingleThreadExecutor();
    private final Random random = new Random(3);
    private int stops;
    private int grantedWhileStopped;

    @BeforeEach
    void canStopProcesses() {
        assumeTrue(Child.canBeStopped());
    }

    @AfterEach
    void end() {
        successor.shutdownNow();
    }

    @Test
    @Timeout(1200)
    void aProcessThatWasStoppedAppendsNothingBehindTheGrantOfItsSuccessor() throws Exception {
        Path directory = temp.resolve("store");
        List<String> wrong = new ArrayList<>();
        try (Child holder = Child.start(temp.resolve("errors"), List.of(), Holder.class, true)) {
            // On a busy disk the holder is hardly ever outside a transaction: on until both were met.
            for (stops = 0; stops < STOPS || (grantedWhileStopped == 0 || grantedWhileStopped == stops) && stops < MOST_STOPS;) {
                wrong.addAll(takeOver(directory, holder, "stop " + ++stops));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(grantedWhileStopped).as("stops outside a transaction").isBetween(1, stops - 1);
    }

    /** The control: the same with the check of the token in a transaction of its own. */
    @Test
    @Timeout(300)
    void withTheCheckOutsideTheTransactionSuchAProcessAppendsBehindTheGrant() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (Child holder = Child.start(temp.resolve("errors"), List.of(), Holder.class, false)) {
            for (int stop = 1; stop <= STOPS_OF_THE_CONTROL && wrong.isEmpty(); stop++) {
                wrong.addAll(takeOver(temp.resolve("store-" + stop), holder, "stop " + stop));
            }
        }
        assertThat(wrong).isNotEmpty();
    }

    /** Lets the holder append under a token, stops it, grants a higher one, appends, and lets the holder go on; what was wrong then. */
    private List<String> takeOver(Path directory, Child holder, String what) throws Exception {
        List<String> wrong = new ArrayList<>();
        try (Store here = StoreFixture.open(directory)) {
            FencingToken old = here.grant(ANY);
            holder.say(directory, old.value());
            long acknowledged = 0;
            for (int i = random.nextInt(3); i >= 0; i--) {
                acknowledged = Long.parseLong(holder.line());
            }
            holder.stop();
            FencingToken mine = grantOrLetGoOn(here, holder);
            long end = last(here);
            here.append(mine, events(0, 1));
            holder.proceed();
            String answer = holder.line();
            while (answer.matches("[0-9]+")) {
                acknowledged = Long.parseLong(answer);
                answer = holder.line();
            }
            if (!answer.equals(ErrorCode.STORE_STALE_TOKEN.name())) {
                wrong.add(what + ": the holder was answered " + answer);
            }
            if (acknowledged > end) {
                wrong.add(what + ": " + acknowledged + " was acknowledged to the holder, the grant came at " + end);
            }
            List<StoredEvent> all = here.read(EventQuery.all());
            if (all.size() != end + 1 || !all.get((int) end).token().equals(mine)) {
                wrong.add(what + ": behind the grant at " + end + " lies " + all.subList((int) end, all.size()));
            }
            checkWhole(all, wrong);
        } catch (StoreException e) {
            wrong.add(what + ": " + e.getMessage());
        }
        return wrong;
    }

    /** A holder that was stopped within a transaction keeps others out until it goes on. */
    private FencingToken grantOrLetGoOn(Store here, Child holder) throws Exception {
        Future<FencingToken> grant = successor.submit(() -> here.grant(ANY));
        try {
            FencingToken granted = grant.get(50, TimeUnit.MILLISECONDS);
            grantedWhileStopped++;
            return granted;
        } catch (TimeoutException e) {
            holder.proceed();
            return grant.get();
        }
    }

    private static long last(Store store) {
        return store.read(EventQuery.all().latest(1)).stream().mapToLong(StoredEvent::sequence).findFirst().orElse(0);
    }

    /** The holder's appends say of each event how many there are and which it is. */
    private static void checkWhole(List<StoredEvent> events, List<String> wrong) {
        for (int i = 0; i < events.size(); i++) {
            String[] subject = events.get(i).event().subject().split("/");
            boolean whole = subject.length == 1 || subject[0].equals("0") || i > 0 && events.get(i - 1).event().subject()
                    .equals(Integer.parseInt(subject[0]) - 1 + "/" + subject[1]);
            boolean cut = subject.length == 2 && Integer.parseInt(subject[0]) + 1 < Integer.parseInt(subject[1]) && (i + 1 == events.size()
                    || !events.get(i + 1).event().subject().equals(Integer.parseInt(subject[0]) + 1 + "/" + subject[1]));
            if (!whole || cut || events.get(i).sequence() != i + 1) {
                wrong.add("event " + (i + 1) + " is " + events.get(i));
            }
        }
    }
}
