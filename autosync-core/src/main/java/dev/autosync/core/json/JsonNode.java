package dev.autosync.core.json;

import dev.autosync.Location;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text that knows where it stands.
 *
 * <p>Made by {@link JsonText#parse}. Offsets count UTF-16 units from the start of the text, a leading byte order mark included; lines
 * and columns count from 1. A node keeps the whole text alive. Threads: immutable once {@code parse} has returned.
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

    /**
     * A member of an object.
     *
     * @param name the name, decoded
     * @param start where the name's opening quote stands
     * @param end where the name ends, behind its closing quote
     * @param line the line of the name, from 1
     * @param value the value
     */
    public record Member(String name, int start, int end, int line, JsonNode value) {}

    private static final int INDEX_FROM = 16;

    private final String source;
    private final String file;
    private final @Nullable JsonNode parent;
    private final String token;
    private final Kind kind;
    private final int start;
    private final int line;
    private int end;
    private List<Member> members = List.of();
    private List<JsonNode> elements = List.of();
    private volatile @Nullable Map<String, Member> index;

    JsonNode(String source, String file, @Nullable JsonNode parent, String token, Kind kind, int start, int end, int line) {
        this.source = source;
        this.file = file;
        this.parent = parent;
        this.token = token;
        this.kind = kind;
        this.start = start;
        this.end = end;
        this.line = line;
    }

    /** Called once for each container, by the parser, before anyone else sees the node. */
    void close(int closedAt, List<Member> closedMembers, List<JsonNode> closedElements) {
        end = closedAt;
        members = Collections.unmodifiableList(closedMembers);
        elements = Collections.unmodifiableList(closedElements);
    }

    /**
     * The kind of the value.
     *
     * @return one of six
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where the value starts.
     *
     * @return the offset of its first character
     */
    public int start() {
        return start;
    }

    /**
     * Where the value ends.
     *
     * @return the offset behind its last character
     */
    public int end() {
        return end;
    }

    /**
     * The line on which the value starts.
     *
     * @return 1 or more
     */
    public int line() {
        return line;
    }

    /**
     * The JSON pointer (RFC 6901) of the value.
     *
     * @return empty text for the whole document
     */
    public String pointer() {
        Deque<String> tokens = new ArrayDeque<>();
        for (JsonNode node = this; node.parent != null; node = node.parent) {
            tokens.push(node.token);
        }
        return new JsonPointer(List.copyOf(tokens)).toString();
    }

    /**
     * The place of the value, for messages.
     *
     * @return file, line and pointer
     */
    public Location location() {
        return Location.of(file, line, pointer());
    }

    /**
     * The value exactly as it is written.
     *
     * @return its text, with quotes if it is a string
     */
    public String raw() {
        return source.substring(start, end);
    }

    /**
     * The text that the offsets count in.
     *
     * @return the whole text that was parsed
     */
    public String source() {
        return source;
    }

    /**
     * Whether the value is an object or an array.
     *
     * @return true for the two kinds that hold values
     */
    public boolean isContainer() {
        return kind == Kind.OBJECT || kind == Kind.ARRAY;
    }

    /**
     * The members of an object, in the order of the text. A name that stands twice is there twice.
     *
     * @return empty if there are none, or if this is no object
     */
    public List<Member> members() {
        return members;
    }

    /**
     * The value of a member.
     *
     * @param name the name, decoded
     * @return the first of that name; empty if there is none, or if this is no object
     */
    public Optional<JsonNode> get(String name) {
        if (members.size() >= INDEX_FROM) {
            return Optional.ofNullable(index().get(name)).map(Member::value);
        }
        for (Member member : members) {
            if (member.name().equals(name)) {
                return Optional.of(member.value());
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
        return elements;
    }

    /**
     * The characters of a string, decoded. May hold a surrogate without its partner.
     *
     * @return the text
     * @throws IllegalStateException if this is no string
     */
    public String text() {
        require(Kind.STRING);
        return JsonStrings.decode(source, start + 1, end - 1);
    }

    /**
     * The value of a boolean.
     *
     * @return true or false
     * @throws IllegalStateException if this is no boolean
     */
    public boolean bool() {
        require(Kind.BOOLEAN);
        return source.charAt(start) == 't';
    }

    /**
     * The first member, here or deeper, whose name an earlier member of the same object has.
     *
     * @return empty if all names are unique
     */
    public Optional<Member> duplicate() {
        Set<String> names = new HashSet<>();
        for (Member member : members) {
            Optional<Member> found = names.add(member.name()) ? member.value().duplicate() : Optional.of(member);
            if (found.isPresent()) {
                return found;
            }
        }
        // A plain loop: this recurses as deep as the text is nested, and streams need ten times the stack.
        for (JsonNode element : elements) {
            Optional<Member> found = element.duplicate();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Whether two values are equal as RFC 6902, section 4.6, says: members in any order, numbers by what they are worth.
     *
     * @param other another value
     * @return whether they are equal
     * @throws IllegalArgumentException if an object that was compared has a name twice: it is not known which one counts
     */
    public boolean sameValue(JsonNode other) {
        if (kind != other.kind) {
            return false;
        }
        return switch (kind) {
            case OBJECT -> sameMembers(other);
            case ARRAY -> sameElements(other);
            case STRING -> text().equals(other.text());
            case NUMBER -> JsonNumbers.equal(raw(), other.raw());
            case BOOLEAN -> bool() == other.bool();
            case NULL -> true;
        };
    }

    private boolean sameMembers(JsonNode other) {
        if (index().size() != members.size() || other.index().size() != other.members.size()) {
            throw new IllegalArgumentException("an object has a name twice");
        }
        if (members.size() != other.members.size()) {
            return false;
        }
        for (Member member : members) {
            Member twin = other.index().get(member.name());
            if (twin == null || !member.value().sameValue(twin.value())) {
                return false;
            }
        }
        return true;
    }

    private boolean sameElements(JsonNode other) {
        if (elements.size() != other.elements.size()) {
            return false;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!elements.get(i).sameValue(other.elements.get(i))) {
                return false;
            }
        }
        return true;
    }

    /* Built on first use; two threads may build it twice, either result will do. */
    private Map<String, Member> index() {
        Map<String, Member> map = index;
        if (map == null) {
            map = new HashMap<>(members.size() * 2);
            for (Member member : members) {
                map.putIfAbsent(member.name(), member);
            }
            index = map;
        }
        return map;
    }

    private void require(Kind wanted) {
        if (kind != wanted) {
            throw new IllegalStateException("is a " + kind + ", not a " + wanted);
        }
    }

    @Override
    public String toString() {
        return kind + " at " + location();
    }
}
