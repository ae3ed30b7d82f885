package dev.autosync.core.secrets;

import dev.autosync.AutoSyncException;
import dev.autosync.spi.Event;
import dev.autosync.spi.Secret;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of texts: every form of each secret it knows becomes {@code ***}.
 *
 * <p>Called by the engine, where texts leave it. It knows a secret from its first fetch on and keeps it, because it must know what to look for;
 * of the values it knows it forgets those fetched longest ago when there are more than {@value #MAX_VALUES}, or when their forms together have
 * more than {@value #MAX_CHARS} characters.
 *
 * <p>Cost: a text in proportion to its length, however many secrets there are; a value not seen before in proportion to the forms of all. Threads:
 * safe; texts are read without a lock.
 */
public final class Redactor {
    /** How many characters a secret must have, blanks around it aside: fewer would cover innocent text. */
    public static final int MIN_LENGTH = SecretForms.MIN_LENGTH;

    /** What stands for a secret. */
    public static final String COVER = "***";

    static final int MAX_VALUES = 256;
    static final int MAX_CHARS = 4_000_000;

    private final Function<String, Set<String>> formsOf;

    /** The values, the one fetched longest ago first, and their forms. Guarded by this. */
    private final Map<String, Set<String>> known = new LinkedHashMap<>(16, 0.75f, true);
    private volatile @Nullable FormSearch search;

    /** A redactor that knows no secret. */
    public Redactor() {
        this(SecretForms::of);
    }

    Redactor(Function<String, Set<String>> formsOf) {
        this.formsOf = formsOf;
    }

    /**
     * Makes a secret known.
     *
     * @param secret the secret, still the caller's to close
     * @throws IllegalArgumentException if it cannot be kept out of texts; the message says why, without the secret
     */
    public void register(Secret secret) {
        char[] chars = secret.reveal();
        try {
            register(chars);
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    /**
     * Makes a secret known.
     *
     * @param secret the secret, still the caller's to wipe
     * @throws IllegalArgumentException if it cannot be kept out of texts; the message says why, without the secret
     */
    public synchronized void register(char[] secret) {
        String value = String.valueOf(secret);
        if (known.get(value) != null) {
            return;
        }
        if (!SecretForms.isHideable(value)) {
            throw new IllegalArgumentException("it has fewer than " + MIN_LENGTH
                    + " characters, blanks around it aside, or only one character again and again");
        }
        Set<String> forms = formsOf.apply(value);
        if (chars(forms) > MAX_CHARS) {
            throw new IllegalArgumentException("it is too long: the forms in which it may stand in a text have more than " + MAX_CHARS
                    + " characters together");
        }
        known.put(value, forms);
        forgetTheOldest();
        Set<String> all = new LinkedHashSet<>();
        known.values().forEach(all::addAll);
        search = new FormSearch(all, MIN_LENGTH);
    }

    /**
     * Takes all known secrets out of a text.
     *
     * @param text any text
     * @return the text with {@code ***} in their places; the same object if it holds none
     */
    public String redact(String text) {
        FormSearch current = search;
        return current == null || text.length() < MIN_LENGTH ? text : current.cover(text);
    }

    /**
     * Takes all known secrets out of JSON text and leaves it JSON: names and strings are read as what they mean, everything else stays.
     *
     * @param json JSON text; what is not JSON is taken for any text
     * @return the text with {@code ***} in their places; the same object if it holds none
     */
    public String redactJson(String json) {
        return redact(json).equals(json) ? json : JsonRedaction.redact(json, this::redact);
    }

    /**
     * Takes all known secrets out of the texts of an event. Its kind and its numbers stay.
     *
     * @param event an event
     * @return an event that a store can keep; the same object if it holds no secret
     */
    public Event redact(Event event) {
        String cycle = redact(event.cycle());
        String subject = redact(event.subject());
        String payload = redactJson(event.payload());
        boolean same = cycle.equals(event.cycle()) && subject.equals(event.subject()) && payload.equals(event.payload());
        return same ? event : Event.of(cycle, event.kind(), subject, event.at(), event.numbers(), payload);
    }

    /**
     * Takes all known secrets out of a failure: its message, its place, its causes and what was suppressed.
     *
     * @param failure a failure
     * @return one of the same type, code, place and stack trace; of a type that the API does not have, an {@link AutoSyncException}; the same
     *     object if nothing in it shows a secret
     */
    public AutoSyncException redact(AutoSyncException failure) {
        return new FailureRedaction(this::redact).redact(failure);
    }

    /**
     * Takes all known secrets out of a throwable, as {@link #redact(AutoSyncException)} does; what is no such failure becomes a throwable that
     * prints like it.
     *
     * @param thrown anything that was thrown
     * @return for logging, and as a cause; the same object if nothing in it shows a secret
     */
    public Throwable redact(Throwable thrown) {
        return new FailureRedaction(this::redact).redact(thrown);
    }

    /** Says nothing of what it knows. */
    @Override
    public synchronized String toString() {
        return "Redactor of " + known.size() + " secrets";
    }

    private void forgetTheOldest() {
        long chars = known.values().stream().mapToLong(Redactor::chars).sum();
        Iterator<Set<String>> oldest = known.values().iterator();
        while (known.size() > MAX_VALUES || chars > MAX_CHARS) {
            chars -= chars(oldest.next());
            oldest.remove();
        }
    }

    private static long chars(Set<String> forms) {
        return forms.stream().mapToLong(String::length).sum();
    }
}
