package dev.autosync.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import dev.autosync.store.json.JsonStoreFactory;
import dev.autosync.testkit.InMemoryStore;
import dev.autosync.testkit.MapSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever goes into a store comes out of it, of each of our stores. */
class StoresPropertyTest {
    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("stores");
    }

    @AfterTry
    void deleteFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadBackEqual(@ForAll("appends") List<List<Event>> appends) throws Exception {
        List<Event> all = appends.stream().flatMap(List::stream).toList();
        List<StoreCopy> copies = new ArrayList<>();
        for (Map.Entry<String, Store> store : stores().entrySet()) {
            try (Store opened = store.getValue()) {
                long token = 0;
                for (List<Event> append : appends) {
                    token++;
                    opened.append(new FencingToken(token), append);
                }
                List<StoredEvent> read = opened.read(EventQuery.all());
                assertThat(read).as(store.getKey()).extracting(StoredEvent::event).isEqualTo(all);
                for (int i = 0; i < all.size(); i++) {
                    assertThat(read.get(i).event().numbers().keySet()).as(store.getKey())
                            .containsExactlyElementsOf(all.get(i).numbers().keySet());
                }
                assertFindsEachEventByItsValues(opened, read);
                copies.add(Stores.copy(opened, new InMemoryStore()));
            }
        }
        assertThat(copies.stream().map(StoreCopy::sha256).distinct()).as("stores agree on the hash").hasSize(1);
    }

    private static void assertFindsEachEventByItsValues(Store store, List<StoredEvent> events) {
        for (StoredEvent event : events) {
            EventQuery query = EventQuery.all().cycle(event.event().cycle()).kind(event.event().kind()).subject(event.event().subject())
                    .since(event.event().at());
            assertThat(store.read(query)).contains(event);
            assertThat(store.read(EventQuery.all().subject(event.event().subject()).since(event.event().at().plusNanos(1)))).doesNotContain(event);
        }
    }

    private Map<String, Store> stores() {
        Map<String, Store> stores = new LinkedHashMap<>();
        stores.put("memory", new InMemoryStore());
        stores.put("json", new JsonStoreFactory().open(folder.resolve("json"), MapSettings.empty()));
        stores.put("small segments", new JsonStoreFactory().open(folder.resolve("small"), MapSettings.of(Map.of("segmentBytes", 4096))));
        stores.put("sqlite", new SqliteStoreFactory().open(folder.resolve("sqlite"), MapSettings.empty()));
        return stores;
    }

    @Provide
    Arbitrary<List<List<Event>>> appends() {
        Arbitrary<String> text = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.strings().all().ofMaxLength(20)),
                Tuple.of(2, Arbitraries.strings().withChars("\0\n\r\t\"\\/{}[]:,'%_\ud83d\ude80\u2028\ufeffaA").ofMaxLength(10)),
                Tuple.of(1, Arbitraries.of("a", "b")));
        Arbitrary<String> payload = Arbitraries.oneOf(Arbitraries.of("{}", "{\"a\": [1, \"\\n\"]}", "\"\ud83d\ude80\"", " 1.0 ", "{", "\"\ud800\""),
                text.map(t -> t.replace('\n', ' ').replace('\r', ' ')));
        Arbitrary<Instant> at = Arbitraries.oneOf(Arbitraries.of(Instant.EPOCH, Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.parse("9999-12-31T23:59:59.999999999Z"), Instant.MIN, Instant.MAX.minusNanos(1)),
                Combinators.combine(Arbitraries.longs().between(0, 253_402_300_799L), Arbitraries.integers().between(0, 999_999_999))
                        .as((s, n) -> Instant.ofEpochSecond(s, n)));
        Arbitrary<Double> number = Arbitraries.oneOf(Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE),
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite));
        return Combinators.combine(text, text, text, at, Arbitraries.maps(text, number).ofMaxSize(4), payload).as(Event::of)
                .list().ofMinSize(1).ofMaxSize(5).list().ofMaxSize(4);
    }
}
