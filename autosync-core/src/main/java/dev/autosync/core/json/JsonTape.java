package dev.autosync.core.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The values of a JSON text, numbered from 0 in the order in which they start: what is in a container comes right behind it.
 *
 * <p>All that is kept of a value is where it and its name stand, six numbers in one array. Offsets count UTF-16 units from the start of
 * the text, a byte order mark included. Threads: immutable once made.
 */
public final class JsonTape {
    private static final int STRIDE = 6;
    private static final int END = 1;
    private static final int NEXT = 2;
    private static final int NAME = 3;
    private static final int NAME_END = 4;
    private static final int COUNT = 5;

    private static final int FEW = 8;

    private final String text;
    private final String file;
    private final boolean tolerant;
    private int[] slots;
    private int used;
    private volatile int[] lineStarts = {};

    JsonTape(String text, String file, boolean tolerant) {
        this.text = text;
        this.file = file;
        this.tolerant = tolerant;
        this.slots = new int[STRIDE * (text.length() / 16 + 8)];
    }

    /* For the scanner. A value begins; what is not known yet is set when it ends. A name with escapes has its end complemented. */
    int begin(int start, int name, int nameEnd) {
        if (used + STRIDE > slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
        int at = used;
        slots[at] = start;
        slots[at + NAME] = name;
        slots[at + NAME_END] = nameEnd;
        used = at + STRIDE;
        return at / STRIDE;
    }

    void end(int value, int end, int count) {
        int at = value * STRIDE;
        slots[at + END] = end;
        slots[at + NEXT] = used / STRIDE;
        slots[at + COUNT] = count;
    }

    /** The text that the offsets count in. */
    public String text() {
        return text;
    }

    String file() {
        return file;
    }

    /** Whether the text may hold comments and trailing commas. */
    public boolean isTolerant() {
        return tolerant;
    }

    /** How many values there are. */
    public int size() {
        return used / STRIDE;
    }

    /** The kind of a value. */
    public JsonNode.Kind kind(int value) {
        return switch (text.charAt(start(value))) {
            case '{' -> JsonNode.Kind.OBJECT;
            case '[' -> JsonNode.Kind.ARRAY;
            case '"' -> JsonNode.Kind.STRING;
            case 't', 'f' -> JsonNode.Kind.BOOLEAN;
            case 'n' -> JsonNode.Kind.NULL;
            default -> JsonNode.Kind.NUMBER;
        };
    }

    /** Where a value starts. */
    public int start(int value) {
        return slots[value * STRIDE];
    }

    /** Where it ends, behind its last character. */
    public int end(int value) {
        return slots[value * STRIDE + END];
    }

    /** The first value behind it that is not in it: the next one in the same container, if there is one. */
    public int next(int value) {
        return slots[value * STRIDE + NEXT];
    }

    /** How many values a container holds; 0 for every other. */
    public int count(int value) {
        return isContainer(value) ? slots[value * STRIDE + COUNT] : 0;
    }

    /** Whether a value is an object or an array. */
    public boolean isContainer(int value) {
        char first = text.charAt(start(value));
        return first == '{' || first == '[';
    }

    /** Where a member's name starts, with its quote; for everything else where the value does. */
    public int nameStart(int value) {
        int name = slots[value * STRIDE + NAME];
        return name < 0 ? start(value) : name;
    }

    /** Where a member's name ends, behind its quote; for everything else where the value starts. */
    public int nameEnd(int value) {
        int at = value * STRIDE;
        int end = slots[at + NAME_END];
        return slots[at + NAME] < 0 ? slots[at] : end < 0 ? ~end : end;
    }

    /** A member's name, decoded. */
    public String name(int value) {
        int from = nameStart(value) + 1;
        int to = nameEnd(value) - 1;
        return hasEscapedName(value) ? JsonStrings.decode(text, from, to) : text.substring(from, to);
    }

    /** Whether a member has a name. */
    public boolean isNamed(int value, String name) {
        if (hasEscapedName(value)) {
            return name(value).equals(name);
        }
        int from = nameStart(value) + 1;
        return nameEnd(value) - 1 - from == name.length() && text.startsWith(name, from);
    }

    /** The value as a tree, which is made as far as it is looked at. */
    public JsonNode node(int value) {
        return new JsonNode(this, value);
    }

    /** How deep containers are nested in a value, itself included. */
    public int height(int value) {
        int height = 0;
        int depth = 0;
        int[] ends = {};
        for (int at = value; at < next(value); at++) {
            while (depth > 0 && at == ends[depth - 1]) {
                depth--;
            }
            if (isContainer(at)) {
                ends = depth == ends.length ? Arrays.copyOf(ends, depth * 2 + 8) : ends;
                ends[depth++] = next(at);
                height = Math.max(height, depth);
            }
        }
        return height;
    }

    /** Whether a value is written like a value of another text, white space and comments aside. */
    public boolean isSpelledLike(int value, JsonTape other, int otherValue) {
        int size = next(value) - value;
        boolean same = size == other.next(otherValue) - otherValue;
        for (int i = 0; same && i < size; i++) {
            int mine = value + i;
            int theirs = otherValue + i;
            same = isContainer(mine)
                    ? text.charAt(start(mine)) == other.text.charAt(other.start(theirs)) && count(mine) == other.count(theirs)
                    : sameText(start(mine), end(mine), other, other.start(theirs), other.end(theirs));
            same = same && (i == 0
                    || sameText(nameStart(mine), nameEnd(mine), other, other.nameStart(theirs), other.nameEnd(theirs)));
        }
        return same;
    }

    private boolean sameText(int from, int to, JsonTape other, int otherFrom, int otherTo) {
        return to - from == otherTo - otherFrom && text.regionMatches(from, other.text, otherFrom, to - from);
    }

    /** The line of an offset, from 1. A line ends with LF, CRLF or CR. */
    public int line(int offset) {
        int at = Arrays.binarySearch(lineStarts(), offset);
        return at >= 0 ? at + 1 : ~at;
    }

    /** The place of an offset in its line, from 1. */
    int column(int offset) {
        return offset - lineStarts()[line(offset) - 1] + 1;
    }

    /* Built on first use; two threads may build it twice, either result will do. */
    private int[] lineStarts() {
        int[] starts = lineStarts;
        if (starts.length == 0) {
            starts = findLineStarts();
            lineStarts = starts;
        }
        return starts;
    }

    private int[] findLineStarts() {
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                starts = lines == starts.length ? Arrays.copyOf(starts, lines * 2) : starts;
                starts[lines++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }

    /** The JSON pointer (RFC 6901) of a value. */
    String pointer(int value) {
        StringBuilder pointer = new StringBuilder();
        int container = 0;
        while (container != value) {
            int index = 0;
            int child = container + 1;
            while (next(child) <= value) {
                child = next(child);
                index++;
            }
            String step = text.charAt(start(container)) == '{' ? JsonPointer.escape(name(child)) : String.valueOf(index);
            pointer.append('/').append(step);
            container = child;
        }
        return pointer.toString();
    }

    /** The first member in a value whose name an earlier member of the same object has; -1 if all names are unique. */
    int duplicate(int value) {
        int first = -1;
        for (int object = value; object < next(value); object++) {
            if (text.charAt(start(object)) == '{') {
                int found = duplicateIn(object);
                if (found >= 0 && (first < 0 || found < first)) {
                    first = found;
                }
            }
        }
        return first;
    }

    private int duplicateIn(int object) {
        if (count(object) > FEW) {
            Set<String> names = new HashSet<>(count(object) * 2);
            for (int member = object + 1; member < next(object); member = next(member)) {
                if (!names.add(name(member))) {
                    return member;
                }
            }
            return -1;
        }
        for (int member = object + 1; member < next(object); member = next(member)) {
            for (int earlier = object + 1; earlier < member; earlier = next(earlier)) {
                if (sameName(member, earlier)) {
                    return member;
                }
            }
        }
        return -1;
    }

    private boolean sameName(int a, int b) {
        if (hasEscapedName(a) || hasEscapedName(b)) {
            return name(a).equals(name(b));
        }
        int length = nameEnd(a) - nameStart(a);
        return length == nameEnd(b) - nameStart(b) && text.regionMatches(nameStart(a), text, nameStart(b), length);
    }

    private boolean hasEscapedName(int value) {
        return slots[value * STRIDE + NAME_END] < 0;
    }
}
