package dev.autosync.core.json;

import dev.autosync.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text that knows where it stands.
 *
 * <p>Made by {@link JsonText#parse}. Offsets count UTF-16 units from the start of the text, a leading byte order mark included; lines
 * and columns count from 1. A node is made when it is asked for and keeps the whole
 * text alive; two nodes may stand for one value. Threads: safe to share.
 */
public final class JsonNode {

    /** The kinds of value that JSON has. */
    public enum Kind {
        /** Members, in the order of the text. */
        OBJECT,
        /** Elements. */
        ARRAY,
        /** A string. */
        STRING,
        /** A number of any size and precision. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code null}. */
        NULL
    }

    /** A member of an object. Immutable. */
    public static final class Member {
        private final JsonNode value;
        private @Nullable String name;

        private Member(JsonNode value) {
            this.value = value;
        }

        /**
         * The name, decoded.
         *
         * @return any text
         */
        public String name() {
            String decoded = name;
            if (decoded == null) {
                decoded = value.tape.name(value.index);
                name = decoded;
            }
            return decoded;
        }

        /**
         * Where the name's opening quote stands.
         *
         * @return an offset
         */
        public int start() {
            return value.tape.nameStart(value.index);
        }

        /**
         * Where the name ends.
         *
         * @return the offset behind its closing quote
         */
        public int end() {
            return value.tape.nameEnd(value.index);
        }

        /**
         * The line of the name.
         *
         * @return 1 or more
         */
        public int line() {
            return value.tape.line(start());
        }

        /**
         * The value.
         *
         * @return what stands behind the colon
         */
        public JsonNode value() {
            return value;
        }
    }

    private static final int INDEX_FROM = 16;

    private final JsonTape tape;
    private final int index;
    private @Nullable List<Member> members;
    private @Nullable List<JsonNode> elements;
    private volatile @Nullable Map<String, Member> byName;

    JsonNode(JsonTape tape, int index) {
        this.tape = tape;
        this.index = index;
    }

    /**
     * The text that the value stands in, read.
     *
     * @return all its values
     */
    public JsonTape tape() {
        return tape;
    }

    /**
     * The number of the value in its {@link #tape}.
     *
     * @return 0 for the whole text
     */
    public int index() {
        return index;
    }

    /**
     * The kind of the value.
     *
     * @return one of six
     */
    public Kind kind() {
        return tape.kind(index);
    }

    /**
     * Where the value starts.
     *
     * @return the offset of its first character
     */
    public int start() {
        return tape.start(index);
    }

    /**
     * Where the value ends.
     *
     * @return the offset behind its last character
     */
    public int end() {
        return tape.end(index);
    }

    /**
     * The line on which the value starts.
     *
     * @return 1 or more
     */
    public int line() {
        return tape.line(start());
    }

    /**
     * The JSON pointer (RFC 6901) of the value.
     *
     * @return empty text for the whole document
     */
    public String pointer() {
        return tape.pointer(index);
    }

    /**
     * The place of the value, for messages.
     *
     * @return file, line and pointer
     */
    public Location location() {
        return Location.of(tape.file(), line(), pointer());
    }

    /**
     * The value exactly as it is written.
     *
     * @return its text, with quotes if it is a string
     */
    public String raw() {
        return tape.text().substring(start(), end());
    }

    /**
     * The text that the offsets count in.
     *
     * @return the whole text that was parsed
     */
    public String source() {
        return tape.text();
    }

    /**
     * Whether the value is an object or an array.
     *
     * @return true for the two kinds that hold values
     */
    public boolean isContainer() {
        return tape.isContainer(index);
    }

    /**
     * The members of an object, in the order of the text. A name that stands twice is there twice.
     *
     * @return empty if there are none, or if this is no object
     */
    public List<Member> members() {
        List<Member> made = members;
        if (made == null) {
            made = kind() == Kind.OBJECT ? List.of(makeMembers()) : List.of();
            members = made;
        }
        return made;
    }

    private Member[] makeMembers() {
        Member[] made = new Member[tape.count(index)];
        int child = index + 1;
        for (int i = 0; i < made.length; i++) {
            made[i] = new Member(tape.node(child));
            child = tape.next(child);
        }
        return made;
    }

    /**
     * The value of a member.
     *
     * @param name the name, decoded
     * @return the first of that name; empty if there is none, or if this is no object
     */
    public Optional<JsonNode> get(String name) {
        if (kind() != Kind.OBJECT) {
            return Optional.empty();
        }
        if (tape.count(index) >= INDEX_FROM) {
            return Optional.ofNullable(byName().get(name)).map(Member::value);
        }
        for (int child = index + 1; child < tape.next(index); child = tape.next(child)) {
            if (tape.isNamed(child, name)) {
                return Optional.of(tape.node(child));
            }
        }
        return Optional.empty();
    }

    /**
     * The elements of an array.
     *
     * @return empty if there are none, or if this is no array
     */
    public List<JsonNode> elements() {
        List<JsonNode> made = elements;
        if (made == null) {
            made = kind() == Kind.ARRAY ? List.of(makeElements()) : List.of();
            elements = made;
        }
        return made;
    }

    private JsonNode[] makeElements() {
        JsonNode[] made = new JsonNode[tape.count(index)];
        int child = index + 1;
        for (int i = 0; i < made.length; i++) {
            made[i] = tape.node(child);
            child = tape.next(child);
        }
        return made;
    }

    /**
     * The characters of a string, decoded. May hold a surrogate without its partner.
     *
     * @return the text
     * @throws IllegalStateException if this is no string
     */
    public String text() {
        require(Kind.STRING);
        return JsonStrings.decode(tape.text(), start() + 1, end() - 1);
    }

    /**
     * The value of a boolean.
     *
     * @return true or false
     * @throws IllegalStateException if this is no boolean
     */
    public boolean bool() {
        require(Kind.BOOLEAN);
        return tape.text().charAt(start()) == 't';
    }

    /**
     * The first member, here or deeper, whose name an earlier member of the same object has.
     *
     * @return empty if all names are unique
     */
    public Optional<Member> duplicate() {
        int found = tape.duplicate(index);
        return found < 0 ? Optional.empty() : Optional.of(new Member(tape.node(found)));
    }

    /**
     * Whether two values are equal as RFC 6902, section 4.6, says: members in any order, numbers by what they are worth.
     *
     * @param other another value
     * @return whether they are equal
     * @throws IllegalArgumentException if an object that was compared has a name twice: it is not known which one counts
     */
    public boolean sameValue(JsonNode other) {
        if (kind() != other.kind()) {
            return false;
        }
        return switch (kind()) {
            case OBJECT -> sameMembers(other);
            case ARRAY -> sameElements(other);
            case STRING -> text().equals(other.text());
            case NUMBER -> JsonNumbers.equal(raw(), other.raw());
            case BOOLEAN -> bool() == other.bool();
            case NULL -> true;
        };
    }

    private boolean sameMembers(JsonNode other) {
        Map<String, Member> mine = byName();
        Map<String, Member> others = other.byName();
        if (mine.size() != members().size() || others.size() != other.members().size()) {
            throw new IllegalArgumentException("an object has a name twice");
        }
        if (mine.size() != others.size()) {
            return false;
        }
        for (Member member : members()) {
            Member twin = others.get(member.name());
            if (twin == null || !member.value().sameValue(twin.value())) {
                return false;
            }
        }
        return true;
    }

    private boolean sameElements(JsonNode other) {
        if (elements().size() != other.elements().size()) {
            return false;
        }
        for (int i = 0; i < elements().size(); i++) {
            if (!elements().get(i).sameValue(other.elements().get(i))) {
                return false;
            }
        }
        return true;
    }

    /* Built on first use; two threads may build it twice, either result will do. */
    private Map<String, Member> byName() {
        Map<String, Member> map = byName;
        if (map == null) {
            map = new HashMap<>(members().size() * 2);
            for (Member member : members()) {
                map.putIfAbsent(member.name(), member);
            }
            byName = map;
        }
        return map;
    }

    private void require(Kind wanted) {
        if (kind() != wanted) {
            throw new IllegalStateException("is a " + kind() + ", not a " + wanted);
        }
    }

    @Override
    public String toString() {
        return kind() + " at " + location();
    }
}
